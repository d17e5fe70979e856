// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice How strictly a proposal is judged, from the fastest class to the strictest.
enum ProposalClass {
    Emergency,
    Routine,
    Treasury,
    Critical
}

/// @title The table that tells how strictly a proposal is judged
/// @notice Says a class, nothing else: quorum, approval and delay of a class are constants of the governor, so no policy
/// can make a proposal faster than its class. The DAO replaces the whole policy with `setPolicy`, a Critical proposal.
interface IProposalPolicy {
    /// @notice The class of one (target, selector).
    struct Entry {
        address target;
        bytes4 selector;
        ProposalClass class;
    }

    /// @notice One line of the table, written at deployment.
    event Classified(address indexed target, bytes4 indexed selector, ProposalClass indexed class);

    /// @notice `target` can change the rules themselves: nothing it does may be below Critical.
    error ProposalPolicy__AlwaysCritical(address target, bytes4 selector);
    /// @notice A (target, selector) stands twice in the table.
    error ProposalPolicy__Duplicate(address target, bytes4 selector);
    /// @notice A (target, selector) names no contract.
    error ProposalPolicy__ZeroTarget(bytes4 selector);

    /// @notice The strictest class among the actions of a proposal.
    /// An action's class is that of its (target, selector); an unknown one and calldata of one to three bytes are
    /// Critical; an action that sends value or has no calldata is Treasury at least. So Emergency is only a proposal whose
    /// every action is.
    /// @dev The three arrays have one length; the governor has checked it.
    function classify(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas
    ) external view returns (ProposalClass);

    /// @notice The class of calling `selector` on `target` without value.
    function classOf(address target, bytes4 selector) external view returns (ProposalClass);
}
