// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClaimResolver} from "../../../contracts/governance/IClaimResolver.sol";
import {MillGovernor} from "../../../contracts/governance/MillGovernor.sol";

/// @notice A claims module without claims: it asks for votes and remembers what was decided.
contract ClaimsDouble is IClaimResolver {
    MillGovernor internal immutable governor;
    uint256 public resolved;
    address public resolver;

    constructor(MillGovernor governor_) {
        governor = governor_;
    }

    function escalate(uint256 claimId) external returns (uint256) {
        return governor.proposeClaim(claimId);
    }

    function resolveClaim(uint256 claimId) external {
        resolved = claimId;
        resolver = msg.sender;
    }

    /// @notice The module itself tries to take its question back.
    function cancel(uint256 claimId) external {
        address[] memory targets = new address[](1);
        uint256[] memory values = new uint256[](1);
        bytes[] memory calldatas = new bytes[](1);
        targets[0] = address(this);
        calldatas[0] = abi.encodeCall(IClaimResolver.resolveClaim, (claimId));
        governor.cancel(targets, values, calldatas, keccak256(bytes(governor.CLAIM_DESCRIPTION())));
    }
}
