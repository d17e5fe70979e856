// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {CompoundV3Adapter} from "../../../contracts/adapters/CompoundV3Adapter.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICometRewards} from "../../../contracts/adapters/markets/ICometRewards.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Vm} from "../Vm.sol";
import {AdapterBehaviour} from "./AdapterBehaviour.sol";
import {CometModel, CometRewardsModel} from "./models/CometModel.sol";

/// @notice Against a model of the market's documented interface.
contract CompoundV3AdapterTest is AdapterBehaviour {
    CometModel internal comet;
    CometRewardsModel internal rewards;

    function _market() internal override returns (IAdapter) {
        comet = new CometModel(asset);
        rewards = new CometRewardsModel();
        asset.approve(address(comet), type(uint256).max);
        comet.supply(address(asset), 1e24);
        return new CompoundV3Adapter(address(vault), comet, rewards);
    }

    function _earn(uint256 percent) internal override {
        comet.setRate((percent * 1e16) / 365 days + 1);
        _skip(365 days);
        comet.setRate(0);
        asset.mint(address(comet), 1e26);
    }

    function _lendOut(uint256 left) internal override {
        uint256 held = asset.balanceOf(address(comet));
        if (left < held) comet.lendOut(left);
    }

    function _pause() internal override returns (bool) {
        comet.setPaused(true, true);
        return true;
    }

    function _positionToken() internal view override returns (address) {
        return address(comet);
    }

    function test_Constructor_RevertWhen_TheBaseIsAnotherAsset() public {
        CometModel other = new CometModel(new TestToken(18));
        bytes memory err = abi.encodeWithSelector(
            IAdapter.Adapter__MarketMismatch.selector,
            address(other),
            address(asset)
        );
        vm.expectRevert(err);
        new CompoundV3Adapter(address(vault), other, rewards);
    }

    function test_RiskIds_NameProtocolAndMarket() public view {
        (bytes32 first, bytes32 second) = adapter.riskIds();
        vm.assertEq(first, keccak256(abi.encode("Compound III", address(comet))));
        vm.assertEq(second, bytes32(0));
    }

    function test_AD5_RoomIsWhatTheCounterHolds() public view {
        vm.assertEq(adapter.maxAllocate(), type(uint104).max - 1e24);
    }

    function test_AD5_WithOnlyEntriesPausedItPays() public {
        vault.deposit(adapter, 100e18);
        comet.setPaused(true, false);
        vm.assertEq(adapter.maxAllocate(), 0);
        vault.redeem(adapter, 100e18, receiver);
        vm.assertEq(asset.balanceOf(receiver), 100e18);
    }

    function test_AD6_ClaimsTheRewardToTheAuction() public {
        TestToken comp = new TestToken(18);
        adapter.claimRewards(); // no reward: nothing to do
        rewards.set(address(comp), 5e18);
        adapter.claimRewards();
        vm.assertEq(rewards.owed(), 5e18); // without an auction it stays owed
        vault.setAuction(auction);
        vm.expectEmit(address(adapter));
        emit IAdapter.RewardsClaimed(address(comp), auction, 5e18);
        adapter.claimRewards();
        vm.assertEq(comp.balanceOf(auction), 5e18);
        vm.recordLogs();
        adapter.claimRewards(); // nothing more is owed, so nothing is said
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) vm.assertTrue(logs[i].emitter != address(adapter));
    }

    /// @notice Anyone may have the market pay the reward to the adapter, each day just before `compound`.
    function test_AD6_WhatSomebodyHadPaidHereIsNotHeldUp() public {
        TestToken comp = new TestToken(18);
        vault.setAuction(auction);
        rewards.set(address(comp), 5e18);
        vm.prank(_account("mallory"));
        rewards.claim(address(comet), address(adapter), true);
        vm.assertEq(comp.balanceOf(address(adapter)), 5e18);
        adapter.claimRewards();
        _report("rewards claimed for the adapter by a stranger: auction", int256(comp.balanceOf(auction)));
        vm.assertEq(comp.balanceOf(auction), 5e18);
    }

    function test_AD6_ARewardInTheAssetGoesToTheVault() public {
        rewards.set(address(asset), 5e18);
        adapter.claimRewards();
        vm.assertEq(asset.balanceOf(address(vault)), 5e18);
    }

    function test_AD7_ThePositionAsRewardIsNotClaimed() public {
        vault.setAuction(auction);
        rewards.set(address(comet), 5e18);
        adapter.claimRewards();
        vm.assertEq(rewards.owed(), 5e18);
    }

    function test_ClaimRewards_WithoutARewardsContract() public {
        new CompoundV3Adapter(address(vault), comet, ICometRewards(address(0))).claimRewards();
    }
}
