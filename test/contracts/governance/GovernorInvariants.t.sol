// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Base} from "../Vm.sol";
import {GovernorHandler} from "./GovernorHandler.sol";

contract GovernorStatefulTest is Base {
    GovernorHandler internal handler;

    function setUp() public {
        handler = new GovernorHandler();
        handler.setUp();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](10);
        selectors[0] = GovernorHandler.propose.selector;
        selectors[1] = GovernorHandler.vote.selector;
        selectors[2] = GovernorHandler.queue.selector;
        selectors[3] = GovernorHandler.execute.selector;
        selectors[4] = GovernorHandler.cancel.selector;
        selectors[5] = GovernorHandler.moveVotes.selector;
        selectors[6] = GovernorHandler.attack.selector;
        selectors[7] = GovernorHandler.pass.selector;
        selectors[8] = GovernorHandler.abandon.selector;
        selectors[9] = GovernorHandler.any.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    /// @notice G3 is asserted by the handler after each act.
    function invariant_G2_G3_G5_G8_ProposalsAndTimelockStayAsTheyWereMade() public view {
        handler.assertProposals();
        handler.assertTimelock();
    }
}

/// @notice The same people, driven by one long fixed sequence that must reach the rare paths.
contract GovernorReachTest is Base {
    function test_G3_G6_LongSequenceReachesEveryPath() public {
        GovernorHandler handler = new GovernorHandler();
        handler.setUp();
        for (uint256 i = 0; i < 800; ++i) {
            handler.any(uint256(keccak256(abi.encode("governor", i))));
            if (i % 25 == 0) {
                handler.assertProposals();
                handler.assertTimelock();
            }
        }
        bytes32[24] memory paths = [
            bytes32("propose"),
            "propose a hatch",
            "refuse a proposal",
            "refuse a vote",
            "vote in parts",
            "extend the vote",
            "succeed early",
            "queue",
            "execute 0",
            "execute 1",
            "execute 2",
            "execute 3",
            "refuse before eta",
            "cancel by guardian",
            "cancel by proposer",
            "cancel by anyone",
            "cancel what is queued",
            "refuse to cancel",
            "expire",
            "expire when queued",
            "defeat",
            "attack",
            "stake",
            "unstake"
        ];
        for (uint256 i = 0; i < paths.length; ++i) {
            vm.assertGt(handler.reached(paths[i]), 0, string(abi.encodePacked("never reached: ", paths[i])));
        }
    }
}
