// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What OpenZeppelin's `Math` promises, in terms that a prover knows; it stands in for it, whose assembly it does
/// not. Products fit in 256 bits for the widths that are proved.
library Math {
    enum Rounding {
        Floor,
        Ceil,
        Trunc,
        Expand
    }

    function mulDiv(uint256 x, uint256 y, uint256 denominator) internal pure returns (uint256) {
        return (x * y) / denominator;
    }

    function mulDiv(uint256 x, uint256 y, uint256 denominator, Rounding rounding) internal pure returns (uint256) {
        uint256 quotient = (x * y) / denominator;
        bool up = rounding == Rounding.Ceil || rounding == Rounding.Expand;
        return up && quotient * denominator < x * y ? quotient + 1 : quotient;
    }

    function ceilDiv(uint256 a, uint256 b) internal pure returns (uint256) {
        return a == 0 ? 0 : (a - 1) / b + 1;
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    function max(uint256 a, uint256 b) internal pure returns (uint256) {
        return a > b ? a : b;
    }
}
