// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClaimResolver} from "../../../contracts/governance/IClaimResolver.sol";
import {MillGovernor} from "../../../contracts/governance/MillGovernor.sol";
import {ClaimsModule} from "../../../contracts/insurance/ClaimsModule.sol";
import {PoolDeployer} from "../../../contracts/insurance/PoolDeployer.sol";
import {GovernanceFixture} from "../governance/GovernanceFixture.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice The DAO that claims are put before, with its holders.
contract ClaimsDao is GovernanceFixture {
    function theGovernor() external view returns (MillGovernor) {
        return governor;
    }

    /// @notice The DAO lets `module` ask for votes.
    function admit(address module) external {
        _passAndExecute(_govern(abi.encodeCall(MillGovernor.setClaimsModule, (module, true))));
    }

    /// @notice The DAO listens to `module` no longer.
    function expel(address module) external {
        _passAndExecute(_govern(abi.encodeCall(MillGovernor.setClaimsModule, (module, false))));
    }

    /// @notice Votes For what the module asked, and executes it.
    function decide(address module, uint256 claim) external {
        Proposal memory p = _action(module, abi.encodeCall(IClaimResolver.resolveClaim, (claim)));
        p.description = governor.CLAIM_DESCRIPTION();
        p.id = governor.hashProposal(p.targets, p.values, p.calldatas, keccak256(bytes(p.description)));
        _open(p);
        _vote(whale, p, FOR);
        _close(p);
        _queue(p);
        vm.warp(governor.proposalEta(p.id));
        _execute(p);
    }
}

/// @notice The whole pool, claims module included, with a DAO and three assessors: 100,000, 60,000 and 40,000 bonded.
abstract contract ClaimsFixture is InsuranceFixture {
    uint256 internal constant MIN_DEPOSIT = 100e6;
    bytes32 internal constant EVIDENCE = keccak256("evidence");
    bytes32 internal constant REASON = keccak256("reason");

    ClaimsDao internal dao;
    ClaimsModule internal claims;
    address internal ann = _account("ann, assessor");
    address internal ben = _account("ben, assessor");
    address internal cis = _account("cis, assessor");
    uint256 internal id;

    function setUp() public virtual override {
        super.setUp();
        dao.admit(address(claims));
        id = _buy(holder, 100_000e6, 100_000e6);
        _bond(ann, 100_000e6);
        _bond(ben, 60_000e6);
        _bond(cis, 40_000e6);
        token.mint(address(reserve), 10_000e6);
        token.mint(holder, 10_000e6);
        vm.prank(holder);
        token.approve(address(claims), MAX);
        _skip(4 days);
    }

    function _deployClaims(PoolDeployer d) internal override {
        dao = new ClaimsDao();
        dao.setUp();
        address governor = address(dao.theGovernor());
        claims = ClaimsModule(d.deployClaims(type(ClaimsModule).creationCode, governor, MIN_DEPOSIT));
    }

    function _bond(address who, uint256 assets) internal {
        token.mint(who, assets);
        vm.startPrank(who);
        token.approve(address(claims), MAX);
        claims.bond(uint96(assets));
        vm.stopPrank();
    }

    function _file(uint256 amount) internal returns (uint256 claim) {
        vm.prank(holder);
        return claims.file(id, uint96(amount), EVIDENCE);
    }

    function _vote(address who, uint256 claim, bool accept) internal {
        vm.prank(who);
        claims.vote(claim, accept, REASON);
    }

    function _challenge(address who, uint256 claim) internal {
        token.mint(who, claims.claimOf(claim).deposit);
        vm.startPrank(who);
        token.approve(address(claims), MAX);
        claims.challenge(claim);
        vm.stopPrank();
    }

    function _settleAll(uint256 claim) internal {
        address[3] memory all = [ann, ben, cis];
        for (uint256 i = 0; i < 3; ++i) {
            if (claims.ballotOf(claim, all[i]).weight != 0) claims.settleBallot(claim, all[i]);
        }
    }

    /// @dev Everything that was put up is there or was paid.
    function _backed() internal view {
        vm.assertEq(token.balanceOf(address(claims)), claims.held(), "IN1: what the claims module holds");
        _sound();
    }
}
