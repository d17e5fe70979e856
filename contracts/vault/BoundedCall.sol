// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Calls to contracts that may burn gas, revert or return too much
/// @notice Never copies more than one word of what comes back.
library BoundedCall {
    uint256 internal constant READ_GAS = 1_000_000;
    /// @dev With this much at hand a call gets all of `READ_GAS`: EIP-150 keeps back 1/64, and reaching the target costs up to
    /// 2,600. What is left afterwards proves nothing, since each frame of a call that ran dry gives back its own 1/64.
    uint256 internal constant MIN_GAS = (READ_GAS * 64) / 63 + MARGIN;
    uint256 internal constant MARGIN = 5_000;

    /// @notice So little gas was left that a failed call may only have run dry.
    error BoundedCall__GasTooLow(uint256 gasLeft);

    /// @notice Calls with `gasLimit` and drops what comes back. Reverts where the caller has withheld gas, so that nobody can have
    /// a call fail that costs no more than that.
    function attempt(address target, uint256 gasLimit, bytes memory data) internal returns (bool ok) {
        uint256 available = gasleft();
        require(available >= (gasLimit * 64) / 63 + MARGIN, BoundedCall__GasTooLow(available));
        // Nothing is written to memory.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            ok := call(gasLimit, target, 0, add(data, 32), mload(data), 0, 0)
        }
    }

    /// @notice Reads one word with at most `READ_GAS`.
    /// @return ok False when the call reverted or returned less than a word. A call that may have failed for want of gas
    /// that the caller withheld reverts instead (EIP-150 keeps back 1/64), so that nobody can fake a failure.
    function read(address target, bytes memory data) internal view returns (bool ok, uint256 value) {
        uint256 available = gasleft();
        // Only the scratch space is written; `data` is read in place.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            ok := staticcall(READ_GAS, target, add(data, 32), mload(data), 0, 32)
            ok := and(ok, gt(returndatasize(), 31))
            value := mload(0)
        }
        require(ok || available >= MIN_GAS, BoundedCall__GasTooLow(available));
    }

    /// @notice Reads one word of a function without arguments.
    function read(address target, bytes4 selector) internal view returns (bool ok, uint256 value) {
        uint256 available = gasleft();
        // As above; the selector waits in the scratch space, where the answer overwrites it.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(0, selector)
            ok := staticcall(READ_GAS, target, 0, 4, 0, 32)
            ok := and(ok, gt(returndatasize(), 31))
            value := mload(0)
        }
        require(ok || available >= MIN_GAS, BoundedCall__GasTooLow(available));
    }
}
