// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPremiumModel} from "../../../contracts/insurance/IPremiumModel.sol";
import {PremiumModel} from "../../../contracts/insurance/PremiumModel.sol";
import {Base} from "../Vm.sol";

contract PremiumModelTest is Base {
    uint256 internal constant YEAR = 365 days;
    IPremiumModel internal model;

    /// @dev 2 % at rest, 6 % at a utilisation of 80 %, 30 % at full.
    function setUp() public {
        model = new PremiumModel(0.02e18, 0.06e18, 0.3e18, 0.8e18);
    }

    function test_RateAt_FollowsTheTwoLines() public view {
        vm.assertEq(model.rateAt(0, 1e18), 0.02e18);
        vm.assertEq(model.rateAt(0.4e18, 1e18), 0.04e18, "half-way to the kink: the mean of 2 and 6 %");
        vm.assertEq(model.rateAt(0.8e18, 1e18), 0.06e18);
        vm.assertEq(model.rateAt(0.9e18, 1e18), 0.18e18, "half-way above: the mean of 6 and 30 %");
        vm.assertEq(model.rateAt(1e18, 1e18), 0.3e18);
    }

    function test_Premium_IsTheAreaUnderTheCurve() public view {
        // Up to the kink the mean rate is 4 %: 0.8 · 4 % = 3.2 % of the capacity. Above it 18 %: 0.2 · 18 % = 3.6 %.
        vm.assertEq(model.premium(0, 800e18, 1_000e18, YEAR, 10_000), 32e18);
        vm.assertEq(model.premium(800e18, 200e18, 1_000e18, YEAR, 10_000), 36e18);
        vm.assertEq(model.premium(0, 1_000e18, 1_000e18, YEAR, 10_000), 68e18);
        vm.assertEq(model.premium(0, 1_000e18, 1_000e18, YEAR / 5, 10_000), 13.6e18, "in proportion to time");
        vm.assertEq(model.premium(0, 1_000e18, 1_000e18, YEAR, 25_000), 170e18, "and to the product's multiplier");
    }

    function test_Premium_RoundsUp() public view {
        vm.assertEq(model.premium(0, 1, 1e18, 1, 1), 1);
        vm.assertEq(model.premium(0, 0, 1e18, YEAR, 10_000), 0);
    }

    function test_Premium_RevertWhen_AboveCapacity() public {
        vm.expectRevert(abi.encodeWithSelector(IPremiumModel.PremiumModel__AboveCapacity.selector, 101, 100));
        model.premium(51, 50, 100, YEAR, 10_000);
        model.premium(50, 50, 100, YEAR, 10_000);
    }

    function test_Constructor_RevertWhen_TheCurveIsBad() public {
        _expectBad(0.03e18, 0.02e18, 0.3e18, 0.8e18);
        _expectBad(0.02e18, 0.4e18, 0.3e18, 0.8e18);
        _expectBad(0.02e18, 0.06e18, 10e18 + 1, 0.8e18);
        _expectBad(0.02e18, 0.06e18, 0.3e18, 0);
        _expectBad(0.02e18, 0.06e18, 0.3e18, 1e18);
        new PremiumModel(0, 0, 10e18, 1);
    }

    function testFuzz_IN15_PartsCostNoLessThanTheWhole(
        uint256 capacity,
        uint256 live,
        uint256 amount,
        uint256 cuts,
        uint256 duration,
        uint256 multiplier
    ) public view {
        capacity = _bound(capacity, 1, type(uint96).max);
        live = _bound(live, 0, capacity - 1);
        amount = _bound(amount, 1, capacity - live);
        duration = _bound(duration, 1, 407 days);
        multiplier = _bound(multiplier, 1, type(uint16).max);
        uint256 whole = model.premium(live, amount, capacity, duration, multiplier);
        uint256 parts;
        uint256 left = amount;
        for (uint256 i = 0; i < 8 && left != 0; ++i) {
            uint256 part = i == 7 ? left : _bound(uint256(keccak256(abi.encode(cuts, i))), 0, left);
            parts += model.premium(live, part, capacity, duration, multiplier);
            (live, left) = (live + part, left - part);
        }
        vm.assertGe(parts, whole, "IN15");
        // Each part is rounded up by a wei, and its area by one wei · 1e18 a year per line and end.
        uint256 slack = 8 * (2 + (4 * duration * multiplier) / (1e18 * 10_000 * YEAR));
        vm.assertLe(parts, whole + slack, "and no more than rounding");
    }

    function testFuzz_Premium_GrowsWithEverything(uint256 live, uint256 amount, uint256 more) public view {
        uint256 capacity = 1e27;
        live = _bound(live, 0, capacity / 3);
        amount = _bound(amount, 1, capacity / 3);
        more = _bound(more, 0, capacity / 3);
        uint256 premium = model.premium(live, amount, capacity, YEAR, 10_000);
        vm.assertLe(premium, model.premium(live + more, amount, capacity, YEAR, 10_000) + 4, "with what is live");
        vm.assertLe(premium, model.premium(live, amount + more, capacity, YEAR, 10_000), "with the amount");
        vm.assertGe(premium, (amount * 2) / 100, "no less than the lowest rate");
        vm.assertLe(premium, (amount * 3) / 10 + 4, "no more than the highest");
    }

    function _expectBad(uint256 rate0, uint256 rate1, uint256 rate2, uint256 kink) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IPremiumModel.PremiumModel__BadCurve.selector, rate0, rate1, rate2, kink)
        );
        new PremiumModel(rate0, rate1, rate2, kink);
    }
}
