// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {Batch, FlashBatch} from "../helpers/Batch.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {EnteredSource, Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";
import {VaultAttack} from "./VaultAttack.sol";

/// @notice The first deposit bought cheap, the price pumped by a gift, the victim's shares rounded away.
abstract contract InflationAttack is VaultAttack {
    uint256[4] internal firstDeposits = [uint256(0), 10, 1_001, 1_000_000];

    /// @notice Best peers: victim 0, attacker −1,000 (OpenZeppelin, Yearn, Euler); Morpho lets the victim gain 29.6.
    function test_A1_Inflation_ByAsset() public {
        for (uint256 i = 0; i < firstDeposits.length; i++) {
            uint256 id = vm.snapshotState();
            if (firstDeposits[i] != 0) _deposit(mallory, firstDeposits[i]);
            token.mint(address(vault), 1_000 * unit);
            vault.compound();
            _deposit(alice, 500 * unit);
            (int256 victim, int256 attacker) = _leave(500 * unit, 1_000 * unit + firstDeposits[i]);
            _check("asset", firstDeposits[i], victim, attacker);
            vm.revertToState(id);
        }
    }

    /// @notice Best peers: victim 0, attacker −1,010.
    function test_A1_Inflation_ByYieldShares() public {
        for (uint256 i = 0; i < firstDeposits.length; i++) {
            uint256 id = vm.snapshotState();
            if (firstDeposits[i] != 0) _deposit(mallory, firstDeposits[i]);
            _giftYieldShares(mallory, 1_000 * unit);
            _skip(1); // the second in which maxRate lets the least in
            _deposit(alice, 500 * unit);
            (int256 victim, int256 attacker) = _leave(500 * unit, 1_000 * unit + firstDeposits[i]);
            _check("yield shares", firstDeposits[i], victim, attacker);
            vm.revertToState(id);
        }
    }

    /// @notice The gift sits there for ten silent days before the victim comes: maxRate has let in 0.6 %, no more.
    function test_A1_Inflation_ByYieldSharesAndPatience() public {
        _deposit(mallory, 1_000_000);
        _giftYieldShares(mallory, 1_000 * unit);
        _skip(10 days);
        vm.assertLe(vault.pps(), (uint256(1e18) * (36_500 + 30 * 7)) / 36_500, "I5: more than maxRate allows");
        _deposit(alice, 500 * unit);
        (int256 victim, int256 attacker) = _leave(500 * unit, 1_000 * unit + 1_000_000);
        _check("yield shares, 10 days", 1_000_000, victim, attacker);
    }

    /// @notice A gift to an adapter that was never allocated to is not even waiting.
    function test_A1_Inflation_ByAdapterGift() public {
        token.mint(address(this), 1_000 * unit);
        token.approve(address(source), 1_000 * unit);
        source.deposit(1_000 * unit, address(adapter));
        vm.assertGt(adapter.realAssets(), 999 * unit);
        uint256 before = vault.pps();
        _skip(10 days);
        vm.assertEq(vault.pps(), before, "C2: a gift to an unallocated adapter counts");
    }

    /// @notice The lock as a pump: a gift of 1,000 on next to nothing. It releases no faster than NAV's own size in ten days, and
    /// the virtual shares keep the victim's rounding below a millionth.
    function test_A1_Inflation_ByPatientDonation() public {
        _deposit(mallory, 1_000);
        token.mint(address(vault), 1_000 * unit);
        vault.compound();
        _skip(LOCK + 1 days);
        vault.accrue();
        _print(string.concat("      price after the gift unlocked, par = 1e18: ", vm.toString(vault.pps())));
        _deposit(alice, 500 * unit);
        (int256 victim, int256 attacker) = _leave(500 * unit, 1_000 * unit + 1_000);
        _check("asset, unlocked", 1_000, victim, attacker);
    }

    function _check(string memory what, uint256 first, int256 victim, int256 attacker) private view {
        string memory row = string.concat("inflation by ", what, ", first deposit ", vm.toString(first));
        _report(string.concat(row, ": victim"), victim);
        _report(string.concat(row, ": attacker"), attacker);
        vm.assertLe(attacker, int256(0), "A1: the attacker profits");
        vm.assertGe(victim, -int256((500 * unit) / 1e6), "A1: the victim loses more than a millionth");
    }
}

contract InflationAttack6Test is InflationAttack {
    constructor() VaultFixture(6) {}
}

contract InflationAttack8Test is InflationAttack {
    constructor() VaultFixture(8) {}
}

contract InflationAttack18Test is InflationAttack {
    constructor() VaultFixture(18) {}
}

contract LossAndGainAttacksTest is VaultAttack {
    constructor() VaultFixture(18) {}

    /// @notice Best peers: 450 / 500 (OpenZeppelin, Morpho); Yearn, Euler and Beefy pay the first 900.
    function test_A2_LossRace_FirstOutGainsNothing() public {
        _deposit(alice, 1_000 * unit);
        _deposit(bob, 1_000 * unit);
        source.lose(token.balanceOf(address(source)) / 2);
        uint256 first = _redeem(bob, 900e18);
        uint256 second = _redeemAll(alice);
        _report("loss race, 50 %: first out with 900 of 1,000 gets", int256(first));
        _report("loss race, 50 %: second out with 1,000 gets", int256(second));
        vm.assertApproxEqAbs(first, 450 * unit, 1e12, "A2: the first"); // the idle seed lost nothing
        vm.assertApproxEqAbs(second, 500 * unit, 1e12, "A2: the second");
    }

    /// @notice Any order of three exits, by redeem or exit, pays each its part of what is left after a loss.
    function testFuzz_A2_EveryOrderPaysProRata(uint256 bps, uint8 order, bool[3] memory byExit) public {
        address[3] memory people = [alice, bob, carol];
        for (uint256 i = 0; i < 3; i++) _deposit(people[i], (i + 1) * 100 * unit);
        uint256 lost = (token.balanceOf(address(source)) * _bound(bps, 1, 9_900)) / 10_000;
        source.lose(lost);
        uint256 left = adapter.realAssets();
        for (uint256 n = 0; n < 3; n++) {
            uint256 i = (order + n * (order % 2 == 0 ? 1 : 2)) % 3;
            uint256 fair = (left * (i + 1)) / 6;
            uint256 shares = vault.balanceOf(people[i]);
            uint256 paid = byExit[i] ? _exit(people[i], shares, _none()) : _redeem(people[i], shares);
            vm.assertApproxEqAbs(paid, fair, fair / 1e6 + 10, "A2: not pro rata");
        }
    }

    /// @notice 400 of 1,000 are in a broken market; ten holders of 100 leave past it one after the other.
    function test_A2_L3_EveryLeaverPastABrokenMarketGetsTheSame() public {
        HostileAdapter broken = _addHostile();
        for (uint256 i = 1; i <= 10; i++) {
            vm.prank(address(uint160(i << 16)));
            token.approve(address(vault), MAX);
            _deposit(address(uint160(i << 16)), 100 * unit);
        }
        _deallocate(adapter, 400 * unit);
        _allocate(broken, 400 * unit);
        broken.setValue(HostileAdapter.Value.Revert, 0);
        for (uint256 i = 1; i <= 10; i++) {
            uint256 paid = _exit(address(uint160(i << 16)), 100e18, _one(address(broken)));
            if (i == 1 || i == 10) _report(string.concat("leaver ", vm.toString(i), " of 10 past a broken 40 %, of 100"), int256(paid));
            vm.assertApproxEqAbs(paid, 60 * unit, 1e13, "A2: not pro rata");
        }
    }

    /// @notice Rewards of 100 on 1,000: in before `compound` with 100,000, out in the same block or after a day.
    /// Peers that lock, with fees of 10 and 9.5 %: Yearn 8.9 after a day (of a 10-day lock), Beefy 89.6 (of a 1-day lock).
    function test_A3_ProfitSandwich_Compound() public {
        vm.prank(curator);
        vault.setFee(1_000);
        _deposit(alice, 1_000 * unit);
        token.mint(address(vault), 100 * unit);
        _deposit(mallory, 100_000 * unit);
        uint256 id = vm.snapshotState();
        vault.compound();
        _redeemAll(mallory);
        _report("sandwich of a compound, same block: attacker", _profit(mallory, 100_000 * unit));
        vm.assertLe(_profit(mallory, 100_000 * unit), int256(0), "A3: same block");
        vm.revertToState(id);
        vault.compound();
        _skip(1 days);
        _redeemAll(mallory);
        int256 profit = _profit(mallory, 100_000 * unit);
        _report("sandwich of a compound, a day: attacker", profit);
        vm.assertLe(profit, int256((895 * unit) / 100), "A3: more than the best of those that lock, rounded as it is");
        vm.revertToState(id);
        vm.prank(curator);
        vault.setFee(0);
        vault.compound();
        _skip(1 days);
        _redeemAll(mallory);
        profit = _profit(mallory, 100_000 * unit);
        _report("  in a vault without a fee", profit);
        vm.assertLe(profit, int256((100 * unit * 1 days) / LOCK), "A3: more than what unlocked in a day");
    }

    /// @notice In one transaction: deposit, compound, redeem, with a flash loan of a million.
    function test_A3_FlashSandwich() public {
        _deposit(alice, 1_000 * unit);
        token.mint(address(vault), 100 * unit);
        _skip(1 days);
        Batch.Call[] memory calls = new Batch.Call[](3);
        uint256 shares = vault.previewDeposit(1_000_000 * unit);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (1_000_000 * unit, address(batch))));
        calls[1] = _call(address(vault), abi.encodeCall(vault.compound, ()));
        calls[2] = _call(address(vault), abi.encodeCall(vault.redeem, (shares, address(batch), address(batch))));
        token.mint(address(batch), 1_000_000 * unit);
        batch.run(calls);
        int256 profit = int256(token.balanceOf(address(batch))) - int256(1_000_000 * unit);
        _report("flash sandwich of a compound: attacker", profit);
        vm.assertLe(profit, int256(0), "A3: a flash loan earned");
    }

    /// @notice 10 % lost and back, fee 10 %, net gain 0. Every peer charges 10 of 1,000; here nothing.
    function testFuzz_F3_LossAndRecoveryCostNoFee(uint256 bps, uint256 steps) public {
        vm.prank(curator);
        vault.setFee(1_000);
        _deposit(alice, 1_000 * unit);
        uint256 lost = (token.balanceOf(address(source)) * _bound(bps, 1, 9_999)) / 10_000;
        source.lose(lost);
        vault.accrue();
        source.gain(lost);
        steps = _bound(steps, 2, 12); // each silence counts seven days at most
        for (uint256 i = 0; i < steps; i++) {
            _skip(uint256(12 days) / steps);
            vault.accrue();
        }
        vm.assertEq(vault.balanceOf(feeRecipient), 0, "F3: a fee on a recovery");
        vm.assertApproxEqAbs(vault.convertToAssets(1e18), unit, 1e10, "recovered");
    }

    function test_F3_LossAndRecovery_Row() public {
        vm.prank(curator);
        vault.setFee(1_000);
        _deposit(alice, 1_000 * unit);
        source.lose(200 * unit); // a tenth
        vault.accrue();
        source.gain(200 * unit);
        _skip(3 days);
        vault.accrue();
        _report("10 % lost and back: fee", int256(vault.convertToAssets(vault.balanceOf(feeRecipient))));
        vm.assertEq(vault.balanceOf(feeRecipient), 0);
    }

    /// @notice Ten years without a touch.
    function test_TenYearsWithoutATouch() public {
        _deposit(alice, 1_000 * unit);
        token.mint(address(vault), 100 * unit);
        vault.compound();
        source.gain(500 * unit);
        _skip(3_650 days);
        uint256 price = vault.pps();
        vault.accrue();
        vm.assertEq(vault.pps(), price, "the view saw another price");
        // The lock is out, and seven days of maxRate on top: 1,100 × (1 + 0.3 × 7 / 365).
        vm.assertApproxEqAbs(vault.totalAssets(), (1_100 * unit * (36_500 + 210)) / 36_500, 1e13);
        vm.assertEq(vault.locked(), 0);
        _redeemAll(alice);
        _report("ten years without a touch: holder", _profit(alice, 1_000 * unit));
    }

    /// @notice Everyone leaves, someone comes: the price is where it was.
    function testFuzz_A7_AnEmptiedVaultKeepsItsPrice(uint256 gain, uint256 deposit) public {
        _deposit(alice, 1_000 * unit);
        source.gain(_bound(gain, 0, 100 * unit));
        _skip(7 days);
        vault.accrue();
        uint256 price = vault.pps();
        _redeemAll(alice);
        vm.assertEq(vault.totalSupply(), vault.balanceOf(DEAD), "only the seed is left");
        // The market rounds away at most a wei or two, over the seed of 1e12 share wei: 2e-12 of the price each.
        vm.assertApproxEqAbs(vault.pps(), price, 5e6, "A7: the price moved when everyone left");
        deposit = _bound(deposit, 1_000, 1_000_000 * unit);
        _deposit(bob, deposit);
        vm.assertApproxEqAbs(vault.convertToAssets(vault.balanceOf(bob)), deposit, deposit / 1e11 + 10, "A7: newcomer");
    }

    /// @notice A market with an odd price rounds at each of many small flows.
    function test_A8_ManyRoundingsCostAWeiEach() public {
        source.gain(333_333_333_333_333_333_333);
        _deposit(alice, 100 * unit);
        uint256 flows = 150;
        int256 lost;
        for (uint256 i = 0; i < flows; i++) {
            uint256 before = vault.totalAssets();
            uint256 shares = _deposit(bob, 1_000 + 7 * i);
            if (i % 2 == 0) _redeem(bob, shares / 2);
            lost += int256(before) - int256(vault.totalAssets()) + int256(1_000 + 7 * i) - int256(i % 2 == 0 ? shares / 2 : 0);
        }
        _report("lost to a market's rounding in 150 deposits and 75 exits", lost);
        vm.assertApproxEqAbs(lost, int256(0), 1_000, "A8: more than a few wei each"); // 225 flows of at most 2 wei, doubled
        vm.assertGe(vault.convertToAssets(1e18) + 10, unit, "A8: the price fell");
    }
}

/// @notice Attacks on the design that `review-vault` broke, named after its findings.
contract ReviewFindingsTest is VaultAttack {
    HostileAdapter internal liar;

    constructor() VaultFixture(18) {}

    /// @notice T1. An adapter that holds nothing reports 100 × NAV. The earlier design: 10.00 × par after a day, and a
    /// holder of a tenth took all others' money.
    function test_ReviewC1_T1_ALiarIsHeldToMaxRate() public {
        _addLiar();
        _deposit(alice, 900 * unit);
        _deposit(mallory, 100 * unit);
        liar.setValue(HostileAdapter.Value.Fixed, 100_000 * unit);
        _skip(1 days);
        vault.accrue();
        vm.assertLe(vault.pps(), (uint256(1e18) * (36_500 + 30)) / 36_500, "C3: a lie moved the price by more than maxRate");
        _skip(1 days);
        _redeemAll(mallory);
        _report("a liar reports 100 x for two days: a holder of a tenth, 100 in, gains", _profit(mallory, 100 * unit));
        vm.assertLe(_profit(mallory, 100 * unit), int256((100 * unit * 61) / 36_500), "C3");
        liar.setValue(HostileAdapter.Value.Fixed, 0);
        _redeemAll(alice);
        _report("                                    the holder of the rest, 900 in, gains", _profit(alice, 900 * unit));
        vm.assertGe(_profit(alice, 900 * unit), -int256((100 * unit * 61) / 36_500), "C3: the lie cost the others");
    }

    /// @notice The inflated NAV trick: a million borrowed for the block in which the lie is first seen.
    function test_ReviewC1_ALieSeenWithABigNavBooksNothing() public {
        _addLiar();
        _deposit(alice, 1_000 * unit);
        _skip(1 days);
        _deposit(mallory, 1_000_000 * unit);
        liar.setValue(HostileAdapter.Value.Fixed, 10_000_000 * unit);
        vault.accrue();
        _redeemAll(mallory);
        vm.assertEq(vault.locked(), 0, "an unmeasured gain was booked");
        _skip(10 days);
        uint256 nav = vault.totalAssets();
        vm.assertLe(nav, (1_001 * unit * (36_500 + 30 * 10)) / 36_500, "the big NAV left a big gain behind");
        _report("a lie seen with 1,000,000 borrowed: NAV 1,000 gains in ten days", int256(nav) - int256(1_000 * unit));
    }

    /// @notice T2. 400 of 1,000 valued 0 for twelve seconds. The earlier design: +360 for who deposits 5,400 meanwhile.
    function test_ReviewC2_T2_NobodyBuysADip() public {
        _addLiar();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 400 * unit);
        _allocate(liar, 400 * unit);
        liar.setValue(HostileAdapter.Value.Fixed, 0);
        vault.accrue();
        vm.assertEq(vault.maxDeposit(mallory), 0);
        _fund(mallory, 5_400 * unit);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__BelowEntryMark.selector);
        vm.prank(mallory);
        vault.deposit(5_400 * unit, mallory);
        _skip(12);
        liar.setValue(HostileAdapter.Value.Honest, 0);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__BelowEntryMark.selector);
        vm.prank(mallory);
        vault.deposit(5_400 * unit, mallory);
        _skip(3 days + 23 hours); // 600 + 100 a day: 996 of 1,000, and the rest is in sight
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__BelowEntryMark.selector);
        vm.prank(mallory);
        vault.deposit(5_400 * unit, mallory);
        _skip(1 hours); // all of it is back
        uint256 shares = _deposit(mallory, 5_400 * unit);
        token.burn(mallory, 5_400 * unit); // funded twice
        _skip(11 days);
        _redeem(mallory, shares);
        int256 profit = _profit(mallory, 5_400 * unit);
        _report("400 of 1,000 valued 0 for 12 s, attacker with 5,400, 11 days later", profit);
        vm.assertLe(profit, int256(1_000), "C2: part of a recovery was sold");
        _redeemAll(alice);
        _report("                                       holder of 1,000", _profit(alice, 1_000 * unit));
    }

    /// @notice T2b. The only adapter valued 0: the earlier design sold 1,000 for 1.
    function test_ReviewC2_T2b_TheOnlyAdapterValuedZero() public {
        _addLiar();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, MAX);
        _allocate(liar, vault.books().idle);
        liar.setValue(HostileAdapter.Value.Fixed, 0);
        _fund(mallory, unit);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__BelowEntryMark.selector);
        vm.prank(mallory);
        vault.deposit(unit, mallory);
    }

    /// @notice T2 in the attacker's own transaction: push the market down, deposit, pull it up.
    function test_ReviewC2_ADipWithinOneTransaction() public {
        _addLiar();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 400 * unit);
        _allocate(liar, 400 * unit);
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = _call(address(liar), abi.encodeCall(liar.setValue, (HostileAdapter.Value.Fixed, 0)));
        calls[1] = _call(address(vault), abi.encodeCall(vault.deposit, (5_400 * unit, address(batch))));
        calls[2] = _call(address(liar), abi.encodeCall(liar.setValue, (HostileAdapter.Value.Honest, 0)));
        _fund(address(batch), 5_400 * unit);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__BelowEntryMark.selector);
        batch.run(calls);
    }

    /// @notice T4. A market whose views revert while it is entered, attacked from inside its flash loan. With a caught
    /// revert counted as 0 the robber of 10 took 999.9 of 1,000.
    function test_ReviewC3_T4_ACallbackCannotHideAMarket() public {
        EnteredSource entered = new EnteredSource(token);
        IAdapter hidden = _addSource(Source4626(address(entered)));
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, MAX);
        _allocate(hidden, vault.books().idle);
        FlashBatch robber = new FlashBatch();
        token.mint(address(robber), 10 * unit);
        vm.prank(address(robber));
        token.approve(address(vault), MAX);
        Batch.Call[] memory calls = new Batch.Call[](9);
        address self = address(robber);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (10 * unit, self)));
        calls[1] = _call(address(vault), abi.encodeCall(vault.totalAssets, ()));
        calls[2] = _call(address(vault), abi.encodeCall(vault.convertToAssets, (1e18)));
        calls[3] = _call(address(vault), abi.encodeCall(vault.accrue, ()));
        calls[4] = _call(address(vault), abi.encodeCall(vault.compound, ()));
        calls[5] = _call(address(vault), abi.encodeCall(vault.mint, (1e18, self)));
        calls[6] = _call(address(vault), abi.encodeCall(vault.maxDeposit, (self)));
        calls[7] = _call(address(vault), abi.encodeCall(vault.maxWithdraw, (alice)));
        calls[8] = _call(address(vault), abi.encodeCall(vault.totalAssetsFloor, ()));
        robber.attack(entered, 100 * unit, calls, true);
        for (uint256 i = 0; i < 6; i++) vm.assertFalse(robber.succeeded(i), "C3: a call priced the vault with a hole in it");
        vm.assertEq(abi.decode(robber.answers(6), (uint256)), 0, "max* are 0 then");
        vm.assertEq(abi.decode(robber.answers(7), (uint256)), 0, "max* are 0 then");
        vm.assertEq(abi.decode(robber.answers(8), (uint256)), 0, "the floor counts it 0");
        vm.assertEq(vault.balanceOf(self), 0);
        _skip(11 days);
        _redeemAll(alice);
        _report("robbery from inside a flash loan: victim of 1,000", _profit(alice, 1_000 * unit));
        _report("                                  robber of 10", int256(token.balanceOf(self)) - int256(10 * unit));
        vm.assertGe(_profit(alice, 1_000 * unit), -10);
    }

    /// @notice A holder inside such a callback can leave past the market, at their own cost alone.
    function test_ReviewC3_ExitWithSkipMovesNobodyElsesPrice() public {
        _addLiar();
        _deposit(alice, 500 * unit);
        _deposit(bob, 500 * unit);
        _deallocate(adapter, 400 * unit);
        _allocate(liar, 400 * unit);
        liar.setValue(HostileAdapter.Value.Revert, 0);
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, liar));
        vm.prank(bob);
        vault.redeem(1e18, bob, bob);
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, liar));
        vm.prank(bob);
        vault.exit(1e18, bob, bob, 0, _none());
        uint256 paid = _exit(bob, vault.balanceOf(bob), _one(address(liar)));
        vm.assertApproxEqAbs(paid, 300 * unit, 1e13, "half of the 600 that are not skipped");
        liar.setValue(HostileAdapter.Value.Honest, 0);
        vm.assertApproxEqAbs(vault.convertToAssets(1e18), unit, 10, "the price of those who stay moved");
        vm.assertApproxEqAbs(vault.locked(), 200 * unit, 1e13, "what was forgone is locked");
        _skip(LOCK);
        _redeemAll(alice);
        _report("exit past a broken 400 of 1,000: leaver of 500", _profit(bob, 500 * unit));
        _report("                                 stayer with 500, when it works again", _profit(alice, 500 * unit));
        vm.assertApproxEqAbs(token.balanceOf(alice), 700 * unit, 1e14, "the stayer has what the leaver forwent");
    }

    /// @notice T8. 600 of 1,000 lost and back: 400 at once, 900 after five days, 1,000 after seven, no fee.
    function test_ReviewT8_RecoveryTakesTenDaysOfTheMark() public {
        vm.prank(curator);
        vault.setFee(1_000);
        _addLiar();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 600 * unit);
        _allocate(liar, 600 * unit);
        liar.setValue(HostileAdapter.Value.Fixed, 0);
        vault.accrue();
        vm.assertApproxEqAbs(vault.totalAssets(), 400 * unit, 1e13, "a loss is realised at once and whole");
        liar.setValue(HostileAdapter.Value.Honest, 0);
        vm.assertApproxEqAbs(vault.totalAssets(), 400 * unit, 1e13, "a recovery is not");
        _skip(5 days);
        vault.accrue();
        vm.assertApproxEqAbs(vault.totalAssets(), 900 * unit, 1e13, "a tenth of the mark a day");
        _skip(2 days);
        vm.assertApproxEqAbs(vault.totalAssets(), 1_000 * unit, 1e13, "back");
        vault.accrue();
        vm.assertEq(vault.balanceOf(feeRecipient), 0, "no fee");
        vm.assertGt(vault.maxDeposit(bob), 0, "deposits are open again");
    }

    /// @notice T9. Recovery from a total loss works, where maxRate of nothing would be nothing for ever.
    function test_ReviewT9_RecoveryFromATotalLoss() public {
        _addLiar();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, MAX);
        _allocate(liar, vault.books().idle);
        liar.setValue(HostileAdapter.Value.Fixed, 0);
        vault.accrue();
        vm.assertEq(vault.totalAssets(), 0);
        liar.setValue(HostileAdapter.Value.Honest, 0);
        _skip(3 days);
        vm.assertApproxEqAbs(vault.totalAssets(), 300 * unit, 1e13);
        _skip(4 days); // seven silent days count
        vm.assertApproxEqAbs(vault.totalAssets(), 700 * unit, 1e13);
        vault.accrue();
        _skip(3 days);
        vm.assertApproxEqAbs(vault.totalAssets(), 1_000 * unit, 1e13);
    }

    /// @notice H3. The cap loop over three transactions: A uncapped and first, B at 20 %.
    function test_ReviewH3_C1_TheCapLoopLeavesTheMix() public {
        (, IAdapter b) = _addSource();
        (bytes32 risk, ) = b.riskIds();
        vm.prank(guardian);
        vault.lowerGroupCap(risk, type(uint128).max, 2_000);
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 200 * unit);
        _allocate(b, 200 * unit);
        // Deposits go to the first and exits come from the first: whatever is deposited and redeemed, B keeps 200.
        _deposit(mallory, 9_000 * unit);
        _skip(12);
        _deposit(mallory, 1_800 * unit);
        _skip(12);
        vault.compound();
        _redeemAll(mallory);
        _report("cap loop over three transactions: B, of 1,000 with a cap of 20 %, holds", int256(b.realAssets()));
        vm.assertApproxEqAbs(b.realAssets(), 200 * unit, 10, "C1: the loop moved the mix");
        vm.assertApproxEqAbs(adapter.realAssets(), 800 * unit, 1e13);
    }

    /// @notice H3 and C1. The same where the first is the one at 20 %, and dry while he leaves: what he leaves idle makes no room,
    /// and what he had lent comes out of the rest. Relative to NAV all of the rest ended up there.
    function test_ReviewH3_C1_TheCapLoopThroughADryFirst() public {
        (, IAdapter b) = _addSource();
        (bytes32 risk, ) = adapter.riskIds();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 800 * unit);
        _allocate(b, 800 * unit);
        vm.prank(guardian);
        vault.lowerGroupCap(risk, type(uint128).max, 2_000);
        _deposit(mallory, 4_000 * unit);
        _skip(12);
        vault.compound();
        for (uint256 i = 0; i < 3; i++) {
            _deposit(mallory, 799 * unit / (1 + 9 * i));
            _skip(12);
        }
        source.setLiquidity(0);
        _redeem(mallory, 4_000e18);
        _redeemAll(mallory);
        source.setLiquidity(MAX);
        _report("cap loop through a dry first: A, of 1,000 with a cap of 20 %, holds", int256(adapter.realAssets()));
        vm.assertLe(adapter.realAssets(), 200 * unit + 10, "C1: the loop moved the mix");
        vm.assertApproxEqAbs(b.realAssets(), 800 * unit, 1e13);
    }

    /// @notice H3 and C1. Nor where an adapter outside of the group says that it has a hundred times what it has.
    function test_ReviewH3_C1_ALiarElsewhereMakesNoRoom() public {
        (, IAdapter b) = _addSource();
        (bytes32 risk, ) = b.riskIds();
        HostileAdapter other = _addHostile();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 990 * unit);
        _allocate(b, 190 * unit);
        _allocate(other, 790 * unit);
        other.setValue(HostileAdapter.Value.Factor, 10_000);
        address[] memory order = new address[](3);
        (order[0], order[1], order[2]) = (address(b), address(adapter), address(other));
        vm.prank(allocator);
        vault.setOrder(order);
        vm.prank(guardian);
        vault.lowerGroupCap(risk, type(uint128).max, 2_000);
        _skip(12);
        _deposit(mallory, 4_000 * unit);
        for (uint256 i = 0; i < 3; i++) {
            _deposit(mallory, 700 * unit / (1 + 9 * i));
            _skip(12);
        }
        _report("deposits of 5,000 beside a liar: a market with a cap of 20 % of 1,000 holds", int256(b.realAssets()));
        vm.assertLe(b.realAssets(), 201 * unit, "C1: a liar elsewhere made room");
    }

    /// @notice H3 and C1: a flash deposit makes no room for an allocation in the same transaction.
    function test_ReviewH3_C1_AFlashDepositMakesNoRoom() public {
        (, IAdapter b) = _addSource();
        (bytes32 risk, ) = b.riskIds();
        vm.prank(guardian);
        vault.lowerGroupCap(risk, type(uint128).max, 2_000);
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 500 * unit);
        manager.grantRole(ALLOCATOR, address(batch), 0);
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (9_000 * unit, address(batch))));
        calls[1] = _call(address(vault), abi.encodeCall(vault.allocate, (address(b), 201 * unit)));
        _fund(address(batch), 9_000 * unit);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__CapExceeded.selector);
        batch.run(calls);
        calls[1] = _call(address(vault), abi.encodeCall(vault.allocate, (address(b), 199 * unit)));
        batch.run(calls);
        vm.assertApproxEqAbs(b.realAssets(), 199 * unit, 10);
    }

    /// @notice H4. The negative control at the vault: of two touches in two transactions both accrue, and of two in one
    /// the second sees what the first stored.
    function test_ReviewH4_TwoTouchesAccrueTwice() public {
        _deposit(alice, 1_000 * unit);
        source.lose(20 * unit);
        vault.accrue();
        uint256 first = vault.totalAssets();
        source.lose(20 * unit);
        vault.accrue();
        vm.assertLt(vault.totalAssets(), first, "the second touch did not accrue: test.solidity.isolate is off");
        Batch.Call[] memory calls = new Batch.Call[](3);
        calls[0] = _call(address(vault), abi.encodeCall(vault.accrue, ()));
        calls[1] = _call(address(source), abi.encodeCall(source.lose, (20 * unit)));
        calls[2] = _call(address(vault), abi.encodeCall(vault.accrue, ()));
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__LossSinceTouched.selector);
        batch.run(calls);
        calls[2] = _call(address(vault), abi.encodeCall(vault.totalAssets, ()));
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__LossSinceTouched.selector);
        batch.run(calls);
        calls[1] = _call(address(source), abi.encodeCall(source.gain, (20 * unit)));
        first = vault.totalAssets();
        _skip(1 days);
        bytes[] memory answers = batch.run(calls);
        uint256 second = abi.decode(answers[2], (uint256));
        vm.assertEq(second, vault.books().nav, "a transaction saw two prices");
        _skip(1 days);
        vm.assertGt(vault.totalAssets(), second, "and the next one did not see the gain");
    }

    /// @notice H5. A market with an entry fee of 4 %: 24 rounds of deposit and redeem cost the holders 8.7 % of NAV.
    function test_ReviewH5_AnEntryFeeIsRefused() public {
        _deposit(alice, 1_000 * unit);
        source.setFees(400, 0);
        _fund(mallory, 100 * unit);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__CreditShort.selector);
        vm.prank(mallory);
        vault.deposit(100 * unit, mallory);
        _report("entry-fee market: victim of 1,000", int256(vault.totalAssets()) - int256(1_000 * unit));
    }

    /// @notice H6. A gift after silent days moves the price at once by seven days of maxRate at most: 0.58 % at 30 %.
    function test_ReviewH6_SilenceEarnsNoRoom() public {
        _deposit(alice, 1_000 * unit);
        uint256[3] memory silent = [uint256(1 days), 30 days, 182 days];
        for (uint256 i = 0; i < 3; i++) {
            uint256 id = vm.snapshotState();
            _skip(silent[i]);
            _giftYieldShares(mallory, 3_000 * unit);
            uint256 price = vault.pps();
            _report(string.concat("gift after ", vm.toString(silent[i] / 1 days), " silent days: price, 1e18 = par"), int256(price));
            uint256 dt = silent[i] < 7 days ? silent[i] : 7 days;
            vm.assertApproxEqAbs(price, 1e18 + (1e18 * 30 * dt) / (100 * 365 days), 1e13);
            vm.revertToState(id);
        }
    }

    /// @notice M3. Redeem reaches all liquidity of all adapters, in order.
    function test_ReviewM3_RedeemReachesAllLiquidity() public {
        (Source4626 second, IAdapter b) = _addSource();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 700 * unit);
        _allocate(b, 600 * unit);
        source.setLiquidity(100 * unit);
        second.setLiquidity(300 * unit);
        vm.assertEq(vault.maxWithdraw(alice), 500 * unit + vault.seedAssets()); // the seed lies idle
        vm.assertEq(vault.books().idle, 100 * unit + vault.seedAssets());
        vm.prank(alice);
        vault.withdraw(500 * unit + 1, alice, alice);
        vm.assertEq(vault.books().idle, 0);
        vm.assertApproxEqAbs(adapter.realAssets(), 200 * unit, 1e13);
        vm.assertApproxEqAbs(b.realAssets(), 300 * unit, 1e13);
    }

    /// @notice M4. Touching a vault at moments without a gain changes nothing later: no fee is lost, none is added.
    function test_ReviewM4_F4_AccruingOftenErasesNoFee() public {
        vm.prank(curator);
        vault.setFee(1_000);
        _deposit(alice, 1_000 * unit);
        for (uint256 i = 0; i < 10; i++) {
            vault.accrue();
            _skip(1 hours);
        }
        source.gain(2 * unit); // 1 for the vault
        _skip(2 days);
        vault.accrue();
        vm.assertApproxEqAbs(vault.convertToAssets(vault.balanceOf(feeRecipient)), unit / 10, 1e12);
    }

    /// @notice M5. Below a rise of 1e-5 no fee shares are minted; one past it they are.
    function test_ReviewM5_FeesAreTakenInStepsOfAHundredThousandth() public {
        vm.prank(curator);
        vault.setFee(1_000);
        _deposit(alice, 1_000 * unit);
        source.gain((19 * unit) / 1_000); // 0.95e-5 for the vault
        _skip(1 days);
        vault.accrue();
        vm.assertEq(vault.balanceOf(feeRecipient), 0, "below the step");
        source.gain((2 * unit) / 1_000);
        _skip(1 days);
        vault.accrue();
        vm.assertGt(vault.balanceOf(feeRecipient), 0, "above the step");
        vm.assertEq(vault.lock().hwm, vault.pps(), "the mark is the price after the fee");
    }

    /// @notice M8. A donation counts nothing until `compound` takes it into the lock; nothing can be sent to the vault
    /// by leaving it.
    function test_ReviewM8_DonationsAreSkimmedIntoTheLock() public {
        _deposit(alice, 1_000 * unit);
        token.mint(address(vault), 70 * unit);
        vm.assertEq(vault.totalAssets(), 1_000 * unit + vault.seedAssets(), "a donation counts at once");
        vm.assertEq(vault.compound(), 70 * unit);
        vm.assertEq(vault.locked(), 70 * unit);
        _skip(LOCK / 2);
        vm.assertApproxEqAbs(vault.locked(), 35 * unit, 1e13);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ReceiverIsVault.selector);
        vm.prank(alice);
        vault.redeem(1e18, address(vault), alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ReceiverIsVault.selector);
        vm.prank(alice);
        vault.exit(1e18, address(vault), alice, 0, _none());
        vm.expectRevert(ICompoundingVault.CompoundingVault__ReceiverIsVault.selector);
        vm.prank(alice);
        vault.deposit(1, address(vault));
    }

    /// @notice M10. Idle if it covers all; the first adapter where idle is hardly anything; else idle and then in order.
    function test_ReviewM10_OnePayerWhereOneCan() public {
        (, IAdapter b) = _addSource();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 500 * unit);
        _allocate(b, 400 * unit); // idle 100, first 500, second 400
        vm.startPrank(alice);
        vault.withdraw(60 * unit, alice, alice);
        uint256 idle = vault.books().idle;
        vm.assertApproxEqAbs(idle, 40 * unit, 1e12, "idle covers it");
        vault.withdraw(60 * unit, alice, alice);
        vm.assertEq(vault.books().idle, 0, "idle first");
        vm.assertApproxEqAbs(adapter.realAssets(), 480 * unit, 1e13, "then the first");
        token.mint(address(vault), 1e13); // less than a 2^18th of what is there
        vault.compound();
        (uint256 dust, uint256 lent) = (vault.books().idle, adapter.realAssets());
        vault.withdraw(100 * unit, alice, alice);
        vm.assertEq(vault.books().idle, dust, "dust is left");
        vm.assertApproxEqAbs(adapter.realAssets(), lent - 100 * unit, 1, "the first alone");
        vault.withdraw(400 * unit, alice, alice);
        vm.stopPrank();
        vm.assertEq(vault.books().idle, 0, "it was not enough: idle first");
        vm.assertLe(adapter.realAssets(), 1, "then the first, all of it");
        vm.assertApproxEqAbs(b.realAssets(), 380 * unit, 1e14, "then the second");
    }

    function _addLiar() private {
        liar = _addHostile();
        // Marked allocated, and holding next to nothing.
        _deposit(carol, 10);
        _deallocate(adapter, 5);
        _allocate(liar, 5);
    }
}
