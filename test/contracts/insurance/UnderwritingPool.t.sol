// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IRiskReserve} from "../../../contracts/insurance/IRiskReserve.sol";
import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {BUCKET, COOLDOWN, Modules} from "../../../contracts/insurance/Modules.sol";
import {ModuleDeployer} from "../../../contracts/insurance/ModuleDeployer.sol";
import {PoolDeployer} from "../../../contracts/insurance/PoolDeployer.sol";
import {RiskReserve} from "../../../contracts/insurance/RiskReserve.sol";
import {UnderwritingPool} from "../../../contracts/insurance/UnderwritingPool.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {PoolFixture} from "./PoolFixture.sol";

/// @notice A token with an address that it doesn't pay, and a fee that can be switched on.
contract CapriciousToken is TestToken(6) {
    mapping(address account => bool blocked) public isBlocked;
    uint256 public fee;

    function block_(address account, bool blocked) external {
        isBlocked[account] = blocked;
    }

    function setFee(uint256 fee_) external {
        fee = fee_;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!isBlocked[to], "blocked");
        if (from != address(0) && to != address(0) && fee != 0) {
            super._update(from, address(0), fee);
            amount -= fee;
        }
        super._update(from, to, amount);
    }
}

abstract contract PoolBase is PoolFixture {
    function setUp() public virtual {
        _deployPool(new TestToken(6));
    }
}

contract PoolDepositTest is PoolBase {
    function test_Deposit_StartsAtAMillionSharesPerWei() public {
        vm.assertEq(_deposit(alice, 100e6), 100e12);
        vm.assertEq(pool.decimals(), 12);
        vm.assertEq(pool.totalAssets(), 100e6);
        vm.assertEq(pool.convertToAssets(100e12), 100e6);
    }

    function test_Deposit_IgnoresDonations() public {
        _deposit(alice, 100e6);
        token.mint(address(pool), 1_000e6);
        vm.assertEq(_deposit(bob, 100e6), 100e12);
        vm.assertEq(pool.totalAssets(), 200e6);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @notice Down both ways, for those who stay: what is given is just below what it is worth, and a wei more is above.
    function test_Prices_RoundForThoseWhoStay() public {
        _deposit(alice, 100e6);
        _bind(0, _bucketIn(30 days), 1e6, 7e6 + 1);
        _skip(11 days);
        (uint256 a, uint256 s) = (pool.totalAssets() + 1, pool.totalSupply() + 1e6);
        uint256 shares = _deposit(bob, 1e6);
        vm.assertLt(shares * a, 1e6 * s);
        vm.assertGt((shares + 1) * a, 1e6 * s);
        (a, s) = (pool.totalAssets() + 1, pool.totalSupply() + 1e6);
        uint256 assets = pool.requestOf(_requestAll(bob)).assets;
        vm.assertLt(assets * s, shares * a);
        vm.assertGt((assets + 1) * s, shares * a);
    }

    function test_T14_TheFirstDepositorTakesNothingFromTheSecond() public {
        _deposit(alice, 1);
        token.mint(address(pool), 1_000e6); // has no effect: it is in no book
        // The only gift that counts: cover bought and given up, which the shares earn.
        uint256 rate = _bind(0, _bucketIn(7 days), 1, 1_000e6);
        pool.releaseCover(0, _bucketIn(7 days), 1, rate, 0, alice);
        uint256 shares = _deposit(bob, 100e6);
        uint256 kept = pool.convertToAssets(shares);
        int256 profit = int256(pool.convertToAssets(pool.balanceOf(alice))) - int256(1_000e6 + 1);
        _report("a first depositor who gives 1,000 tokens to his one share", profit);
        vm.assertLt(profit, 0, "T14");
        vm.assertGe(kept, 100e6 - 1_001, "T14: the second loses a share's rounding, 1,000 tokens / 2e6 shares");
    }

    function test_Deposit_RevertWhen_StoppedOrAnIncidentIsOpen() public {
        _deposit(alice, 100e6);
        vm.prank(guardian);
        pool.stopDeposits();
        _expectNoDeposit(IUnderwritingPool.UnderwritingPool__DepositsStopped.selector);
        pool.resumeDeposits();
        pool.setIncident(3, true);
        _expectNoDeposit(IUnderwritingPool.UnderwritingPool__IncidentOpen.selector);
        pool.setIncident(3, false);
        _deposit(bob, 1e6);
    }

    function test_Deposit_RevertWhen_BelowMinSharesOrNothing() public {
        token.mint(address(this), 1e6);
        token.approve(address(pool), 1e6);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__BelowMinShares.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 1e12, 1e12 + 1));
        pool.deposit(1e6, alice, 1e12 + 1);
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__ZeroShares.selector);
        pool.deposit(0, alice, 0);
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__ZeroAddress.selector);
        pool.deposit(1, address(0), 0);
        uint256 most = type(uint96).max;
        reason = IUnderwritingPool.UnderwritingPool__TooMuch.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, most + 1, most));
        pool.deposit(most + 1, alice, 0);
        pool.deposit(1e6, alice, 1e12);
    }

    function test_T10_Deposit_RevertWhen_TheTokenTakesAFee() public {
        CapriciousToken taxed = new CapriciousToken();
        _deployPool(taxed);
        taxed.setFee(1);
        token.mint(address(this), 10);
        token.approve(address(pool), 10);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__TransferShort.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 10, 9));
        pool.deposit(10, alice, 0);
    }

    function _expectNoDeposit(bytes4 reason) internal {
        token.mint(bob, 1e6);
        vm.startPrank(bob);
        token.approve(address(pool), 1e6);
        vm.expectPartialRevert(reason);
        pool.deposit(1e6, bob, 0);
        vm.stopPrank();
    }
}

contract PoolStreamTest is PoolBase {
    function test_Bind_StreamsOverExactlyTheLockedInterval() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        _bind(2, bucket, 500e6, 70e6);
        uint256 length = bucket * BUCKET - START;
        vm.assertEq(pool.liveOf(2), 500e6);
        _skip(length / 2);
        vm.assertApproxEqAbs(pool.totalAssets(), 1_035e6, 1, "half of the premium after half of the time");
        vm.assertEq(pool.liveOf(2), 500e6);
        vm.warp(bucket * BUCKET - 1);
        vm.assertEq(pool.liveOf(2), 500e6, "locked to the last second");
        vm.warp(bucket * BUCKET);
        vm.assertEq(pool.liveOf(2), 0);
        vm.assertApproxEqAbs(pool.totalAssets(), 1_070e6, 1, "and all of it at the end");
        _skip(100 days);
        vm.assertApproxEqAbs(pool.totalAssets(), 1_070e6, 1, "no more after it");
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @notice The check can fail: each of its seven bits is set by some change of the storage that it reads.
    function test_Check_EachBitIsSetByBooksThatAreWrong() public {
        uint256 shares = _deposit(alice, 1_000e6);
        _bind(2, _bucketIn(30 days), 500e6, 70e6);
        _request(alice, shares / 4);
        _skip(1 days);
        vm.record();
        vm.assertEq(pool.checkInvariants(), 0);
        (bytes32[] memory slots, ) = vm.accesses(address(pool));
        uint256 seen;
        for (uint256 i = 0; i < slots.length; i++) seen |= _bitsOfWrong(slots[i]);
        vm.prank(address(pool));
        require(token.transfer(carol, 1e6), "transfer");
        vm.assertEq(pool.checkInvariants(), 16, "an asset is missing");
        vm.assertEq(seen | 16, 127);
    }

    /// @dev What is reported while one field of the slot is wrong: a bit in each sixteen. Slots that hold nothing are left.
    function _bitsOfWrong(bytes32 slot) private returns (uint256 seen) {
        bytes32 right = vm.load(address(pool), slot);
        if (right == 0) return 0;
        for (uint256 shift = 0; shift < 256; shift += 16) {
            vm.store(address(pool), slot, right ^ bytes32(uint256(1) << shift));
            (bool ok, bytes memory answer) = address(pool).staticcall{gas: 3_000_000}(
                abi.encodeCall(pool.checkInvariants, ())
            );
            if (ok) seen |= abi.decode(answer, (uint256));
        }
        vm.store(address(pool), slot, right);
    }

    /// @notice Assets have 96 bits, and premiums become assets: both count where either comes in, so that no stream overflows.
    function test_Room_IsSharedByAssetsAndPremiums() public {
        uint256 most = type(uint96).max;
        _deposit(alice, most - 100);
        uint256 bucket = _bucketIn(30 days);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__TooMuch.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 101, 100));
        pool.bindCover(0, bucket, 1, 101, ALL);
        _bind(0, bucket, 1, 60);
        vm.expectRevert(abi.encodeWithSelector(reason, 41, 40));
        pool.deposit(41, bob, 0);
        _deposit(bob, 40);
        vm.expectRevert(abi.encodeWithSelector(reason, 1, 0));
        pool.bindCover(0, bucket, 1, 1, ALL);
        vm.warp(bucket * BUCKET);
        vm.assertApproxEqAbs(pool.totalAssets(), most, 1, "full, less what the division left unearned");
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @notice Whichever product comes first to a bucket needs one slot of it, every other one more. All end with it.
    function test_Bucket_ItsFirstProductIsInItsFirstSlot() public {
        _deposit(alice, 1_000e6);
        _bind(4, _bucketIn(7 days), 1e6, 1e6);
        uint256 bucket = _bucketIn(30 days);
        uint256 first = _slotsWritten(5, bucket);
        vm.assertEq(_slotsWritten(2, bucket), first + 1, "another product");
        vm.assertEq(_slotsWritten(5, bucket), first);
        vm.assertEq(_slotsWritten(0, bucket), first + 1);
        vm.assertEq(_slotsWritten(0, _bucketIn(60 days)), first, "product 0 in another bucket");
        vm.assertEq(pool.liveOf(5), 2e6);
        vm.warp(bucket * BUCKET);
        vm.assertEq(pool.liveOf(5) + pool.liveOf(2), 0);
        vm.assertEq(pool.liveOf(0), 1e6);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @notice Nothing of a bucket that is over is in the one that takes its place, 64 weeks later, with nobody between.
    function test_Bucket_TakesThePlaceOfOneThatIsOver() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        _bind(3, bucket, 5e6, 1e6);
        _bind(5, bucket, 7e6, 1e6);
        vm.warp((bucket + 59) * BUCKET);
        bucket += 64;
        _bind(1, bucket, 1e6, 1e6);
        uint256 rate = _bind(5, bucket, 2e6, 1e6);
        vm.assertEq(pool.checkInvariants(), 0);
        pool.releaseCover(5, bucket, 2e6, rate, 0, alice);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11)); // there is nothing of what the other held
        pool.lockClaim(3, bucket, 1);
        vm.assertEq(pool.books().live, 1e6);
        vm.warp(bucket * BUCKET);
        vm.assertEq(pool.books().live, 0);
        vm.assertEq(pool.books().rate, 0);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @notice A week in which nothing ends changes nothing, whatever ended 64 weeks before.
    function test_Bucket_AnEmptyWeekEndsNothing() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        _bind(3, bucket, 5e6, 1e6);
        vm.warp((bucket + 60) * BUCKET);
        uint256 rate = _bind(3, bucket + 66, 9e6, 5e6);
        vm.warp((bucket + 65) * BUCKET);
        pool.accrue();
        vm.assertEq(pool.books().rate, rate);
        vm.assertEq(pool.liveOf(3), 9e6);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @notice A bucket has no other's place: 63 ahead is the last, and covers end at most 59 ahead.
    function test_Bucket_RevertWhen_ItIsTooFarAhead() public {
        _deposit(alice, 1_000e6);
        uint256 last = pool.poolTime() / BUCKET + 63;
        pool.bindCover(0, last, 1e6, 0, ALL);
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x01));
        pool.bindCover(0, last + 1, 1e6, 0, ALL);
    }

    /// @dev By buying a cover of a token.
    function _slotsWritten(uint8 product, uint256 bucket) private returns (uint256 count) {
        vm.record();
        _bind(product, bucket, 1e6, 1e6);
        (, bytes32[] memory slots) = vm.accesses(address(pool));
        for (uint256 i = 0; i < slots.length; i++) {
            uint256 j = 0;
            while (slots[j] != slots[i]) ++j;
            if (j == i) ++count;
        }
    }

    function test_Bind_RevertWhen_MoreThanTheCapacity() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__CapacityExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 1_000e6 + 1, 1_000e6));
        pool.bindCover(0, bucket, 1_000e6 + 1, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(reason, 500e6 + 1, 500e6));
        pool.bindCover(0, bucket, 500e6 + 1, 0, 5_000);
        pool.bindCover(0, bucket, 500e6, 0, 5_000);
        pool.bindCover(1, bucket, 500e6, 0, 5_000);
        vm.expectRevert(abi.encodeWithSelector(reason, 1_000e6 + 1, 1_000e6));
        pool.bindCover(2, bucket, 1, 0, ALL);
    }

    function test_Bind_RevertWhen_QueuedCapitalWouldBackIt() public {
        _deposit(alice, 600e6);
        _deposit(bob, 400e6);
        _requestAll(bob);
        vm.assertEq(pool.capacity(), 600e6);
        uint256 bucket = _bucketIn(30 days);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__CapacityExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 600e6 + 1, 600e6));
        pool.bindCover(0, bucket, 600e6 + 1, 0, ALL);
        pool.bindCover(0, bucket, 600e6, 0, ALL);
    }

    function test_Bind_RevertWhen_ThePremiumIsNotThere() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__TransferShort.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 1_000e6 + 1, 1_000e6));
        pool.bindCover(0, bucket, 1, 1, ALL);
        pool.bindCover(0, bucket, 1, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(reason, 1_000e6 + 1, 1_000e6));
        pool.moveCover(0, [bucket, bucket + 1], 1, 0, 1, ALL);
    }

    /// @dev What ended with its bucket is in no book: taken out of it once more, it would be somebody else's cover.
    function test_Buckets_RevertWhen_TheyAreOver() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = START / BUCKET;
        bytes memory over = abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__BucketOver.selector, bucket);
        vm.expectRevert(over);
        pool.bindCover(0, bucket, 1, 0, ALL);
        _bind(0, bucket + 1, 300e6, 70e6);
        _bind(0, bucket + 8, 300e6, 70e6);
        vm.warp((bucket + 1) * BUCKET);
        over = abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__BucketOver.selector, bucket + 1);
        vm.expectRevert(over);
        pool.lockClaim(0, bucket + 1, 300e6);
        vm.expectRevert(over);
        pool.releaseCover(0, bucket + 1, 300e6, 0, 0, holder);
        vm.expectRevert(over);
        pool.moveCover(0, [bucket + 1, bucket + 2], 300e6, 0, 0, ALL);
        vm.assertEq(pool.liveOf(0), 300e6, "the other's");
        vm.assertEq(pool.checkInvariants(), 0);
    }

    function test_Manager_RevertWhen_AnyoneElseCalls() public {
        bytes4 reason = IUnderwritingPool.UnderwritingPool__NotManager.selector;
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(reason, alice));
        pool.bindCover(0, 1, 1, 0, ALL);
        vm.expectRevert(abi.encodeWithSelector(reason, alice));
        pool.settleClaim(0, 1, 1, 1, alice);
        vm.expectRevert(abi.encodeWithSelector(reason, alice));
        pool.drawReserve(1, alice);
        vm.expectRevert(abi.encodeWithSelector(reason, alice));
        pool.oweReserve(alice, 1);
        vm.expectRevert(abi.encodeWithSelector(IRiskReserve.RiskReserve__NotPool.selector, alice));
        reserve.draw(1);
        vm.stopPrank();
    }

    function test_Move_CarriesWhatIsNotStreamed() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        uint256 rate = _bind(2, bucket, 500e6, 70e6);
        _skip(20 days);
        uint256 earned = pool.totalAssets() - 1_000e6;
        token.mint(address(pool), 40e6);
        pool.moveCover(2, [bucket, bucket + 8], 500e6, rate, 40e6, ALL);
        vm.assertEq(pool.checkInvariants(), 0);
        vm.warp((bucket + 8) * BUCKET - 1);
        vm.assertEq(pool.liveOf(2), 500e6);
        _skip(1);
        vm.assertApproxEqAbs(pool.totalAssets(), 1_110e6, 2, "both premiums");
        vm.assertGt(earned, 0);
        vm.assertEq(pool.liveOf(2), 0);
    }

    function test_Release_PaysTheRefundAndStreamsTheRest() public {
        _deposit(alice, 1_000e6);
        uint256 bucket = _bucketIn(30 days);
        uint256 rate = _bind(2, bucket, 500e6, 70e6);
        _skip(20 days);
        pool.releaseCover(2, bucket, 500e6, rate, 30e6, holder);
        vm.assertEq(token.balanceOf(holder), 30e6);
        uint256 streamed = (rate * 20 days) / 1e12;
        vm.assertEq(pool.totalAssets(), 1_000e6 + streamed, "nothing at once");
        uint256 left = bucket * BUCKET - pool.poolTime();
        uint256 rest = (rate * left) / 1e12 - 30e6;
        vm.assertEq(pool.books().rate, (rest * 1e12) / left, "the rest, until the bucket ends");
        vm.assertEq(pool.checkInvariants(), 0);
        _skip(left);
        vm.assertApproxEqAbs(pool.totalAssets(), 1_040e6, 2, "the premium less the refund");
        vm.assertEq(pool.books().rate, 0);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    /// @dev The same 60 weeks seen by one pool that is accrued all the time and by one that sleeps.
    function testFuzz_IN14_StepsAndOneStepComeToTheSame(uint256 seed) public {
        _deposit(alice, 1_000e6);
        for (uint256 i = 0; i < 12; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            _bind(uint8(draw % 8), _bucketIn(7 days + ((draw >> 8) % 359 days)), 1 + ((draw >> 64) % 80e6), (draw >> 128) % 9e6);
        }
        uint256 end = vm.getBlockTimestamp() + (seed % 430 days);
        uint256 snapshot = vm.snapshotState();
        vm.warp(end);
        pool.accrue();
        bytes memory once = abi.encode(pool.books(), pool.liveOf(3), pool.liveOf(7));
        vm.revertToState(snapshot);
        for (uint256 i = 0; i < 20; ++i) {
            uint256 left = end - vm.getBlockTimestamp();
            _skip(uint256(keccak256(abi.encode(seed, "step", i))) % (left / 4 + 1));
            pool.accrue();
        }
        vm.warp(end);
        pool.accrue();
        vm.assertEq(abi.encode(pool.books(), pool.liveOf(3), pool.liveOf(7)), once, "IN14");
        vm.assertEq(pool.checkInvariants(), 0, "IN14");
    }

    function test_T12_CatchesUpWithAYearOfSilence() public {
        _deposit(alice, 1_000_000e6);
        for (uint256 week = 6; week < 58; ++week) {
            for (uint8 p = 0; p < 8; ++p) _bind(p, START / BUCKET + week, 100e6, 1e6);
        }
        vm.assertEq(pool.books().live, 52 * 8 * 100e6);
        _skip(420 days);
        pool.accrue();
        uint256 gas = vm.lastCallGas().gasTotalUsed;
        _print(string.concat("      catching up with 420 days, 52 buckets of 8 products: ", vm.toString(gas), " gas"));
        vm.assertLt(gas, 2_000_000, "T12");
        vm.assertEq(pool.books().live, 0, "T12");
        vm.assertEq(pool.books().rate, 0, "T12");
        vm.assertApproxEqAbs(pool.totalAssets(), 1_000_416e6, 416, "T12: all premiums, but for a wei each");
    }
}

contract PoolExitTest is PoolBase {
    function test_Finalize_RevertWhen_BeforeTheCooldown() public {
        _deposit(alice, 100e6);
        uint256 id = _requestAll(alice);
        _skip(COOLDOWN - 1);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__BeforeCooldown.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, id, START + COOLDOWN));
        pool.finalizeRedeem(id, 0);
        _skip(1);
        vm.assertEq(pool.finalizeRedeem(id, 100e6), 100e6, "anyone may, while nothing is at risk");
        vm.assertEq(token.balanceOf(alice), 100e6);
        vm.expectRevert(abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__NoRequest.selector, id));
        pool.finalizeRedeem(id, 0);
    }

    function test_IN9_TheQueueEarnsNothing() public {
        _deposit(alice, 100e6);
        _deposit(bob, 100e6);
        uint256 id = _requestAll(alice);
        _bind(0, _bucketIn(7 days), 50e6, 30e6);
        _cool();
        vm.assertGt(pool.totalAssets(), 212e6, "21 of at most 49 days of 30");
        vm.assertEq(_finalize(alice, id), 100e6, "IN9: the value at the request");
        vm.assertGt(pool.convertToAssets(pool.balanceOf(bob)), 112e6, "who stays has it all");
    }

    function test_U7_RollingRequestsEarnNothing() public {
        _deposit(alice, 100e6);
        _deposit(bob, 100e6);
        _bind(0, _bucketIn(365 days), 50e6, 100e6);
        for (uint256 i = 0; i < 5; ++i) {
            uint256 id = _requestAll(alice);
            _cool();
            vm.prank(alice);
            pool.cancelRedeem(id);
        }
        uint256 worth = pool.convertToAssets(pool.balanceOf(alice));
        _report("an underwriter who rolls requests for 105 days", int256(worth) - 100e6);
        vm.assertLe(worth, 100e6, "U7");
        vm.assertGe(worth, 100e6 - 10, "U7: and loses no more than rounding");
        vm.assertGt(pool.convertToAssets(pool.balanceOf(bob)), 125e6, "U7: a quarter of a year's premium");
    }

    function test_U1_FinalisingFortyOneTimesIsOnce() public {
        _deposit(alice, 40e6);
        _deposit(bob, 60e6);
        uint256 bucket = _bucketIn(60 days);
        _bind(0, bucket, 50e6, 0);
        uint256 id = _requestAll(alice);
        _cool();
        pool.lockClaim(0, bucket, 50e6);
        uint256 paid = _finalize(alice, id);
        for (uint256 i = 1; i < 41; ++i) {
            vm.prank(alice);
            vm.expectRevert(abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__NoRequest.selector, id));
            pool.finalizeRedeem(id, 0);
        }
        // K = 50 of A = 100: a share is worth half, less what the virtual shares round.
        vm.assertApproxEqAbs(paid, 20e6, 1, "U1");
        vm.assertEq(pool.balanceOf(alice), 0, "U1: all shares are burned");
    }

    /// @dev The leaver holds 10 of 100 and leaves while 10 is claimed; the claim is then paid in full.
    function test_U2_LeaverAndStayerLoseTheSame() public {
        _deposit(alice, 10e6);
        _deposit(bob, 90e6);
        uint256 bucket = _bucketIn(60 days);
        _bind(0, bucket, 10e6, 0);
        uint256 id = _requestAll(alice);
        _cool();
        pool.lockClaim(0, bucket, 10e6);
        uint256 left = _finalize(alice, id);
        pool.settleClaim(0, bucket, 10e6, 10e6, holder);
        vm.assertApproxEqAbs(left, 9e6, 1, "U2: a tenth");
        vm.assertApproxEqAbs(pool.convertToAssets(pool.balanceOf(bob)), 81e6, 1, "U2: a tenth");
    }

    function test_Finalize_RevertWhen_SomeoneElseTakesTheLossForTheReceiver() public {
        _deposit(alice, 100e6);
        uint256 bucket = _bucketIn(60 days);
        _bind(0, bucket, 20e6, 0);
        uint256 id = _requestAll(alice);
        _cool();
        pool.setIncident(0, true);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__NotReceiver.selector, id, bob));
        pool.finalizeRedeem(id, 0);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__BelowMinAssets.selector;
        vm.prank(alice);
        vm.expectPartialRevert(reason);
        pool.finalizeRedeem(id, 80e6 + 1);
        vm.assertApproxEqAbs(_finalize(alice, id), 80e6, 1, "priced as if the exposure were lost");
    }

    function test_Finalize_PaysAPartWhileCoverBindsTheRest() public {
        _deposit(alice, 60e6);
        _deposit(bob, 40e6);
        uint256 bucket = _bucketIn(60 days);
        _bind(0, bucket, 70e6, 0);
        uint256 id = _requestAll(alice);
        _cool();
        vm.assertEq(_finalize(alice, id), 30e6, "A - L");
        IUnderwritingPool.Request memory left = pool.requestOf(id);
        vm.assertApproxEqAbs(left.assets, 30e6, 1);
        vm.assertApproxEqAbs(left.shares, 30e12, 2e6);
        bytes4 reason = IUnderwritingPool.UnderwritingPool__CapitalBound.selector;
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(reason, 0, left.assets));
        pool.finalizeRedeem(id, 0);
        vm.warp(bucket * BUCKET);
        vm.assertApproxEqAbs(_finalize(alice, id), 30e6, 1, "the rest when the cover has ended");
        vm.assertEq(pool.books().queued, 0);
    }

    function test_Finalize_RevertWhen_LessThanAHundredthIsFree() public {
        _deposit(alice, 100e6);
        uint256 bucket = _bucketIn(60 days);
        _bind(0, bucket, 99e6 + 1, 0);
        uint256 id = _requestAll(alice);
        _cool();
        bytes4 reason = IUnderwritingPool.UnderwritingPool__CapitalBound.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, 1e6 - 1, 100e6));
        pool.finalizeRedeem(id, 0);
        pool.lockClaim(0, bucket, 99e6 + 1);
        pool.settleClaim(0, bucket, 99e6 + 1, 0, holder); // changes nothing: it is cover again
        vm.expectRevert(abi.encodeWithSelector(reason, 1e6 - 1, 100e6));
        pool.finalizeRedeem(id, 0);
    }

    function test_Cancel_IsTheReceivers() public {
        _deposit(alice, 100e6);
        vm.prank(alice);
        uint256 id = pool.requestRedeem(10e12, bob);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__NotReceiver.selector, id, alice));
        pool.cancelRedeem(id);
        vm.prank(bob);
        vm.assertEq(pool.cancelRedeem(id), 10e12);
        vm.assertEq(pool.balanceOf(bob), 10e12);
    }

    function test_Finalize_AfterALossPaysTheLowerPrice() public {
        _deposit(alice, 100e6);
        uint256 bucket = _bucketIn(60 days);
        _bind(0, bucket, 40e6, 0);
        uint256 id = _requestAll(alice);
        pool.lockClaim(0, bucket, 40e6);
        pool.settleClaim(0, bucket, 40e6, 40e6, holder);
        _cool();
        vm.assertApproxEqAbs(_finalize(alice, id), 60e6, 1);
    }
}

contract PoolClaimTest is PoolBase {
    uint256 internal bucket;

    function setUp() public override {
        _deployPool(new CapriciousToken());
        _deposit(alice, 100e6);
        bucket = _bucketIn(60 days);
        _bind(0, bucket, 50e6, 0);
    }

    function test_Settle_TheReservePaysFirst() public {
        token.mint(address(reserve), 5e6);
        pool.lockClaim(0, bucket, 50e6);
        pool.settleClaim(0, bucket, 50e6, 20e6, holder);
        vm.assertEq(token.balanceOf(holder), 20e6);
        vm.assertEq(reserve.available(), 0);
        vm.assertEq(pool.totalAssets(), 85e6);
        vm.assertEq(pool.liveOf(0), 30e6, "what is left is cover again");
        vm.assertEq(pool.books().locked, 0);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    function test_Settle_AfterTheBucketFreesTheRest() public {
        pool.lockClaim(0, bucket, 50e6);
        vm.warp(bucket * BUCKET);
        vm.assertEq(pool.books().locked, 50e6, "the lock outlives the bucket");
        pool.settleClaim(0, bucket, 50e6, 20e6, holder);
        vm.assertEq(pool.liveOf(0), 0);
        vm.assertEq(pool.freeAssets(), 80e6);
    }

    function test_Settle_ABlockedReceiverHoldsUpNothing() public {
        CapriciousToken(address(token)).block_(holder, true);
        pool.lockClaim(0, bucket, 50e6);
        pool.settleClaim(0, bucket, 50e6, 20e6, holder);
        vm.assertEq(pool.owed(holder), 20e6);
        vm.assertEq(pool.totalOwed(), 20e6);
        vm.assertEq(pool.checkInvariants(), 0);
        uint256 balance = token.balanceOf(address(pool));
        bytes4 reason = IUnderwritingPool.UnderwritingPool__TransferShort.selector;
        vm.expectRevert(abi.encodeWithSelector(reason, balance + 1, balance)); // what is owed is no premium
        pool.bindCover(0, bucket, 1, 1, ALL);
        vm.prank(address(pool));
        require(token.transfer(carol, 1), "transfer");
        vm.assertEq(pool.checkInvariants(), 16, "an asset of what is owed is missing");
        vm.prank(holder);
        pool.fetchOwed(bob);
        vm.assertEq(token.balanceOf(bob), 20e6);
        vm.assertEq(pool.totalOwed(), 0);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__NothingOwed.selector, holder));
        pool.fetchOwed(bob);
    }

    function test_T13_RetiresForGoodBelowABillionth() public {
        pool.setIncident(0, true);
        pool.setIncident(0, false);
        // All but 0.1 wei per million: a loss of everything.
        _bind(1, bucket, 50e6, 0);
        pool.lockClaim(0, bucket, 50e6);
        pool.lockClaim(1, bucket, 50e6);
        pool.settleClaim(0, bucket, 50e6, 50e6, holder);
        vm.assertFalse(pool.books().retired, "half is left");
        uint256 id = _request(alice, 50e12);
        pool.settleClaim(1, bucket, 50e6, 50e6, holder);
        vm.assertFalse(pool.books().retired, "T13: (0 + 1) * 1e15 is not below 1e14 shares");
        _cool();
        vm.assertEq(_finalize(alice, id), 0);
    }

    function test_T13_LossesOfNineTenthsAgainAndAgain() public {
        _deposit(bob, 1e17 - 100e6); // S = 1e23: below 1e8 wei the pool retires
        uint256 losses;
        for (; !pool.books().retired && losses < 20; ++losses) {
            uint256 loss = (pool.freeAssets() * 9) / 10;
            _bind(1, bucket, loss, 0);
            pool.lockClaim(1, bucket, loss);
            pool.settleClaim(1, bucket, loss, loss, holder);
            vm.assertEq(pool.checkInvariants(), 0, "T13");
            if (!pool.books().retired) _deposit(carol, 1);
        }
        vm.assertEq(losses, 10, "T13: what isn't bound falls to 1e7, and with the 50e6 that are A is below 1e8");
        token.mint(carol, 1e6);
        vm.startPrank(carol);
        token.approve(address(pool), 1e6);
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__Retired.selector);
        pool.deposit(1e6, carol, 0);
        vm.stopPrank();
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__Retired.selector);
        pool.bindCover(2, bucket, 1, 0, ALL);
        vm.warp(bucket * BUCKET);
        uint256 id = _requestAll(bob);
        _cool();
        vm.assertGt(_finalize(bob, id), 0, "T13: exits work");
    }

    function test_Recover_StreamsWhatTheSharesBringIn() public {
        Source4626 vault = new Source4626(token);
        token.mint(address(this), 7e6);
        token.approve(address(vault), 7e6);
        vault.deposit(7e6, address(pool));
        vm.assertEq(pool.recover(address(vault)), 7e6);
        vm.assertEq(pool.totalAssets(), 100e6, "nothing at once: nobody can come for it");
        vm.assertEq(pool.checkInvariants(), 0);
        vm.warp((pool.poolTime() / BUCKET + 2) * BUCKET);
        vm.assertApproxEqAbs(pool.totalAssets(), 107e6, 1, "all of it within two weeks");
    }

    /// @dev In a run on the vault the pool takes what there is; nobody keeps it out by sending shares.
    function test_Recover_TakesWhatIsLiquid() public {
        Source4626 vault = new Source4626(token);
        token.mint(address(this), 7e6);
        token.approve(address(vault), 7e6);
        vault.deposit(7e6, address(pool));
        pool.oweReserve(address(vault), 4e6);
        pool.oweReserve(address(vault), 1e6);
        vault.setLiquidity(3e6);
        vm.assertEq(pool.recover(address(vault)), 3e6);
        vm.assertEq(reserve.available(), 3e6, "the reserve's part first");
        vault.setLiquidity(4e6);
        vm.assertEq(pool.recover(address(vault)), 4e6);
        vm.assertEq(reserve.available(), 5e6);
        vm.assertEq(pool.owedToReserve(address(vault)), 0);
        vm.assertEq(pool.books().unearned, 2e6, "the rest streams");
        vm.assertEq(vault.balanceOf(address(pool)), 0);
        vm.assertEq(pool.checkInvariants(), 0);
    }

    function test_DrawReserve_PaysNoMoreThanThereIs() public {
        token.mint(address(reserve), 5e6);
        vm.assertEq(pool.drawReserve(3e6, bob), 3e6);
        vm.assertEq(pool.drawReserve(3e6, bob), 2e6);
        vm.assertEq(pool.drawReserve(3e6, bob), 0);
        vm.assertEq(token.balanceOf(bob), 5e6);
    }
}

contract PoolPauseTest is PoolBase {
    function test_IN12_APauseStopsEveryClock() public {
        _deposit(alice, 100e6);
        uint256 bucket = _bucketIn(10 days);
        _bind(0, bucket, 50e6, 10e6);
        _skip(5 days);
        uint256 assets = pool.totalAssets();
        _pause(14 days);
        _skip(9 days);
        vm.assertEq(pool.totalAssets(), assets, "IN12: nothing streams");
        vm.assertEq(pool.poolTime(), START + 5 days, "IN12");
        vm.assertEq(pool.pausedUntil(), START + 19 days);
        pool.accrue();
        _skip(100 days);
        vm.assertEq(pool.poolTime(), START + 100 days, "IN12: 114 days, of which 14 stood still");
        vm.assertEq(pool.pausedUntil(), 0);
    }

    function test_IN12_FinaliseWaitsForThePauseAndItsCooldownToo() public {
        _deposit(alice, 100e6);
        uint256 id = _requestAll(alice);
        _skip(COOLDOWN);
        _pause(1 days);
        vm.expectRevert(
            abi.encodeWithSelector(
                IUnderwritingPool.UnderwritingPool__ClaimsPaused.selector,
                START + COOLDOWN + 1 days
            )
        );
        pool.finalizeRedeem(id, 0);
        pool.resumeClaims();
        pool.finalizeRedeem(id, 0);
        id = _request(alice, _deposit(alice, 5e6));
        uint256 asked = vm.getBlockTimestamp();
        _pause(2 days);
        vm.warp(asked + COOLDOWN + 2 days - 1);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__BeforeCooldown.selector);
        pool.finalizeRedeem(id, 0);
        _skip(1);
        pool.finalizeRedeem(id, 0);
    }

    function test_Settle_RevertWhen_Paused() public {
        _deposit(alice, 100e6);
        uint256 bucket = _bucketIn(10 days);
        _bind(0, bucket, 50e6, 10e6);
        pool.lockClaim(0, bucket, 50e6);
        _pause(1 days);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__ClaimsPaused.selector);
        pool.settleClaim(0, bucket, 50e6, 1, holder);
        vm.assertEq(token.balanceOf(holder), 0);
    }

    function test_Pause_FourteenDaysInAnyNinety() public {
        _pause(10 days);
        vm.prank(guardian);
        vm.expectPartialRevert(IUnderwritingPool.UnderwritingPool__ClaimsPaused.selector);
        pool.pauseClaims(1);
        _skip(10 days);
        _expectPauseTooLong(4 days + 1, 4 days);
        _pause(4 days);
        _skip(4 days);
        _expectPauseTooLong(1, 0);
        _skip(76 days - 1);
        _expectPauseTooLong(1, 0);
        _skip(1);
        _expectPauseTooLong(14 days + 1, 14 days);
        _pause(14 days);
    }

    function test_Pause_AnEarlyEndGivesBackTheRest() public {
        _pause(14 days);
        _skip(1 days);
        pool.resumeClaims();
        vm.assertEq(pool.poolTime(), START);
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__NotPaused.selector);
        pool.resumeClaims();
        _expectPauseTooLong(13 days + 1, 13 days);
        _pause(13 days);
    }

    function test_Roles_RevertWhen_AStrangerCalls() public {
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        pool.pauseClaims(1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        pool.resumeClaims();
        vm.stopPrank();
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        pool.resumeDeposits();
    }

    function _expectPauseTooLong(uint256 duration, uint256 left) internal {
        bytes4 reason = IUnderwritingPool.UnderwritingPool__PauseTooLong.selector;
        vm.prank(guardian);
        vm.expectRevert(abi.encodeWithSelector(reason, duration, left));
        pool.pauseClaims(duration);
    }
}

contract ModuleDeployerTest is PoolBase {
    function test_Deploy_ForetellsAddresses() public {
        ModuleDeployer deployer = new ModuleDeployer();
        for (uint256 i = 0; i < 3; ++i) {
            address expected = deployer.addressOf(i);
            vm.assertEq(deployer.deploy(type(ModuleDeployer).creationCode), expected);
            vm.assertGt(expected.code.length, 0);
            vm.assertEq(expected, vm.computeCreateAddress(address(deployer), i + 1));
        }
        deployer.addressOf(126);
        vm.expectRevert(abi.encodeWithSelector(ModuleDeployer.ModuleDeployer__TooMany.selector, 127));
        deployer.addressOf(127);
    }

    function test_Deploy_RevertWhen_AStrangerCallsOrTheCodeFails() public {
        ModuleDeployer deployer = new ModuleDeployer();
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ModuleDeployer.ModuleDeployer__NotDeployer.selector, alice));
        deployer.deploy("");
        vm.expectRevert(abi.encodeWithSelector(ModuleDeployer.ModuleDeployer__Failed.selector, 0));
        deployer.deploy(hex"fe");
    }

    /// @notice Whoever deploys has power; until that is gone nothing is there to take.
    function test_Constructor_APoolIsBornClosed() public {
        PoolDeployer deployer = new PoolDeployer();
        bytes memory code = type(UnderwritingPool).creationCode;
        pool = UnderwritingPool(deployer.deployPool(code, token, "n", "s", address(authority)));
        vm.assertEq(keccak256(abi.encode(pool.modules())), keccak256(abi.encode(deployer.modules())));
        token.mint(address(this), 1e6);
        token.approve(address(pool), 1e6);
        vm.expectRevert(IUnderwritingPool.UnderwritingPool__DepositsStopped.selector);
        pool.deposit(1e6, alice, 0);
        pool.resumeDeposits(); // the authority has no role for it here: ADMIN may
        _deposit(bob, 1e6);
    }

    function test_Deploy_RevertWhen_OutOfOrder() public {
        PoolDeployer deployer = new PoolDeployer();
        bytes memory code = type(RiskReserve).creationCode;
        address expected = deployer.modules().reserve;
        vm.expectRevert(abi.encodeWithSelector(IRiskReserve.RiskReserve__WrongAddress.selector, expected));
        deployer.deployReserve(code, address(token));
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(ModuleDeployer.ModuleDeployer__NotDeployer.selector, alice));
        deployer.deployReserve(code, address(token));
    }

    function test_Constructor_RevertWhen_TheAddressIsNotTheForetold() public {
        ModuleDeployer deployer = new ModuleDeployer();
        Modules memory m = pool.modules();
        bytes memory code = abi.encodePacked(type(RiskReserve).creationCode, abi.encode(token, m));
        vm.expectRevert(abi.encodeWithSelector(IRiskReserve.RiskReserve__WrongAddress.selector, m.reserve));
        deployer.deploy(code);
        code = abi.encodePacked(type(UnderwritingPool).creationCode, abi.encode(token, "n", "s", authority, m));
        vm.expectRevert(
            abi.encodeWithSelector(IUnderwritingPool.UnderwritingPool__WrongAddress.selector, m.pool)
        );
        deployer.deploy(code);
    }
}
