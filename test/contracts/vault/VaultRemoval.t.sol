// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {Batch} from "../helpers/Batch.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice A passed proposal takes a market's assets home and drops its adapter. A stranger executes it in a transaction in which
/// a flash loan has emptied that market, so that nothing comes home, and what is left there would be written off.
contract VaultRemovalTest is VaultFixture {
    uint256 private constant DUST = 100;

    Source4626 internal leaving;
    IAdapter internal adapter;
    IAdapter internal left;

    constructor() VaultFixture(18) {}

    /// @dev Half of a million lies in the market that is left.
    function setUp() public {
        _setUpVault(1_000, 30);
        (, adapter) = _addSource();
        (leaving, left) = _addSource();
        manager.grantRole(CURATOR, address(batch), 0);
        manager.grantRole(DERISK, address(batch), 0);
        _deposit(alice, 1_000_000 * unit);
        _deallocate(adapter, 500_000 * unit);
        _allocate(left, 500_000 * unit);
        _skip(1 days);
    }

    function test_A2_NobodyChoosesTheMomentOfAWriteOff() public {
        (uint256 fair, uint256 robbed, int256 profit) = _executed(MAX);
        _report("half of a million is left without a bound: alice", int256(robbed) - int256(fair));
        _report("  who enters with 50 million", profit);
        vm.assertGt(profit, 495_000e18, "A2: what the bound is for");
        (fair, robbed, profit) = _executed(DUST);
        _report("with a bound of 100 wei: alice", int256(robbed) - int256(fair));
        _report("  who enters with 50 million", profit);
        vm.assertGe(robbed + 1e6, fair, "A2: alice");
        vm.assertLe(profit, 0, "A2: who chose the moment");
    }

    /// @dev The same for taking all home by `emergencyExit`, for what lies there to the wei, and for an adapter that can't be read.
    function test_RemoveAdapter_RevertWhen_ItHasMore() public {
        leaving.setLiquidity(unit);
        Batch.Call[] memory proposal = new Batch.Call[](2);
        proposal[0] = _call(address(vault), abi.encodeCall(vault.emergencyExit, (address(left))));
        proposal[1] = _call(address(vault), abi.encodeCall(vault.removeAdapter, (address(left), DUST)));
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__AboveMaxLoss.selector);
        batch.run(proposal);
        uint256 has = left.realAssets();
        vm.startPrank(curator);
        vm.expectRevert(_aboveMaxLoss(has, has - 1));
        vault.removeAdapter(address(left), has - 1);
        vault.removeAdapter(address(left), has);
        vm.stopPrank();
        HostileAdapter broken = _addHostile();
        _deallocate(adapter, unit);
        _allocate(broken, unit);
        broken.setValue(HostileAdapter.Value.Revert, 0);
        vm.startPrank(curator);
        vm.expectRevert(_aboveMaxLoss(MAX, MAX - 1));
        vault.removeAdapter(address(broken), MAX - 1);
        vault.removeAdapter(address(broken), MAX);
        vm.stopPrank();
        vm.assertEq(vault.entries().length, 1);
    }

    /// @dev The proposal in its calm moment, then in his, with the mark behind it and a recall on the next day, and a month.
    function _executed(uint256 maxLoss) private returns (uint256 fair, uint256 robbed, int256 profit) {
        uint256 snapshot = vm.snapshotState();
        Batch.Call[] memory proposal = new Batch.Call[](3);
        proposal[0] = _call(address(vault), abi.encodeCall(vault.deallocate, (address(left), MAX)));
        proposal[1] = _call(address(vault), abi.encodeCall(vault.removeAdapter, (address(left), maxLoss)));
        proposal[2] = _call(address(vault), abi.encodeCall(vault.reanchorEntryMark, ()));
        batch.run(proposal);
        _live(31);
        fair = _wealth(alice);
        vm.revertToState(snapshot);
        snapshot = vm.snapshotState();
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = _call(address(leaving), abi.encodeCall(leaving.setLiquidity, (1)));
        calls[1] = _call(address(batch), abi.encodeCall(batch.run, (proposal)));
        calls[2] = _call(address(leaving), abi.encodeCall(leaving.setLiquidity, (MAX)));
        try batch.run(calls) {
            profit = -int256(50_000_000 * unit);
            _deposit(mallory, 50_000_000 * unit);
        } catch (bytes memory reason) {
            vm.assertEq(bytes4(reason), ICompoundingVault.CompoundingVault__AboveMaxLoss.selector);
            batch.run(proposal); // it may be executed again, and goes through once the market is as it was
        }
        _skip(1 days);
        if (profit != 0) {
            vm.prank(curator);
            vault.recall(address(left));
        }
        _live(30);
        if (profit != 0) {
            _redeemAll(mallory);
            profit += int256(token.balanceOf(mallory));
        }
        robbed = _wealth(alice);
        vm.revertToState(snapshot);
    }

    function _live(uint256 count) private {
        for (uint256 i = 0; i < count; i++) {
            _skip(1 days);
            vault.accrue();
        }
    }

    function _aboveMaxLoss(uint256 loss, uint256 maxLoss) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AboveMaxLoss.selector, loss, maxLoss);
    }
}
