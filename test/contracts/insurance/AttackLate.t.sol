// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {ClaimsFixture} from "./ClaimsFixture.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice Who comes late, or has others leave early, for what those have waited for.
contract AttackLateTest is InsuranceFixture {
    uint256 private constant STAKE = 1_000_000e6;
    uint256 private constant PAID = 400_000e6;

    address private attacker = _account("attacker");

    /// @dev Paid in full, the cover gives no premium back: its holder and a friend with five times the capital share the rest.
    function test_T11_ADepositBeforeAPaidCoverIsCancelledEarnsNothing() public {
        uint256 id = _paidInFull();
        uint256 left = pool.books().unearned;
        uint256 worth = pool.convertToAssets(pool.balanceOf(underwriter));
        _underwrite(attacker, 5 * STAKE);
        vm.prank(holder);
        vm.assertEq(manager.cancel(id), 0);
        uint256 request = _requestAll(attacker);
        _cool();
        int256 profit = int256(_finalize(attacker, request)) - int256(5 * STAKE);
        _report("in before a paid cover is cancelled, out as soon as it goes", profit);
        _skip(365 days);
        int256 gain = int256(pool.convertToAssets(pool.balanceOf(underwriter)) - worth);
        _report("who paid for it", gain);
        vm.assertLe(profit, 0, "T11");
        vm.assertApproxEqAbs(uint256(gain), left, 10, "T11: all that was left");
        _sound();
    }

    /// @dev A false alarm: paid, and the vault is whole again. Who had asked to leave before is finalised by who stays, in the
    /// block of the settlement: what the pool recovers then would be the stayer's alone.
    function test_U15_NobodyIsMadeToLeaveBeforeARecovery() public {
        _underwrite(second, STAKE);
        uint256 request = _requestAll(second);
        _skip(10 days);
        uint256 id = _paidInFull();
        bytes4 reason = IUnderwritingPool.UnderwritingPool__NotReceiver.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, request, underwriter));
        vm.prank(underwriter);
        pool.finalizeRedeem(request, 0);
        uint256 snapshot = vm.snapshotState();
        int256 out = int256(_finalize(second, request)) - int256(STAKE);
        _recover(id);
        _report("out before the recovery", out);
        _report("the other", int256(pool.convertToAssets(pool.balanceOf(underwriter))) - int256(STAKE));
        vm.assertLt(out, -198_000e6);
        vm.revertToState(snapshot);
        _recover(id);
        vm.prank(underwriter);
        out = int256(pool.finalizeRedeem(request, 0)) - int256(STAKE); // anyone, once it is worth what was asked for
        _report("out after it", out);
        vm.assertEq(out, 0, "U15");
        _sound();
    }

    /// @dev Capital that comes between a payment and what is recovered of it takes part: while that can be foreseen, the
    /// guardian lets none in.
    function test_T11_ADepositBeforeARecoveryIsForTheGuardianToRefuse() public {
        uint256 id = _paidInFull();
        uint256 snapshot = vm.snapshotState();
        _underwrite(attacker, STAKE - PAID);
        _recover(id);
        uint256 request = _requestAll(attacker);
        _cool();
        _report("in before a recovery", int256(_finalize(attacker, request)) - int256(STAKE - PAID));
        _report("who paid", int256(pool.convertToAssets(pool.balanceOf(underwriter))) - int256(STAKE));
        vm.revertToState(snapshot);
        vm.prank(guardian);
        pool.stopDeposits();
        token.mint(attacker, STAKE);
        vm.startPrank(attacker);
        token.approve(address(pool), STAKE);
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__DepositsStopped.selector);
        pool.deposit(STAKE, attacker, 0);
        vm.stopPrank();
        _recover(id);
        int256 whole = int256(pool.convertToAssets(pool.balanceOf(underwriter))) - int256(STAKE);
        _report("who paid, while deposits are stopped", whole);
        vm.assertGt(whole, 0, "T11");
    }

    /// @dev Of a false alarm of 400,000 the reserve pays 300,000. Streamed to the shares, what comes back would be a gift of so
    /// much to the underwriters, or to a curator among them who writes off and recalls.
    function test_U17_AFalseAlarmTakesNothingFromTheReserve() public {
        token.mint(address(reserve), 300_000e6);
        uint256 id = _buy(holder, PAID, 2 * PAID, 365 days);
        uint256 reserved = reserve.available();
        uint256 worth = pool.totalAssets() + pool.books().unearned;
        _pay(id);
        vm.assertEq(reserve.available(), 0);
        _recover(id);
        _report("the reserve", int256(reserve.available()) - int256(reserved));
        int256 capital = int256(pool.totalAssets() + pool.books().unearned) - int256(worth);
        _report("the capital", capital);
        vm.assertEq(reserve.available(), reserved, "U17: the reserve");
        vm.assertApproxEqAbs(capital, 0, 2, "U17: the capital");
        _sound();
    }

    /// @dev The vault loses nine tenths, and the cover is paid in full.
    function _paidInFull() private returns (uint256 id) {
        id = _buy(holder, PAID, 2 * PAID, 365 days);
        _pay(id);
    }

    function _pay(uint256 id) private {
        _skip(4 days);
        _poke();
        _fall(vault, 1_000);
        uint256 incident = _open(id);
        incidents.file(id);
        _close(incident);
        vm.assertEq(incidents.settle(id), PAID);
    }

    /// @dev The vault is whole again, the shares are released, and what the pool keeps of them has streamed in.
    function _recover(uint256 id) private {
        vault.gain(9 * token.balanceOf(address(vault)));
        _skip(30 days);
        incidents.release(id);
        manager.collect(0);
        _skip(14 days);
    }
}

/// @notice Who would have a claim come too late.
contract AttackLateClaimTest is ClaimsFixture {
    /// @dev The price can't be read any more once the incident is open, so it lapses. Until then the cover is filed, which an
    /// underwriter may do for it; a guardian who is one disputes it on its last day.
    function test_U16_ADisputeDoesntOutwaitTheLastClaim() public {
        _poke();
        _skip(86 days - 1 hours);
        vault.lose(vault.totalAssets() / 2);
        uint256 incident = _open(id);
        incidents.file(id);
        _skip(28 days - 1);
        vm.prank(guardian);
        incidents.dispute(incident);
        _skip(1);
        vm.assertEq(incidents.closesAt(incident), pool.poolTime());
        incidents.close(incident);
        vm.assertEq(incidents.settle(id), 0);
        uint256 before = token.balanceOf(holder);
        uint256 claim = _file(40_000e6);
        _vote(ann, claim, true);
        _skip(5 days);
        claims.finalize(claim);
        _report("the holder", int256(token.balanceOf(holder)) - int256(before));
        vm.assertEq(token.balanceOf(holder) - before, 40_000e6 - claims.claimOf(claim).deposit, "U16");
        _backed();
    }
}
