// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";

/// @title Timelock factory
/// @notice Breaks the circle token → timelock → governor → token without giving anybody a role to renounce later:
/// the timelock's address is known before it exists, and it is born with the governor as its only proposer, canceller
/// and executor and itself as its only admin. Until then there is no code at that address, so a deployment that stops
/// half-way leaves power with nobody.
/// @dev Order: 1 `new TimelockFactory()` · 2 everything that names `timelock` (MillToken, AccessManager, …) ·
/// 3 VoteStaking, ProposalPolicy · 4 MillGovernor with `timelock` · 5 `deploy(governor)`.
/// An open executor would let anyone run a queued operation past the governor's pins, class delays and expiry.
contract TimelockFactory {
    /// @notice The delay of every operation; the governor adds that of the proposal's class.
    uint256 public constant MIN_DELAY = 1 days;

    /// @notice Where `deploy` puts the timelock.
    address public immutable timelock;
    address private immutable _deployer;

    /// @notice The timelock of the DAO exists now.
    event TimelockDeployed(address indexed timelock, address indexed governor);

    /// @notice `caller` did not deploy this factory.
    error TimelockFactory__NotDeployer(address caller);
    /// @notice `governor` was built for `timelock`, which is not the one deployed here.
    error TimelockFactory__WrongGovernor(address governor, address timelock);
    /// @notice The timelock exists already.
    error TimelockFactory__AlreadyDeployed(address timelock);

    constructor() {
        _deployer = msg.sender;
        // CREATE: the address of the first contract made here is keccak(rlp([this, 1])) (EIP-161 starts nonces at 1).
        timelock = address(uint160(uint256(keccak256(abi.encodePacked(hex"d694", address(this), hex"01")))));
    }

    /// @notice Deploys the timelock for `governor`. Once, by the account that deployed this factory.
    /// @dev Reverts with `TimelockFactory__NotDeployer`, `TimelockFactory__AlreadyDeployed`,
    /// `TimelockFactory__WrongGovernor`.
    function deploy(address governor) external returns (TimelockController deployed) {
        require(msg.sender == _deployer, TimelockFactory__NotDeployer(msg.sender));
        require(timelock.code.length == 0, TimelockFactory__AlreadyDeployed(timelock));
        address expected = GovernorTimelockControl(payable(governor)).timelock();
        require(expected == timelock, TimelockFactory__WrongGovernor(governor, expected));
        address[] memory roles = new address[](1);
        roles[0] = governor;
        deployed = new TimelockController(MIN_DELAY, roles, roles, address(0));
        assert(address(deployed) == timelock);
        emit TimelockDeployed(timelock, governor);
    }
}
