// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice What proposals of the tests act on.
contract Box {
    uint256 public value;
    uint256 public pauses;

    event Set(uint256 value);

    error Box__Refused();

    receive() external payable {}

    function set(uint256 newValue) external payable {
        value = newValue;
        emit Set(newValue);
    }

    function pause() external {
        ++pauses;
    }

    function spend(uint256 amount) external {
        value += amount;
    }

    function refuse() external pure {
        revert Box__Refused();
    }
}
