// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Adapter} from "./Adapter.sol";
import {IAdapter} from "./IAdapter.sol";
import {IComet} from "./markets/IComet.sol";
import {ICometRewards} from "./markets/ICometRewards.sol";

/// @title Lends the base asset to a Compound III market
/// @notice The position is the market's balance, interest included. The reward goes straight to where rewards go; without
/// an auction it stays owed.
contract CompoundV3Adapter is Adapter {
    using SafeERC20 for IERC20;

    /// @notice The market that is lent to, and the position token.
    IComet public immutable comet;
    /// @notice Pays the market's reward; 0 for none.
    ICometRewards public immutable rewards;

    /// @param vault_ The vault that lends.
    /// @param comet_ Its base asset must be the vault's asset, else `Adapter__MarketMismatch`.
    /// @param rewards_ May be 0.
    constructor(address vault_, IComet comet_, ICometRewards rewards_) Adapter(vault_) {
        require(comet_.baseToken() == asset, Adapter__MarketMismatch(address(comet_), asset));
        comet = comet_;
        rewards = rewards_;
        IERC20(asset).forceApprove(address(comet_), type(uint256).max); // holds no assets between calls
    }

    /// @inheritdoc IAdapter
    function claimRewards() external {
        if (address(rewards) == address(0)) return;
        (address token, , ) = rewards.rewardConfig(address(comet));
        if (token == address(0) || isPositionToken(token)) return;
        address receiver = _rewardReceiver(token);
        if (receiver == address(0)) return;
        uint256 before = IERC20(token).balanceOf(receiver);
        rewards.claimTo(address(comet), address(this), receiver, true);
        uint256 claimed = IERC20(token).balanceOf(receiver) - before;
        if (claimed > 0) emit RewardsClaimed(token, receiver, claimed);
        forward(token); // anyone may have had it paid to this address before
    }

    /// @inheritdoc IAdapter
    function realAssets() external view returns (uint256) {
        return comet.balanceOf(address(this));
    }

    /// @inheritdoc IAdapter
    function maxAllocate() external view returns (uint256) {
        if (comet.isSupplyPaused() || _isStopped(IComet.isBaseSupplyPaused.selector)) return 0;
        return Math.saturatingSub(type(uint104).max, comet.totalSupply()); // its counter
    }

    /// @inheritdoc IAdapter
    function maxDeallocate() external view returns (uint256) {
        if (comet.isWithdrawPaused() || _isStopped(IComet.isLendersWithdrawPaused.selector)) return 0;
        return Math.min(comet.balanceOf(address(this)), IERC20(asset).balanceOf(address(comet)));
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32 first, bytes32 second) {
        return (_riskId("Compound III", address(comet)), bytes32(0));
    }

    /// @inheritdoc Adapter
    function isPositionToken(address token) public view override returns (bool) {
        return token == address(comet);
    }

    /// @inheritdoc Adapter
    function _lend(uint256 assets) internal override returns (uint256 credited) {
        uint256 before = comet.balanceOf(address(this));
        try comet.supply(asset, assets) {
            credited = comet.balanceOf(address(this)) - before;
        } catch {} // paused: the tokens are still here
    }

    /// @inheritdoc Adapter
    /// @dev Never more than the position: the market would lend the rest against collateral, which anyone may have supplied
    /// for this contract, and would take what is lent to it afterwards as a repayment.
    function _redeem(uint256 assets, address receiver) internal override {
        uint256 position = comet.balanceOf(address(this));
        require(assets <= position, Adapter__PaidWrongAmount(assets, position));
        comet.withdrawTo(receiver, asset, assets);
    }

    /// @inheritdoc Adapter
    function _redeemAll() internal override {
        uint256 position = comet.balanceOf(address(this));
        comet.withdrawTo(vault, asset, Math.min(position, IERC20(asset).balanceOf(address(comet))));
    }

    /// @dev Stops that newer markets have; older ones know none of them and revert.
    function _isStopped(bytes4 flag) private view returns (bool) {
        (bool ok, bytes memory answer) = address(comet).staticcall(abi.encodePacked(flag));
        return ok && answer.length == 32 && abi.decode(answer, (bool));
    }
}
