// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice C3. Whatever an adapter's code does: the holders lose at most what it was given, and the price goes up by no
/// more than maxRate. 600 are in an honest market and 400 in the hostile one.
contract HostileAdaptersTest is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;
    HostileAdapter internal hostile;
    uint256 internal constant DUST = 1e13;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(1_000, 30);
        (source, adapter) = _addSource();
        hostile = _addHostile();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 400 * unit);
        _allocate(hostile, 400 * unit);
    }

    function test_C3_KeepsItsTokens() public {
        hostile.lose(400 * unit);
        _lossIsAtMost(400 * unit, "keeps all it was given");
    }

    function test_C3_KeepsWhatItIsGivenFromNowOn() public {
        hostile.setTake(HostileAdapter.Take.Keep, 0);
        _deallocate(adapter, 100 * unit);
        _allocate(hostile, 100 * unit);
        _lossIsAtMost(100 * unit, "keeps the next 100");
    }

    function test_C3_CreditsMoreThanItGot() public {
        hostile.setTake(HostileAdapter.Take.CreditMore, 1_000_000 * unit);
        _deallocate(adapter, 100 * unit);
        _allocate(hostile, 100 * unit);
        vm.assertApproxEqAbs(vault.totalAssets(), 1_000 * unit, DUST, "a credit was booked");
    }

    function test_C3_CreditsLessThanItGot() public {
        hostile.setTake(HostileAdapter.Take.CreditShort, 3);
        _deallocate(adapter, 100 * unit);
        vm.expectRevert(
            abi.encodeWithSelector(ICompoundingVault.CompoundingVault__CreditShort.selector, unit, unit - 3)
        );
        _allocate(hostile, unit);
    }

    function test_C3_ReportsNothing() public {
        hostile.setValue(HostileAdapter.Value.Fixed, 0);
        _lossIsAtMost(400 * unit, "reports 0");
    }

    function testFuzz_C3_ReportsAnything(uint256[8] memory reports, uint256 time) public {
        for (uint256 i = 0; i < 8; i++) {
            hostile.setValue(HostileAdapter.Value.Fixed, reports[i]);
            uint256 price = vault.pps();
            (uint256 mark, uint256 nav) = (vault.entryMark(), vault.totalAssets());
            vault.accrue();
            time = _bound(time, 0, 3 days);
            _skip(time);
            if (price >= mark) {
                uint256 most = price + (price * 30 * time) / (100 * 365 days) + 1;
                vm.assertLe(vault.pps(), most, "C3: up by more than maxRate");
            }
            vm.assertGe(vault.totalAssets() + DUST, nav < 600 * unit ? nav : 600 * unit, "C3: a loss beyond its allocation");
        }
    }

    function test_C3_PaysElsewhere() public {
        hostile.setPay(HostileAdapter.Pay.Elsewhere);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__TransferShort.selector);
        vm.prank(guardian);
        vault.deallocate(address(hostile), 100 * unit);
        _lossIsAtMost(0, "pays elsewhere: refused");
    }

    function test_C3_RunsDry() public {
        hostile.setLiquidity(0);
        vm.assertApproxEqAbs(vault.maxWithdraw(alice), 600 * unit, DUST);
        _redeem(alice, vault.maxRedeem(alice));
        vm.assertApproxEqAbs(token.balanceOf(alice), 600 * unit, DUST);
        hostile.setLiquidity(type(uint256).max);
        _redeemAll(alice);
        vm.assertApproxEqAbs(token.balanceOf(alice), 1_000 * unit, DUST);
    }

    /// @notice It says that it could pay, and does not: exits that need it fail, all others are paid by who can, wherever it is in
    /// the order.
    function test_C3_PromisesLiquidityThatIsNotThere() public {
        hostile.setPay(HostileAdapter.Pay.Revert);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__InsufficientLiquidity.selector);
        _redeem(alice, 900e18);
        _redeem(alice, 250e18);
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(hostile), address(adapter));
        vm.prank(allocator);
        vault.setOrder(order);
        _redeem(alice, 125e18);
        _exit(alice, 125e18, _none());
        uint256 shares = vault.balanceOf(alice);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__InsufficientLiquidity.selector);
        _exit(alice, shares, _none());
        _exit(alice, shares, _one(address(hostile)));
        vm.assertApproxEqAbs(token.balanceOf(alice), 600 * unit, DUST); // all that the honest one had
    }

    /// @notice From inside each of its calls it tries every door, as a holder with shares, tokens and every role would.
    function test_C3_ReentersFromEachCall() public {
        vm.prank(alice);
        vault.transfer(address(hostile), 10e18);
        uint64[3] memory roles = [CURATOR, ALLOCATOR, DERISK];
        for (uint256 i = 0; i < roles.length; i++) manager.grantRole(roles[i], address(hostile), 0);
        hostile.setTake(HostileAdapter.Take.Reenter, 0);
        hostile.setPay(HostileAdapter.Pay.Reenter);
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(hostile), address(adapter));
        vm.prank(allocator);
        vault.setOrder(order);
        uint256 price = vault.pps();
        bytes[18] memory doors = _doors(order);
        for (uint256 i = 0; i < doors.length; i++) {
            hostile.arm(address(vault), doors[i]);
            _deposit(bob, 10 * unit);
            _refused("from allocate");
            _redeem(bob, 5e18);
            _refused("from deallocate");
            _exit(bob, 1e18, _none());
            _refused("from an exit");
            vault.compound();
            _refused("from a claim");
            vm.prank(guardian);
            vault.emergencyExit(address(hostile));
            _refused("from emergencyExit");
            _allocate(hostile, 100 * unit);
        }
        vm.assertApproxEqAbs(vault.pps(), price, 100);
    }

    /// @notice What a role sets from inside of a claim, as whoever executes a vote in there may, stays set.
    function test_C3_WhatARoleSetsInsideOfAClaimStays() public {
        manager.grantRole(DERISK, address(hostile), 0);
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        hostile.arm(address(vault), abi.encodeCall(vault.stopDeposits, ()));
        token.mint(address(vault), unit);
        vault.compound();
        vm.assertTrue(hostile.reentered());
        vm.assertGt(vault.locked(), 0, "the lock was written after it");
        vm.assertEq(vault.maxDeposit(bob), 0, "deposits are open");
    }

    /// @notice What the books and the floor say inside of a claim is what they say after the touch before it: not yesterday's.
    function test_C3_TheBooksAreWrittenBeforeAClaim() public {
        source.gain(unit);
        _skip(1 days);
        uint256 snapshot = vm.snapshotState();
        vault.accrue();
        (bytes memory books, uint256 floor) = (abi.encode(vault.books()), vault.totalAssetsFloor());
        vm.revertToState(snapshot);
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        hostile.arm(address(vault), abi.encodeCall(vault.books, ()));
        vault.compound();
        vm.assertEq(hostile.answer(), books);
        vm.revertToState(snapshot);
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        hostile.arm(address(vault), abi.encodeCall(vault.totalAssetsFloor, ()));
        vault.compound();
        vm.assertEq(abi.decode(hostile.answer(), (uint256)), floor);
    }

    function _doors(address[] memory order) private view returns (bytes[18] memory) {
        return [
            abi.encodeCall(vault.deposit, (1, address(hostile))),
            abi.encodeCall(vault.mint, (1, address(hostile))),
            abi.encodeCall(vault.withdraw, (1, address(hostile), address(hostile))),
            abi.encodeCall(vault.redeem, (1e18, address(hostile), address(hostile))),
            abi.encodeCall(vault.exit, (1e18, address(hostile), address(hostile), 0, _none())),
            abi.encodeCall(vault.accrue, ()),
            abi.encodeCall(vault.compound, ()),
            abi.encodeCall(vault.addAdapter, (address(this))),
            abi.encodeCall(vault.removeAdapter, (address(adapter), MAX)),
            abi.encodeCall(vault.recall, (address(this))),
            abi.encodeCall(vault.setFee, (1)),
            abi.encodeCall(vault.setFeeRecipient, (bob)),
            abi.encodeCall(vault.setMaxRate, (1)),
            abi.encodeCall(vault.reanchorEntryMark, ()),
            abi.encodeCall(vault.allocate, (address(adapter), unit)),
            abi.encodeCall(vault.setOrder, (order)),
            abi.encodeCall(vault.deallocate, (address(adapter), unit)),
            abi.encodeCall(vault.emergencyExit, (address(adapter)))
        ];
    }

    /// @dev By the lock and nothing else: not for want of a role, nor for what it asked.
    function _refused(string memory where) private view {
        vm.assertFalse(hostile.reentered(), where);
        vm.assertEq(hostile.answer(), abi.encodePacked(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector), where);
    }

    /// @dev What everyone together gets out, against the 1,000 that are in.
    function _lossIsAtMost(uint256 most, string memory what) private {
        vault.accrue();
        uint256 id = vm.snapshotState();
        int256 change = int256(vault.totalAssets()) - int256(1_000 * unit);
        _report(string.concat("hostile adapter with 400 of 1,000, ", what, ": holders"), change);
        vm.assertGe(change, -int256(most + DUST), "C3: more than its allocation");
        vm.assertLe(change, int256(DUST), "C3: a gain from nothing");
        // And it is real: the honest part can be taken.
        _exit(alice, vault.balanceOf(alice), _one(address(hostile)));
        vm.assertGe(token.balanceOf(alice) + DUST, most == 100 * unit ? 500 * unit : 600 * unit);
        vm.revertToState(id);
    }
}
