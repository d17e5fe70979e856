// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Base} from "../Vm.sol";
import {BudgetHandler} from "./BudgetHandler.sol";
import {StreamHandler} from "./StreamHandler.sol";

contract BudgetStatefulTest is Base {
    BudgetHandler internal handler;

    function setUp() public {
        handler = new BudgetHandler();
        handler.setUp();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](6);
        selectors[0] = BudgetHandler.setBudget.selector;
        selectors[1] = BudgetHandler.spend.selector;
        selectors[2] = BudgetHandler.freeze.selector;
        selectors[3] = BudgetHandler.thaw.selector;
        selectors[4] = BudgetHandler.pass.selector;
        selectors[5] = BudgetHandler.any.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_G10_ABudgetPaysItsBucketAndNoMore() public {
        handler.assertBudgets();
    }
}

contract StreamStatefulTest is Base {
    StreamHandler internal handler;

    function setUp() public {
        handler = new StreamHandler();
        handler.setUp();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](5);
        selectors[0] = StreamHandler.create.selector;
        selectors[1] = StreamHandler.claim.selector;
        selectors[2] = StreamHandler.cancel.selector;
        selectors[3] = StreamHandler.pass.selector;
        selectors[4] = StreamHandler.any.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    function invariant_G11_StreamsConserveWhatTheyWereGiven() public view {
        handler.assertStreams();
    }
}

/// @notice The same people, driven by long fixed sequences that must reach the rare paths.
contract CompanyReachTest is Base {
    function test_G10_LongSequenceReachesEveryPath() public {
        BudgetHandler handler = new BudgetHandler();
        handler.setUp();
        for (uint256 i = 0; i < 600; ++i) {
            handler.any(uint256(keccak256(abi.encode("budgets", i))));
            if (i % 5 == 0) handler.assertBudgets();
        }
        bytes32[15] memory paths = [
            bytes32("make a budget"),
            "change a budget",
            "spend",
            "spend all there is",
            "refuse: no budget",
            "refuse a stranger",
            "refuse: all are frozen",
            "refuse: frozen",
            "refuse: expired",
            "refuse a wei more",
            "refuse more",
            "refuse nothing",
            "freeze all",
            "thaw",
            "refuse to stop or start"
        ];
        for (uint256 i = 0; i < paths.length; ++i) _assertReached(handler.reached(paths[i]), paths[i]);
    }

    function test_G11_LongSequenceReachesEveryPath() public {
        StreamHandler handler = new StreamHandler();
        handler.setUp();
        for (uint256 i = 0; i < 400; ++i) {
            handler.any(uint256(keccak256(abi.encode("streams", i))));
            if (i % 5 == 0) handler.assertStreams();
        }
        bytes32[9] memory paths = [
            bytes32("create"),
            "refuse a stream that is over",
            "claim",
            "claim after a cancel",
            "refuse to pay nothing",
            "refuse a stranger",
            "cancel",
            "cancel before the cliff",
            "refuse to cancel"
        ];
        for (uint256 i = 0; i < paths.length; ++i) _assertReached(handler.reached(paths[i]), paths[i]);
    }

    function _assertReached(uint256 times, bytes32 path) private pure {
        vm.assertGt(times, 0, string(abi.encodePacked("never reached: ", path)));
    }
}
