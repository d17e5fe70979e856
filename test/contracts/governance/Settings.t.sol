// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";

import {IMillGovernor} from "../../../contracts/governance/IMillGovernor.sol";
import {IMillToken} from "../../../contracts/governance/IMillToken.sol";
import {IProposalPolicy, ProposalClass} from "../../../contracts/governance/IProposalPolicy.sol";
import {IVoteStaking} from "../../../contracts/governance/IVoteStaking.sol";
import {MillGovernor} from "../../../contracts/governance/MillGovernor.sol";
import {MillToken} from "../../../contracts/governance/MillToken.sol";
import {ProposalPolicy} from "../../../contracts/governance/ProposalPolicy.sol";
import {TimelockFactory} from "../../../contracts/governance/TimelockFactory.sol";
import {VoteStaking} from "../../../contracts/governance/VoteStaking.sol";
import {BlockClock} from "./BlockClock.sol";
import {Box} from "./Box.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

contract SettingsTest is GovernanceFixture {
    function _refused(bytes memory data, uint256 value, uint256 minimum, uint256 maximum) private {
        Proposal memory p = _pass(_called(_govern(data), vm.toString(value)));
        _skip(1);
        vm.expectRevert(
            abi.encodeWithSelector(IMillGovernor.MillGovernor__OutOfBounds.selector, value, minimum, maximum)
        );
        _execute(p);
    }

    function _accepted(bytes memory data) private {
        _passAndExecute(_called(_govern(data), vm.toString(vm.getBlockTimestamp())));
    }

    function test_G3_VotingDelayStaysWithinBounds() public {
        _refused(abi.encodeCall(GovernorSettings.setVotingDelay, (1 days - 1)), 1 days - 1, 1 days, 2 days);
        _refused(abi.encodeCall(GovernorSettings.setVotingDelay, (2 days + 1)), 2 days + 1, 1 days, 2 days);
        _accepted(abi.encodeCall(GovernorSettings.setVotingDelay, (2 days)));
        _accepted(abi.encodeCall(GovernorSettings.setVotingDelay, (1 days)));
        vm.assertEq(governor.votingDelay(), 1 days);
    }

    function test_G3_VotingPeriodStaysWithinBounds() public {
        _refused(abi.encodeCall(GovernorSettings.setVotingPeriod, (3 days - 1)), 3 days - 1, 3 days, 7 days);
        _refused(abi.encodeCall(GovernorSettings.setVotingPeriod, (7 days + 1)), 7 days + 1, 3 days, 7 days);
        _accepted(abi.encodeCall(GovernorSettings.setVotingPeriod, (7 days)));
        _accepted(abi.encodeCall(GovernorSettings.setVotingPeriod, (3 days)));
        vm.assertEq(governor.votingPeriod(), 3 days);
    }

    function test_G5_LateExtensionStaysWithinBounds() public {
        Proposal memory p = _pass(
            _govern(abi.encodeCall(GovernorPreventLateQuorum.setLateQuorumVoteExtension, (2 days + 1)))
        );
        _skip(1);
        vm.expectRevert(
            abi.encodeWithSelector(
                GovernorPreventLateQuorum.GovernorPreventLateQuorumVoteExtensionTooLarge.selector,
                2 days + 1,
                2 days
            )
        );
        _execute(p);
        _accepted(abi.encodeCall(GovernorPreventLateQuorum.setLateQuorumVoteExtension, (0)));
    }

    function test_Threshold_FitsItsSlot() public {
        uint256 tooLarge = uint256(type(uint96).max) + 1;
        _refused(abi.encodeCall(GovernorSettings.setProposalThreshold, (tooLarge)), tooLarge, 0, type(uint96).max);
    }

    function test_DaoURI_IsSetByTheDao() public {
        vm.assertEq(governor.daoURI(), "ipfs://dao");
        _accepted(abi.encodeCall(IMillGovernor.setDaoURI, ("ipfs://other")));
        vm.assertEq(governor.daoURI(), "ipfs://other");
    }

    function test_Interfaces_AreNamed() public view {
        vm.assertTrue(governor.supportsInterface(type(IGovernor).interfaceId));
        vm.assertTrue(governor.supportsInterface(type(IMillGovernor).interfaceId));
        vm.assertTrue(governor.supportsInterface(type(IERC6372).interfaceId));
        vm.assertTrue(governor.supportsInterface(0x01ffc9a7));
        vm.assertFalse(governor.supportsInterface(0xffffffff));
        vm.assertEq(governor.CLOCK_MODE(), "mode=timestamp");
        vm.assertEq(uint256(governor.clock()), vm.getBlockTimestamp());
        vm.assertEq(governor.COUNTING_MODE(), "support=bravo,fractional&quorum=for,abstain&params=fractional");
    }

    function test_GA7_Constructor_RevertWhen_ClocksDiffer() public {
        IMillGovernor.Config memory config = _config();
        config.staking = IVoteStaking(address(new BlockClock(address(token))));
        vm.expectRevert(
            abi.encodeWithSelector(
                IMillGovernor.MillGovernor__ClockMismatch.selector,
                "mode=timestamp",
                "mode=blocknumber&from=default"
            )
        );
        _newGovernor(config);
        config = _config();
        config.token = IMillToken(address(new BlockClock(address(token))));
        vm.expectRevert(
            abi.encodeWithSelector(
                IMillGovernor.MillGovernor__ClockMismatch.selector,
                "mode=blocknumber&from=default",
                "mode=timestamp"
            )
        );
        _newGovernor(config);
    }

    function test_Constructor_RevertWhen_StakingIsOfAnotherToken() public {
        IMillGovernor.Config memory config = _config();
        config.staking = new VoteStaking(address(reward), address(reward));
        vm.expectRevert(
            abi.encodeWithSelector(
                IMillGovernor.MillGovernor__StakingOfAnotherToken.selector,
                config.staking,
                address(reward)
            )
        );
        _newGovernor(config);
    }

    function test_Constructor_RevertWhen_TheFloorIsOutOfReach() public {
        IMillGovernor.Config memory config = _config();
        config.quorumFloor = (SUPPLY * 15) / 100;
        _newGovernor(config);
        config.quorumFloor += 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                IMillGovernor.MillGovernor__QuorumFloorTooHigh.selector,
                config.quorumFloor,
                config.quorumFloor - 1
            )
        );
        _newGovernor(config);
    }

    /// @notice A claims module that is deployed with the DAO can ask it from the first day.
    function test_Constructor_AdmitsClaimsModules() public {
        IMillGovernor.Config memory config = _config();
        config.claimsModules = new address[](2);
        (config.claimsModules[0], config.claimsModules[1]) = (alice, bob); // without code: they come later
        governor = _newGovernor(config);
        vm.assertTrue(governor.isClaimsModule(alice));
        vm.assertTrue(governor.isClaimsModule(bob));
        vm.assertFalse(governor.isClaimsModule(carol));
        vm.prank(bob);
        vm.assertEq(governor.proposalProposer(governor.proposeClaim(1)), bob);
    }

    function test_Constructor_RevertWhen_SettingsAreOutOfBounds() public {
        IMillGovernor.Config memory config = _config();
        config.votingDelay = 0;
        vm.expectRevert(
            abi.encodeWithSelector(IMillGovernor.MillGovernor__OutOfBounds.selector, 0, 1 days, 2 days)
        );
        _newGovernor(config);
        config = _config();
        config.policy = IProposalPolicy(alice);
        vm.expectRevert(abi.encodeWithSelector(IMillGovernor.MillGovernor__NotAContract.selector, alice));
        _newGovernor(config);
    }

    /// @notice OpenZeppelin's behaviour, written down: Critical, and everything queued is lost.
    function test_UpdateTimelock_CancelsWhatIsQueued() public {
        address[] memory roles = new address[](1);
        roles[0] = address(governor);
        TimelockController next = new TimelockController(1 days, roles, roles, address(0));
        Proposal memory p = _propose(bob, _setBox(1));
        Proposal memory change = _propose(
            alice,
            _govern(abi.encodeCall(GovernorTimelockControl.updateTimelock, (next)))
        );
        vm.assertEq(uint256(governor.proposalRules(change.id).class()), uint256(ProposalClass.Critical));
        _open(change);
        _vote(whale, p, FOR);
        _vote(whale, change, FOR);
        _close(change);
        _queue(change);
        vm.warp(governor.proposalEta(change.id) - 1 days);
        _queue(p);
        _skip(1 days);
        _execute(change);
        _assertState(p, IGovernor.ProposalState.Canceled);
    }
}

contract PolicyTest is GovernanceFixture {
    function _classify(Proposal memory p) private view returns (ProposalClass) {
        return policy.classify(p.targets, p.values, p.calldatas);
    }

    function _assertClass(Proposal memory p, ProposalClass expected) private view {
        vm.assertEq(uint256(_classify(p)), uint256(expected));
    }

    function test_Classify_TheTable() public view {
        _assertClass(_action(address(box), abi.encodeCall(Box.pause, ())), ProposalClass.Emergency);
        _assertClass(_action(address(box), abi.encodeCall(Box.set, (1))), ProposalClass.Routine);
        _assertClass(_action(address(box), abi.encodeCall(Box.spend, (1))), ProposalClass.Treasury);
        _assertClass(_action(address(box), abi.encodeCall(Box.refuse, ())), ProposalClass.Critical);
        _assertClass(_action(address(token), abi.encodeCall(Box.pause, ())), ProposalClass.Critical);
    }

    function test_Classify_ValueAndEmptyCalldataAreTreasury() public view {
        _assertClass(_action(carol, 1, ""), ProposalClass.Treasury);
        _assertClass(_action(carol, 0, ""), ProposalClass.Treasury);
        _assertClass(_action(address(box), 1, abi.encodeCall(Box.pause, ())), ProposalClass.Treasury);
        _assertClass(_action(address(box), 1, abi.encodeCall(Box.refuse, ())), ProposalClass.Critical);
    }

    function test_Classify_ThreeBytesAreCritical() public view {
        bytes memory cut = bytes.concat(bytes3(Box.pause.selector));
        _assertClass(_action(address(box), cut), ProposalClass.Critical);
    }

    /// @notice The class of a batch is the strictest of its actions, in whatever order they stand.
    function testFuzz_V3_StrictestWins(uint8[5] memory seeds) public view {
        bytes[4] memory calls = [
            abi.encodeCall(Box.pause, ()),
            abi.encodeCall(Box.set, (1)),
            abi.encodeCall(Box.spend, (1)),
            abi.encodeCall(Box.refuse, ())
        ];
        uint256 strictest = seeds[0] % 4;
        Proposal memory p = _action(address(box), calls[strictest]);
        for (uint256 i = 1; i < seeds.length; ++i) {
            uint256 class = seeds[i] % 4;
            if (class > strictest) strictest = class;
            p = _also(p, address(box), 0, calls[class]);
        }
        _assertClass(p, ProposalClass(strictest));
    }

    function test_Constructor_RevertWhen_WrapperOrRulesAreBelowCritical() public {
        bytes4[10] memory wrappers = [
            bytes4(keccak256("relay(address,uint256,bytes)")),
            bytes4(keccak256("multicall(bytes[])")),
            bytes4(keccak256("execute(address,bytes)")),
            bytes4(keccak256("execute(address,uint256,bytes)")),
            bytes4(keccak256("execute(bytes32,bytes)")),
            TimelockController.execute.selector,
            TimelockController.executeBatch.selector,
            TimelockController.schedule.selector,
            TimelockController.scheduleBatch.selector,
            bytes4(keccak256("schedule(address,bytes,uint48)"))
        ];
        for (uint256 i = 0; i < wrappers.length; ++i) {
            _refused(address(box), wrappers[i], new address[](0));
        }
        address[] memory rules = new address[](2);
        (rules[0], rules[1]) = (address(timelock), address(governor));
        _refused(address(timelock), Box.set.selector, rules);
        _refused(address(governor), Box.set.selector, rules);
    }

    function test_Constructor_RevertWhen_TwiceOrNowhere() public {
        IProposalPolicy.Entry[] memory entries = _entries();
        entries[1] = entries[0];
        vm.expectRevert(
            abi.encodeWithSelector(
                IProposalPolicy.ProposalPolicy__Duplicate.selector,
                entries[0].target,
                entries[0].selector
            )
        );
        new ProposalPolicy(entries, new address[](0));
        entries[1].target = address(0);
        vm.expectRevert(
            abi.encodeWithSelector(IProposalPolicy.ProposalPolicy__ZeroTarget.selector, entries[1].selector)
        );
        new ProposalPolicy(entries, new address[](0));
    }

    function _refused(address target, bytes4 selector, address[] memory rules) private {
        IProposalPolicy.Entry[] memory entries = new IProposalPolicy.Entry[](1);
        entries[0] = IProposalPolicy.Entry(target, selector, ProposalClass.Treasury);
        vm.expectRevert(
            abi.encodeWithSelector(IProposalPolicy.ProposalPolicy__AlwaysCritical.selector, target, selector)
        );
        new ProposalPolicy(entries, rules);
        entries[0].class = ProposalClass.Critical;
        new ProposalPolicy(entries, rules);
    }
}

contract TokenTest is GovernanceFixture {
    function test_Mint_OnlyTheTimelock() public {
        vm.expectRevert(abi.encodeWithSelector(IMillToken.MillToken__NotMinter.selector, attacker));
        vm.prank(attacker);
        token.mint(attacker, 1);
        vm.expectRevert(abi.encodeWithSelector(IMillToken.MillToken__NotMinter.selector, attacker));
        vm.prank(attacker);
        token.setMintCap(1);
        vm.assertEq(token.minter(), address(timelock));
    }

    /// @notice In any 365 days at most the cap, also when minted at the end of one and the start of the next.
    function test_Mint_CapSlides() public {
        vm.startPrank(address(timelock));
        _skip(364 days);
        token.mint(carol, MAX_MINT);
        _skip(365 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IMillToken.MillToken__MintCapExceeded.selector, 1, 0));
        token.mint(carol, 1);
        _skip(1);
        token.mint(carol, MAX_MINT);
        vm.stopPrank();
    }

    function testFuzz_Mint_NeverMoreThanTheCapInAnyYear(uint88[12] memory amounts, uint24[12] memory pauses) public {
        uint256[12] memory minted;
        uint256[12] memory times;
        vm.startPrank(address(timelock));
        for (uint256 i = 0; i < amounts.length; ++i) {
            _skip(_bound(pauses[i], 0, 200 days));
            uint256 amount = _bound(amounts[i], 0, token.mintable());
            token.mint(carol, amount);
            (minted[i], times[i]) = (amount, vm.getBlockTimestamp());
            uint256 year;
            for (uint256 j = 0; j <= i; ++j) if (times[j] + 365 days > times[i]) year += minted[j];
            vm.assertLe(year, MAX_MINT);
            vm.assertEq(token.mintable(), MAX_MINT - year);
        }
        vm.stopPrank();
    }

    function test_SetMintCap_UpToTheMaximum() public {
        vm.startPrank(address(timelock));
        token.setMintCap(10);
        token.mint(carol, 10);
        vm.expectRevert(abi.encodeWithSelector(IMillToken.MillToken__MintCapExceeded.selector, 1, 0));
        token.mint(carol, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMillToken.MillToken__CapAboveMaximum.selector,
                uint256(MAX_MINT) + 1,
                uint256(MAX_MINT)
            )
        );
        token.setMintCap(MAX_MINT + 1);
        token.setMintCap(MAX_MINT);
        vm.assertEq(token.mintable(), MAX_MINT - 10);
        vm.assertEq(token.mintCap(), MAX_MINT);
        vm.stopPrank();
    }
}

contract DeployTest is GovernanceFixture {
    /// @notice After each step of the deployment: no role, no mint, no admin for the deployer or anyone with a key.
    function test_Deploy_NoStepLeavesTheDeployerWithPower() public {
        TimelockFactory factory = new TimelockFactory();
        address future = factory.timelock();
        vm.assertEq(future.code.length, 0);
        token = new MillToken(future, alice, SUPPLY, MAX_MINT);
        vm.expectRevert(abi.encodeWithSelector(IMillToken.MillToken__NotMinter.selector, address(this)));
        token.mint(address(this), 1);
        staking = new VoteStaking(address(token), address(reward));
        timelock = TimelockController(payable(future));
        governor = _newGovernor(_config());
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.relay(address(token), 0, "");
        vm.assertEq(future.code.length, 0);
        factory.deploy(address(governor));
        vm.assertGt(future.code.length, 0);
        _assertRoles(address(governor));
    }

    function test_Deploy_RevertWhen_NotTheDeployerOrTwiceOrForeign() public {
        TimelockFactory factory = new TimelockFactory();
        vm.expectRevert(abi.encodeWithSelector(TimelockFactory.TimelockFactory__NotDeployer.selector, attacker));
        vm.prank(attacker);
        factory.deploy(address(governor));
        // The fixture's governor was built for the fixture's timelock.
        vm.expectRevert(
            abi.encodeWithSelector(
                TimelockFactory.TimelockFactory__WrongGovernor.selector,
                address(governor),
                address(timelock)
            )
        );
        factory.deploy(address(governor));
        timelock = TimelockController(payable(factory.timelock()));
        MillGovernor other = _newGovernor(_config());
        factory.deploy(address(other));
        vm.expectRevert(
            abi.encodeWithSelector(TimelockFactory.TimelockFactory__AlreadyDeployed.selector, address(timelock))
        );
        factory.deploy(address(other));
        _assertRoles(address(other));
    }

    function _assertRoles(address only) private view {
        address[7] memory people = [address(this), address(0), alice, guardian, attacker, treasury, address(staking)];
        bytes32[4] memory roles = [
            timelock.DEFAULT_ADMIN_ROLE(),
            timelock.PROPOSER_ROLE(),
            timelock.EXECUTOR_ROLE(),
            timelock.CANCELLER_ROLE()
        ];
        for (uint256 i = 0; i < people.length; ++i) {
            for (uint256 j = 0; j < roles.length; ++j) vm.assertFalse(timelock.hasRole(roles[j], people[i]));
        }
        vm.assertTrue(timelock.hasRole(roles[0], address(timelock)));
        vm.assertFalse(timelock.hasRole(roles[0], only));
        for (uint256 j = 1; j < roles.length; ++j) vm.assertTrue(timelock.hasRole(roles[j], only));
        vm.assertEq(timelock.getMinDelay(), 1 days);
    }
}
