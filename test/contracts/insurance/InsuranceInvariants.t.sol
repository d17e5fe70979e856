// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {InsuranceHandler} from "./InsuranceHandler.sol";

contract InsuranceInvariantsTest is InsuranceHandler {
    /// @dev Asserted after every act, in the handler; here once more at the end of each.
    function invariant_IN1_IN2_IN4_IN5_IN8_IN11_IN13_TheBooksAreTheSums() public {
        _assertAll();
    }

    function testFuzz_IN2_IN8_IN11_AYearOfLossesAndRecoveries(uint256 seed) public {
        _live(seed, 10);
    }

    /// @dev Rounds of a loss, with random acts between; every path that matters is counted, and must have been taken.
    function test_Handler_ReachesEveryPathOfACover() public {
        for (uint256 r = 0; r < 8; ++r) {
            _round(r);
            _live(r, 3);
        }
        string[18] memory paths = ["insure", "arm", "disarm", "extend", "cancel", "open", "file", "record", "close", "lapse", "settle", "settle for nothing", "release", "subrogate", "void", "dispute", "finalize", "request"];
        for (uint256 i = 0; i < paths.length; ++i) {
            uint256 times = reached[bytes32(bytes(paths[i]))];
            _print(string.concat("      ", paths[i], ": ", vm.toString(times)));
            vm.assertGe(times, 1, paths[i]);
        }
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        bytes4[] memory s = new bytes4[](20);
        (s[0], s[1], s[2], s[3]) = (this.insure.selector, this.armMore.selector, this.disarm.selector, this.extend.selector);
        (s[4], s[5], s[6], s[7]) = (this.cancel.selector, this.look.selector, this.earn.selector, this.lose.selector);
        (s[8], s[9], s[10], s[11]) = (this.heal.selector, this.openAny.selector, this.fileAny.selector, this.read.selector);
        (s[12], s[13], s[14], s[15]) = (this.end.selector, this.settleAny.selector, this.releaseAny.selector, this.object.selector);
        (s[16], s[17], s[18], s[19]) = (this.back.selector, this.leave.selector, this.goAny.selector, this.rest.selector);
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), s);
    }

    /// @dev A loss from purchase to release; every third lapses, every fourth is voided.
    function _round(uint256 r) internal {
        end(0);
        _mend();
        look();
        for (uint256 i = 0; i < 2; ++i) insure(30_000e6 + 2 * i, 30_000e6, 200 days);
        _skip(4 days);
        _mend();
        look();
        armMore(2 * r, 10_000e6);
        disarm(2 * r + 1, 5_000e6);
        extend(2 * r, 20 days);
        if (r % 2 == 0) cancel(r);
        back(50_000e6);
        leave(2);
        lose(6_000 + r);
        openAny();
        for (uint256 i = 0; i < nft.count(); ++i) fileAny(i);
        if (r % 4 == 3) object(true);
        if (r % 4 == 1) object(false);
        for (uint256 i = 0; i < 3 && r % 3 != 2; ++i) read();
        end(0);
        for (uint256 i = 0; i < 4; ++i) settleAny();
        if (r % 2 == 0) heal(5_000);
        for (uint256 i = 0; i < 2; ++i) releaseAny();
        goAny();
    }

    function _live(uint256 seed, uint256 acts) internal {
        for (uint256 i = 0; i < acts; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            _act(draw % 32, draw >> 32, draw >> 96);
        }
    }

    function _act(uint256 which, uint256 a, uint256 b) internal {
        if (which < 3) insure(a, b, a ^ b);
        else if (which == 3) armMore(a, b);
        else if (which == 4) disarm(a, b);
        else if (which == 5) extend(a, b % 100 days);
        else if (which == 6) cancel(a);
        else if (which < 9) look();
        else if (which == 9) earn(a);
        else if (which < 12) lose(a);
        else if (which == 12) heal(a % 500);
        else _keep(which, a, b);
    }

    function _keep(uint256 which, uint256 a, uint256 b) internal {
        if (which < 15) openAny();
        else if (which < 18) fileAny(a);
        else if (which < 22) read();
        else if (which < 24) end(a);
        else if (which == 24) settleAny();
        else if (which == 25) releaseAny();
        else if (a % 4 == 0 && which == 26) object(b % 2 == 0);
        else if (which == 26) back(b);
        else if (which == 27) leave(a);
        else if (which == 28) goAny();
        else if (a % 10 == 0) pause(b);
        else rest(b % 5 days);
    }
}
