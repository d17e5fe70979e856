// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Votes that count blocks, where all others count seconds.
contract BlockClock {
    address public immutable asset;
    uint256 public immutable totalSupply = 1e27;

    constructor(address asset_) {
        asset = asset_;
    }

    function clock() external view returns (uint48) {
        return uint48(block.number);
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() external pure returns (string memory) {
        return "mode=blocknumber&from=default";
    }
}
