// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClaimsModule} from "../../../contracts/insurance/IClaimsModule.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {ClaimsFixture} from "./ClaimsFixture.sol";

/// @notice Attacks on claims that people decide, with what each earns whom.
contract AttackClaimsTest is ClaimsFixture {
    /// @dev Bonded before a claim and taken back after it, in one transaction: with 10 million more in the quorum the 200,000
    /// of all assessors are no fifth. Then nobody can accept (an underwriter's gain) or deny (a liar's, who has the deposit back).
    function test_T15_ABondOfOneBlockIsInNoQuorum() public {
        token.mint(stranger, 10_000_000e6);
        vm.startPrank(stranger);
        token.approve(address(claims), MAX);
        claims.bond(uint96(10_000_000e6));
        uint256 until = pool.poolTime() + 14 days;
        bytes4 reason = IClaimsModule.ClaimsModule__BondLocked.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, stranger, 0, until));
        claims.unbond(uint96(10_000_000e6), stranger);
        _skip(14 days - 1);
        vm.expectRevert(abi.encodeWithSelector(reason, stranger, 0, until));
        claims.unbond(uint96(10_000_000e6), stranger);
        _skip(1);
        claims.unbond(uint96(10_000_000e6), stranger);
        vm.stopPrank();
    }

    /// @dev A thousand covers of a wei cost a token each; one assessor of a wei votes; nobody decides.
    function test_T15_ClaimsThatNobodyDecidesEarnNothing() public {
        address liar = _account("liar");
        token.mint(liar, 10_000e6);
        vm.startPrank(liar);
        token.approve(address(manager), MAX);
        token.approve(address(claims), MAX);
        uint256 before = token.balanceOf(liar);
        uint256 reserved = reserve.available();
        claims.bond(1);
        uint256[] memory claim = new uint256[](10);
        for (uint256 k = 0; k < 10; ++k) (claim[k], ) = manager.buy(_purchase(0, 1, 365 days, 0, liar));
        _skip(3 days);
        for (uint256 cycle = 0; cycle < 3; ++cycle) {
            for (uint256 k = 0; k < 10; ++k) {
                claim[k] = claims.file(cycle == 0 ? claim[k] : claims.claimOf(claim[k]).id, 1, EVIDENCE);
                claims.vote(claim[k], true, REASON);
            }
            _skip(3 days);
            for (uint256 k = 0; k < 10; ++k) claims.escalate(claim[k]);
            _skip(21 days);
            for (uint256 k = 0; k < 10; ++k) {
                claims.finalize(claim[k]);
                claims.settleBallot(claim[k], liar);
            }
            claims.withdraw(liar);
        }
        vm.stopPrank();
        int256 profit = int256(token.balanceOf(liar)) - int256(before) + 1;
        _report("who files 30 claims that nobody decides, and votes on them", profit);
        _report("the reserve", int256(reserve.available()) - int256(reserved));
        vm.assertLe(profit, 0, "T15");
        vm.assertGe(reserve.available(), reserved, "T15");
    }

    /// @dev Where nobody else is bonded, two wei of bonds secure claims for a wei. What is paid for voting on them comes from the
    /// reserve: half of the least deposit, fifty times the premium of the cover.
    function test_T15_ClaimsForAWeiThatTheirOwnerAcceptsEarnNothing() public {
        _skip(14 days);
        _unbond(ann, 100_000e6);
        _unbond(ben, 60_000e6);
        _unbond(cis, 40_000e6);
        address liar = _account("liar");
        token.mint(liar, 10_000e6);
        uint256 reserved = reserve.available();
        vm.startPrank(liar);
        token.approve(address(manager), MAX);
        token.approve(address(claims), MAX);
        claims.bond(2);
        uint256[] memory claim = new uint256[](20);
        for (uint256 k = 0; k < 20; ++k) (claim[k], ) = manager.buy(_purchase(0, 1, 365 days, 0, liar));
        _skip(3 days);
        for (uint256 k = 0; k < 20; ++k) {
            claim[k] = claims.file(claim[k], 1, EVIDENCE);
            claims.vote(claim[k], true, REASON);
        }
        _skip(5 days);
        for (uint256 k = 0; k < 20; ++k) {
            claims.finalize(claim[k]);
            claims.settleBallot(claim[k], liar);
        }
        claims.withdraw(liar);
        vm.stopPrank();
        int256 profit = int256(token.balanceOf(liar)) - 10_000e6 + 2;
        _report("who accepts 20 claims of one's own for a wei", profit);
        _report("the reserve", int256(reserve.available()) - int256(reserved));
        vm.assertLt(profit, 0, "T15");
        vm.assertGe(reserve.available() + 40, reserved, "T15: a wei for each claim, and one for its voters");
        _backed();
    }

    /// @dev Paid for a false alarm, the holder files what nobody decides, again and again, until the shares are free.
    function test_U9_ClaimsDontOutwaitTheRelease() public {
        _poke();
        uint256 before = _wealth(holder, id);
        uint256 lost = vault.totalAssets() / 2;
        vault.lose(lost);
        uint256 incident = _open(id);
        incidents.file(id);
        _close(incident);
        incidents.settle(id);
        vault.gain(lost); // recalled
        _skip(30 days - 1);
        for (uint256 cycle = 0; cycle < 4; ++cycle) {
            uint256 claim = _file(1);
            _skip(3 days);
            if (manager.coverOf(id).frozen) incidents.release(id); // anyone, whatever is filed with people
            claims.escalate(claim);
            _skip(21 days);
            claims.finalize(claim); // and files the next in the same transaction
            vm.prank(holder);
            claims.withdraw(holder);
        }
        vm.assertFalse(manager.coverOf(id).frozen, "U9: a claim held the release up");
        int256 profit = int256(_wealth(holder, id)) - int256(before);
        _report("a holder who files claims while the release is due", profit);
        vm.assertLe(profit, 0, "U9");
    }

    /// @dev Nothing is armed while people pay, all of it when the price shows the same loss.
    function test_U5_SharesThatWereOutsideAreNotPaidForTheSameLoss() public {
        _poke();
        uint256 before = _wealth(holder, id);
        vm.prank(holder);
        manager.disarm(id, 100_000e6, holder);
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, true);
        _skip(5 days);
        claims.finalize(claim);
        vm.startPrank(holder);
        claims.withdraw(holder);
        vault.approve(address(manager), MAX);
        manager.arm(id, 100_000e6);
        vm.stopPrank();
        _fall(vault, 5_000); // what people have paid for
        vm.expectPartialRevert(IIncidentModule.IncidentModule__NoLoss.selector); // what is insured from nothing can't fall
        incidents.open(id);
        int256 profit = int256(_wealth(holder, id)) - int256(before);
        _report("a holder paid by people for a loss that the price shows later", profit);
        vm.assertLe(profit, 0, "U5");
    }

    /// @dev Who denies alone in the last second gives nobody time to answer, as who accepts does.
    function test_T15_AFirstVoteInTheLastSecondAddsADay() public {
        uint256 claim = _file(20_000e6);
        uint256 ends = claims.claimOf(claim).endsAt;
        vm.warp(ends - 1);
        _vote(cis, claim, false);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), ends + 1 days, "T15: denied in the last second");
        vm.warp(ends + 1 days - 1);
        _vote(ben, claim, true);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), ends + 2 days, "T15: answered");
    }

    /// @dev A policy, its shares and the capital behind it wait for no DAO that doesn't listen.
    function test_T15_AClaimThatNobodyCanPutBeforeTheDaoEnds() public {
        dao.expel(address(claims));
        uint256 claim = _file(80_000e6);
        _skip(3 days);
        vm.expectRevert();
        claims.escalate(claim);
        _skip(21 days - 1);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__WrongState.selector);
        claims.finalize(claim);
        _skip(1);
        claims.finalize(claim);
        vm.assertEq(pool.books().locked, 0, "T15: the capital");
        vm.assertEq(claims.owed(holder), 500e6, "T15: the deposit");
        vm.prank(holder);
        manager.disarm(id, 100_000e6, holder);
        _backed();
    }

    /// @dev One bond behind three claims that the DAO overturns: it can be lost but once, and every ballot can be settled.
    function test_T15_ABondIsLostOnceHoweverManyClaimsItStoodBehind() public {
        token.mint(holder, 1_000e6);
        uint256[3] memory claim;
        vm.startPrank(holder);
        token.approve(address(manager), MAX);
        (uint256 two, ) = manager.buy(_purchase(0, 10_000e6, 60 days, 0, holder));
        (uint256 three, ) = manager.buy(_purchase(0, 10_000e6, 60 days, 0, holder));
        _skip(3 days);
        claim[0] = claims.file(id, 1_000e6, EVIDENCE);
        claim[1] = claims.file(two, 1_000e6, EVIDENCE);
        claim[2] = claims.file(three, 1_000e6, EVIDENCE);
        vm.stopPrank();
        for (uint256 i = 0; i < 3; ++i) _vote(ann, claim[i], false);
        _skip(3 days);
        for (uint256 i = 0; i < 3; ++i) _challenge(stranger, claim[i]);
        uint256 deposits = token.balanceOf(address(claims)) - claims.totalBonds();
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(address(dao.theGovernor().timelock()));
            claims.resolveClaim(claim[i]);
            claims.finalize(claim[i]);
        }
        for (uint256 i = 0; i < 3; ++i) claims.settleBallot(claim[i], ann);
        vm.assertEq(uint256(claims.assessorOf(ann).bond), 0, "T15: 50,000, the other 50,000, and nothing");
        vm.assertEq(uint256(claims.assessorOf(ann).ballots), 0, "T15");
        vm.assertEq(claims.totalBonds(), 100_000e6);
        vm.assertEq(claims.owed(stranger), deposits / 2 + 50_000e6, "its own deposits, and half of the bond");
        _backed();
    }

    function _unbond(address who, uint96 assets) private {
        vm.prank(who);
        claims.unbond(assets, who);
    }
}
