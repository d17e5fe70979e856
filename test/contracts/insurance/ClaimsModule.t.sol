// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ClaimsModule} from "../../../contracts/insurance/ClaimsModule.sol";
import {IClaimsModule} from "../../../contracts/insurance/IClaimsModule.sol";
import {ClaimKind, ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {GRACE, Modules, RAY} from "../../../contracts/insurance/Modules.sol";
import {ModuleDeployer} from "../../../contracts/insurance/ModuleDeployer.sol";
import {ClaimsFixture} from "./ClaimsFixture.sol";

/// @notice Says what a governor that decides in fifteen days would say.
contract SlowGovernor {
    function timelock() external view returns (address) {
        return address(this);
    }

    function votingDelay() external pure returns (uint256) {
        return 2 days;
    }

    function votingPeriod() external pure returns (uint256) {
        return 8 days;
    }

    function lateQuorumVoteExtension() external pure returns (uint48) {
        return 2 days;
    }

    function getMinDelay() external pure returns (uint256) {
        return 1 days + 1;
    }
}

contract ClaimsFileTest is ClaimsFixture {
    function test_File_LocksAllAndTakesTheDeposit() public {
        uint256 before = token.balanceOf(holder);
        uint256 claim = _file(50_000e6);
        vm.assertEq(before - token.balanceOf(holder), 500e6, "half a percent of what is locked");
        vm.assertEq(pool.books().locked, 100_000e6);
        vm.assertEq(uint256(manager.claimOf(id)), uint256(ClaimKind.Assessed));
        vm.assertEq(claims.claimOf(claim).evidence, EVIDENCE);
        _backed();
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(ICoverManager.CoverManager__ClaimOpen.selector, id));
        claims.file(id, 1, EVIDENCE);
    }

    function test_File_TakesTheMinimumDeposit() public {
        token.mint(holder, 1_000e6);
        vm.startPrank(holder);
        (uint256 small, ) = manager.buy(_purchase(0, 1_000e6, 60 days, 0, holder));
        vm.stopPrank();
        _skip(4 days);
        vm.prank(holder);
        uint256 claim = claims.file(small, 1, EVIDENCE);
        vm.assertEq(uint256(claims.claimOf(claim).deposit), MIN_DEPOSIT);
    }

    function test_File_RevertWhen_NotCovered() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NotOwner.selector, id, stranger));
        claims.file(id, 1, EVIDENCE);
        vm.startPrank(holder);
        vm.expectRevert(IClaimsModule.ClaimsModule__NoEvidence.selector);
        claims.file(id, 1, 0);
        bytes4 reason = IClaimsModule.ClaimsModule__OutOfBounds.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 100_000e6 + 1, 1, 100_000e6));
        claims.file(id, 100_000e6 + 1, EVIDENCE);
        vm.expectRevert(abi.encodeWithSelector(reason, 0, 1, 100_000e6));
        claims.file(id, 0, EVIDENCE);
        (uint256 young, ) = manager.buy(_purchase(0, 1_000e6, 60 days, 0, holder));
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NotCovered.selector, young));
        claims.file(young, 1, EVIDENCE);
        vm.warp(uint256(manager.coverOf(id).expiry) + GRACE);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NotCovered.selector, id));
        claims.file(id, 1, EVIDENCE);
        vm.warp(uint256(manager.coverOf(id).expiry) + GRACE - 1);
        claims.file(id, 1, EVIDENCE);
        vm.stopPrank();
    }

    function test_Bond_CountsForLaterClaimsOnly() public {
        uint256 claim = _file(50_000e6);
        _bond(stranger, 900_000e6);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NoWeight.selector, claim, stranger));
        claims.vote(claim, false, REASON);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NoWeight.selector, claim, holder));
        claims.vote(claim, true, REASON);
        vm.assertEq(uint256(claims.claimOf(claim).bonds), 200_000e6);
    }

    function test_T15_ABondCannotLeaveBeforeItsClaimIsSettled() public {
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, true);
        uint256 bonded = uint256(claims.assessorOf(ann).bondedAt) + 14 days;
        vm.startPrank(ann);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__BondLocked.selector, ann, 1, bonded));
        claims.unbond(1, ann);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__BondLocked.selector, ann, 1, bonded));
        claims.bond(1);
        vm.stopPrank();
        _skip(5 days);
        claims.finalize(claim);
        claims.settleBallot(claim, ann);
        uint256 until = pool.poolTime() + 14 days;
        vm.startPrank(ann);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__BondLocked.selector, ann, 0, until));
        claims.unbond(1, ann);
        _skip(14 days);
        bytes4 reason = IClaimsModule.ClaimsModule__OutOfBounds.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 100_000e6 + 1, 1, 100_000e6));
        claims.unbond(uint96(100_000e6 + 1), ann);
        claims.unbond(uint96(100_000e6), ann);
        vm.stopPrank();
        vm.assertEq(token.balanceOf(ann), 100_000e6);
        _backed();
    }

    function test_Vote_RevertWhen_TwiceOrLateOrWithoutAReason() public {
        uint256 claim = _file(50_000e6);
        vm.prank(ann);
        vm.expectRevert(IClaimsModule.ClaimsModule__NoEvidence.selector);
        claims.vote(claim, true, 0);
        _vote(ann, claim, true);
        vm.prank(ann);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__AlreadyVoted.selector, claim, ann));
        claims.vote(claim, false, REASON);
        uint256 ends = claims.claimOf(claim).endsAt;
        vm.warp(ends);
        vm.prank(ben);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__VotingOver.selector, claim, ends));
        claims.vote(claim, false, REASON);
        vm.prank(ben);
        vm.expectRevert(
            abi.encodeWithSelector(IClaimsModule.ClaimsModule__WrongState.selector, 9, IClaimsModule.State.None)
        );
        claims.vote(9, false, REASON);
    }

    /// @dev Who comes in the last second gets an answer: the vote goes on for a day, three times.
    function test_T15_ALateChangeOfTheLeadAddsADay() public {
        _bond(stranger, 150_000e6);
        _bond(underwriter, 600_000e6);
        _skip(1);
        uint256 claim = _file(50_000e6);
        uint256 filed = pool.poolTime();
        _vote(cis, claim, true);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), filed + 3 days, "early: nothing changes");
        vm.warp(filed + 3 days - 1);
        _vote(ben, claim, false);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), filed + 4 days);
        vm.warp(filed + 4 days - 1);
        _vote(ann, claim, true);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), filed + 5 days);
        vm.warp(filed + 5 days - 1);
        _vote(stranger, claim, false);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), filed + 6 days);
        vm.warp(filed + 6 days - 1);
        _vote(underwriter, claim, true);
        vm.assertEq(uint256(claims.claimOf(claim).endsAt), filed + 6 days, "three times at most");
    }
}

contract ClaimsDecideTest is ClaimsFixture {
    function test_Accept_PaysLowersTheEntryAndReturnsTheDeposit() public {
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, true);
        _vote(ben, claim, true);
        _vote(cis, claim, false);
        _skip(5 days - 1);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__TooEarly.selector);
        claims.finalize(claim);
        _skip(1);
        uint256 before = token.balanceOf(holder);
        claims.finalize(claim);
        vm.assertEq(token.balanceOf(holder) - before, 50_000e6);
        vm.assertEq(claims.owed(holder), 500e6);
        vm.assertEq(manager.coverOf(id).remaining, 50_000e6);
        vm.assertEq(_entryOf(id), RAY / 2, "0.5 a share was paid");
        vm.assertEq(pool.liveOf(0), 50_000e6);
        _settleAll(claim);
        // Half of the deposit, 250, by weight of 100, 60 and 40 of 200.
        vm.assertEq(claims.owed(ann), 125e6);
        vm.assertEq(claims.owed(ben), 75e6);
        vm.assertEq(claims.owed(cis), 50e6, "the same fee for the minority");
        vm.prank(holder);
        vm.assertEq(claims.withdraw(holder), 500e6);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NothingOwed.selector, holder));
        claims.withdraw(holder);
        _backed();
    }

    function test_Deny_KeepsTheDeposit() public {
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, false);
        _vote(ben, claim, false);
        _vote(cis, claim, true);
        _skip(5 days);
        uint256 reserved = reserve.available();
        claims.finalize(claim);
        vm.assertEq(reserve.available() - reserved, 250e6, "half of the deposit");
        vm.assertEq(pool.liveOf(0), 100_000e6, "the cover goes on");
        vm.assertEq(_entryOf(id), RAY);
        _settleAll(claim);
        vm.assertEq(claims.owed(ann), 125e6, "the same fee as for accepting");
        vm.assertEq(claims.owed(cis), 50e6);
        vm.assertEq(uint256(claims.assessorOf(cis).bond), 40_000e6, "a minority loses nothing");
        vm.expectRevert(
            abi.encodeWithSelector(
                IClaimsModule.ClaimsModule__WrongState.selector,
                claim,
                IClaimsModule.State.Final
            )
        );
        claims.finalize(claim);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NotSettleable.selector, claim, ann));
        claims.settleBallot(claim, ann);
        _backed();
    }

    /// @dev 40,000 of 200,000 are a fifth; half of them secure 20,000.
    function test_Valid_AtTheQuorumAndTheSecurity() public {
        uint256 claim = _file(20_000e6);
        _vote(cis, claim, true);
        _skip(5 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IClaimsModule.ClaimsModule__WrongState.selector,
                claim,
                IClaimsModule.State.Voting
            )
        );
        claims.escalate(claim);
        claims.finalize(claim);
        vm.assertEq(manager.coverOf(id).remaining, 80_000e6);
        _settleAll(claim);
        _skip(14 days);
        _bond(stranger, 1);
        _skip(1);
        claim = _file(20_000e6);
        _vote(cis, claim, true);
        _skip(5 days);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__WrongState.selector);
        claims.finalize(claim); // 40,000 of 200,000.000001
        claims.escalate(claim);
    }

    function test_Escalate_SilenceDeniesAndReturnsTheDeposit() public {
        uint256 claim = _file(20_000e6 + 1);
        _vote(cis, claim, true);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__TooEarly.selector);
        claims.escalate(claim);
        _skip(3 days);
        claims.escalate(claim);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__TooEarly.selector);
        claims.finalize(claim);
        uint256 reserved = reserve.available();
        _skip(21 days);
        claims.finalize(claim);
        vm.assertFalse(claims.claimOf(claim).accepted);
        vm.assertEq(claims.owed(holder), 500e6);
        vm.assertEq(pool.liveOf(0), 100_000e6);
        _settleAll(claim);
        vm.assertEq(claims.owed(cis), 0, "nothing was decided");
        vm.assertEq(reserve.available(), reserved, "and the reserve pays nobody for it");
        vm.assertEq(uint256(claims.assessorOf(cis).bond), 40_000e6);
        _backed();
    }

    /// @dev Nobody assesses, nobody proposes: the module asks the DAO itself, with real votes through the real timelock.
    function test_T15_TheDaoAcceptsWhatNoAssessorDecided() public {
        uint256 claim = _file(80_000e6);
        _skip(3 days);
        claims.escalate(claim);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__NotTimelock.selector, stranger));
        claims.resolveClaim(claim);
        dao.decide(address(claims), claim);
        uint256 before = token.balanceOf(holder);
        claims.finalize(claim);
        vm.assertEq(token.balanceOf(holder) - before, 80_000e6, "T15");
        vm.assertEq(claims.owed(holder), 500e6);
        vm.assertEq(uint256(claims.claimOf(claim).pot), 0, "nobody to pay");
        _backed();
    }

    function test_T15_ABribedMajorityIsOverturnedAndSlashed() public {
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, false);
        _vote(ben, claim, false);
        _vote(cis, claim, true);
        _skip(3 days);
        _challenge(stranger, claim);
        dao.decide(address(claims), claim);
        uint256 before = token.balanceOf(holder);
        uint256 reserved = reserve.available();
        claims.finalize(claim);
        vm.assertEq(token.balanceOf(holder) - before, 50_000e6, "T15");
        uint256 fromReserve = reserved - reserve.available();
        _settleAll(claim);
        vm.assertEq(uint256(claims.assessorOf(ann).bond), 50_000e6, "T15: half");
        vm.assertEq(uint256(claims.assessorOf(ben).bond), 30_000e6);
        vm.assertEq(uint256(claims.assessorOf(cis).bond), 40_000e6);
        vm.assertEq(claims.owed(stranger), 500e6 + 40_000e6, "T15: the challenger's bond and half of 80,000");
        // The reserve paid its all for the claim and the fees, and got the other half of the slash.
        vm.assertEq(reserve.available(), reserved - fromReserve + 40_000e6);
        _backed();
    }

    function test_Challenge_SilenceLetsTheResultStand() public {
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, true);
        _vote(ben, claim, true);
        _skip(5 days);
        uint256 ends = uint256(claims.claimOf(claim).endsAt) + 2 days;
        vm.startPrank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__TooLate.selector, claim, ends));
        claims.challenge(claim);
        vm.stopPrank();
        vm.warp(ends - 1);
        _challenge(stranger, claim);
        _skip(21 days - 1);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__TooEarly.selector);
        claims.finalize(claim);
        _skip(1);
        vm.prank(address(dao.theGovernor().timelock()));
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__TooLate.selector);
        claims.resolveClaim(claim);
        claims.finalize(claim);
        vm.assertTrue(claims.claimOf(claim).accepted);
        _settleAll(claim);
        // 250 from the reserve and the challenger's 500, by 100 and 60 of 160.
        vm.assertEq(claims.owed(ann), (750e6 * 100) / 160);
        vm.assertEq(claims.owed(stranger), 0);
        _backed();
    }

    function test_Challenge_RevertWhen_ThereIsNoValidResult() public {
        uint256 claim = _file(50_000e6);
        _vote(cis, claim, true);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__TooEarly.selector);
        claims.challenge(claim);
        _skip(3 days);
        vm.expectPartialRevert(IClaimsModule.ClaimsModule__WrongState.selector);
        claims.challenge(claim);
    }

    function test_Finalize_WaitsForAPauseAndNothingIsLost() public {
        uint256 claim = _file(50_000e6);
        _vote(ann, claim, true);
        _skip(5 days);
        vm.prank(guardian);
        pool.pauseClaims(2 days);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__ClaimsPaused.selector);
        claims.finalize(claim);
        _skip(2 days);
        claims.finalize(claim);
        vm.assertEq(manager.coverOf(id).remaining, 50_000e6);
    }

    /// @dev Paid by people first, a price that falls later pays the rest alone.
    function test_U5_AnAssessedPayoutIsNotPaidAgainByThePrice() public {
        uint256 claim = _file(40_000e6);
        _vote(ann, claim, true);
        _skip(5 days);
        claims.finalize(claim);
        _poke();
        _fall(vault, 5_500);
        vm.expectPartialRevert(IIncidentModule.IncidentModule__NoLoss.selector);
        incidents.open(id); // the entry is 0.6: 0.54 is the threshold
        _fall(vault, 9_000); // 0.495
        uint256 price = manager.priceOf(0);
        uint256 incident = _open(id);
        incidents.file(id);
        _close(incident);
        vm.assertEq(incidents.settle(id), (100_000e6 * (_price(5_400) - price)) / RAY, "U5");
    }

    function testFuzz_IN1_WhatIsPutUpIsThereOrWasPaid(uint256 seed) public {
        uint256 claim = _file(1 + (seed % 60_000e6));
        if (seed & 1 != 0) _vote(ann, claim, seed & 2 != 0);
        if (seed & 4 != 0) _vote(ben, claim, seed & 8 != 0);
        if (seed & 16 != 0) _vote(cis, claim, seed & 32 != 0);
        _skip(3 days);
        try claims.escalate(claim) {
            if (seed & 64 != 0) dao.decide(address(claims), claim);
        } catch {
            if (seed & 128 != 0) _challenge(stranger, claim);
            if (seed & 128 != 0 && seed & 64 != 0) dao.decide(address(claims), claim);
        }
        _skip(21 days);
        claims.finalize(claim);
        _settleAll(claim);
        _backed();
        address[5] memory people = [ann, ben, cis, holder, stranger];
        for (uint256 i = 0; i < 5; ++i) {
            if (claims.owed(people[i]) == 0) continue;
            vm.prank(people[i]);
            claims.withdraw(people[i]);
        }
        // All but the bonds, and a wei of rounding per ballot.
        vm.assertLe(claims.held() - claims.totalBonds(), 3, "IN1");
        _backed();
    }
}

contract ClaimsDeployTest is ClaimsFixture {
    function test_Constructor_RevertWhen_ForAnotherAddress() public {
        Modules memory m = pool.modules();
        address governor = address(dao.theGovernor());
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__WrongAddress.selector, m.claims));
        new ClaimsModule(m, governor, MIN_DEPOSIT);
        m.claims = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.expectRevert(abi.encodeWithSelector(IClaimsModule.ClaimsModule__ModulesDisagree.selector, m.pool));
        new ClaimsModule(m, governor, MIN_DEPOSIT);
    }

    /// @dev The governor's own bounds keep it within 13 days; one without them is refused.
    function test_Constructor_RevertWhen_TheDaoIsTooSlow() public {
        ModuleDeployer deployer = new ModuleDeployer();
        address here = deployer.addressOf(0);
        Names names = new Names();
        SlowGovernor slow = new SlowGovernor();
        Modules memory m = Modules(address(names), address(names), address(nft), address(names), here, address(reserve));
        names.set(m, address(token));
        bytes4 reason = IClaimsModule.ClaimsModule__DaoTooSlow.selector;
        // 2 + 8 + 2 + 1 + 1 days and a second; 21 - 7 are allowed.
        bytes memory code = abi.encodePacked(type(ClaimsModule).creationCode, abi.encode(m, slow, 1));
        vm.expectRevert(abi.encodeWithSelector(reason, 14 days + 1, 14 days));
        deployer.deploy(code);
    }
}

/// @notice Says which modules there are, for all of them.
contract Names {
    Modules internal named;
    address public asset;

    function set(Modules calldata m, address asset_) external {
        (named, asset) = (m, asset_);
    }

    function modules() external view returns (Modules memory) {
        return named;
    }
}
