// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {Reenterer} from "./Attackers.sol";

/// @notice A token that calls its sender before somebody else moves what is his, once at a time.
contract SenderHookToken is ERC20("Hooked", "HOOK") {
    bool private _entered;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from.code.length > 0 && from != msg.sender && !_entered) {
            _entered = true;
            Reenterer(from).received();
            _entered = false;
        }
        super._update(from, to, value);
    }
}
