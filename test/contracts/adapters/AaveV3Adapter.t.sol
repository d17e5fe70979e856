// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AaveV3Adapter} from "../../../contracts/adapters/AaveV3Adapter.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Vm} from "../Vm.sol";
import {AdapterBehaviour} from "./AdapterBehaviour.sol";
import {AaveModel} from "./models/AaveModel.sol";
import {AaveRewardsModel} from "./models/AaveRewardsModel.sol";
import {VaultDriver} from "./VaultDriver.sol";

/// @notice Against a model of a pool; the genuine ones, 3.0.2 and 3.6, are in `test/protocol/adapters.aave.test.ts`.
contract AaveV3AdapterTest is AdapterBehaviour {
    uint256 internal constant FROZEN = 57;
    uint256 internal constant PAUSED = 60;
    uint256 internal constant VIRTUAL = 252;
    AaveModel internal pool;

    function _market() internal override returns (IAdapter) {
        pool = new AaveModel(asset);
        asset.approve(address(pool), type(uint256).max);
        pool.supply(address(asset), 1e24, address(this), 0);
        return new AaveV3Adapter(address(vault), pool);
    }

    function _earn(uint256 percent) internal override {
        pool.earn(percent * 1e16 + 1);
    }

    function _lendOut(uint256 left) internal override {
        uint256 held = asset.balanceOf(address(pool.aToken()));
        if (left < held) pool.lendOut(left);
    }

    function _pause() internal override returns (bool) {
        pool.setFlag(PAUSED, true);
        return true;
    }

    function _positionToken() internal view override returns (address) {
        return address(pool.aToken());
    }

    function test_Constructor_RevertWhen_ThePoolHasNoReserveOfTheAsset() public {
        VaultDriver other = new VaultDriver(address(new TestToken(18)), address(this));
        bytes memory err = abi.encodeWithSelector(
            IAdapter.Adapter__MarketMismatch.selector,
            address(pool),
            other.asset()
        );
        vm.expectRevert(err);
        new AaveV3Adapter(address(other), pool);
    }

    function test_RiskIds_NameProtocolAndPool() public view {
        (bytes32 first, bytes32 second) = adapter.riskIds();
        vm.assertEq(first, keccak256(abi.encode("Aave v3", address(pool))));
        vm.assertEq(second, bytes32(0));
    }

    function test_AD5_AFrozenReserveTakesNothingAndPays() public {
        vault.deposit(adapter, 100e18);
        pool.setFlag(FROZEN, true);
        vm.assertEq(adapter.maxAllocate(), 0);
        vm.assertEq(vault.deposit(adapter, 50e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18);
        vm.assertEq(adapter.maxDeallocate(), 100e18);
    }

    /// @dev Not quite twice the first index, then twice: what is lent stays there and can be had, more is not lent.
    function test_AD5_AReserveOfACoarseIndexTakesNothing() public {
        vault.deposit(adapter, 100e18);
        pool.earn(1e18 - 1);
        vm.assertEq(adapter.maxAllocate(), type(uint256).max);
        vm.assertGt(vault.deposit(adapter, 30e18), 0);
        pool.setIndex(2e27);
        vm.assertEq(adapter.maxAllocate(), 0);
        vm.assertEq(vault.deposit(adapter, 30e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 30e18);
        asset.mint(address(pool.aToken()), 1e24);
        vault.redeem(adapter, 200e18, receiver);
        vm.assertEq(asset.balanceOf(receiver), 200e18);
    }

    /// @dev At whatever index, a deposit is credited but for 2 wei, or stays idle; and a payout of it costs 2 more at most.
    function testFuzz_AD2_NoIndexRoundsMoreThanTwoWeiAway(uint256 index, uint256 assets, uint256 part) public {
        pool.setIndex(_bound(index, 1e27, 4e27));
        asset.mint(address(pool.aToken()), 3e24);
        uint256 credited = vault.deposit(adapter, _bound(assets, 1_001, 1e24)); // the driver asks for all but 2 wei
        vm.assertEq(credited == 0, pool.index() >= 2e27);
        if (credited == 0) return;
        part = _bound(part, 1, credited);
        uint256 position = adapter.realAssets();
        vault.redeem(adapter, part, receiver);
        vm.assertGe(adapter.realAssets() + part + 2, position);
    }

    function test_AD5_AnInactiveReserveTakesAndPaysNothing() public {
        pool.setFlag(56, false);
        vm.assertEq(adapter.maxAllocate(), 0);
        vm.assertEq(adapter.maxDeallocate(), 0);
    }

    function test_AD5_WithoutACapThereIsNoLimit() public view {
        vm.assertEq(adapter.maxAllocate(), type(uint256).max);
    }

    /// @dev 1e6 whole tokens are supplied; 100 scaled debt grew from 1.0 to 1.5, of which the treasury gets a tenth: 5;
    /// it is owed 7 more.
    function test_AD5_TheCapCountsWhatTheTreasuryIsOwed() public {
        pool.setDebt(100e18, 1e27, 1.5e27, 7e18);
        pool.setReserveFactor(1_000);
        pool.setSupplyCap(1_000_100);
        vm.assertEq(adapter.maxAllocate(), (100 - 5 - 7) * 1e18 - 1); // 1: what rounding may add
        vm.assertEq(vault.deposit(adapter, 88e18 + 1), 0);
        vm.assertEq(vault.deposit(adapter, 88e18 - 1), 88e18 - 1);
        vm.assertEq(adapter.maxAllocate(), 0);
        pool.setSupplyCap(1);
        vm.assertEq(adapter.maxAllocate(), 0);
    }

    function testFuzz_AD5_WhatMaxAllocateSaysIsAccepted(uint256 cap, uint256 percent, uint256 treasury) public {
        _earn(_bound(percent, 0, 50));
        pool.setDebt(1e23, 1e27, 1.2e27, uint128(_bound(treasury, 0, 1e23)));
        pool.setReserveFactor(2_000);
        pool.setSupplyCap(_bound(cap, 1, 3e6));
        uint256 max = adapter.maxAllocate();
        if (max == 0) return;
        vm.assertGe(vault.deposit(adapter, max) + 2, max);
        vm.assertLe(adapter.maxAllocate(), 4); // no more than rounding is left
    }

    function test_AD4_FromVersion31OnTheReserveCountsItsLiquidity() public {
        vault.deposit(adapter, 1_000e18);
        _lendOut(50e18);
        pool.setFlag(VIRTUAL, true);
        vm.assertEq(adapter.maxDeallocate(), 50e18 - 5); // 5 wei lie there uncounted
        vm.assertEq(vault.emergencyExit(adapter), 50e18 - 5);
    }

    /* REWARDS */

    function test_AD6_ClaimsEachRewardToWhereItGoes() public {
        vault.deposit(adapter, 100e18);
        TestToken token = new TestToken(18);
        TestToken broken = new TestToken(18);
        AaveRewardsModel controller = new AaveRewardsModel();
        adapter.claimRewards(); // no controller: nothing to do
        pool.aToken().setController(address(controller));
        controller.add(address(broken), 1e18, true); // holds up none of the others
        controller.add(address(token), 5e18, false);
        controller.add(address(asset), 2e18, false);
        adapter.claimRewards();
        vm.assertEq(asset.balanceOf(address(vault)), 2e18); // the asset needs no auction
        vm.assertEq(controller.owed(address(token)), 5e18); // without an auction it stays owed
        vault.setAuction(auction);
        vm.expectEmit(address(adapter));
        emit IAdapter.RewardsClaimed(address(token), auction, 5e18);
        adapter.claimRewards();
        vm.assertEq(token.balanceOf(auction), 5e18);
        vm.assertEq(token.balanceOf(address(adapter)), 0);
        vm.recordLogs();
        adapter.claimRewards(); // nothing more is owed, so nothing is said
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) vm.assertTrue(logs[i].emitter != address(adapter));
    }

    function test_AD7_AnATokenAsRewardJoinsThePosition() public {
        vault.setAuction(auction);
        vault.deposit(adapter, 100e18);
        AaveRewardsModel controller = new AaveRewardsModel();
        pool.aToken().setController(address(controller));
        controller.add(address(pool.aToken()), 3e18, false);
        adapter.claimRewards();
        vm.assertEq(adapter.realAssets(), 103e18);
        vm.assertEq(pool.aToken().balanceOf(auction), 0);
    }
}
