// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IProposalPolicy, ProposalClass} from "./IProposalPolicy.sol";

/// @title Proposal policy
/// @notice The specification is in `IProposalPolicy`. Immutable: the table is written in the constructor.
/// @dev constructor(entries, alwaysCritical = governor, timelock, AccessManager). Only what is not Critical needs a line.
contract ProposalPolicy is IProposalPolicy {
    /// @dev class + 1; 0 is unknown. One key per (target, selector).
    mapping(bytes32 action => uint8 classPlusOne) private _table;

    constructor(Entry[] memory entries, address[] memory alwaysCritical) {
        for (uint256 i = 0; i < entries.length; ++i) {
            _add(entries[i], alwaysCritical);
        }
    }

    /// @inheritdoc IProposalPolicy
    function classify(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata calldatas
    ) external view returns (ProposalClass strictest) {
        for (uint256 i = 0; i < targets.length; ++i) {
            ProposalClass class = _classOf(targets[i], values[i], calldatas[i]);
            if (class > strictest) strictest = class;
        }
    }

    /// @inheritdoc IProposalPolicy
    function classOf(address target, bytes4 selector) public view returns (ProposalClass) {
        uint8 classPlusOne = _table[_key(target, selector)];
        return classPlusOne == 0 ? ProposalClass.Critical : ProposalClass(classPlusOne - 1);
    }

    function _add(Entry memory entry, address[] memory alwaysCritical) private {
        bool mayBeLower = entry.class == ProposalClass.Critical ||
            (!_contains(alwaysCritical, entry.target) && !_isWrapper(entry.selector));
        require(mayBeLower, ProposalPolicy__AlwaysCritical(entry.target, entry.selector));
        require(entry.target != address(0), ProposalPolicy__ZeroTarget(entry.selector));
        bytes32 key = _key(entry.target, entry.selector);
        require(_table[key] == 0, ProposalPolicy__Duplicate(entry.target, entry.selector));
        _table[key] = uint8(entry.class) + 1;
        emit Classified(entry.target, entry.selector, entry.class);
    }

    function _classOf(address target, uint256 value, bytes calldata data) private view returns (ProposalClass class) {
        if (data.length > 0) {
            class = data.length < 4 ? ProposalClass.Critical : classOf(target, bytes4(data));
        }
        if ((value > 0 || data.length == 0) && class < ProposalClass.Treasury) class = ProposalClass.Treasury;
    }

    /// @dev Functions that run a call they are given: what they do can't be read off (target, selector).
    function _isWrapper(bytes4 selector) private pure returns (bool) {
        return
            selector == bytes4(keccak256("relay(address,uint256,bytes)")) ||
            selector == bytes4(keccak256("multicall(bytes[])")) ||
            selector == bytes4(keccak256("schedule(address,bytes,uint48)")) ||
            selector == bytes4(keccak256("schedule(address,uint256,bytes,bytes32,bytes32,uint256)")) ||
            selector == bytes4(keccak256("scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)")) ||
            _isExecute(selector);
    }

    function _isExecute(bytes4 selector) private pure returns (bool) {
        return
            selector == bytes4(keccak256("execute(address,bytes)")) ||
            selector == bytes4(keccak256("execute(address,uint256,bytes)")) ||
            selector == bytes4(keccak256("execute(bytes32,bytes)")) ||
            selector == bytes4(keccak256("execute(address,uint256,bytes,bytes32,bytes32)")) ||
            selector == bytes4(keccak256("executeBatch(address[],uint256[],bytes[],bytes32,bytes32)"));
    }

    function _contains(address[] memory list, address item) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == item) return true;
        }
        return false;
    }

    function _key(address target, bytes4 selector) private pure returns (bytes32) {
        return bytes32(abi.encodePacked(target, selector));
    }
}
