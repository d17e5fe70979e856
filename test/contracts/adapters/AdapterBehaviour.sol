// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Base} from "../Vm.sol";
import {VaultDriver} from "./VaultDriver.sol";

/// @notice What every adapter must do, whatever its market. A test of one market says how to make it, and how it earns,
/// lends out and pauses.
abstract contract AdapterBehaviour is Base {
    TestToken internal asset;
    VaultDriver internal vault;
    IAdapter internal adapter;
    address internal receiver;
    address internal auction;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        _deploy(18);
    }

    /* THE MARKET */

    /// @dev Makes the market, with another supplier in it, and returns an adapter to it.
    function _market() internal virtual returns (IAdapter);

    /// @dev A year in which suppliers earn `percent`, or something like it.
    function _earn(uint256 percent) internal virtual;

    /// @dev All but `left` assets of the market are lent out.
    function _lendOut(uint256 left) internal virtual;

    /// @dev Stops entries and exits; false when the market cannot.
    function _pause() internal virtual returns (bool);

    /// @dev 0 when the position is no token.
    function _positionToken() internal view virtual returns (address);

    /* WHO */

    function test_AD1_OnlyTheVaultMovesFunds() public {
        bytes memory notVault = abi.encodeWithSelector(IAdapter.Adapter__NotVault.selector, address(this));
        vm.expectRevert(notVault);
        adapter.allocate(1);
        vm.expectRevert(notVault);
        adapter.deallocate(1, address(this));
        vm.expectRevert(notVault);
        adapter.emergencyExit();
        vm.assertEq(adapter.vault(), address(vault));
        vm.assertEq(adapter.asset(), address(asset));
    }

    /* IN AND OUT */

    function testFuzz_AD2_CreditsWhatTheMintIsWorth(uint256 assets, uint256 percent, uint8 pick) public {
        _deploy(_decimals(pick));
        _earn(_bound(percent, 0, 50));
        assets = _bound(assets, 1_001, 1e26);
        uint256 credited = vault.deposit(adapter, assets);
        vm.assertGt(credited, 0);
        vm.assertLe(credited, assets);
        vm.assertGe(credited + 2, assets);
        vm.assertApproxEqAbs(adapter.realAssets(), credited, 1);
        vm.assertEq(asset.balanceOf(address(adapter)) + asset.balanceOf(address(vault)), 0);
    }

    function testFuzz_AD3_PaysExactlyAndStraightToTheReceiver(uint256 assets, uint256 part, uint256 percent) public {
        vault.deposit(adapter, _bound(assets, 1e6, 1e26));
        _earn(_bound(percent, 0, 50));
        part = _bound(part, 1, adapter.maxDeallocate());
        uint256 position = adapter.realAssets();
        vm.assertEq(vault.redeem(adapter, part, receiver), part);
        vm.assertEq(asset.balanceOf(receiver), part);
        vm.assertEq(asset.balanceOf(address(adapter)) + asset.balanceOf(address(vault)), 0);
        vm.assertLe(adapter.realAssets(), position - part);
        vm.assertApproxEqAbs(adapter.realAssets(), position - part, 3);
    }

    function testFuzz_AD4_MaxDeallocateIsExact(uint256 assets, uint256 left, uint256 percent) public {
        vault.deposit(adapter, _bound(assets, 1e6, 1e26));
        _earn(_bound(percent, 0, 50));
        _lendOut(_bound(left, 0, 2 * Math.min(adapter.realAssets(), 1e26)));
        uint256 max = adapter.maxDeallocate();
        vm.expectRevert();
        vault.redeem(adapter, max + 1, receiver);
        if (max > 0) vault.redeem(adapter, max, receiver);
        vm.assertEq(asset.balanceOf(receiver), max);
    }

    function test_AD4_AllOfItCanBeTaken() public {
        vault.deposit(adapter, 1_000e18);
        _earn(7);
        uint256 all = adapter.realAssets();
        vm.assertEq(adapter.maxDeallocate(), all);
        vault.redeem(adapter, all, receiver);
        vm.assertEq(adapter.realAssets(), 0);
    }

    /// @dev Any dozen deposits and payouts after the price has left par.
    function testFuzz_AD9_WhatWasLentIsPaidOrLeft(uint256[12] calldata amounts, uint256 percent) public {
        _earn(_bound(percent, 0, 50));
        uint256 lent = 0;
        uint256 paid = 0;
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 liquid = adapter.maxDeallocate();
            if (i % 3 == 2 && liquid > 0) {
                paid += vault.redeem(adapter, _bound(amounts[i], 1, liquid), receiver);
            } else {
                uint256 amount = _bound(amounts[i], 1_001, 1e25);
                lent += amount;
                vm.assertGt(vault.deposit(adapter, amount), 0);
            }
        }
        uint256 left = adapter.realAssets();
        vm.assertLe(left + paid, lent);
        vm.assertGe(left + paid + 3 * amounts.length, lent);
        vm.assertEq(asset.balanceOf(receiver), paid);
    }

    function test_AD5_APausedMarketHandsTheTokensToTheVault() public {
        vault.deposit(adapter, 100e18);
        if (!_pause()) return;
        vm.assertEq(adapter.maxAllocate(), 0);
        vm.assertEq(adapter.maxDeallocate(), 0);
        vm.assertEq(vault.deposit(adapter, 50e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18);
        vm.assertEq(asset.balanceOf(address(adapter)), 0);
        vm.expectRevert();
        vault.redeem(adapter, 1, receiver);
    }

    /* REWARDS AND STRAY TOKENS */

    function test_AD6_ForwardSendsTheAssetToTheVaultAndOthersToTheAuction() public {
        TestToken reward = new TestToken(18);
        reward.mint(address(adapter), 7e18);
        asset.mint(address(adapter), 3e18);
        adapter.forward(address(asset));
        vm.assertEq(asset.balanceOf(address(vault)), 3e18);
        adapter.forward(address(reward)); // no auction yet: stays, is not lost
        vm.assertEq(reward.balanceOf(address(adapter)), 7e18);
        vault.setAuction(auction);
        vm.expectEmit(address(adapter));
        emit IAdapter.RewardsClaimed(address(reward), auction, 7e18);
        adapter.forward(address(reward));
        vm.assertEq(reward.balanceOf(auction), 7e18);
        adapter.forward(address(reward)); // nothing here: nothing happens
    }

    function test_AD7_ThePositionNeverLeavesAsAReward() public {
        vault.setAuction(auction);
        vault.deposit(adapter, 100e18);
        uint256 position = adapter.realAssets();
        adapter.claimRewards();
        vm.assertEq(adapter.realAssets(), position);
        vm.assertFalse(adapter.isPositionToken(address(0xbeef)));
        address token = _positionToken();
        if (token == address(0)) return;
        vm.assertTrue(adapter.isPositionToken(token));
        vm.expectRevert(abi.encodeWithSelector(IAdapter.Adapter__ProtectedToken.selector, token));
        adapter.forward(token);
    }

    /* EMERGENCY */

    function test_AD8_EmergencyExitTakesAllOfIt() public {
        vault.deposit(adapter, 100e18);
        uint256 position = adapter.realAssets();
        vm.assertEq(vault.emergencyExit(adapter), position);
        vm.assertEq(asset.balanceOf(address(vault)), position);
        vm.assertEq(adapter.realAssets(), 0);
    }

    function testFuzz_AD8_EmergencyExitTakesWhatIsLeft(uint256 left) public virtual {
        vault.deposit(adapter, 100e18);
        _lendOut(_bound(left, 1, 99e18));
        uint256 max = adapter.maxDeallocate();
        vm.assertEq(vault.emergencyExit(adapter), max);
        vm.assertEq(asset.balanceOf(address(vault)), max);
    }

    /* HELPERS */

    function _deploy(uint8 decimals) internal {
        asset = new TestToken(decimals);
        vault = new VaultDriver(address(asset), address(this));
        asset.mint(address(this), type(uint128).max);
        asset.approve(address(vault), type(uint256).max);
        receiver = _account("receiver");
        auction = _account("auction");
        adapter = _market();
    }

    function _decimals(uint8 pick) internal pure returns (uint8) {
        return pick % 3 == 0 ? 6 : pick % 3 == 1 ? 8 : 18;
    }
}
