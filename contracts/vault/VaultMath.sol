// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title The vault's arithmetic, pure
/// @notice `v` is the vault's virtual shares, 10^(18 − asset decimals); with it shares have 18 decimals for every asset.
library VaultMath {
    /// @notice Price of one share of an empty vault.
    uint256 internal constant PAR = 1e18;
    /// @notice Time over which a measured gain enters the price.
    uint256 internal constant LOCK_PERIOD = 10 days;
    /// @notice Silence beyond this earns no further room for unmeasured gains: a long quiet vault must not jump.
    uint256 internal constant MAX_GAIN_PERIOD = 7 days;
    /// @notice A full recovery to the mark takes this long. Deposits are closed meanwhile.
    uint256 internal constant RECOVERY_PERIOD = 10 days;
    /// @notice Fees are taken once the price is above the mark by a hundred-thousandth.
    uint256 internal constant FEE_STEP = 100_000;
    /// @notice A gain waits once it exceeds what may flow in by a hundred-thousandth of NAV; less is the markets' rounding.
    uint256 internal constant WAIT_STEP = 100_000;
    /// @notice A transaction goes on at its first price while less than such a part of its first NAV is lost.
    uint256 internal constant LOSS_STEP = 1 << 24;
    /// @notice Newcomers' assets bring a gain that waits in no faster than the whole of it would come in this time.
    uint256 internal constant WAIT_PERIOD = 14 days;
    /// @notice However little NAV there was meanwhile, a gain that waits meets one in so many of today's: so it ends, and a
    /// gift to a vault that was small holds back little of what a large one earns. Newcomers are paid at most that part of
    /// `maxRate` for it, less than capital costs.
    uint256 internal constant WAIT_SHARE = 100;
    /// @notice Share of the entry mark below which nobody enters.
    uint256 internal constant ENTRY_FLOOR_BPS = 9_800;
    uint256 internal constant BPS = 10_000;
    uint256 internal constant MAX_FEE_BPS = 5_000;
    /// @notice Percent a year.
    uint256 internal constant MAX_RATE = 200;
    /// @notice Caller's share of what `compound` books: one in so many.
    uint256 internal constant TIP_DIVISOR = 100;

    /// @notice What `compound` leaves idle, asset wei: a part of NAV, and a wei more, as a balance that is never emptied costs
    /// who pays for the next lot 17,100 gas less.
    function buffer(uint256 nav, uint256 bps) internal pure returns (uint256) {
        return (nav * bps) / BPS + 1;
    }

    /// @notice Shares for assets; down favours the vault when they are minted, up when they are burned.
    function toShares(
        uint256 assets,
        uint256 nav,
        uint256 supply,
        uint256 v,
        Math.Rounding rounding
    ) internal pure returns (uint256) {
        return Math.mulDiv(assets, supply + v, nav + 1, rounding);
    }

    /// @notice Assets for shares; down favours the vault when they are paid, up when they are charged.
    function toAssets(
        uint256 shares,
        uint256 nav,
        uint256 supply,
        uint256 v,
        Math.Rounding rounding
    ) internal pure returns (uint256) {
        return Math.mulDiv(shares, nav + 1, supply + v, rounding);
    }

    /// @notice Share price, 1e18 = par, rounded down.
    function pricePerShare(uint256 nav, uint256 supply, uint256 v) internal pure returns (uint256) {
        uint256 scaled;
        // Below 2^100 · 2^114: the vault's NAV has 112 bits where it is stored, and a lock of 96 bits may be added to it.
        unchecked {
            scaled = (nav + 1) * (PAR * v);
        }
        return scaled / (supply + v);
    }

    /// @notice NAV at which the price is `mark`, rounded down: what is above it counts as gain.
    function navAt(uint256 mark, uint256 supply, uint256 v) internal pure returns (uint256) {
        return Math.mulDiv(mark, supply + v, PAR * v);
    }

    /// @notice What is still locked at `time` of `amount` locked at `start` and falling linearly to 0 at `end`; all of it
    /// before `start`. Rounded up: the price is never ahead of the release.
    function lockedAt(uint256 amount, uint256 start, uint256 end, uint256 time) internal pure returns (uint256) {
        if (time >= end) return 0;
        if (time <= start) return amount;
        return Math.ceilDiv(amount * (end - time), end - start);
    }

    /// @notice When a lock of `held`, ending at `end`, ends after `gain` joined it at `time`: the average of both ends
    /// weighted by amount, rounded down. `held` is 0 once `end` has passed.
    function lockEnd(uint256 held, uint256 end, uint256 gain, uint256 time) internal pure returns (uint256) {
        uint256 left = held == 0 ? 0 : end - time;
        return time + (held * left + gain * LOCK_PERIOD) / (held + gain);
    }

    /// @notice Most by which an unmeasured gain may lift `fair` in `elapsed` seconds, rounded down: `maxRate` percent a
    /// year, or below the mark a tenth of the NAV at the mark (`top`) per day, whichever is more.
    function maxGain(uint256 fair, uint256 top, uint256 maxRate, uint256 elapsed) internal pure returns (uint256 gain) {
        uint256 dt = Math.min(elapsed, MAX_GAIN_PERIOD);
        gain = (fair * maxRate * dt) / (100 * 365 days);
        if (fair < top) gain = Math.max(gain, Math.min(top - fair, (top * dt) / RECOVERY_PERIOD));
    }

    /// @notice Shares that pay the fee on the rise from `hwm` to `price`, at the post-fee price. Both divisions round
    /// down, for the holders.
    function feeShares(
        uint256 price,
        uint256 hwm,
        uint256 nav,
        uint256 supply,
        uint256 v,
        uint256 feeBps
    ) internal pure returns (uint256) {
        uint256 feeAssets = Math.mulDiv((price - hwm) * feeBps, supply, PAR * v * BPS);
        return Math.mulDiv(feeAssets, supply + v, nav + 1 - feeAssets);
    }
}
