// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {IVaultUpkeep} from "../../../contracts/vault/IVaultUpkeep.sol";
import {VaultUpkeep} from "../../../contracts/vault/VaultUpkeep.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice What keepers read, and that what they are told is due does what they were told.
contract VaultUpkeepTest is VaultFixture {
    IVaultUpkeep internal upkeep;
    HostileAdapter internal hostile;

    constructor() VaultFixture(6) {}

    function setUp() public {
        _setUpVault(1_000, 30);
        upkeep = new VaultUpkeep();
    }

    function _lent() internal {
        hostile = _addHostile();
        _deposit(alice, 1_000 * unit);
        vault.compound();
    }

    function test_Upkeep_NothingIsDueWithoutAdapters() public {
        _deposit(alice, 1_000 * unit);
        _skip(30 days);
        IVaultUpkeep.CompoundStatus memory status = upkeep.compoundStatus(vault);
        vm.assertFalse(status.due);
        vm.assertEq(status.spare, 0, "there is nowhere to lend");
        (bool needed, ) = upkeep.checkUpkeep(abi.encode(vault));
        vm.assertFalse(needed);
    }

    function test_Upkeep_IsDueADayAfterTheLastCompound() public {
        _lent();
        vm.assertEq(upkeep.compoundStatus(vault).compoundedAt, block.timestamp);
        _skip(1 days - 1);
        vm.assertFalse(upkeep.compoundStatus(vault).due);
        _skip(1);
        vm.assertTrue(upkeep.compoundStatus(vault).due);
    }

    /// @notice Due from the first wei above a basis point of NAV.
    function test_Upkeep_IsDueWhenProceedsAreWorthIt() public {
        _lent();
        uint256 bp = vault.books().nav / 10_000;
        token.mint(address(vault), bp);
        _skip(1 hours);
        vm.assertFalse(upkeep.compoundStatus(vault).due);
        token.mint(address(vault), 1);
        IVaultUpkeep.CompoundStatus memory status = upkeep.compoundStatus(vault);
        vm.assertTrue(status.due);
        vm.assertEq(status.skimmable, bp + 1);
    }

    /// @notice What keepers pay for gas is not for everyone to spend: gifts of a basis point and more make a small vault due once
    /// an hour.
    function test_Upkeep_GiftsMakeNoKeeperCallTwiceWithinAnHour() public {
        _lent();
        _callsOfFiveHoursAreFive(unit);
    }

    /// @notice Due from the first wei of spare above a hundredth of NAV; the buffer is no spare.
    function test_Upkeep_IsDueWhenIdleIsWorthLending() public {
        _lent();
        uint256 nav = vault.books().nav;
        _deallocate(hostile, nav / 100 + 1 - vault.books().idle); // a wei stays
        vm.assertEq(upkeep.compoundStatus(vault).spare, nav / 100);
        vm.assertFalse(upkeep.compoundStatus(vault).due);
        _deallocate(hostile, 1);
        _skip(1 hours - 1);
        vm.assertFalse(upkeep.compoundStatus(vault).due, "an hour after the last compound");
        _skip(1);
        vm.assertTrue(upkeep.compoundStatus(vault).due);
        vm.prank(allocator);
        vault.setBuffer(100);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 1, "above the buffer");
        vm.assertFalse(upkeep.compoundStatus(vault).due);
    }

    /// @notice A vault lends nothing below its seed: one that has hardly more is due only for its rewards.
    function test_Upkeep_IsNotDueForLessThanIsLent() public {
        hostile = _addHostile();
        vault.compound();
        uint256 seed = vault.seedAssets();
        _skip(1 hours);
        vm.assertEq(upkeep.compoundStatus(vault).spare, seed - 1, "all but the wei that stays");
        vm.assertFalse(upkeep.compoundStatus(vault).due);
        _deposit(alice, 1); // lent
        _deallocate(hostile, 1);
        vm.assertEq(upkeep.compoundStatus(vault).spare, seed);
        (, bytes memory data) = upkeep.checkUpkeep(abi.encode(vault));
        vm.assertTrue(upkeep.compoundStatus(vault).due);
        upkeep.performUpkeep(data);
        vm.assertEq(vault.books().idle, 1, "lent");
    }

    /// @notice What a compound does not lend, since a market refuses what it said it took, makes no keeper call again within the
    /// hour.
    function test_Upkeep_IsDueAtMostOnceAnHourForWhatNobodyTakes() public {
        hostile = _addHostile();
        hostile.setTake(HostileAdapter.Take.HandBack, 0);
        _deposit(alice, 1_200 * unit);
        _callsOfFiveHoursAreFive(0);
    }

    function test_Upkeep_SpareIsBoundedByCapAndMarket() public {
        _lent();
        _deallocate(hostile, 500 * unit);
        hostile.setRoom(7 * unit);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 7 * unit, "what the market takes");
        hostile.setRoom(type(uint256).max);
        uint256 lent = hostile.realAssets();
        vm.prank(guardian);
        vault.lowerCap(address(hostile), lent + 3 * unit);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 3 * unit, "what the cap leaves");
        vm.prank(guardian);
        vault.lowerCap(address(hostile), lent - 1);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 0, "above its cap");
        hostile.setValue(HostileAdapter.Value.Revert, 0);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 0, "not while its view fails");
    }

    function test_Upkeep_SpareIsBoundedByBothGroups() public {
        hostile = new HostileAdapter(address(token), address(vault), "first", "second");
        _list(hostile);
        _deposit(alice, 1_000 * unit);
        vault.compound();
        _deallocate(hostile, 500 * unit);
        uint256 lent = hostile.realAssets();
        vm.startPrank(guardian);
        vault.lowerGroupCap("second", lent + 5 * unit, 10_000);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 5 * unit, "what the second leaves");
        vault.lowerGroupCap("first", lent + 2 * unit, 10_000);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 2 * unit, "what the first leaves");
        vm.stopPrank();
    }

    /// @notice Whatever caps of groups leave, and gifts to an adapter that nothing was lent to: what is told is what is lent.
    function testFuzz_Upkeep_SpareIsWhatIsLent(uint256 absolute, uint256 bps, uint256 lent, uint256 gift) public {
        (, IAdapter other) = _addSource();
        (Source4626 source, IAdapter adapter) = _addSource();
        (bytes32 risk, ) = adapter.riskIds();
        _deposit(alice, 1_000 * unit); // into `other`
        if (lent % 2 == 1) {
            lent = _bound(lent, unit, 500 * unit);
            _deallocate(other, lent);
            _allocate(adapter, lent);
        }
        if (gift % 2 == 1) {
            token.mint(bob, 300 * unit);
            vm.startPrank(bob);
            token.approve(address(source), MAX);
            source.deposit(_bound(gift, unit, 300 * unit), address(adapter));
            vm.stopPrank();
        }
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(adapter), address(other));
        vm.startPrank(allocator);
        vault.setOrder(order);
        vault.lowerGroupCap(risk, _bound(absolute, 0, 1_500 * unit), _bound(bps, 0, 10_000));
        vault.deallocate(address(other), 200 * unit);
        vm.stopPrank();
        vault.accrue();
        uint256 spare = upkeep.compoundStatus(vault).spare;
        uint256 idle = vault.books().idle;
        if (spare < vault.seedAssets()) spare = 0;
        vault.compound();
        vm.assertEq(idle - vault.books().idle, spare);
    }

    function test_Upkeep_ForwardsTheTip() public {
        _lent();
        vm.prank(curator);
        vault.setTipCap(2 * unit);
        token.mint(address(vault), 100 * unit);
        vm.assertEq(upkeep.compoundStatus(vault).tip, 1 * unit, "a hundredth");
        token.mint(address(vault), 900 * unit);
        vm.assertEq(upkeep.compoundStatus(vault).tip, 2 * unit, "the cap");
        _skip(1 hours);
        (bool needed, bytes memory data) = upkeep.checkUpkeep(abi.encode(vault));
        vm.assertTrue(needed);
        vm.prank(mallory); // anyone
        upkeep.performUpkeep(data);
        vm.assertEq(token.balanceOf(mallory), 2 * unit);
        vm.assertEq(token.balanceOf(address(upkeep)), 0);
        vm.assertEq(vault.config().compoundedAt, block.timestamp);
        upkeep.performUpkeep(data); // nothing to skim, no tip
        vm.assertEq(token.balanceOf(mallory), 2 * unit);
    }

    function test_Upkeep_TheCheckersPayloadCompounds() public {
        _lent();
        _skip(1 days);
        (bool canExec, bytes memory payload) = upkeep.checker(vault);
        vm.assertTrue(canExec);
        (bool ok, ) = address(vault).call(payload);
        vm.assertTrue(ok);
        (canExec, ) = upkeep.checker(vault);
        vm.assertFalse(canExec);
    }

    /// @dev A keeper looks every five minutes, and before each look somebody gives so much.
    function _callsOfFiveHoursAreFive(uint256 gift) private {
        uint256 calls;
        for (uint256 round = 0; round < 60; ++round) {
            token.mint(address(vault), gift);
            _skip(5 minutes);
            (bool needed, bytes memory data) = upkeep.checkUpkeep(abi.encode(vault));
            if (!needed) continue;
            upkeep.performUpkeep(data);
            ++calls;
        }
        vm.assertEq(calls, 5, "of five hours");
    }
}
