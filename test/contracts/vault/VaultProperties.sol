// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What holds for every vault, whatever happens to it
/// @notice Each id is in the name of a test that asserts it; a gate compares the two lists. Units: asset wei and share
/// wei. NAV is `totalAssets()`, the lock is `locked()`, gross is idle plus what the counted adapters report, the price is
/// (NAV + 1) / (supply + V), waiting = gross − lock − NAV is what adapters report beyond what was recognised.
///
/// @custom:property I1 NAV + lock ≤ gross at every touch, and equal when no reported gain waits to be recognised.
/// @custom:property I2 Tracked idle never exceeds the tokens that the vault holds.
/// @custom:property I3 Balances sum to the supply, and the vault holds none of its own shares.
/// @custom:property I4 The price never falls but by a fall of what an adapter reports, beyond what waits and is locked (and
/// by the fee on a rise of at most a hundred-thousandth, which is taken with the next one).
/// @custom:property I5 Between two moments NAV rises at most by what the lock released (a lock larger than NAV: NAV's own size
/// in ten days) plus maxRate (below the entry mark: a tenth of the NAV at the mark a day); gains, donations and flows move
/// nothing at once.
/// @custom:property I6 The lock falls with time alone, never above gross, to 0 at its end, which is at most 10 days away.
/// @custom:property I7 A loss is taken from what waits, then from the lock, then from the price, to the wei.
///
/// @custom:property F1 Fee shares are worth at most fee × (price − mark) × supply, and there are none at or below the mark.
/// @custom:property F2 The high-water mark never falls, except while the supply is the dead seed.
/// @custom:property F3 A loss and a recovery up to the old peak cost no fee.
/// @custom:property F4 Accruing n times gives the NAV and the lock of accruing once, to n wei, while reported gains stay
/// below maxRate; and no fee pushes the price below the mark it started from.
///
/// @custom:property R1 No round trip through deposit, mint, withdraw, redeem and exit makes a profit, also within one
/// transaction and with a flash loan.
/// @custom:property R2 Rounding is optimal: one share more minted, or one asset more paid, would lower the others' price.
/// @custom:property R3 Each preview equals the same call in the same transaction.
/// @custom:property R4 Zero assets and zero shares are refused.
///
/// @custom:property L1 maxDeposit, maxMint, maxWithdraw and maxRedeem succeed, and one more fails or exceeds the balance,
/// under any liquidity, cap or stop.
/// @custom:property L2 max* never revert; previews and conversions revert only while an adapter fails, inside of a call, or after a loss since the latch.
/// @custom:property L3 Whatever is stopped, broken or capped, a holder gets the liquid part of the rest through `exit`.
/// @custom:property L4 DERISK can always lower caps, take assets to idle and stop deposits, whatever else is broken; then nobody else lends.
///
/// @custom:property C1 After an allocation or a deposit no adapter and no group is above its caps, with a flash deposit in
/// the same transaction too, nor brings anyone but ALLOCATOR a group above its part of what is lent; what an adapter holds uncounted (C2) takes room from its first allocation on.
/// @custom:property C2 An adapter that was never allocated to counts 0, whatever it is given.
/// @custom:property C3 A malicious adapter costs the holders at most its allocation and lifts the price at most by maxRate.
/// @custom:property C4 CURATOR's functions wait for its members' execution delay; GUARDIAN can cancel; nobody else may call.
///
/// @custom:property A1 Inflation by asset, yield shares or adapter gift never profits the attacker, and costs the victim at
/// most a millionth.
/// @custom:property A2 After a loss every order of exits pays each holder its pro-rata part; in a transaction that had a price before it nobody leaves.
/// @custom:property A3 Capital that stays less than a block earns nothing; capital that stays earns at most its part, hastens
/// no gain that waits and buys no recovery in sight; and who accrues when changes nothing for those who are here.
/// @custom:property A4 Prices read from inside of a call, or after a loss later in a transaction than its first touch, revert, and max* are 0.
/// @custom:property A5 Reward sales have a floor that no buyer can push: what the buyer gains, the anchor bounds.
/// @custom:property A6 Hostile tokens are refused by a named error or do no harm.
/// @custom:property A7 A vault that everyone has left keeps its price.
/// @custom:property A8 Ten thousand roundings of a market cost at most one wei each and never block.
///
/// @custom:property GAS1 In each situation tried, a flow or an accrual costs less gas, as a whole transaction, than the best peer.
library VaultProperties {}
