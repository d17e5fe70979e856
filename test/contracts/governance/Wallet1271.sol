// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A wallet whose one key signs, and that can misbehave: answer wrongly, revert with much data, burn its gas.
contract Wallet1271 {
    enum Mood {
        Good,
        WrongAnswer,
        Reverting,
        Burning
    }

    address public immutable owner;
    Mood public mood;

    constructor(address owner_) {
        owner = owner_;
    }

    function setMood(Mood newMood) external {
        mood = newMood;
    }

    function act(address target, bytes calldata data) external {
        (bool ok, ) = target.call(data);
        require(ok, "call");
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (mood == Mood.WrongAnswer) return 0xdeadbeef;
        if (mood == Mood.Reverting) {
            assembly ("memory-safe") {
                revert(0, 200000)
            }
        }
        while (mood == Mood.Burning) {}
        (address signer, ECDSA.RecoverError failed, ) = ECDSA.tryRecover(hash, signature);
        return failed == ECDSA.RecoverError.NoError && signer == owner ? this.isValidSignature.selector : bytes4(0);
    }
}
