// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title An ERC-4626 vault that compounds
/// @notice Takes one asset, lends it through adapters, sells rewards by auction, streams measured gains into the share
/// price and realises losses at once. ERC-4626 (https://eips.ethereum.org/EIPS/eip-4626) with the deviations that the
/// specification at the top of `CompoundingVault` lists.
/// @dev Units: assets in asset wei; shares in share wei, always 18 decimals; prices (`pps`) 1e18 = par, for every asset;
/// rates in percent a year; fees and buffers in basis points; time in seconds (unix).
interface ICompoundingVault is IERC4626 {
    /// @notice What the vault owns and when it last looked. One slot.
    /// @param nav Assets that the shares are worth, as of `accruedAt`.
    /// @param idle Assets in the vault's own hands, tracked; tokens merely sent here are not in it until `compound`.
    /// @param accruedAt Second of the last accrual.
    /// @param allocated Bit i: the i-th adapter counts towards the gross assets.
    struct Books {
        uint112 nav;
        uint104 idle;
        uint32 accruedAt;
        uint8 allocated;
    }

    /// @notice Measured gains on their way into the price, and what bounds the price. One slot.
    /// @param locked Assets not yet released at `start`; falls linearly to 0 at `end`.
    /// @param hwm High-water mark of the price, post-fee, 1e18 = par; saturates at 1.2e6 × par.
    /// @param maxRate Most percent a year by which unmeasured gains move the price.
    /// @param flags Bit 0: deposits stopped. Bit 1: the entry mark was re-anchored. Bit 2: a gate is set. Bit 3:
    /// a deposit cap is set. Bit 4: a reported gain waits.
    struct Lock {
        uint96 locked;
        uint32 start;
        uint32 end;
        uint80 hwm;
        uint8 maxRate;
        uint8 flags;
    }

    /// @notice A reported gain that waits outside NAV, as of the last accrual. Read and written while bit 4 of the lock's flags
    /// is set. One slot.
    /// @param assets What waits, in asset wei.
    /// @param nav The least NAV since something does, in asset wei.
    struct Waiting {
        uint112 assets;
        uint112 nav;
    }

    /// @notice What roles have set, and when `compound` last ran.
    /// @param depositCap Most NAV that a deposit may lead to; 2^104 − 1 means none.
    /// @param entryMark Price whose 98 % a deposit needs, when re-anchored; otherwise the high-water mark is.
    /// @param compoundedAt Second of the last `compound`.
    /// @param feeBps Performance fee.
    /// @param bufferBps Share of NAV that `compound` leaves idle.
    /// @param adapters How many adapters there are.
    /// @param tipCap Most asset wei that a caller of `compound` gets.
    /// @param feeRecipient Whom the fee's shares are minted to.
    /// @param gate Says who may deposit; zero lets everyone.
    struct Config {
        uint104 depositCap;
        uint80 entryMark;
        uint32 compoundedAt;
        uint16 feeBps;
        uint16 bufferBps;
        uint8 adapters;
        uint80 tipCap;
        address feeRecipient;
        address gate;
    }

    /// @notice One adapter. One slot.
    /// @param cap Most assets that may be in it; `type(uint88).max` means no cap of its own.
    /// @param groups Two group numbers of four bits each, 0 = none.
    struct Entry {
        address adapter;
        uint88 cap;
        uint8 groups;
    }

    /// @notice Bound on a risk that several adapters share. One slot.
    /// @param absoluteCap Most assets over all its adapters.
    /// @param relativeCapBps Most share of the NAV at the start of the transaction, and unless ALLOCATOR places it, of what is
    /// lent outside the group, too; 10,000 means no relative cap.
    struct Group {
        uint128 absoluteCap;
        uint16 relativeCapBps;
    }

    /// @notice Fee shares were minted (the `Transfer` beside it names the recipient); `pps` is the new high-water mark.
    event FeeAccrued(uint256 feeShares, uint256 pps);
    /// @notice The price fell; `fromLock` of the loss came out of locked gains first.
    event LossRealised(uint256 navBefore, uint256 navAfter, uint256 fromLock);
    event Compounded(address indexed caller, uint256 gain, uint256 tip, uint256 pushed);
    /// @notice An adapter's claim reverted or ran out of its gas; the others went on.
    event ClaimFailed(address indexed adapter);
    /// @notice Follows the `Withdraw` of an `exit`; `forgone` assets stay behind for the others, locked.
    event Exited(address indexed owner, uint256 forgone);
    event Allocated(address indexed adapter, uint256 assets);
    event Deallocated(address indexed adapter, uint256 assets);
    event EmergencyExited(address indexed adapter, uint256 recovered);
    event AdapterAdded(address indexed adapter, bytes32 firstRisk, bytes32 secondRisk);
    event AdapterRemoved(address indexed adapter);
    event Recalled(address indexed adapter, uint256 assets);
    /// @notice The order changed; deposits go to `first`.
    event OrderSet(address indexed first);
    event AdapterCapSet(address indexed adapter, uint256 capBefore, uint256 capAfter);
    event GroupCapSet(bytes32 indexed id, uint256 absoluteCap, uint256 relativeCapBps);
    event DepositCapSet(uint256 capBefore, uint256 capAfter);
    event FeeSet(uint256 feeBpsBefore, uint256 feeBpsAfter);
    event FeeRecipientSet(address indexed recipientBefore, address indexed recipientAfter);
    event MaxRateSet(uint256 maxRateBefore, uint256 maxRateAfter);
    event BufferSet(uint256 bufferBpsBefore, uint256 bufferBpsAfter);
    event TipCapSet(uint256 tipCapBefore, uint256 tipCapAfter);
    event GateSet(address indexed gateBefore, address indexed gateAfter);
    event AuctionSet(address indexed auctionBefore, address indexed auctionAfter);
    event EntryMarkSet(uint256 entryMark);
    event DepositsStopped(address indexed caller);
    event DepositsResumed(address indexed caller);

    error CompoundingVault__ZeroAddress();
    error CompoundingVault__ZeroAssets();
    error CompoundingVault__ZeroShares();
    /// @notice Since the first touch of this transaction, at whose price it goes on, a market has lost: adapters and idle
    /// have `gross` of the `counted` asset wei. The next transaction knows of it.
    error CompoundingVault__LossSinceTouched(uint256 counted, uint256 gross);
    /// @notice Only 6 to 18 decimals: below, a wei of rounding is real money; above, shares would lose digits.
    error CompoundingVault__UnsupportedDecimals(uint8 decimals);
    /// @notice The first deposit must be the dead seed, made by the factory.
    error CompoundingVault__NotSeeded(uint256 seed);
    /// @notice Shares or assets would go to the vault itself.
    error CompoundingVault__ReceiverIsVault();
    error CompoundingVault__DepositsStopped();
    /// @notice Somebody left by `exit` earlier in this transaction, before anything else touched the vault: until the next nobody
    /// enters, and no price is told.
    error CompoundingVault__ExitedBefore();
    /// @notice The price is below 98 % of the entry mark, or below all of it while a gain waits.
    error CompoundingVault__BelowEntryMark(uint256 pps, uint256 mark);
    error CompoundingVault__DepositCapExceeded(uint256 nav, uint256 cap);
    error CompoundingVault__GateRefused(address caller, address receiver);
    /// @notice The token moved fewer wei than asked (fee on transfer) or lied about it.
    error CompoundingVault__TransferShort(uint256 expected, uint256 received);
    /// @notice The market credited more than 2 wei less than it was given.
    error CompoundingVault__CreditShort(uint256 assets, uint256 credited);
    /// @notice An adapter's view failed. Holders can leave past it with `exit`.
    error CompoundingVault__AdapterFailed(address adapter);
    /// @notice Idle and all markets together pay less than `assets` now: they are lent out, or refuse, as they do when the asset
    /// refuses the receiver.
    error CompoundingVault__InsufficientLiquidity(uint256 assets, uint256 missing);
    error CompoundingVault__BelowMinAssets(uint256 assets, uint256 minAssets);
    /// @notice `loss` is 2^256 − 1 where the adapter's view fails.
    error CompoundingVault__AboveMaxLoss(uint256 loss, uint256 maxLoss);
    error CompoundingVault__NotAnAdapter(address adapter);
    error CompoundingVault__AdapterListed(address adapter);
    /// @notice The adapter speaks for another vault or another asset.
    error CompoundingVault__AdapterMismatch(address adapter);
    error CompoundingVault__TooManyAdapters(uint256 max);
    error CompoundingVault__TooManyGroups(uint256 max);
    error CompoundingVault__UnknownGroup(bytes32 id);
    /// @notice The new order is not a permutation of the adapters.
    error CompoundingVault__BadOrder();
    error CompoundingVault__CapExceeded(address adapter, uint256 assets, uint256 room);
    /// @notice A fee needs a recipient.
    error CompoundingVault__NoFeeRecipient();
    /// @notice Raising goes through CURATOR's function, lowering through DERISK's.
    error CompoundingVault__NotRaised(uint256 current, uint256 given);
    error CompoundingVault__NotLowered(uint256 current, uint256 given);
    error CompoundingVault__FeeTooHigh(uint256 feeBps, uint256 max);
    error CompoundingVault__RateTooHigh(uint256 maxRate, uint256 max);
    error CompoundingVault__BpsTooHigh(uint256 bps, uint256 max);
    error CompoundingVault__AuctionMismatch(address auction);
    /// @notice Below 0.1 % of par a vault is left, not re-opened.
    error CompoundingVault__PriceTooLow(uint256 pps, uint256 min);

    /* ANYONE */

    /// @notice Leaves whatever is broken. Adapters in `skip` are not called and count 0 for this payout alone; nobody
    /// else's price moves. Pays `shares × min(nav, idle + Σ others) / (supply + V)`, rounded down (the vault keeps the
    /// rest): what a share is worth if the skipped ones are worth nothing and the lock takes that loss first. No fee is taken
    /// on what the lock released since the last accrual; what that forgoes goes into the lock for those who stay. Nobody can
    /// stop it where it is the first call of its transaction to the vault; later ones are refused, with every other, once an
    /// adapter fails or has lost since. Behind it, where it is the first call, nobody enters until the next transaction and no
    /// price is told, `CompoundingVault__ExitedBefore`. What waits and what was not accrued yet is not paid: where nothing is broken `redeem` pays more.
    /// @param minAssets Least payout accepted, else `CompoundingVault__BelowMinAssets`.
    /// @param skip Adapters the holder gives up on.
    function exit(
        uint256 shares,
        address receiver,
        address owner,
        uint256 minAssets,
        address[] calldata skip
    ) external returns (uint256 assets);

    /// @notice Brings the books up to date. A no-op on the second call of a transaction.
    function accrue() external;

    /// @notice Claims rewards, starts lots, takes auction proceeds and donations into the lock less a tip of at most 1 %
    /// to the caller, and, unless deposits are stopped, lends idle assets above the buffer, but for a wei, to the first adapter
    /// within its caps. Wants a gas limit 1.6 million above what it uses, `BoundedCall__GasTooLow`: each claim may have 1.5
    /// million, and withholding them fails none.
    /// @return gain Assets that entered the lock.
    function compound() external returns (uint256 gain);

    /* CURATOR: whatever raises risk. People hold the role with an execution delay of at least 3 days, so that holders can
       leave first; the DAO's timelock holds it without one, since its own delays come first. */

    /// @notice Lists an adapter last in the order, with a cap of 0; its groups start with caps of 0. A vault knows at most
    /// 15 groups in its life.
    function addAdapter(address adapter) external;

    /// @notice Drops an adapter whatever state it is in: it counts 0 from the next touch on, and the loss is realised. Comes first
    /// in a batch: where the price was settled before, what follows is refused (`CompoundingVault__LossSinceTouched`).
    /// @param maxLoss Most asset wei that it may have, else `CompoundingVault__AboveMaxLoss`: whoever executes a call that passed
    /// chooses its moment, and may have emptied the market for it, so that nothing was taken home before. Behind a `deallocate` of
    /// all, in one proposal, a few wei do for a liquid market, and up to its value for one that is lent out. What an adapter has
    /// whose view fails can't be told: 2^256 − 1 drops that one, too.
    function removeAdapter(address adapter, uint256 maxLoss) external;

    /// @notice Takes what a dropped adapter still pays into idle and the lock. May be called again for the rest.
    function recall(address adapter) external returns (uint256 assets);

    function raiseCap(address adapter, uint256 cap) external;

    /// @param relativeCapBps In basis points of the NAV at the start of a transaction; 10,000 sets no relative bound, since
    /// a deposit is more than what was there before it. Deposits and `compound` fill the group up to as much of what is lent
    /// outside of it, too: a first market with less than 10,000 stays empty while nothing is lent elsewhere, or ALLOCATOR lends to it.
    function raiseGroupCap(bytes32 id, uint256 absoluteCap, uint256 relativeCapBps) external;

    function raiseDepositCap(uint256 cap) external;

    /// @notice Performance fee on gains above the high-water mark, at most 50 %. Fees up to now are taken at the old rate; what is
    /// locked or waits pays the new one as it flows in.
    function setFee(uint256 feeBps) external;

    function setFeeRecipient(address recipient) external;

    /// @param maxRate Percent a year, at most 200.
    function setMaxRate(uint256 maxRate) external;

    /// @notice Most asset wei that a caller of `compound` gets.
    /// @param newTipCap Rounded down to a millionth of the asset; at most 2^40 − 1 of those, 1.1 million of the asset.
    function setTipCap(uint256 newTipCap) external;

    /// @param newGate `IGate`, or 0 for none.
    function setGate(address newGate) external;

    /// @param newAuction `IRewardAuction` of this vault, or 0 for none.
    function setAuction(address newAuction) external;

    /// @notice After a loss: lowers the entry mark to the price, what waits included, so that nobody buys a way back that markets
    /// report already. The fee's high-water mark stays.
    function reanchorEntryMark() external;

    function resumeDeposits() external;

    /* ALLOCATOR: moves assets between sources within caps. No delay. */

    /// @notice Lends idle assets.
    function allocate(address adapter, uint256 assets) external;

    /// @param adapters A permutation of the adapters. The first one takes deposits.
    function setOrder(address[] calldata adapters) external;

    /// @param bufferBps Basis points of NAV that `compound` leaves idle.
    function setBuffer(uint256 bufferBps) external;

    /* DERISK: whatever lowers risk, held by the guardian and the allocator. No delay. None can move the price up, stop an
       exit or undo itself. */

    function lowerCap(address adapter, uint256 cap) external;

    function lowerGroupCap(bytes32 id, uint256 absoluteCap, uint256 relativeCapBps) external;

    function lowerDepositCap(uint256 cap) external;

    /// @notice Takes assets back to idle; `type(uint256).max` takes all that the market pays now, nothing included.
    function deallocate(address adapter, uint256 assets) external returns (uint256 paid);

    /// @notice The plainest way out of a market, to idle.
    function emergencyExit(address adapter) external returns (uint256 recovered);

    /// @notice Stops deposits, and the lending of idle assets by `compound`, until CURATOR resumes them.
    function stopDeposits() external;

    /* VIEWS */

    /// @notice Like `totalAssets` but adapters that fail count 0 and unmeasured gains are left out; what `exit` reckons
    /// with. Never reverts when it has gas for every adapter's view. No price to liquidate or to trade by: inside of a call it may still
    /// count what is about to leave, and what makes an adapter's view fail lowers it.
    function totalAssetsFloor() external view returns (uint256);

    /// @notice Share price now, 1e18 = par, rounded down.
    function pps() external view returns (uint256);

    /// @notice Assets still locked now, rounded up.
    function locked() external view returns (uint256);

    /// @notice The price whose 98 % a deposit needs, and all of it while a gain waits.
    function entryMark() external view returns (uint256);

    /// @notice ERC-7575: the share token is the vault itself.
    function share() external view returns (address);

    /// @notice Assets that the first deposit must bring.
    function seedAssets() external view returns (uint256);

    function books() external view returns (Books memory);

    function lock() external view returns (Lock memory);

    function waiting() external view returns (Waiting memory);

    function config() external view returns (Config memory);

    /// @notice The adapters in their order: deposits go to the first, exits take from the first.
    function entries() external view returns (Entry[] memory);

    /// @notice Bound on the risk `id` of `IAdapter.riskIds`.
    function riskGroup(bytes32 id) external view returns (Group memory);

    /// @notice Where adapters send reward tokens.
    function auction() external view returns (address);

}
