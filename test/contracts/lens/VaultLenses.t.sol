// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {PositionLens} from "../../../contracts/lens/PositionLens.sol";
import {VaultLens} from "../../../contracts/lens/VaultLens.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice What the SDK shows of a vault is what the vault says, also while a market is broken.
contract VaultLensesTest is VaultFixture {
    VaultLens internal lens;
    PositionLens internal positions;
    IAdapter internal lent;
    HostileAdapter internal hostile;

    constructor() VaultFixture(6) {}

    function setUp() public {
        _setUpVault(1_000, 30);
        lens = new VaultLens();
        positions = new PositionLens();
        (, lent) = _addSource();
        hostile = _addHostile();
        _deposit(alice, 1_000 * unit);
        vault.compound();
        _deallocate(lent, 400 * unit);
        _allocate(hostile, 300 * unit);
        token.mint(address(vault), 50 * unit);
        vault.compound();
        _skip(1 days);
        vault.accrue();
    }

    function test_Lens_ShowsWhatTheVaultSays() public view {
        VaultLens.VaultState memory state = lens.getVault(vault);
        vm.assertFalse(state.isFailing);
        vm.assertEq(state.timestamp, block.timestamp);
        vm.assertEq(state.asset, address(token));
        vm.assertEq(state.assetDecimals, 6);
        vm.assertEq(state.name, vault.name());
        vm.assertEq(state.symbol, vault.symbol());
        vm.assertEq(state.totalAssets, vault.totalAssets());
        vm.assertEq(state.totalSupply, vault.totalSupply());
        vm.assertEq(state.pps, vault.pps());
        vm.assertEq(state.locked, vault.locked());
        vm.assertGt(state.locked, 0, "the example has a lock");
        vm.assertEq(state.entryMark, vault.entryMark());
        vm.assertEq(state.tipCap, vault.tipCap());
        vm.assertEq(state.feeRecipient, feeRecipient);
        vm.assertEq(state.gate, vault.gate());
        vm.assertEq(state.auction, vault.auction());
        vm.assertEq(abi.encode(state.books), abi.encode(vault.books()));
        vm.assertEq(abi.encode(state.lock), abi.encode(vault.lock()));
        vm.assertEq(abi.encode(state.config), abi.encode(vault.config()));
    }

    function test_Lens_ShowsEachAllocationAndItsRisks() public view {
        VaultLens.Allocation[] memory all = lens.getVault(vault).allocations;
        ICompoundingVault.Entry[] memory entries = vault.entries();
        vm.assertEq(all.length, 2);
        for (uint256 i = 0; i < 2; i++) {
            IAdapter adapter = IAdapter(entries[i].adapter);
            vm.assertEq(all[i].adapter, address(adapter));
            vm.assertEq(all[i].cap, entries[i].cap);
            vm.assertFalse(all[i].isFailing);
            vm.assertEq(all[i].realAssets, adapter.realAssets());
            vm.assertGt(all[i].realAssets, 0);
            vm.assertEq(all[i].maxAllocate, adapter.maxAllocate());
            vm.assertEq(all[i].maxDeallocate, adapter.maxDeallocate());
        }
        (bytes32 first, bytes32 second) = lent.riskIds();
        VaultLens.Allocation memory ofSource = all[entries[0].adapter == address(lent) ? 0 : 1];
        VaultLens.Allocation memory ofHostile = all[entries[0].adapter == address(lent) ? 1 : 0];
        vm.assertNotEq(first, 0);
        vm.assertEq(ofSource.firstRisk.id, first);
        vm.assertEq(ofSource.firstRisk.absoluteCap, vault.group(first).absoluteCap);
        vm.assertEq(ofSource.firstRisk.relativeCapBps, vault.group(first).relativeCapBps);
        vm.assertEq(ofSource.secondRisk.id, second);
        vm.assertEq(ofHostile.firstRisk.id, 0, "an adapter without risks");
        vm.assertEq(ofHostile.firstRisk.absoluteCap, 0);
    }

    function test_Lens_ABrokenMarketHidesNothingElse() public {
        hostile.setValue(HostileAdapter.Value.Revert, 0);
        VaultLens.VaultState memory state = lens.getVault(vault);
        vm.assertTrue(state.isFailing);
        vm.assertEq(state.totalAssets, vault.totalAssetsFloor());
        vm.assertEq(state.pps, 0);
        vm.assertEq(state.totalSupply, vault.totalSupply());
        for (uint256 i = 0; i < 2; i++)
            if (state.allocations[i].adapter == address(hostile)) {
                vm.assertTrue(state.allocations[i].isFailing);
                vm.assertEq(state.allocations[i].realAssets, 0);
            } else vm.assertGt(state.allocations[i].realAssets, 0);
    }

    function test_Lens_ShowsAPosition() public {
        token.mint(alice, 5 * unit);
        _approve(alice, address(vault), 3 * unit);
        ICompoundingVault[] memory vaults = new ICompoundingVault[](2);
        (vaults[0], vaults[1]) = (vault, _createVault(0, 30, "other"));
        PositionLens.Position[] memory all = positions.getPositions(vaults, alice);
        vm.assertEq(all.length, 2);
        PositionLens.Position memory one = all[0];
        vm.assertEq(one.vault, address(vault));
        vm.assertEq(one.asset, address(token));
        vm.assertEq(one.assetDecimals, 6);
        vm.assertEq(one.timestamp, block.timestamp);
        vm.assertEq(one.shares, vault.balanceOf(alice));
        vm.assertEq(one.assets, vault.convertToAssets(one.shares));
        vm.assertEq(one.maxDeposit, vault.maxDeposit(alice));
        vm.assertEq(one.maxWithdraw, vault.maxWithdraw(alice));
        vm.assertEq(one.maxRedeem, vault.maxRedeem(alice));
        vm.assertEq(one.assetBalance, 5 * unit);
        vm.assertEq(one.allowance, 3 * unit);
        vm.assertEq(all[1].shares, 0);
        vm.assertEq(all[1].assets, 0);
        hostile.setValue(HostileAdapter.Value.Revert, 0);
        one = positions.getPositions(vaults, alice)[0];
        vm.assertEq(one.assets, 0, "no price while a view fails");
        vm.assertEq(one.shares, vault.balanceOf(alice));
    }
}
