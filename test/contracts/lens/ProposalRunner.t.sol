// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {ProposalRunner} from "../../../contracts/lens/ProposalRunner.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {GovernanceFixture} from "../governance/GovernanceFixture.sol";

/// @notice A price that can be broken; a vault as far as the runner reads one.
contract Priced {
    error Priced__Broken();

    uint256 private _price = 1e18;

    function set(uint256 price) external {
        _price = price;
    }

    function pps() external view returns (uint256) {
        if (_price == 0) revert Priced__Broken();
        return _price;
    }
}

contract ProposalRunnerTest is GovernanceFixture {
    ProposalRunner internal runner;
    Priced internal priced;
    address internal payee = address(0xbeef);

    function setUp() public override {
        super.setUp();
        runner = new ProposalRunner();
        priced = new Priced();
    }

    function test_Runner_ExecutesAndMeasures() public {
        vm.deal(address(timelock), 3 ether);
        vm.deal(payee, 1 ether);
        uint256 held = token.balanceOf(whale);
        Proposal memory p = _pass(_both(2e18));
        _skip(1);
        ProposalRunner.Outcome memory outcome = _run(p);
        vm.assertTrue(outcome.succeeded);
        vm.assertEq(outcome.revertData.length, 0);
        vm.assertEq(outcome.prices[0].before, 1e18);
        vm.assertEq(outcome.prices[0].afterwards, 2e18);
        vm.assertEq(outcome.balances[0].before, 1 ether);
        vm.assertEq(outcome.balances[0].afterwards, 4 ether);
        vm.assertEq(outcome.balances[1].before, held);
        vm.assertEq(outcome.balances[1].afterwards, held);
    }

    function test_Runner_SaysWhatAnExecutionEndsIn() public {
        Proposal memory p = _pass(_both(2e18)); // the timelock has nothing to send
        ProposalRunner.Outcome memory early = _run(p);
        vm.assertFalse(early.succeeded);
        vm.assertGt(early.revertData.length, 4);
        _skip(1);
        ProposalRunner.Outcome memory poor = _run(p);
        vm.assertFalse(poor.succeeded);
        vm.assertEq(poor.prices[0].afterwards, 1e18, "nothing changed");
        vm.assertEq(poor.balances[0].afterwards, 0);
    }

    function test_Runner_APriceThatCannotBeReadIs0() public {
        vm.deal(address(timelock), 3 ether);
        Proposal memory p = _pass(_both(0));
        _skip(1);
        ProposalRunner.Outcome memory outcome = _run(p);
        vm.assertTrue(outcome.succeeded);
        vm.assertEq(outcome.prices[0].before, 1e18);
        vm.assertEq(outcome.prices[0].afterwards, 0);
    }

    /// @notice Sets the price, and pays 3 ether.
    function _both(uint256 price) internal view returns (Proposal memory p) {
        p = _action(address(priced), abi.encodeCall(Priced.set, (price)));
        (address set, bytes memory data) = (p.targets[0], p.calldatas[0]);
        (p.targets, p.values, p.calldatas) = (new address[](2), new uint256[](2), new bytes[](2));
        (p.targets[0], p.calldatas[0]) = (set, data);
        (p.targets[1], p.values[1]) = (payee, 3 ether);
    }

    function _run(Proposal memory p) internal returns (ProposalRunner.Outcome memory) {
        ICompoundingVault[] memory vaults = new ICompoundingVault[](1);
        vaults[0] = ICompoundingVault(address(priced));
        ProposalRunner.Watch[] memory watches = new ProposalRunner.Watch[](2);
        watches[0] = ProposalRunner.Watch(address(0), payee);
        watches[1] = ProposalRunner.Watch(address(token), whale);
        bytes32 description = keccak256(bytes(p.description));
        ProposalRunner.Proposal memory proposal = ProposalRunner.Proposal(p.targets, p.values, p.calldatas, description);
        return runner.run(IGovernor(address(governor)), proposal, vaults, watches);
    }
}
