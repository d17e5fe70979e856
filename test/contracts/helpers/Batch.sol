// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "./TestToken.sol";
import {IFlashBorrower, EnteredSource} from "./Source4626.sol";

/// @notice Makes several calls in one transaction; with isolation each call of a test is a transaction of its own.
/// It is also an account: shares and tokens can be its own.
contract Batch {
    struct Call {
        address target;
        bytes data;
    }

    /// @notice Runs them all; reverts with the first failing one's reason. Answers what the last one answered.
    function run(Call[] memory calls) public returns (bytes[] memory answers) {
        answers = new bytes[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            bool ok;
            (ok, answers[i]) = calls[i].target.call(calls[i].data);
            if (!ok) _bubble(answers[i]);
        }
    }

    /// @notice Mints the token here, runs, burns the same amount: whoever calls this holds a flash loan without a fee.
    function runWithLoan(TestToken token, uint256 assets, Call[] memory calls) external {
        token.mint(address(this), assets);
        run(calls);
        token.burn(address(this), assets);
    }

    function _bubble(bytes memory reason) internal pure {
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }
}

/// @notice Makes its calls from inside a source's flash loan, while the source's views revert.
contract FlashBatch is Batch, IFlashBorrower {
    bool[] public succeeded;
    bytes[] public answers;
    bool public tolerant;

    function attack(EnteredSource source, uint256 assets, Call[] calldata calls, bool tolerant_) external {
        delete succeeded;
        delete answers;
        tolerant = tolerant_;
        source.flashLoan(assets, abi.encode(calls));
    }

    function onFlashLoan(uint256 assets, bytes calldata data) external {
        Call[] memory calls = abi.decode(data, (Call[]));
        TestToken(EnteredSource(msg.sender).asset()).approve(msg.sender, assets);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool ok, bytes memory reason) = calls[i].target.call(calls[i].data);
            if (!ok && !tolerant) _bubble(reason);
            succeeded.push(ok);
            answers.push(reason);
        }
    }
}

/// @notice A gate whose answer a test sets.
contract TestGate {
    enum Mode {
        Open,
        Closed,
        Revert,
        BurnGas,
        Two
    }

    Mode public mode;
    mapping(address account => bool refused) public refused;

    error TestGate__Broken();

    function setMode(Mode mode_) external {
        mode = mode_;
    }

    function refuse(address account, bool refused_) external {
        refused[account] = refused_;
    }

    function canDeposit(address caller, address receiver) external view returns (bool) {
        if (mode == Mode.Revert) revert TestGate__Broken();
        if (mode == Mode.BurnGas) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        if (mode == Mode.Two) {
            assembly ("memory-safe") {
                mstore(0, 2)
                return(0, 32)
            }
        }
        return mode == Mode.Open && !refused[caller] && !refused[receiver];
    }
}
