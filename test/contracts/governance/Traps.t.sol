// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {ShortStrings} from "@openzeppelin/contracts/utils/ShortStrings.sol";

import {Box} from "./Box.sol";
import {CompanyFixture} from "./CompanyFixture.sol";
import {ClassesLastGovernor, GuardianZeroGovernor, LateFirstGovernor, LongNameGovernor} from "./WrongGovernors.sol";

/// @notice Shapes of a governor that look right and aren't: each shown wrong, and ours beside it.
contract TrapsTest is CompanyFixture {
    function test_Trap_LateQuorumBeforeSettingsCannotBeDeployed() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                GovernorPreventLateQuorum.GovernorPreventLateQuorumVoteExtensionTooLarge.selector,
                LATE,
                0
            )
        );
        new LateFirstGovernor(token, LATE);
        vm.assertEq(uint256(governor.lateQuorumVoteExtension()), LATE);
    }

    function test_Trap_NameOf32BytesCannotBeDeployed() public {
        vm.expectPartialRevert(ShortStrings.StringTooLong.selector);
        new LongNameGovernor(token);
        vm.assertLe(bytes(governor.name()).length, 31);
    }

    /// @notice The class module after the timelock's: what was cancelled there stays Queued. V2 shows ours Canceled.
    function test_Trap_ClassesAfterTimelockLeaveCanceledQueued() public {
        address[] memory roles = new address[](1);
        roles[0] = address(this);
        timelock = new TimelockController(1 days, roles, roles, address(this));
        ClassesLastGovernor wrong = new ClassesLastGovernor(_config());
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(wrong));
        Proposal memory p = _action(address(box), abi.encodeCall(Box.pause, ()));
        vm.prank(alice);
        p.id = wrong.propose(p.targets, p.values, p.calldatas, p.description);
        vm.warp(wrong.proposalSnapshot(p.id) + 1);
        vm.prank(whale);
        wrong.castVote(p.id, FOR);
        vm.prank(alice);
        wrong.castVote(p.id, FOR);
        wrong.queue(p.targets, p.values, p.calldatas, keccak256(bytes(p.description)));
        bytes32 salt = bytes20(address(wrong)) ^ keccak256(bytes(p.description));
        timelock.cancel(timelock.hashOperationBatch(p.targets, p.values, p.calldatas, 0, salt));
        vm.assertEq(uint256(wrong.state(p.id)), uint256(IGovernor.ProposalState.Queued));
    }

    /// @notice An expired guardian reported as address(0): the proposer cancels what is queued. V8 shows ours refuse.
    function test_Trap_GuardianZeroGivesProposersTheVeto() public {
        GuardianZeroGovernor wrong = new GuardianZeroGovernor(token);
        Proposal memory p = _setBox(1);
        vm.prank(alice);
        p.id = wrong.propose(p.targets, p.values, p.calldatas, p.description);
        vm.warp(wrong.proposalSnapshot(p.id) + 1);
        vm.prank(whale);
        wrong.castVote(p.id, FOR);
        vm.warp(wrong.proposalDeadline(p.id) + 1);
        vm.prank(alice);
        wrong.cancel(p.targets, p.values, p.calldatas, keccak256(bytes(p.description)));
        vm.assertEq(uint256(wrong.state(p.id)), uint256(IGovernor.ProposalState.Canceled));
    }

    /// @notice EIP-170 is 24,576; below 24,000 there is room for a compiler's mood.
    function test_Trap_EveryContractFitsItsSize() public view {
        address[9] memory all = [
            address(governor),
            address(token),
            address(staking),
            address(policy),
            address(timelock),
            address(vaultOfDao),
            address(streams),
            address(splitter),
            address(relay)
        ];
        for (uint256 i = 0; i < all.length; ++i) {
            vm.assertGt(all[i].code.length, 0);
            vm.assertLt(all[i].code.length, 24_000);
        }
    }
}
