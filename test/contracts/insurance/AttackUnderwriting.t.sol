// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {ClaimsFixture} from "./ClaimsFixture.sol";
import {RealVaultFixture} from "./RealVaultFixture.sol";

/// @notice Underwriters who want the premium without the risk, or the capital without the wait.
contract AttackUnderwritingTest is RealVaultFixture {
    uint256 private constant STAKE = 500_000e6;

    address private attacker = _account("attacker");
    address private honest = _account("honest underwriter");

    /// @dev Always with a request that is due or nearly so, taken back and made again as long as nothing happens.
    function test_T1_RollingRequestsEarnNoMoreAndLoseAsMuch() public {
        _underwrite(attacker, STAKE);
        _underwrite(honest, STAKE);
        uint256 request = _requestAll(attacker);
        for (uint256 i = 0; i < 4; ++i) {
            _cool();
            if (i == 3) break; // due, and kept for the loss
            vm.prank(attacker);
            pool.cancelRedeem(request);
            request = _requestAll(attacker);
        }
        manager.poke(REAL);
        (uint256 rolled, uint256 held) = (pool.requestOf(request).assets, pool.convertToAssets(pool.balanceOf(honest)));
        _report("rolled for 84 days", int256(rolled) - int256(STAKE));
        _report("held for 84 days", int256(held) - int256(STAKE));
        vm.assertLe(rolled, held, "T1: earns no more");
        _break(0);
        uint256 incident = incidents.open(id);
        incidents.file(id);
        uint256 snapshot = vm.snapshotState();
        uint256 out = _finalize(attacker, request);
        vm.assertLt(out, STAKE, "T1: and doesn't leave before the claims");
        vm.revertToState(snapshot);
        _close(incident);
        incidents.settle(id);
        uint256 after_ = _finalize(attacker, request);
        held = pool.convertToAssets(pool.balanceOf(honest));
        _report("rolled, leaves while claims are open", int256(out) - int256(STAKE));
        _report("rolled, leaves when they are paid", int256(after_) - int256(STAKE));
        _report("held", int256(held) - int256(STAKE));
        vm.assertLe(out, held, "T1");
        vm.assertLe(after_, held, "T1");
        _sound();
    }

    /// @dev Shares spread over five accounts are worth what they are in one hand.
    function test_T2_FiveAccountsLeaveWithNoMoreThanOne() public {
        uint256 shares_ = _underwrite(attacker, STAKE);
        uint256 snapshot = vm.snapshotState();
        _cool();
        uint256 request = _requestAll(attacker);
        _cool();
        uint256 one = _finalize(attacker, request);
        vm.revertToState(snapshot);
        _cool();
        uint256[5] memory requests;
        for (uint256 i = 0; i < 5; ++i) {
            address other_ = address(uint160(attacker) + uint160(i) + 1);
            vm.prank(attacker);
            vm.assertTrue(pool.transfer(other_, shares_ / 5));
            requests[i] = _requestAll(other_);
        }
        _cool();
        uint256 five;
        for (uint256 i = 0; i < 5; ++i) {
            five += _finalize(address(uint160(attacker) + uint160(i) + 1), requests[i]);
        }
        _report("five accounts instead of one", int256(five) - int256(one));
        vm.assertLe(five, one, "T2");
    }

    /// @dev A loan lowers the utilisation and with it the premium, and can't be paid back.
    function test_T2_ALoanThatLowersThePremiumIsCaught() public {
        (uint256 dear, ) = manager.quote(REAL, 300_000e6, 90 days);
        _underwrite(attacker, 10_000_000e6);
        (uint256 cheap, ) = manager.quote(REAL, 300_000e6, 90 days);
        _report("what a loan of 10,000,000 takes off a premium", int256(dear) - int256(cheap));
        vm.assertLt(cheap, dear);
        _cover(attacker, 300_000e6, 0);
        uint256 request = _requestAll(attacker);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__BeforeCooldown.selector;
        vm.startPrank(attacker);
        vm.expectRevert(abi.encodeWithSelector(reason, request, pool.poolTime() + 21 days));
        pool.finalizeRedeem(request, 0);
        // Nor by giving it back and moving the shares on: there are none to move while they are asked for.
        vm.assertEq(pool.balanceOf(attacker), 0, "T2");
        vm.stopPrank();
        _sound();
    }

    /// @dev In just before others pay or the stream is booked, and out again.
    function test_T11_ADepositAroundAPurchaseOrAnAccrualEarnsNothing() public {
        _skip(60 days); // nobody has touched the books since
        manager.poke(REAL);
        _underwrite(attacker, 5_000_000e6);
        pool.accrue();
        _cover(stranger, 200_000e6, 0);
        uint256 request = _requestAll(attacker);
        vm.assertLe(pool.requestOf(request).assets, 5_000_000e6, "T11: no more than came");
        _cool();
        uint256 out = _finalize(attacker, request);
        _report("in before a purchase and 60 idle days, out as soon as it goes", int256(out) - 5_000_000e6);
        vm.assertLe(out, 5_000_000e6, "T11");
    }

    /// @dev The pool keeps a tenth of what a cancelled cover had left. Who owns most of the pool gets most of it back.
    function test_T11_CancellingOnesOwnCoverEarnsNothing() public {
        uint256 before = 20_000_000e6;
        token.mint(attacker, before - 10_000_000e6);
        _underwrite(attacker, 10_000_000e6);
        (uint256 premium, ) = manager.quote(REAL, 900_000e6, 365 days);
        vm.startPrank(attacker);
        token.approve(address(manager), MAX);
        (uint256 own, ) = manager.buy(_purchase(REAL, 900_000e6, 365 days, 0, attacker));
        uint256 refund = manager.cancel(own);
        vm.stopPrank();
        uint256 request = _requestAll(attacker);
        _cool();
        _finalize(attacker, request);
        int256 profit = int256(token.balanceOf(attacker)) - int256(before);
        _report("who owns most of the pool buys cover and cancels it", profit);
        vm.assertLt(refund, premium);
        vm.assertLt(profit, 0, "T11");
    }
}

/// @notice Claims without a loss, to bind the capital of others.
contract ClaimSpamTest is ClaimsFixture {
    /// @dev Three claims one after the other on one cover, each denied: each costs a deposit, and nobody else anything.
    function test_T16_ClaimsWithoutALossCostTheirDeposits() public {
        uint256 worth = pool.convertToAssets(pool.balanceOf(underwriter));
        uint256 held = token.balanceOf(holder);
        uint256 bind;
        for (uint256 i = 0; i < 3; ++i) {
            uint256 claim = _file(100_000e6);
            vm.prank(holder);
            vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ClaimOpen.selector, id));
            claims.file(id, 1, EVIDENCE); // one at a time
            bind += pool.books().locked;
            _deny(claim);
            _skip(5 days);
            claims.finalize(claim);
            _settleAll(claim);
            vm.assertEq(pool.books().locked, 0, "T16: free again");
            _skip(15 days);
        }
        uint256 cost = held - token.balanceOf(holder);
        _report("three claims without a loss on a cover of 100,000", -int256(cost));
        vm.assertEq(bind, 300_000e6);
        vm.assertEq(cost, 3 * 500e6, "T16: half a percent of what each locked");
        vm.assertGe(pool.convertToAssets(pool.balanceOf(underwriter)), worth, "T16: nobody pays for it");
        _backed();
    }

    /// @dev Who wants to leave meanwhile waits five days, or accepts that the claim counts as lost.
    function test_T16_ASpammedUnderwriterWaitsAndLosesNothing() public {
        _underwrite(second, 100_000e6); // one of 1,100,000
        uint256 request = _requestAll(second);
        _cool();
        uint256 claim = _file(100_000e6);
        uint256 snapshot = vm.snapshotState();
        uint256 atOnce = _finalize(second, request);
        vm.revertToState(snapshot);
        _deny(claim);
        _skip(5 days);
        claims.finalize(claim);
        uint256 later = _finalize(second, request);
        _report("who leaves at once instead of waiting five days", int256(atOnce) - int256(later));
        vm.assertLt(atOnce, 91_000e6, "T16: its part of the 100,000 counts as lost");
        vm.assertApproxEqAbs(later, 100_000e6, 1, "T16: whoever waits loses nothing");
        _backed();
    }

    /// @dev All three: half of 200,000 is worth the claim.
    function _deny(uint256 claim) private {
        _vote(ann, claim, false);
        _vote(ben, claim, false);
        _vote(cis, claim, false);
    }
}
