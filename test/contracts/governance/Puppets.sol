// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice An account that does what its master says, and accepts whatever is done to it.
contract Puppet {
    address private immutable master;

    constructor() {
        master = msg.sender;
    }

    fallback() external payable {}

    function act(address target, bytes calldata data) external returns (bool ok, bytes memory result) {
        require(msg.sender == master, "master");
        (ok, result) = target.call(data);
    }
}

/// @notice Several accounts that act one after another in one transaction, whatever comes of each act; and a look at much
/// of the state at once.
contract Puppets {
    struct Act {
        uint256 who;
        address target;
        bytes data;
    }

    Puppet[] public puppets;

    event Acted(bool ok, bytes result);

    constructor(uint256 count) {
        for (uint256 i = 0; i < count; ++i) puppets.push(new Puppet());
    }

    function run(Act[] calldata acts) external {
        for (uint256 i = 0; i < acts.length; ++i) {
            (bool ok, bytes memory result) = puppets[acts[i].who].act(acts[i].target, acts[i].data);
            emit Acted(ok, result);
        }
    }

    function look(address[] calldata targets, bytes[] calldata datas) external view returns (bytes[] memory results) {
        results = new bytes[](targets.length);
        for (uint256 i = 0; i < targets.length; ++i) {
            (bool ok, bytes memory result) = targets[i].staticcall(datas[i]);
            require(ok, "look");
            results[i] = result;
        }
    }
}
