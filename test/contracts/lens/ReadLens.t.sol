// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReadLens} from "../../../contracts/lens/ReadLens.sol";
import {Base} from "../Vm.sol";
import {Speakers} from "./Speakers.sol";

/// @notice The program that every aggregate of the SDK runs. What the SDK makes of it is proved in its own tests.
contract ReadLensTest is Base {
    uint256 internal constant MARKED = uint256(uint128(bytes16("millrace.answer!"))) << 32;
    uint256 internal constant ELEMENT = 0xffff;
    uint256 internal constant ZEROS = 0x8000;

    ReadLens internal lens;
    Speakers internal speakers;

    function setUp() public {
        lens = new ReadLens();
        speakers = new Speakers();
        speakers.add(address(speakers), 11);
        speakers.add(address(0xdead), 22);
        speakers.add(address(speakers), 33);
    }

    function test_Lens_AnswersInOrder() public view {
        bytes memory steps = bytes.concat(_step(abi.encodeCall(speakers.two, ())), _step(abi.encodeCall(speakers.self, ())));
        bytes memory said = _run(2, 0, 0, steps);
        bytes memory expected = abi.encodePacked(
            block.timestamp,
            uint16(64),
            abi.encode(uint256(5), uint256(7)),
            uint16(32),
            abi.encode(address(speakers))
        );
        vm.assertEq(said, expected);
        vm.assertEq(_run(0, 0, 0, ""), abi.encode(block.timestamp), "no steps");
    }

    function test_Lens_PutsAnswersIntoLaterSteps() public view {
        bytes memory steps = bytes.concat(
            _step(abi.encodeCall(speakers.two, ())),
            _step(abi.encodeCall(speakers.self, ())),
            // What 0 answered, both words; said by whom 1 named.
            _stepTo(_marked(1, 0), false, abi.encodeCall(speakers.sum, (_word(0, 0), _word(0, 1)))),
            _step(abi.encodeCall(speakers.sum, (_word(0, 2), 1))) // past its end: 0
        );
        bytes memory said = _run(4, 0, 0, steps);
        vm.assertEq(_wordAt(said, 32 + 2 + 64 + 2 + 32 + 2), 12);
        vm.assertEq(_wordAt(said, 32 + 2 + 64 + 2 + 32 + 2 + 32 + 2), 1);
    }

    function testFuzz_Lens_LeavesOtherWordsAlone(uint128 one, uint128 other) public view {
        vm.assume(uint256(one) >> 32 != MARKED >> 32 && uint256(other) >> 32 != MARKED >> 32);
        bytes memory said = _run(1, 0, 0, _step(abi.encodeCall(speakers.sum, (one, other))));
        uint256 expected = uint256(one) + other;
        if (expected == 0) vm.assertEq(said, abi.encodePacked(block.timestamp, uint16(ZEROS + 32)));
        else vm.assertEq(said, abi.encodePacked(block.timestamp, uint16(32), expected));
    }

    function test_Lens_RunsARoundPerElementOfAnArray() public view {
        bytes memory steps = bytes.concat(
            _step(abi.encodeCall(speakers.pairs, ())),
            _stepTo(_marked(ELEMENT, 0), false, abi.encodeCall(speakers.two, ())), // dead for the second
            _step(abi.encodeCall(speakers.sum, (_word(ELEMENT, 1), _word(1, 1))))
        );
        bytes memory said = _run(1, 0, 2, steps);
        uint256 start = 32 + 2 + 8 * 32; // offset, length, three pairs
        bytes memory five = abi.encode(uint256(5), uint256(7));
        bytes memory expected = bytes.concat(
            abi.encodePacked(uint16(64), five, uint16(32), uint256(11 + 7)),
            abi.encodePacked(uint16(ZEROS), uint16(32), uint256(22)), // nothing, which is 0 to the next step
            abi.encodePacked(uint16(64), five, uint16(32), uint256(33 + 7))
        );
        vm.assertEq(_from(said, start), expected);
    }

    function test_Lens_RunsARoundPerNumber() public {
        bytes memory steps = bytes.concat(
            _step(abi.encodeCall(speakers.count, ())),
            _step(abi.encodeCall(speakers.sum, (_word(ELEMENT, 0), 100)))
        );
        vm.assertEq(_run(1, 0, 0, steps), abi.encodePacked(block.timestamp, uint16(ZEROS + 32)), "none below 0");
        speakers.setCount(3);
        bytes memory expected = abi.encodePacked(uint16(32), uint256(100), uint16(32), uint256(101), uint16(32), uint256(102));
        vm.assertEq(_from(_run(1, 0, 0, steps), 32 + 2 + 32), expected);
    }

    function test_Lens_SendsNoZeros() public view {
        bytes memory steps = bytes.concat(
            _step(abi.encodeCall(speakers.zeros, ())),
            _step(abi.encodeCall(speakers.sum, (_word(0, 1), 0)))
        );
        vm.assertEq(_run(2, 0, 0, steps), abi.encodePacked(block.timestamp, uint16(ZEROS + 64), uint16(ZEROS + 32)));
    }

    function test_Lens_WhatMayFailAnswersNothing() public view {
        bytes memory steps = bytes.concat(
            _stepTo(address(speakers), true, abi.encodeCall(speakers.refuse, ())),
            _stepTo(address(speakers), true, abi.encodeCall(speakers.mumble, ())),
            _stepTo(address(0xdead), true, abi.encodeCall(speakers.two, ())),
            _stepTo(address(speakers), true, abi.encodeCall(speakers.babble, (0x8000))),
            _step(abi.encodeCall(speakers.sum, (_word(0, 0), 9)))
        );
        bytes memory nothing = abi.encodePacked(uint16(ZEROS), uint16(ZEROS), uint16(ZEROS), uint16(ZEROS));
        vm.assertEq(_run(5, 0, 0, steps), abi.encodePacked(block.timestamp, nothing, uint16(32), uint256(9)));
    }

    function test_Lens_ARoundOutlivesWhoBurnsAndBabbles() public {
        speakers.setCount(2);
        bytes memory steps = bytes.concat(
            _step(abi.encodeCall(speakers.count, ())),
            _step(abi.encodeCall(speakers.burn, ())),
            _step(abi.encodeCall(speakers.babble, (300_000))),
            _step(abi.encodeCall(speakers.refuse, ())),
            _step(abi.encodeCall(speakers.sum, (_word(ELEMENT, 0), 1)))
        );
        uint256 before = gasleft();
        bytes memory said = _run(1, 0, 0, steps);
        // Two that burn all they get, 1,000,000 each; half a million for the rest, where the babbler is heard out.
        vm.assertLt(before - gasleft(), 2 * 1_000_000 + 1_500_000);
        bytes memory nothing = abi.encodePacked(uint16(ZEROS), uint16(ZEROS), uint16(ZEROS));
        bytes memory expected = abi.encodePacked(nothing, uint16(32), uint256(1), nothing, uint16(32), uint256(2));
        vm.assertEq(_from(said, 32 + 2 + 32), expected);
    }

    function test_Lens_RevertWhen_AStepThatMustNotFailDoes() public view {
        bytes memory own = abi.encodeWithSelector(Speakers.Speakers__No.selector, 3);
        vm.assertEq(_fail(_step(abi.encodeCall(speakers.refuse, ()))), own);
        bytes memory silent = abi.encodeWithSelector(ReadLens.ReadLens__NoAnswer.selector, address(speakers));
        vm.assertEq(_fail(_step(abi.encodeCall(speakers.refuseSilently, ()))), silent);
        vm.assertEq(_fail(_step(abi.encodeCall(speakers.mumble, ()))), silent);
        vm.assertEq(_fail(_step(abi.encodeCall(speakers.babble, (0x8000)))), silent);
        bytes memory nobody = abi.encodeWithSelector(ReadLens.ReadLens__NoAnswer.selector, address(0xdead));
        vm.assertEq(_fail(_stepTo(address(0xdead), false, abi.encodeCall(speakers.two, ()))), nobody);
    }

    function test_Lens_RevertWhen_ThereAreMoreAnswersThanPlaces() public {
        bytes memory steps = bytes.concat(
            _step(abi.encodeCall(speakers.count, ())),
            _stepTo(address(0xdead), true, abi.encodeCall(speakers.two, ()))
        );
        speakers.setCount(7_999);
        vm.assertEq(_run(1, 0, 0, steps).length, 32 + 2 + 32 + 7_999 * 2, "8,000 in all");
        speakers.setCount(8_000);
        (bool ok, ) = address(lens).staticcall{gas: 30_000_000}(bytes.concat(_head(1, 0, 0), steps));
        vm.assertFalse(ok);
    }

    /* PROGRAMS */

    function _head(uint16 first, uint16 list, uint16 stride) internal pure returns (bytes memory) {
        return abi.encodePacked(first, list, stride);
    }

    function _step(bytes memory data) internal view returns (bytes memory) {
        return _stepTo(address(speakers), false, data);
    }

    function _stepTo(address target, bool mayFail, bytes memory data) internal pure returns (bytes memory) {
        return abi.encodePacked(mayFail, target, uint16(data.length), data);
    }

    function _word(uint256 step, uint256 index) internal pure returns (uint256) {
        return MARKED | (step << 16) | index;
    }

    function _marked(uint256 step, uint256 index) internal pure returns (address) {
        return address(uint160(_word(step, index)));
    }

    function _run(uint16 first, uint16 list, uint16 stride, bytes memory steps) internal view returns (bytes memory) {
        (bool ok, bytes memory said) = address(lens).staticcall(bytes.concat(_head(first, list, stride), steps));
        vm.assertTrue(ok);
        return said;
    }

    function _fail(bytes memory step) internal view returns (bytes memory) {
        (bool ok, bytes memory said) = address(lens).staticcall(bytes.concat(_head(1, 0, 0), step));
        vm.assertFalse(ok);
        return said;
    }

    function _wordAt(bytes memory said, uint256 start) internal pure returns (uint256) {
        return abi.decode(_from(said, start), (uint256));
    }

    function _from(bytes memory said, uint256 start) internal pure returns (bytes memory rest) {
        rest = new bytes(said.length - start);
        for (uint256 i = 0; i < rest.length; i++) rest[i] = said[start + i];
    }
}
