// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "../helpers/TestToken.sol";

/// @notice A reward whose balance cannot be read, in five ways.
contract BrokenToken is TestToken {
    enum Mode {
        Honest,
        Reverts,
        BurnsGas,
        Bombs,
        AnswersShort,
        AnswersLong
    }

    error BrokenToken__Broken();

    Mode public mode;

    constructor() TestToken(18) {}

    function set(Mode mode_) external {
        mode = mode_;
    }

    function balanceOf(address account) public view override returns (uint256) {
        if (mode == Mode.Reverts) revert BrokenToken__Broken();
        if (mode == Mode.BurnsGas) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        if (mode == Mode.Bombs) {
            assembly ("memory-safe") {
                revert(0, 150000)
            }
        }
        if (mode == Mode.AnswersShort) {
            assembly ("memory-safe") {
                return(0, 31)
            }
        }
        if (mode == Mode.AnswersLong) {
            assembly ("memory-safe") {
                return(0, 190000)
            }
        }
        return super.balanceOf(account);
    }
}
