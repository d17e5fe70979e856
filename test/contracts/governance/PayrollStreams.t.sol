// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPayrollStreams} from "../../../contracts/governance/IPayrollStreams.sol";
import {CompanyFixture} from "./CompanyFixture.sol";
import {FeeToken} from "./FeeToken.sol";

abstract contract StreamsFixture is CompanyFixture {
    uint256 internal constant AMOUNT = 365_000e6;
    uint40 internal start;

    function setUp() public override {
        super.setUp();
        start = uint40(vm.getBlockTimestamp());
        reward.mint(bob, 10 * AMOUNT);
        vm.prank(bob);
        reward.approve(address(streams), type(uint256).max);
    }

    /// @notice A year of 1,000 a day for carol, nothing before 90 days, refunds to the treasury.
    function _plan() internal view returns (IPayrollStreams.Plan memory) {
        return
            IPayrollStreams.Plan({
                token: address(reward),
                recipient: carol,
                refundTo: address(vaultOfDao),
                amount: AMOUNT,
                start: start,
                cliff: start + 90 days,
                end: start + 365 days
            });
    }

    function _create(IPayrollStreams.Plan memory plan) internal returns (uint256 id) {
        vm.prank(bob);
        id = streams.create(plan);
    }

    function _claim(uint256 id) internal returns (uint256) {
        vm.prank(carol);
        return streams.claim(id, carol);
    }
}

contract PayrollStreamsTest is StreamsFixture {
    function test_G11_LinearAfterTheCliff() public {
        uint256 id = _create(_plan());
        vm.warp(start + 90 days - 1);
        vm.assertEq(streams.vested(id), 0);
        vm.expectRevert(IPayrollStreams.PayrollStreams__ZeroAmount.selector);
        _claim(id);
        vm.warp(start + 90 days);
        vm.assertEq(_claim(id), 90_000e6);
        vm.warp(start + 100 days);
        vm.assertEq(streams.claimable(id), 10_000e6);
        vm.warp(start + 365 days);
        vm.assertEq(_claim(id), 275_000e6);
        _skip(365 days);
        vm.assertEq(streams.claimable(id), 0);
        vm.assertEq(reward.balanceOf(carol), AMOUNT);
        vm.assertEq(reward.balanceOf(address(streams)), 0);
    }

    function test_G11_CancelKeepsWhatFlowed() public {
        uint256 id = _create(_plan());
        vm.warp(start + 100 days);
        _claim(id);
        vm.warp(start + 200 days);
        vm.prank(bob);
        vm.assertEq(streams.cancel(id), 165_000e6);
        vm.assertEq(reward.balanceOf(address(vaultOfDao)), 165_000e6);
        vm.warp(start + 300 days);
        vm.assertEq(streams.claimable(id), 100_000e6, "what flowed until the cancel stays claimable, and only that");
        _claim(id);
        vm.assertEq(reward.balanceOf(address(streams)), 0);
        vm.expectRevert(abi.encodeWithSelector(IPayrollStreams.PayrollStreams__AlreadyEnded.selector, id));
        vm.prank(bob);
        streams.cancel(id);
    }

    function test_G11_CancelBeforeTheCliffRefundsAll() public {
        uint256 id = _create(_plan());
        vm.warp(start + 89 days);
        vm.prank(bob);
        vm.assertEq(streams.cancel(id), AMOUNT);
        vm.assertEq(streams.vested(id), 0);
    }

    /// @notice claimed ≤ vested ≤ total at every moment, and a cancel conserves the total.
    function testFuzz_G11_NeverMoreThanTheTotal(uint96 amount, uint40 cliff, uint40 length, uint40[4] memory at) public {
        IPayrollStreams.Plan memory plan = _plan();
        plan.amount = _bound(amount, 1, 10 * AMOUNT);
        plan.end = start + uint40(_bound(length, 1, 4 * 365 days));
        plan.cliff = start + uint40(_bound(cliff, 0, plan.end - start));
        uint256 id = _create(plan);
        uint256 before;
        for (uint256 i = 0; i < at.length; ++i) {
            _skip(_bound(at[i], 0, 200 days));
            uint256 vested = streams.vested(id);
            vm.assertGe(vested, before);
            vm.assertLe(vested, plan.amount);
            if (streams.claimable(id) > 0) _claim(id);
            vm.assertEq(streams.streamOf(id).claimed, vested);
            before = vested;
        }
        if (vm.getBlockTimestamp() < plan.end) {
            vm.prank(bob);
            vm.assertEq(before + streams.cancel(id), plan.amount, "a cancel conserves the total");
        }
        vm.assertEq(reward.balanceOf(address(streams)), vm.getBlockTimestamp() < plan.end ? 0 : plan.amount - before);
    }

    function test_Create_RevertWhen_TimesAreWrong() public {
        IPayrollStreams.Plan memory plan = _plan();
        plan.cliff = plan.start - 1;
        _expectBadTimes(plan);
        plan.cliff = plan.end + 1;
        _expectBadTimes(plan);
        plan.start = plan.cliff = plan.end;
        _expectBadTimes(plan);
        plan.start = plan.cliff = start - 2;
        plan.end = start;
        _expectBadTimes(plan);
        plan.end = 2 ** 32;
        _expectBadTimes(plan);
        plan.end = 2 ** 32 - 1;
        _create(plan);
        plan.end = start + 1;
        _create(plan);
    }

    function test_Create_RevertWhen_ZeroAddressOrAmount() public {
        IPayrollStreams.Plan memory plan = _plan();
        plan.recipient = address(0);
        vm.expectRevert(IPayrollStreams.PayrollStreams__ZeroAddress.selector);
        _create(plan);
        plan = _plan();
        plan.refundTo = address(0);
        vm.expectRevert(IPayrollStreams.PayrollStreams__ZeroAddress.selector);
        _create(plan);
        plan = _plan();
        plan.amount = 0;
        vm.expectRevert(IPayrollStreams.PayrollStreams__ZeroAmount.selector);
        _create(plan);
    }

    function test_Create_RevertWhen_AmountDoesNotFit() public {
        IPayrollStreams.Plan memory plan = _plan();
        plan.amount = uint256(type(uint96).max) + 1;
        reward.mint(bob, plan.amount);
        vm.expectRevert(
            abi.encodeWithSelector(
                IPayrollStreams.PayrollStreams__AmountTooLarge.selector,
                plan.amount,
                type(uint96).max
            )
        );
        _create(plan);
        plan.amount = type(uint96).max;
        _create(plan);
    }

    function test_Create_CountsWhatArrives() public {
        FeeToken fee = new FeeToken();
        fee.mint(bob, 1_000);
        vm.prank(bob);
        fee.approve(address(streams), 1_000);
        IPayrollStreams.Plan memory plan = _plan();
        plan.token = address(fee);
        plan.amount = 1_000;
        uint256 id = _create(plan);
        vm.assertEq(streams.streamOf(id).total, 990);
    }

    /// @notice The id says which token is paid: with another token in it there is no such stream.
    function test_G11_AnIdWithAnotherTokenPaysNothing() public {
        uint256 id = _create(_plan());
        vm.assertEq(id, (uint256(uint160(address(reward))) << 96) + 1);
        vm.assertEq(streams.streamOf(id).token, address(reward));
        uint256 other = (uint256(uint160(address(token))) << 96) + 1;
        vm.warp(start + 365 days);
        vm.expectRevert(abi.encodeWithSelector(IPayrollStreams.PayrollStreams__NotRecipient.selector, other, carol));
        _claim(other);
        vm.expectRevert(abi.encodeWithSelector(IPayrollStreams.PayrollStreams__NotFunder.selector, other, bob));
        vm.prank(bob);
        streams.cancel(other);
        vm.assertEq(streams.streamOf(other).token, address(0));
        vm.assertEq(streams.vested(other), 0);
    }

    function test_Claim_RevertWhen_NotTheRecipientOrNoReceiver() public {
        uint256 id = _create(_plan());
        vm.expectRevert(abi.encodeWithSelector(IPayrollStreams.PayrollStreams__NotRecipient.selector, id, attacker));
        vm.prank(attacker);
        streams.claim(id, attacker);
        vm.expectRevert(IPayrollStreams.PayrollStreams__ZeroAddress.selector);
        vm.prank(carol);
        streams.claim(id, address(0));
    }

    function test_Cancel_RevertWhen_NotTheFunderOrOver() public {
        uint256 id = _create(_plan());
        vm.expectRevert(abi.encodeWithSelector(IPayrollStreams.PayrollStreams__NotFunder.selector, id, attacker));
        vm.prank(attacker);
        streams.cancel(id);
        vm.warp(start + 365 days);
        vm.expectRevert(abi.encodeWithSelector(IPayrollStreams.PayrollStreams__AlreadyEnded.selector, id));
        vm.prank(bob);
        streams.cancel(id);
    }

    function _expectBadTimes(IPayrollStreams.Plan memory plan) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IPayrollStreams.PayrollStreams__BadTimes.selector,
                plan.start,
                plan.cliff,
                plan.end
            )
        );
        _create(plan);
    }
}
