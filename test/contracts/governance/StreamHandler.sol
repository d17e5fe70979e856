// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPayrollStreams} from "../../../contracts/governance/IPayrollStreams.sol";
import {CompanyFixture} from "./CompanyFixture.sol";

/// @notice Funders, recipients and strangers of streams. What has flowed is worked out here from the plan and the moment of
/// the cancel.
contract StreamHandler is CompanyFixture {
    /// @param endedAt When it was cancelled; the far future when it was not.
    struct Record {
        IPayrollStreams.Plan plan;
        address funder;
        uint256 claimed;
        uint256 refunded;
        uint256 endedAt;
    }

    Record[] internal records;
    uint256 internal refunds;
    mapping(bytes32 path => uint256 times) public reached;

    function setUp() public override {
        super.setUp();
        address[2] memory funders = [alice, bob];
        for (uint256 i = 0; i < 2; ++i) {
            reward.mint(funders[i], type(uint128).max);
            vm.prank(funders[i]);
            reward.approve(address(streams), type(uint256).max);
        }
    }

    /* ACTS */

    function create(uint256 who, uint256 amount, uint256 times) external {
        uint256 start = vm.getBlockTimestamp() + 50 days - (times % 100 days);
        uint256 end = start + _bound(times >> 64, 1, 400 days);
        IPayrollStreams.Plan memory plan = IPayrollStreams.Plan({
            token: address(reward),
            recipient: carol,
            refundTo: address(vaultOfDao),
            amount: _bound(amount, 1, amount % 5 == 0 ? 9 : 1e15),
            start: uint40(start),
            cliff: uint40(start + ((times >> 128) % 3 == 0 ? 0 : _bound(times >> 192, 0, end - start))),
            end: uint40(end)
        });
        address funder = who % 2 == 0 ? alice : bob;
        bool isOver = end <= vm.getBlockTimestamp();
        vm.prank(funder);
        try streams.create(plan) returns (uint256 id) {
            vm.assertFalse(isOver, "a stream that is over was made");
            records.push(Record(plan, funder, 0, 0, type(uint256).max));
            vm.assertEq(id, _id(records.length));
            _did("create");
        } catch {
            vm.assertTrue(isOver, "a stream was refused");
            _did("refuse a stream that is over");
        }
    }

    function claim(uint256 which, uint256 who) external {
        if (records.length == 0) return;
        (uint256 id, Record storage r) = _pick(which);
        address caller = who % 8 == 0 ? r.funder : carol;
        uint256 due = _flowed(r) - r.claimed;
        bool may = caller == carol && due > 0;
        vm.prank(caller);
        try streams.claim(id, carol) returns (uint256 amount) {
            vm.assertTrue(may, "G11 claimed by who may not, or nothing");
            vm.assertEq(amount, due, "G11 claimed");
            r.claimed += amount;
            _did(r.endedAt < type(uint256).max ? bytes32("claim after a cancel") : bytes32("claim"));
        } catch {
            vm.assertFalse(may, "G11 what has flowed was refused");
            _did(caller == carol ? bytes32("refuse to pay nothing") : bytes32("refuse a stranger"));
        }
    }

    function cancel(uint256 which, uint256 who) external {
        if (records.length == 0) return;
        (uint256 id, Record storage r) = _pick(which);
        address caller = who % 4 == 0 ? carol : r.funder;
        bool may = caller == r.funder && r.endedAt == type(uint256).max && vm.getBlockTimestamp() < r.plan.end;
        uint256 kept = _flowed(r);
        vm.prank(caller);
        try streams.cancel(id) returns (uint256 refunded) {
            vm.assertTrue(may, "G11 cancelled by who may not, or twice");
            vm.assertEq(kept + refunded, r.plan.amount, "G11 a cancel conserves the total");
            (r.endedAt, r.refunded) = (vm.getBlockTimestamp(), refunded);
            refunds += refunded;
            _did(vm.getBlockTimestamp() < r.plan.cliff ? bytes32("cancel before the cliff") : bytes32("cancel"));
        } catch {
            vm.assertFalse(may, "a funder could not cancel");
            _did("refuse to cancel");
        }
    }

    function pass(uint256 seed) external {
        uint256[4] memory longest = [uint256(1), 1 hours, 5 days, 60 days];
        _skip(_bound(seed >> 8, 0, longest[seed % 4]));
    }

    /// @notice Any act, for a driver that has only one number.
    function any(uint256 seed) external {
        uint256 a = uint256(keccak256(abi.encode(seed, 1)));
        uint256 b = uint256(keccak256(abi.encode(seed, 2)));
        uint256 act = seed % 12;
        if (act < 3) this.create(seed >> 8, a, b);
        else if (act < 7) this.claim(a, b);
        else if (act < 8) this.cancel(a, b);
        else this.pass(a);
    }

    /* WHAT MUST HOLD */

    /// @notice G11: claimed ≤ vested ≤ total for each, and the contract holds what is owed to the wei.
    function assertStreams() external view {
        uint256 owed;
        for (uint256 i = 0; i < records.length; ++i) {
            Record storage r = records[i];
            IPayrollStreams.Stream memory stream = streams.streamOf(_id(i + 1));
            uint256 vested = streams.vested(_id(i + 1));
            vm.assertEq(vested, _flowed(r), "G11 vested");
            vm.assertEq(stream.claimed, r.claimed, "G11 claimed");
            vm.assertEq(uint256(stream.total) + r.refunded, r.plan.amount, "G11 total");
            vm.assertTrue(r.claimed <= vested && vested <= stream.total, "G11 order");
            owed += stream.total - r.claimed;
        }
        vm.assertEq(reward.balanceOf(address(streams)), owed, "G11 held");
        vm.assertEq(reward.balanceOf(address(vaultOfDao)), refunds, "G11 refunded");
    }

    /// @notice Up to the end, or up to the cancel; nothing before the cliff.
    function _flowed(Record storage r) private view returns (uint256) {
        uint256 until = vm.getBlockTimestamp() < r.endedAt ? vm.getBlockTimestamp() : r.endedAt;
        if (until >= r.plan.end) return r.plan.amount;
        if (until < r.plan.cliff) return 0;
        return (r.plan.amount * (until - r.plan.start)) / (r.plan.end - r.plan.start);
    }

    /// @dev Mostly one of the last few, which still flow.
    function _pick(uint256 which) private view returns (uint256 id, Record storage) {
        uint256 among = which % 4 == 0 || records.length < 6 ? records.length : 6;
        uint256 number = records.length - ((which >> 8) % among);
        return (_id(number), records[number - 1]);
    }

    function _id(uint256 number) private view returns (uint256) {
        return uint256(uint160(address(reward))) * 2 ** 96 + number;
    }

    function _did(bytes32 path) private {
        ++reached[path];
    }
}
