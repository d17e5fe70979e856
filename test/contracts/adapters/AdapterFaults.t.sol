// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC4626Adapter} from "../../../contracts/adapters/ERC4626Adapter.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Base} from "../Vm.sol";
import {HostileSource} from "./HostileSource.sol";
import {VaultDriver} from "./VaultDriver.sol";

/// @notice A source that misbehaves: nothing is lost in between, and what a lie costs stays inside the position.
contract AdapterFaultsTest is Base {
    TestToken internal asset;
    HostileSource internal source;
    VaultDriver internal vault;
    ERC4626Adapter internal adapter;

    function setUp() public {
        asset = new TestToken(18);
        source = new HostileSource(asset);
        vault = new VaultDriver(address(asset), address(this));
        adapter = new ERC4626Adapter(address(vault), source);
        asset.mint(address(this), 1_000e18);
        asset.approve(address(vault), type(uint256).max);
        vault.deposit(adapter, 100e18);
    }

    function test_Allocate_SourceThatRevertsLeavesTheTokensIdle() public {
        source.set(HostileSource.Fault.DepositReverts);
        vm.assertEq(vault.deposit(adapter, 50e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18);
    }

    /// @dev 63/64 of the gas burn in the source; what is left hands the tokens over.
    function test_Allocate_SourceThatBurnsGasLeavesTheTokensIdle() public {
        source.set(HostileSource.Fault.DepositBurnsGas);
        vm.assertEq(vault.deposit{gas: 8_000_000}(adapter, 50e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18);
    }

    function test_Allocate_RevertWhen_SourceTakesTheTokensForNothing() public {
        source.set(HostileSource.Fault.DepositMintsNothing);
        vm.expectRevert();
        vault.deposit(adapter, 50e18);
        vm.assertEq(asset.balanceOf(address(this)), 900e18);
    }

    function test_RealAssets_RevertWhen_SourceViewReverts() public {
        source.set(HostileSource.Fault.ViewReverts);
        vm.expectRevert(HostileSource.HostileSource__Broken.selector);
        adapter.realAssets();
    }

    function test_RealAssets_SourceThatBurnsGasFailsWithinTheCap() public {
        source.set(HostileSource.Fault.ViewBurnsGas);
        (bool ok, ) = address(adapter).staticcall{gas: 1_000_000}(abi.encodeCall(IAdapter.realAssets, ()));
        vm.assertFalse(ok);
    }

    function test_RealAssets_PassesAHugeAnswerOn() public {
        source.set(HostileSource.Fault.ViewSaysHuge);
        vm.assertEq(adapter.realAssets(), 2 ** 255); // the vault clamps it
    }

    function test_AD3_RevertWhen_SourcePaysLess() public {
        source.set(HostileSource.Fault.WithdrawPaysLess);
        vm.expectRevert(abi.encodeWithSelector(IAdapter.Adapter__PaidWrongAmount.selector, 10e18, 10e18 - 1));
        vault.redeem(adapter, 10e18, address(this));
    }

    function test_AD3_RevertWhen_SourcePaysNothing() public {
        source.set(HostileSource.Fault.WithdrawPaysNothing);
        vm.expectRevert(abi.encodeWithSelector(IAdapter.Adapter__PaidWrongAmount.selector, 10e18, 0));
        vault.redeem(adapter, 10e18, address(this));
    }

    function test_AD1_SourceThatReentersMovesNothing() public {
        bytes memory theft = abi.encodeCall(IAdapter.deallocate, (50e18, address(source)));
        source.setReentry(address(adapter), theft);
        source.set(HostileSource.Fault.WithdrawReenters);
        vault.redeem(adapter, 10e18, address(this));
        vm.assertFalse(source.reentrySucceeded());
        vm.assertEq(adapter.realAssets(), 90e18);
    }

    /// @dev The tokens of a deposit are in the adapter while the source is called: `forward` moves them to the vault, the
    /// source's pull then fails, and both are undone.
    function test_AD6_ForwardDuringADepositStealsNothing() public {
        source.setReentry(address(adapter), abi.encodeCall(IAdapter.forward, (address(asset))));
        source.set(HostileSource.Fault.DepositReenters);
        vm.assertEq(vault.deposit(adapter, 50e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18);
        vm.assertEq(asset.balanceOf(address(this)), 850e18);
    }
}
