// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ICompoundingVault} from "../vault/ICompoundingVault.sol";
import {IAdapter} from "./IAdapter.sol";
import {IMerklDistributor} from "./markets/IMerklDistributor.sol";

/// @title What every adapter does alike: who may move funds, what was really paid, where rewards go
/// @dev An adapter has no storage and no owner. It holds a position and, for the length of one call, the tokens that are
/// on their way into it.
abstract contract Adapter is IAdapter {
    using SafeERC20 for IERC20;

    /// @inheritdoc IAdapter
    address public immutable override asset;
    /// @inheritdoc IAdapter
    address public immutable override vault;

    modifier onlyVault() {
        require(msg.sender == vault, Adapter__NotVault(msg.sender));
        _;
    }

    constructor(address vault_) {
        vault = vault_;
        asset = IERC4626(vault_).asset();
    }

    /// @inheritdoc IAdapter
    function allocate(uint256 assets) external onlyVault returns (uint256 credited) {
        credited = _lend(assets);
        if (credited == 0) IERC20(asset).safeTransfer(vault, assets); // reverts if the market took them for nothing
    }

    /// @inheritdoc IAdapter
    function deallocate(uint256 assets, address receiver) external onlyVault returns (uint256 paid) {
        uint256 before = IERC20(asset).balanceOf(receiver);
        _redeem(assets, receiver);
        paid = Math.saturatingSub(IERC20(asset).balanceOf(receiver), before);
        require(paid == assets, Adapter__PaidWrongAmount(assets, paid));
    }

    /// @inheritdoc IAdapter
    function emergencyExit() external onlyVault returns (uint256 recovered) {
        uint256 before = IERC20(asset).balanceOf(vault);
        _redeemAll();
        recovered = IERC20(asset).balanceOf(vault) - before;
    }

    /// @inheritdoc IAdapter
    /// @dev The distributor may be anything: between calls there is nothing here to take, and what it is called with claims for
    /// this contract alone.
    function claimMerkl(
        IMerklDistributor distributor,
        address[] calldata tokens,
        uint256[] calldata amounts,
        bytes32[][] calldata proofs
    ) external {
        address[] memory users = new address[](tokens.length);
        for (uint256 i = 0; i < users.length; ++i) users[i] = address(this);
        distributor.claim(users, tokens, amounts, proofs);
        for (uint256 i = 0; i < users.length; ++i) if (!isPositionToken(tokens[i])) forward(tokens[i]);
    }

    /// @inheritdoc IAdapter
    function forward(address token) public {
        require(!isPositionToken(token), Adapter__ProtectedToken(token));
        address receiver = _rewardReceiver(token);
        uint256 amount = IERC20(token).balanceOf(address(this));
        if (receiver == address(0) || amount == 0) return;
        emit RewardsClaimed(token, receiver, amount);
        IERC20(token).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IAdapter
    function isPositionToken(address token) public view virtual returns (bool);

    /// @dev Puts `assets`, which are here, into the market.
    /// @return credited What the market minted is worth, rounded down; 0 when it refused and the tokens are still here.
    function _lend(uint256 assets) internal virtual returns (uint256 credited);

    /// @dev Makes the market pay `assets` to `receiver`.
    function _redeem(uint256 assets, address receiver) internal virtual;

    /// @dev Makes the market pay all it can to the vault.
    function _redeemAll() internal virtual;

    /// @dev The vault for its asset, else its auction; 0 when it has none.
    function _rewardReceiver(address token) internal view returns (address) {
        return token == asset ? vault : ICompoundingVault(vault).auction();
    }

    /// @dev One risk id. The name of the protocol is part of it, so that equal addresses of two protocols differ.
    function _riskId(string memory protocol, address market) internal pure returns (bytes32) {
        return keccak256(abi.encode(protocol, market));
    }
}
