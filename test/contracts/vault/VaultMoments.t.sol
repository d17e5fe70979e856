// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IVaultUpkeep} from "../../../contracts/vault/IVaultUpkeep.sol";
import {Batch} from "../helpers/Batch.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice What passed waits for somebody to execute it, and a stranger chooses when, with a flash loan or with capital that stays.
/// `batch` has CURATOR, as a timelock whose executor is anyone. Alice has a million, half of it in each of two markets.
contract VaultMomentsTest is VaultFixture {
    uint256 private constant CAPITAL = 50_000_000;

    Source4626 internal source;
    Source4626 internal second;
    IAdapter internal adapter;
    IAdapter internal other;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(0, 30);
        (source, adapter) = _addSource();
        (second, other) = _addSource();
        manager.grantRole(CURATOR, address(batch), 0);
        _deposit(alice, 1_000_000 * unit);
        _deallocate(adapter, 500_000 * unit);
        _allocate(other, 500_000 * unit);
        _skip(1 days);
    }

    /// @dev 63,416 of 100,000 for him in a fortnight, and 98,845 less for her, if the mark were where the price is.
    function test_A3_ARecoveryInSightIsNotReanchoredAway() public {
        second.lose(100_000 * unit);
        vault.accrue();
        _skip(10 days);
        vault.accrue();
        _skip(12);
        second.gain(100_000 * unit);
        vault.accrue();
        _isNotForSale(_one(_reanchor()), 1e6, "a loss of 100,000 made good, and the mark behind it");
    }

    /// @dev A gift behind it, locked or not, leaves no way back between the price and the mark, by which a later recovery would come
    /// within minutes: 96,428 of 100,000 for who entered.
    function test_A3_AMarkSetAnewLeavesNoGap() public {
        second.lose(100_000 * unit);
        vault.accrue();
        token.mint(address(vault), 2_000 * unit);
        vault.compound();
        batch.run(_one(_reanchor()));
        vm.assertEq(vault.entryMark(), vault.pps());
        _deposit(mallory, CAPITAL * unit);
        _skip(1 days);
        vault.accrue();
        second.gain(100_000 * unit);
        _skip(1 hours);
        vault.accrue();
        _redeemAll(mallory);
        int256 profit = int256(token.balanceOf(mallory)) - int256(CAPITAL * unit);
        _report("2,000 locked and the mark set anew; 100,000 reported a day later, 50 million in until an hour after", profit);
        vm.assertLt(profit, 2_500e18, "A3: what maxRate and the lock allow");
    }

    /// @dev Behind a mark that was set anew what waits has no way back to go, and flows in at maxRate. Setting it again, higher, made
    /// one: 94,584 of 96,294 in an hour for who entered before.
    function test_A3_ReanchoringAgainHastensNothing() public {
        second.lose(100_000 * unit);
        batch.run(_one(_reanchor()));
        _skip(1 days);
        vault.accrue();
        second.gain(100_000 * unit);
        _skip(12);
        vault.accrue();
        int256[2] memory profits;
        for (uint256 i = 0; i < 2; i++) {
            uint256 snapshot = vm.snapshotState();
            token.mint(address(batch), CAPITAL * unit);
            Batch.Call[] memory calls = new Batch.Call[](2);
            calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (CAPITAL * unit, mallory)));
            calls[1] = i == 0 ? _call(address(vault), abi.encodeCall(vault.accrue, ())) : _reanchor();
            batch.run(calls);
            _skip(1 hours);
            _redeemAll(mallory);
            profits[i] = int256(token.balanceOf(mallory)) - int256(CAPITAL * unit);
            vm.revertToState(snapshot);
        }
        _report("100,000 wait, 50 million in for an hour", profits[0]);
        _report("  and the mark set again behind them", profits[1]);
        vm.assertEq(profits[1], profits[0], "A3: hastened");
    }

    /// @dev In one transaction, a loss of what is recalled in it would be nobody's: who leaves behind both left it to those who stay.
    function test_A2_ARecallHidesNoLoss() public {
        _takeBack(400_000 * unit);
        vm.prank(curator);
        vault.removeAdapter(address(other), MAX);
        vault.accrue();
        vm.prank(curator);
        vault.reanchorEntryMark();
        _skip(12);
        token.mint(address(batch), unit);
        Batch.Call[] memory calls = new Batch.Call[](4);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (unit, address(batch))));
        calls[1] = _call(address(vault), abi.encodeCall(vault.recall, (address(other))));
        calls[2] = _call(address(source), abi.encodeCall(source.lose, (50_000 * unit)));
        calls[3] = _call(address(vault), abi.encodeCall(vault.redeem, (unit / 2, address(batch), address(batch))));
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__LossSinceTouched.selector);
        batch.run(calls);
    }

    /// @dev A supplier stuck in a market that DERISK has left executes a raise that passed before, has `compound` lend there again,
    /// and leaves with it: 800,000 of a million.
    function test_L4_NobodyLendsAgainWhileDepositsAreStopped() public {
        (bytes32 risk, ) = adapter.riskIds();
        vm.startPrank(guardian);
        vault.deallocate(address(adapter), MAX);
        vault.lowerCap(address(adapter), 0);
        vault.lowerGroupCap(risk, 0, 10_000);
        vault.stopDeposits();
        vm.stopPrank();
        Batch.Call[] memory proposal = new Batch.Call[](2);
        proposal[0] = _call(address(vault), abi.encodeCall(vault.raiseCap, (address(adapter), 2_000_000 * unit)));
        proposal[1] = _call(address(vault), abi.encodeCall(vault.raiseGroupCap, (risk, 2_000_000 * unit, 10_000)));
        batch.run(proposal);
        IVaultUpkeep upkeep = IVaultUpkeep(_create(vm.getCode("VaultUpkeep.sol:VaultUpkeep")));
        _skip(1 days);
        vm.assertEq(upkeep.compoundStatus(vault).spare, 0);
        vault.compound();
        vm.assertEq(adapter.realAssets(), 0, "L4: lent again");
        vm.prank(curator);
        vault.resumeDeposits();
        uint256 spare = upkeep.compoundStatus(vault).spare;
        vault.compound();
        vm.assertEq(adapter.realAssets(), spare);
        vm.assertGt(spare, 499_000 * unit);
    }

    /// @dev A market that DERISK, or a stranger, has emptied before keeps nothing from being dropped; markets refuse to pay nothing.
    function test_RemoveAdapter_BehindADeallocationOfNothing() public {
        vm.prank(guardian);
        vault.deallocate(address(other), MAX);
        manager.grantRole(DERISK, address(batch), 0);
        HostileAdapter strict = _addHostile();
        strict.setPay(HostileAdapter.Pay.Revert);
        vm.prank(guardian);
        vm.assertEq(vault.deallocate(address(strict), MAX), 0);
        Batch.Call[] memory proposal = new Batch.Call[](3);
        proposal[0] = _call(address(vault), abi.encodeCall(vault.deallocate, (address(other), MAX)));
        proposal[1] = _call(address(vault), abi.encodeCall(vault.emergencyExit, (address(other))));
        proposal[2] = _call(address(vault), abi.encodeCall(vault.removeAdapter, (address(other), 0)));
        batch.run(proposal);
        vm.assertEq(vault.entries().length, 2);
    }

    /// @dev One that is lent out can be left in one proposal, which takes home what there is by then.
    function test_RemoveAdapter_OfAMarketThatIsLiquidAgain() public {
        manager.grantRole(DERISK, address(batch), 0);
        Batch.Call[] memory proposal = new Batch.Call[](2);
        proposal[0] = _call(address(vault), abi.encodeCall(vault.emergencyExit, (address(other))));
        proposal[1] = _call(address(vault), abi.encodeCall(vault.removeAdapter, (address(other), 510_000 * unit)));
        uint256 snapshot = vm.snapshotState();
        batch.run(proposal);
        vm.assertApproxEqAbs(vault.totalAssets(), 1_000_000 * unit, 1e13, "all of it came home");
        vm.revertToState(snapshot);
        second.setLiquidity(0);
        batch.run(proposal);
        vm.assertApproxEqAbs(vault.totalAssets(), 500_000 * unit, 1e13, "what can't be had is written off, as decided");
    }

    /// @dev He leaves idle what a market has no room for and takes as much out of that market: the vault has no place there while it
    /// books a lump. 4,520 of 4,995 for who else is in it, if the first market paid before idle does.
    function test_A3_NobodyTakesThePlaceOfTheVaultInAMarket() public {
        _takeBack(MAX);
        uint256 lent = adapter.realAssets();
        vm.prank(guardian);
        vault.lowerCap(address(adapter), lent + 10_000 * unit);
        token.mint(address(batch), 2 * lent);
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (5_000 * unit, address(batch))));
        calls[1] = _call(address(vault), abi.encodeCall(vault.deposit, (475_000 * unit, address(batch))));
        calls[2] = _call(
            address(vault),
            abi.encodeCall(vault.withdraw, (480_000 * unit - 4, address(batch), address(batch)))
        );
        batch.run(calls);
        _report("out of the first market by a flash of 480,000", int256(adapter.realAssets()) - int256(lent));
        vm.assertApproxEqAbs(adapter.realAssets(), lent, 1e13, "A3: it is out of its market");
    }

    /// @dev What can't be asked for its liquidity, and has a value, keeps nobody from what others can pay.
    function test_L3_AMarketThatTellsNoLimitHoldsUpNothing() public {
        HostileAdapter mute = _addHostile();
        _deallocate(adapter, 100_000 * unit);
        _allocate(mute, 100_000 * unit);
        address[] memory order = new address[](3);
        (order[0], order[1], order[2]) = (address(mute), address(adapter), address(other));
        vm.prank(allocator);
        vault.setOrder(order);
        mute.setMute(true);
        mute.setPay(HostileAdapter.Pay.Revert);
        uint256 can = vault.maxWithdraw(alice);
        vm.assertApproxEqAbs(can, 900_000 * unit, 1e13, "L1: what the others have");
        vm.prank(alice);
        vault.withdraw(800_000 * unit, alice, alice);
        uint256 shares = vault.balanceOf(alice) / 4;
        uint256 worth = vault.convertToAssets(shares);
        vm.assertApproxEqAbs(_exit(alice, shares, _none()), worth, 1e13, "L3: and forgoes nothing");
    }

    /// @dev With the proposal executed at his moment and 50 million of his behind it, as soon as entries are open and for the rest of
    /// a month, she has but for the tolerance what she has without him.
    function _isNotForSale(Batch.Call[] memory proposal, uint256 tolerance, string memory what) private {
        uint256 snapshot = vm.snapshotState();
        batch.run(proposal);
        _live(30, false);
        uint256 fair = _wealth(alice);
        vm.revertToState(snapshot);
        batch.run(proposal);
        _live(30, true);
        int256 profit;
        if (vault.balanceOf(mallory) != 0) {
            _redeemAll(mallory);
            profit = int256(token.balanceOf(mallory)) - int256(CAPITAL * unit);
        }
        _report(string.concat(what, ": 50 million that enter"), profit);
        _report("  alice", int256(_wealth(alice)) - int256(fair));
        vm.assertLe(profit, int256(tolerance), "A3: who enters");
        vm.assertGe(_wealth(alice) + tolerance, fair, "A3: who is there");
        vm.assertGe(fair + unit, 1_000_000 * unit, "it has come back");
    }

    function _live(uint256 count, bool enters) private {
        for (uint256 i = 0; i < count * 24; i++) {
            if (enters && vault.balanceOf(mallory) == 0 && vault.maxDeposit(mallory) != 0) _deposit(mallory, CAPITAL * unit);
            _skip(1 hours);
            vault.accrue();
        }
    }

    /// @dev From the second market home, and all to the first.
    function _takeBack(uint256 assets) private {
        vm.prank(guardian);
        vault.deallocate(address(other), assets);
        vault.compound();
        _skip(1 days);
    }

    function _reanchor() private view returns (Batch.Call memory) {
        return _call(address(vault), abi.encodeCall(vault.reanchorEntryMark, ()));
    }

    function _one(Batch.Call memory call) private pure returns (Batch.Call[] memory calls) {
        calls = new Batch.Call[](1);
        calls[0] = call;
    }
}
