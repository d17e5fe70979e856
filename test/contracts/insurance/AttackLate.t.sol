// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice Who comes late, for what others have waited for.
contract AttackLateTest is InsuranceFixture {
    uint256 private constant STAKE = 1_000_000e6;
    uint256 private constant PAID = 400_000e6;

    address private attacker = _account("attacker");

    /// @dev Paid in full, the cover gives no premium back: its holder and a friend with five times the capital share the rest.
    function test_T11_ADepositBeforeAPaidCoverIsCancelledEarnsNothing() public {
        uint256 id = _paidInFull();
        uint256 left = pool.books().unearned;
        uint256 worth = pool.convertToAssets(pool.balanceOf(underwriter));
        _underwrite(attacker, 5 * STAKE);
        vm.prank(holder);
        vm.assertEq(manager.cancel(id), 0);
        uint256 request = _requestAll(attacker);
        _cool();
        int256 profit = int256(_finalize(attacker, request)) - int256(5 * STAKE);
        _report("in before a paid cover is cancelled, out as soon as it goes", profit);
        _skip(365 days);
        int256 gain = int256(pool.convertToAssets(pool.balanceOf(underwriter)) - worth);
        _report("who paid for it", gain);
        vm.assertLe(profit, 0, "T11");
        vm.assertApproxEqAbs(uint256(gain), left, 10, "T11: all that was left");
        _sound();
    }

    /// @dev The vault loses nine tenths, and the cover is paid in full.
    function _paidInFull() private returns (uint256 id) {
        id = _buy(holder, PAID, 2 * PAID, 365 days);
        _skip(4 days);
        _poke();
        _fall(vault, 1_000);
        uint256 incident = _open(id);
        incidents.file(id);
        _close(incident);
        vm.assertEq(incidents.settle(id), PAID);
    }
}
