// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";

/// @notice Reads an adapter before and after a call, in one transaction: in the same second.
contract ValueProbe {
    error ValueProbe__CallFailed(bytes reason);

    function around(
        IAdapter adapter,
        address target,
        bytes calldata data
    ) external returns (uint256[3] memory before, uint256[3] memory afterwards) {
        before = _read(adapter);
        (bool ok, bytes memory reason) = target.call(data);
        require(ok, ValueProbe__CallFailed(reason));
        afterwards = _read(adapter);
    }

    function _read(IAdapter adapter) private view returns (uint256[3] memory) {
        return [adapter.realAssets(), adapter.maxDeallocate(), adapter.maxAllocate()];
    }
}
