// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IPremiumModel} from "./IPremiumModel.sol";
import {BPS, YEAR} from "./Modules.sol";

/// @title Premium model
/// @notice The specification is in `IPremiumModel`.
contract PremiumModel is IPremiumModel {
    using Math for uint256;

    uint256 private constant _ONE = 1e18;
    uint256 private constant _MAX_RATE = 10e18;

    /// @inheritdoc IPremiumModel
    uint256 public immutable rate0;
    /// @inheritdoc IPremiumModel
    uint256 public immutable rate1;
    /// @inheritdoc IPremiumModel
    uint256 public immutable rate2;
    /// @inheritdoc IPremiumModel
    uint256 public immutable kink;

    constructor(uint256 rate0_, uint256 rate1_, uint256 rate2_, uint256 kink_) {
        bool rising = rate0_ <= rate1_ && rate1_ <= rate2_ && rate2_ <= _MAX_RATE;
        require(
            rising && kink_ != 0 && kink_ < _ONE,
            PremiumModel__BadCurve(rate0_, rate1_, rate2_, kink_)
        );
        (rate0, rate1, rate2, kink) = (rate0_, rate1_, rate2_, kink_);
    }

    /// @inheritdoc IPremiumModel
    function premium(
        uint256 live,
        uint256 amount,
        uint256 capacity,
        uint256 duration,
        uint256 multiplierBps
    ) external view returns (uint256) {
        require(live + amount <= capacity, PremiumModel__AboveCapacity(live + amount, capacity));
        if (amount == 0) return 0;
        // The area up to the higher point rounded up, that up to the lower one down: parts add up to no less than the whole.
        uint256 yearly = _area(live + amount, capacity, Math.Rounding.Ceil) -
            _area(live, capacity, Math.Rounding.Floor);
        return yearly.mulDiv(duration * multiplierBps, _ONE * BPS * YEAR, Math.Rounding.Ceil);
    }

    /// @inheritdoc IPremiumModel
    function rateAt(uint256 live, uint256 capacity) external view returns (uint256) {
        require(live <= capacity && capacity != 0, PremiumModel__AboveCapacity(live, capacity));
        uint256 u = live.mulDiv(_ONE, capacity);
        if (u <= kink) return rate0 + ((rate1 - rate0) * u) / kink;
        return rate1 + ((rate2 - rate1) * (u - kink)) / (_ONE - kink);
    }

    /// @dev capacity · ∫ rate from 0 to x / capacity, in asset wei · 1e18 a year. Amounts are at most 128 bits, rates 64:
    /// no product below is above 2^256 but those that `mulDiv` takes apart.
    function _area(uint256 x, uint256 capacity, Math.Rounding rounding) private view returns (uint256 area) {
        uint256 low = x.min(kink.mulDiv(capacity, _ONE));
        area = rate0 * low + ((rate1 - rate0) * low).mulDiv(low * _ONE, 2 * kink * capacity, rounding);
        uint256 high = x - low;
        if (high == 0) return area;
        area += rate1 * high + ((rate2 - rate1) * high).mulDiv(high * _ONE, 2 * (_ONE - kink) * capacity, rounding);
    }
}
