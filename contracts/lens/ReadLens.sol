// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// "millrace.answer!"
uint256 constant MARK = 0x6d696c6c726163652e616e7377657221;
uint256 constant ELEMENT = 0xffff;
// As the vault reads its adapters (`BoundedCall.READ_GAS`).
uint256 constant ROUND_GAS = 1_000_000;
// No answer is this long: what a node returns is shorter (EIP-170).
uint256 constant MAX_BYTES = 0x8000;
uint256 constant ZEROS = 0x8000;

// Memory: five words of state, then where the answer of each step is, then what is returned.
uint256 constant FIRST = 0x00;
uint256 constant LIST = 0x20;
uint256 constant STRIDE = 0x40;
uint256 constant ROUND = 0x60;
uint256 constant EACH = 0x80;
uint256 constant ANSWERS = 0xa0;
uint256 constant MAX_ANSWERS = 8_000;
uint256 constant OUTPUT = 0x40000;

/// @title Reads many views at one block, each with words that others answered before it
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Everything that the SDK reads whole (a vault, a
/// position, a proposal) is a list of steps for it, so one small program serves them all. It can change nothing: it only
/// reads, and no state outlives an `eth_call`.
/// @dev It is sent with every read, and apps carry it: hence assembly, and calldata that is packed, without a selector:
/// `[first 2][list 2][stride 2]`, then steps, each `[mayFail 1][target 20][length 2][calldata of that length]`.
///
/// The `first` steps run once. Those after them are a round: they run once per element of the array that step `list`
/// answered, `stride` words per element, or once per number below the number that it answered, with a stride of 0.
///
/// A word, or a target, of the form `[0 ×12][MARK 16][step 2][word 2]` stands for a word of what a step answered (of the same
/// round, if it is a step of the round), 0 if it answered none; with `ELEMENT` as the step, for a word of the element.
///
/// It returns `[timestamp 32]`, then per answer `[length 2][answer]`, or `[ZEROS + length 2]` for one of zeros alone. A step
/// that may fail answers nothing when it does; every step of a round may, and is bounded in gas, because it may speak to whom
/// nobody trusts. Any other step that fails ends the reading with its own error.
contract ReadLens {
    /// @notice A step that must not fail did without a word; there may be no contract.
    error ReadLens__NoAnswer(address target);

    // One program, whose parts share its memory: splitting it would mean passing memory between blocks.
    // solhint-disable-next-line function-max-lines, no-complex-fallback
    fallback() external {
        uint256 noAnswer = uint256(bytes32(ReadLens__NoAnswer.selector));
        // All memory is this block's, from 0 on: it never returns to Solidity. `end` only grows; what is copied to it is
        // counted before it is written beyond. The answers' places end before the output: there are at most MAX_ANSWERS.
        // solhint-disable-next-line no-inline-assembly
        assembly {
            function wordOf(step, index) -> word {
                let answer := mload(add(ANSWERS, shl(5, step)))
                let start := shl(5, index)
                if lt(start, shr(240, mload(answer))) {
                    word := mload(add(add(answer, 2), start))
                }
            }
            function resolve(given) -> word {
                word := given
                if eq(shr(32, given), MARK) {
                    let step := and(shr(16, given), 0xffff)
                    let index := and(given, 0xffff)
                    switch eq(step, ELEMENT)
                    case 0 {
                        if iszero(lt(step, mload(FIRST))) {
                            step := add(step, mul(mload(ROUND), mload(EACH)))
                        }
                        word := wordOf(step, index)
                    }
                    default {
                        word := mload(ROUND)
                        if mload(STRIDE) {
                            // An array begins with its offset and its length.
                            word := wordOf(mload(LIST), add(index, add(2, mul(word, mload(STRIDE)))))
                        }
                    }
                }
            }

            mstore(FIRST, shr(240, calldataload(0)))
            mstore(LIST, shr(240, calldataload(2)))
            mstore(STRIDE, shr(240, calldataload(4)))
            mstore(OUTPUT, timestamp())
            let end := add(OUTPUT, 32)
            let next := 6
            let rounds := 0
            let repeat := 0
            for {
                let step := 0
            } 1 {
                step := add(step, 1)
            } {
                let inRound := iszero(lt(step, mload(FIRST)))
                if eq(step, mload(FIRST)) {
                    repeat := next
                    if lt(next, calldatasize()) {
                        rounds := wordOf(mload(LIST), gt(mload(STRIDE), 0))
                    }
                    if iszero(rounds) {
                        return(OUTPUT, sub(end, OUTPUT))
                    }
                }
                if eq(next, calldatasize()) {
                    let round := add(mload(ROUND), 1)
                    if eq(round, rounds) {
                        return(OUTPUT, sub(end, OUTPUT))
                    }
                    if eq(round, 1) {
                        mstore(EACH, sub(step, mload(FIRST)))
                    }
                    mstore(ROUND, round)
                    next := repeat
                }

                if eq(step, MAX_ANSWERS) {
                    invalid() // more answers than places
                }

                let head := calldataload(next)
                let size := and(shr(72, head), 0xffff)
                calldatacopy(end, add(next, 23), size)
                next := add(add(next, 23), size)
                for {
                    let word := add(end, 4)
                } lt(word, add(end, size)) {
                    word := add(word, 32)
                } {
                    mstore(word, resolve(mload(word)))
                }
                let target := resolve(and(shr(88, head), 0xffffffffffffffffffffffffffffffffffffffff))
                let limit := gas()
                if inRound {
                    limit := ROUND_GAS
                }
                let ok := staticcall(limit, target, end, size, 0, 0)
                let said := returndatasize()
                if iszero(and(ok, and(gt(said, 31), lt(said, MAX_BYTES)))) {
                    if iszero(or(inRound, shr(248, head))) {
                        returndatacopy(end, 0, said)
                        if or(ok, iszero(said)) {
                            mstore(end, noAnswer)
                            mstore(add(end, 4), target)
                            said := 36
                        }
                        revert(end, said)
                    }
                    said := 0
                }
                returndatacopy(add(end, 2), 0, said)
                let bits := 0
                for {
                    let word := 0
                } lt(word, said) {
                    word := add(word, 32)
                } {
                    bits := or(bits, mload(add(add(end, 2), word)))
                }
                switch bits
                case 0 {
                    // No place among the answers: a word of it is 0.
                    mstore(end, shl(240, or(ZEROS, said)))
                    end := add(end, 2)
                }
                default {
                    mstore(add(ANSWERS, shl(5, step)), end)
                    mstore8(end, shr(8, said))
                    mstore8(add(end, 1), said)
                    end := add(end, add(2, said))
                }
            }
        }
    }
}
