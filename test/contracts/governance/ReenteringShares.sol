// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice Looks like shares of a vault to whoever converts them, and calls back when it is redeemed.
contract ReenteringShares {
    address public immutable asset;
    bytes public data;
    bool public tried;
    bool public succeeded;

    constructor(address asset_) {
        asset = asset_;
    }

    function arm(bytes calldata data_) external {
        data = data_;
    }

    function redeem(uint256, address, address) external returns (uint256) {
        tried = true;
        (succeeded, ) = msg.sender.call(data);
        return 0;
    }

    function balanceOf(address) external pure returns (uint256) {
        return 1;
    }

    function maxRedeem(address) external pure returns (uint256) {
        return 1;
    }
}
