// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVaultUpkeep} from "../../../contracts/vault/IVaultUpkeep.sol";
import {VaultUpkeep} from "../../../contracts/vault/VaultUpkeep.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
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
        vm.assertFalse(upkeep.compoundStatus(vault).due);
        token.mint(address(vault), 1);
        IVaultUpkeep.CompoundStatus memory status = upkeep.compoundStatus(vault);
        vm.assertTrue(status.due);
        vm.assertEq(status.skimmable, bp + 1);
    }

    /// @notice Due from the first wei of spare above a hundredth of NAV; the buffer is no spare.
    function test_Upkeep_IsDueWhenIdleIsWorthLending() public {
        _lent();
        uint256 nav = vault.books().nav;
        _deallocate(hostile, nav / 100 + 1 - vault.books().idle); // a wei stays
        vm.assertEq(upkeep.compoundStatus(vault).spare, nav / 100);
        vm.assertFalse(upkeep.compoundStatus(vault).due);
        _deallocate(hostile, 1);
        vm.assertTrue(upkeep.compoundStatus(vault).due);
        vm.prank(allocator);
        vault.setBuffer(100);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 1, "above the buffer");
        vm.assertFalse(upkeep.compoundStatus(vault).due);
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

    function test_Upkeep_ForwardsTheTip() public {
        _lent();
        vm.prank(curator);
        vault.setTipCap(2 * unit);
        token.mint(address(vault), 100 * unit);
        vm.assertEq(upkeep.compoundStatus(vault).tip, 1 * unit, "a hundredth");
        token.mint(address(vault), 900 * unit);
        vm.assertEq(upkeep.compoundStatus(vault).tip, 2 * unit, "the cap");
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
}
