// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {IMerklDistributor} from "../../../contracts/adapters/markets/IMerklDistributor.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Base} from "../Vm.sol";
import {HostileDistributor, MerklModel} from "./models/MerklModel.sol";
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

    /// @dev Two claims of growing grants, by a stranger for whom Merkl itself does nothing: the asset to the vault, the reward to
    /// the auction, and a position token stays what it is.
    function test_AD6_AD7_ClaimsFromMerkl() public {
        MerklModel merkl = new MerklModel();
        TestToken reward = new TestToken(18);
        vault.setAuction(auction);
        vault.deposit(adapter, 100e18);
        uint256 position = adapter.realAssets();
        asset.mint(address(merkl), 5e18);
        reward.mint(address(merkl), 9e18);
        _claimMerkl(merkl, reward, 3e18, 4e18);
        vm.assertEq(asset.balanceOf(address(vault)), 3e18);
        vm.assertEq(reward.balanceOf(auction), 4e18);
        _claimMerkl(merkl, reward, 5e18, 9e18);
        vm.assertEq(asset.balanceOf(address(vault)), 5e18);
        vm.assertEq(reward.balanceOf(auction), 9e18);
        vm.assertEq(adapter.realAssets(), position);
    }

    function test_AD1_AD6_ADistributorCanBeAnythingAndGetsNothing() public {
        HostileDistributor hostile = new HostileDistributor();
        TestToken reward = new TestToken(18);
        vault.setAuction(auction);
        vault.deposit(adapter, 100e18);
        reward.mint(address(adapter), 4e18);
        uint256 position = adapter.realAssets();
        address[] memory tokens = new address[](2);
        (tokens[0], tokens[1]) = (address(asset), address(reward));
        adapter.claimMerkl(hostile, tokens, new uint256[](0), new bytes32[][](0));
        vm.assertEq(hostile.refused(), 3);
        vm.assertEq(adapter.realAssets(), position);
        vm.assertEq(reward.balanceOf(auction), 4e18);
        vm.assertEq(asset.balanceOf(address(hostile)) + reward.balanceOf(address(hostile)), 0);
    }

    /* EMERGENCY */

    function test_AD8_EmergencyExitTakesAllOfIt() public {
        vault.deposit(adapter, 100e18);
        uint256 position = adapter.realAssets();
        vm.assertEq(vault.emergencyExit(adapter), position);
        vm.assertEq(asset.balanceOf(address(vault)), position);
        vm.assertEq(adapter.realAssets(), 0);
    }

    /// @dev Else a proposal that takes home what there is, and drops the adapter, waits for a market that pays.
    function test_AD8_EmergencyExitOfNothingTakesNothing() public {
        vm.assertEq(vault.emergencyExit(adapter), 0, "AD8: of no position");
        vault.deposit(adapter, 100e18);
        _lendOut(0);
        vm.assertEq(vault.emergencyExit(adapter), 0, "AD8: of a market that pays nothing");
    }

    function testFuzz_AD8_EmergencyExitTakesWhatIsLeft(uint256 left) public virtual {
        vault.deposit(adapter, 100e18);
        _lendOut(_bound(left, 1, 99e18));
        uint256 max = adapter.maxDeallocate();
        vm.assertEq(vault.emergencyExit(adapter), max);
        vm.assertEq(asset.balanceOf(address(vault)), max);
    }

    /* HELPERS */

    /// @dev A tree of three leaves: the asset, the reward, and where the position is a token a grant of none of it.
    function _claimMerkl(MerklModel merkl, TestToken reward, uint256 assets, uint256 rewards) private {
        uint256 count = _positionToken() == address(0) ? 2 : 3;
        address[] memory tokens = new address[](count);
        uint256[] memory amounts = new uint256[](count);
        bytes32[][] memory proofs = new bytes32[][](count);
        (tokens[0], tokens[1], amounts[0], amounts[1]) = (address(asset), address(reward), assets, rewards);
        if (count == 3) tokens[2] = _positionToken();
        bytes32[3] memory leaves;
        leaves[0] = _leaf(address(asset), assets);
        leaves[1] = _leaf(address(reward), rewards);
        leaves[2] = _leaf(_positionToken(), 0);
        bytes32 pair = Hashes.commutativeKeccak256(leaves[0], leaves[1]);
        merkl.setRoot(Hashes.commutativeKeccak256(pair, leaves[2]));
        for (uint256 i = 0; i < count; ++i) {
            proofs[i] = new bytes32[](i == 2 ? 1 : 2);
            proofs[i][0] = i == 2 ? pair : leaves[1 - i];
            if (i != 2) proofs[i][1] = leaves[2];
        }
        address[] memory users = new address[](count);
        for (uint256 i = 0; i < count; ++i) users[i] = address(adapter);
        vm.expectRevert(IMerklDistributor.NotWhitelisted.selector);
        merkl.claim(users, tokens, amounts, proofs);
        address stranger = _account("stranger");
        vm.prank(stranger);
        adapter.claimMerkl(merkl, tokens, amounts, proofs);
    }

    function _leaf(address token, uint256 amount) private view returns (bytes32) {
        return keccak256(abi.encode(adapter, token, amount));
    }

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
