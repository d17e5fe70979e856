// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

import {Box} from "./Box.sol";

/// @notice Makes a box at an address that is known before.
contract BoxMaker {
    function make() external {
        new Box{salt: 0}();
    }

    function next() external view returns (address payable) {
        return payable(Create2.computeAddress(0, keccak256(type(Box).creationCode)));
    }
}
