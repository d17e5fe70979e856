// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";

/// @notice Does with adapters what a vault does, and nothing else: moves tokens from a depositor straight into an adapter,
/// allocates, deallocates, and answers what adapters and auctions ask.
contract VaultDriver {
    using SafeERC20 for IERC20;

    error Driver__CreditShort(uint256 assets, uint256 credited);

    address public immutable asset;
    address public immutable authority;
    address public auction;
    address[] private _adapters;

    constructor(address asset_, address authority_) {
        asset = asset_;
        authority = authority_;
    }

    function setAuction(address auction_) external {
        auction = auction_;
    }

    function addAdapter(address adapter) external {
        _adapters.push(adapter);
    }

    /// @notice A deposit: credited must be within 2 wei, or 0 with the tokens handed back here.
    function deposit(IAdapter adapter, uint256 assets) external returns (uint256 credited) {
        IERC20(asset).safeTransferFrom(msg.sender, address(adapter), assets);
        credited = adapter.allocate(assets);
        require(credited == 0 || credited + 2 >= assets, Driver__CreditShort(assets, credited));
    }

    function redeem(IAdapter adapter, uint256 assets, address receiver) external returns (uint256) {
        return adapter.deallocate(assets, receiver);
    }

    function emergencyExit(IAdapter adapter) external returns (uint256) {
        return adapter.emergencyExit();
    }

    /// @notice Books what is here, as if it were lent on, and starts lots.
    function compound() external returns (uint256 gain) {
        gain = IERC20(asset).balanceOf(address(this));
        IERC20(asset).safeTransfer(address(0x1E27), gain);
        IRewardAuction(auction).startAll();
    }

    function entries() external view returns (ICompoundingVault.Entry[] memory list) {
        list = new ICompoundingVault.Entry[](_adapters.length);
        for (uint256 i = 0; i < list.length; ++i) list[i].adapter = _adapters[i];
    }
}
