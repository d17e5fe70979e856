// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice Names its vault, which is all that the vault asks of an auction when it is set.
contract NamesItsVault {
    address public immutable vault;

    constructor(address vault_) {
        vault = vault_;
    }
}

/// @notice What indexers and front ends live on: each event once, with its values.
contract VaultEventsTest is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;

    constructor() VaultFixture(6) {}

    function setUp() public {
        _setUpVault(1_000, 200);
        (source, adapter) = _addSource();
    }

    function test_Emit_Flows() public {
        token.mint(alice, 100 * unit);
        _next();
        emit IERC4626.Deposit(alice, bob, 100 * unit, 100e18);
        vm.prank(alice);
        vault.deposit(100 * unit, bob);
        _deallocate(adapter, 30 * unit);
        vm.prank(bob);
        vault.approve(alice, MAX);
        _next();
        emit IERC4626.Withdraw(alice, carol, bob, 10 * unit, 10e18);
        vm.prank(alice);
        vault.withdraw(10 * unit, carol, bob);
        uint256 idle = vault.books().idle;
        uint256 divisor = vault.totalSupply() + V;
        uint256 paid = (10e18 * idle) / divisor; // nearly all of it is in the adapter that is left aside
        uint256 forgone = (10e18 * (vault.totalAssets() + 1)) / divisor - paid;
        _next();
        emit IERC4626.Withdraw(bob, bob, bob, paid, 10e18);
        _next();
        emit ICompoundingVault.Exited(bob, forgone);
        _exit(bob, 10e18, _one(address(adapter)));
    }

    function test_Emit_GainsAndLosses() public {
        _deposit(alice, 1_000 * unit);
        uint256 before = vault.totalAssets();
        _skip(7 days);
        source.gain(20 * unit); // half of it is the vault's
        uint256 gained = _gross() - before;
        uint256 nav = before + gained;
        uint256 price = _price(nav, vault.totalSupply());
        uint256 fee = ((price - 1e18) * 1_000 * vault.totalSupply()) / (1e18 * V * 10_000);
        uint256 shares = (fee * (vault.totalSupply() + V)) / (nav + 1 - fee);
        _next();
        emit ICompoundingVault.FeeAccrued(shares, _price(nav, vault.totalSupply() + shares));
        vault.accrue();
        token.mint(address(vault), 5 * unit);
        vault.compound();
        uint256 locked = vault.locked();
        nav = vault.totalAssets();
        uint256 worth = adapter.realAssets();
        source.lose(30 * unit);
        uint256 lost = worth - adapter.realAssets();
        _next();
        emit ICompoundingVault.LossRealised(nav, nav - (lost - locked), locked);
        vault.accrue();
    }

    /// @notice An accrual without a gain that costs a fee, and without a loss, says nothing.
    function test_Emit_NothingForNothing() public {
        _deposit(alice, 1_000 * unit);
        vm.recordLogs();
        vault.accrue();
        _skip(1 days);
        vault.accrue();
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_Emit_Compound() public {
        HostileAdapter hostile = _addHostile();
        hostile.setClaim(HostileAdapter.Claim.Revert);
        vm.prank(curator);
        vault.setTipCap(unit);
        token.mint(address(vault), 50 * unit);
        uint256 tip = unit / 2; // a hundredth
        uint256 pushed = vault.books().idle + 50 * unit - tip - 1; // all but a wei
        _next();
        emit ICompoundingVault.ClaimFailed(address(hostile));
        _next();
        emit ICompoundingVault.Compounded(mallory, 50 * unit - tip, tip, pushed);
        vm.prank(mallory);
        vault.compound();
    }

    function test_Emit_Curator() public {
        Source4626 other = new Source4626(token);
        IAdapter added = _adapterOf(other);
        (bytes32 first, bytes32 second) = added.riskIds();
        _next();
        emit ICompoundingVault.AdapterAdded(address(added), first, second);
        vm.startPrank(curator);
        vault.addAdapter(address(added));
        _next();
        emit ICompoundingVault.AdapterCapSet(address(added), 0, 7 * unit);
        vault.raiseCap(address(added), 7 * unit);
        _next();
        emit ICompoundingVault.GroupCapSet(first, 9 * unit, 4_000);
        vault.raiseGroupCap(first, 9 * unit, 4_000);
        _next();
        emit ICompoundingVault.FeeSet(1_000, 1_500);
        vault.setFee(1_500);
        _next();
        emit ICompoundingVault.FeeRecipientSet(feeRecipient, carol);
        vault.setFeeRecipient(carol);
        _next();
        emit ICompoundingVault.MaxRateSet(200, 30);
        vault.setMaxRate(30);
        _next();
        emit ICompoundingVault.TipCapSet(0, 3 * unit);
        vault.setTipCap(3 * unit);
        _next();
        emit ICompoundingVault.GateSet(address(0), carol);
        vault.setGate(carol);
        address auction = address(new NamesItsVault(address(vault)));
        _next();
        emit ICompoundingVault.AuctionSet(address(0), auction);
        vault.setAuction(auction);
        _next();
        emit ICompoundingVault.AuctionSet(auction, address(0));
        vault.setAuction(address(0));
        _next();
        emit ICompoundingVault.EntryMarkSet(1e18);
        vault.reanchorEntryMark();
        _next();
        emit ICompoundingVault.AdapterRemoved(address(added));
        vault.removeAdapter(address(added), 0);
        vm.stopPrank();
        token.mint(address(this), 5 * unit);
        token.approve(address(other), 5 * unit);
        other.deposit(5 * unit, address(added));
        _next();
        emit ICompoundingVault.Recalled(address(added), 5 * unit);
        vm.prank(curator);
        vault.recall(address(added));
    }

    function test_Emit_AllocatorAndDerisk() public {
        _deposit(alice, 100 * unit);
        HostileAdapter second = _addHostile();
        (bytes32 group, ) = adapter.riskIds();
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(second), address(adapter));
        vm.startPrank(allocator);
        _next();
        emit ICompoundingVault.Deallocated(address(adapter), 60 * unit);
        vault.deallocate(address(adapter), 60 * unit);
        _next();
        emit ICompoundingVault.Allocated(address(second), 40 * unit);
        vault.allocate(address(second), 40 * unit);
        _next();
        emit ICompoundingVault.OrderSet(address(second));
        vault.setOrder(order);
        _next();
        emit ICompoundingVault.BufferSet(0, 250);
        vault.setBuffer(250);
        _next();
        emit ICompoundingVault.AdapterCapSet(address(second), NO_CAP, 8 * unit);
        vault.lowerCap(address(second), 8 * unit);
        _next();
        emit ICompoundingVault.GroupCapSet(group, 9 * unit, 3_000);
        vault.lowerGroupCap(group, 9 * unit, 3_000);
        _next();
        emit ICompoundingVault.DepositCapSet(type(uint104).max, 500 * unit);
        vault.lowerDepositCap(500 * unit);
        _next();
        emit ICompoundingVault.EmergencyExited(address(second), 40 * unit);
        vault.emergencyExit(address(second));
        _next();
        emit ICompoundingVault.DepositsStopped(allocator);
        vault.stopDeposits();
        vm.stopPrank();
        vm.startPrank(curator);
        _next();
        emit ICompoundingVault.DepositsResumed(curator);
        vault.resumeDeposits();
        _next();
        emit ICompoundingVault.DepositCapSet(500 * unit, 600 * unit);
        vault.raiseDepositCap(600 * unit);
        vm.stopPrank();
    }

    /// @dev The next line emits what the vault must emit.
    function _next() private {
        vm.expectEmit(address(vault));
    }
}
