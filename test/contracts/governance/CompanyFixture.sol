// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {BatchVoteRelay} from "../../../contracts/governance/BatchVoteRelay.sol";
import {IRevenueSplitter} from "../../../contracts/governance/IRevenueSplitter.sol";
import {PayrollStreams} from "../../../contracts/governance/PayrollStreams.sol";
import {RevenueSplitter} from "../../../contracts/governance/RevenueSplitter.sol";
import {Treasury} from "../../../contracts/governance/Treasury.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

/// @notice The DAO with its treasury, payroll, revenue and relay; the timelock is the authority's only admin, the guardian
/// may stop budgets.
abstract contract CompanyFixture is GovernanceFixture {
    uint64 internal constant DERISK = 3;

    AccessManager internal authority;
    Treasury internal vaultOfDao;
    PayrollStreams internal streams;
    RevenueSplitter internal splitter;
    BatchVoteRelay internal relay;
    address internal reserve;

    function setUp() public virtual override {
        super.setUp();
        reserve = _account("reserve");
        authority = new AccessManager(address(timelock));
        vaultOfDao = new Treasury(address(authority), token);
        streams = new PayrollStreams();
        splitter = new RevenueSplitter(address(authority), staking, address(vaultOfDao), _splitOf(6_000, 3_000, 1_000));
        relay = new BatchVoteRelay(address(governor));
        bytes4[] memory selectors = new bytes4[](2);
        selectors[0] = Treasury.freeze.selector;
        selectors[1] = Treasury.freezeBudget.selector;
        vm.startPrank(address(timelock));
        authority.setTargetFunctionRole(address(vaultOfDao), selectors, DERISK);
        authority.grantRole(DERISK, guardian, 0);
        vm.stopPrank();
    }

    function _splitOf(
        uint16 stakersBps,
        uint16 treasuryBps,
        uint16 reserveBps
    ) internal view returns (IRevenueSplitter.Split memory) {
        return IRevenueSplitter.Split(stakersBps, treasuryBps, reserveBps, reserve);
    }
}
