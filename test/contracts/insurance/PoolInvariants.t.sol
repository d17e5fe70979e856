// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {PoolHandler} from "./PoolHandler.sol";

contract PoolInvariantsTest is PoolHandler {
    function setUp() public {
        _begin();
    }

    function invariant_IN1_IN2_IN3_IN4_IN5_IN6_TheBooksAreTheSums() public view {
        _assertBooks();
    }

    function testFuzz_IN2_IN4_IN5_IN6_ALongLife(uint256 seed) public {
        for (uint256 i = 0; i < 10; ++i) {
            _act(uint256(keccak256(abi.encode(seed, i))));
            _assertBooks();
        }
    }

    /// @dev Every path that matters is counted, and must have been taken.
    function test_Handler_ReachesEveryPath() public {
        for (uint256 i = 0; i < 400; ++i) _act(uint256(keccak256(abi.encode("every path", i))));
        string[14] memory paths = ["enter", "ask", "leave", "leave at risk", "leave in part", "stay", "bind", "move", "release", "settle", "settle late", "pause", "incident", "resume"];
        for (uint256 i = 0; i < 14; ++i) {
            uint256 times = reached[bytes32(bytes(paths[i]))];
            _print(string.concat("      ", paths[i], ": ", vm.toString(times)));
            vm.assertGe(times, 1, paths[i]);
        }
        _assertBooks();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](14);
        selectors[0] = this.enter.selector;
        selectors[1] = this.ask.selector;
        selectors[2] = this.exit.selector;
        selectors[3] = this.stay.selector;
        selectors[4] = this.bind.selector;
        selectors[5] = this.move.selector;
        selectors[6] = this.release.selector;
        selectors[7] = this.lock.selector;
        selectors[8] = this.settle.selector;
        selectors[9] = this.incident.selector;
        selectors[10] = this.closeAll.selector;
        selectors[11] = this.pause.selector;
        selectors[12] = this.give.selector;
        selectors[13] = this.sleep.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), selectors);
    }

    function _act(uint256 draw) internal {
        uint256 a = draw >> 32;
        uint256 b = draw >> 96;
        uint256 which = draw % 16;
        if (which == 0) enter(a, b % 500e6);
        else if (which < 3) ask(a, b);
        else if (which < 5) exit(a);
        else if (which == 5) stay(a);
        else if (which < 8) bind(a, b % 366 days, a % 3 == 0 ? type(uint96).max : (draw >> 160) % 200e6, draw >> 200);
        else if (which == 8) move(a, b, draw >> 160);
        else if (which == 9) release(a, b);
        else if (which == 10) lock(a);
        else if (which < 13) settle(a, b % 3 == 0 ? b : b % 20e6);
        else if (which == 13) incident(a, b % 4 == 0);
        else if (which == 14) closeAll();
        else if (a % 3 != 0) pause(b % 14 days);
        else sleep(b % 30 days);
    }

    function _assertBooks() internal view {
        IUnderwritingPool.Books memory b = pool.books();
        (uint256 live, uint256 locked, uint256 rate, uint256 queued) = sums();
        vm.assertEq(b.live, live, "IN2");
        vm.assertEq(b.locked, locked, "IN4");
        vm.assertEq(b.rate, rate, "IN5");
        vm.assertEq(b.queued, queued, "IN6");
        vm.assertEq(uint256(b.assets) + b.unearned, total(), "IN5: what came and has not gone");
        vm.assertLe(uint256(b.live) + b.locked, b.assets, "IN3");
        vm.assertEq(pool.checkInvariants(), 0, "IN1");
    }
}
