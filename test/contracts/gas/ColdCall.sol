// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What a view costs a contract that reads it first in a transaction: one cold STATICCALL.
contract ColdCall {
    error ColdCall__Failed();

    function measure(address target, bytes calldata data) external view returns (uint256 spent) {
        bytes memory input = data;
        bool ok;
        assembly ("memory-safe") {
            let before := gas()
            ok := staticcall(gas(), target, add(input, 32), mload(input), 0, 32)
            spent := sub(before, gas())
        }
        require(ok, ColdCall__Failed());
    }
}
