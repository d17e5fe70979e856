// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVoteStaking} from "../../../contracts/governance/IVoteStaking.sol";
import {VoteStaking} from "../../../contracts/governance/VoteStaking.sol";
import {GovernanceFixture} from "./GovernanceFixture.sol";

abstract contract StakingFixture is GovernanceFixture {
    uint256 internal constant UNIT = 1e18;

    function setUp() public virtual override {
        super.setUp();
        // The first second of a week (weeks are counted from 1970).
        vm.warp((vm.getBlockTimestamp() / 7 days + 1) * 7 days);
        reward.mint(address(this), 1e20);
        reward.approve(address(staking), type(uint256).max);
    }

    function _stake(address account, uint256 assets) internal {
        vm.prank(account);
        staking.stake(assets, account);
    }

    function _lock(address account, uint32 duration) internal {
        vm.prank(account);
        staking.lock(duration);
    }

    function _unstake(address account, uint256 assets) internal returns (uint256 requestId) {
        vm.prank(account);
        requestId = staking.requestUnstake(assets);
    }

    function _claim(address account) internal returns (uint256) {
        vm.prank(account);
        return staking.claim(account);
    }

    function _nextWeek() internal {
        vm.warp((vm.getBlockTimestamp() / 7 days + 1) * 7 days);
    }

    function _part(address delegatee, uint16 bps) internal pure returns (IVoteStaking.Part memory) {
        return IVoteStaking.Part(delegatee, bps);
    }

    function _parts(uint16 a, uint16 b, uint16 c) internal pure returns (IVoteStaking.Part[] memory parts) {
        parts = new IVoteStaking.Part[](3);
        (parts[0], parts[1], parts[2]) = (_part(address(11), a), _part(address(12), b), _part(address(13), c));
    }

    function _delegateSplit(address account, IVoteStaking.Part[] memory parts) internal {
        vm.prank(account);
        staking.delegateSplit(parts);
    }
}

contract StakeTest is StakingFixture {
    function test_Stake_GivesVotesOneForOne() public {
        vm.expectEmit(address(staking));
        emit IVoteStaking.Staked(alice, 5 * UNIT, 5 * UNIT);
        vm.prank(alice);
        staking.stake(5 * UNIT, bob);
        vm.assertEq(staking.stakeOf(alice), 5 * UNIT);
        vm.assertEq(staking.getVotes(bob), 5 * UNIT);
        vm.assertEq(staking.delegates(alice), bob);
        vm.assertEq(staking.totalStaked(), 5 * UNIT);
        vm.assertEq(token.balanceOf(address(staking)), 5 * UNIT);
        vm.assertEq(token.delegates(address(staking)), address(0));
        // No delegatee: as before.
        vm.prank(alice);
        staking.stake(UNIT, address(0));
        vm.assertEq(staking.getVotes(bob), 6 * UNIT);
    }

    function test_Stake_LockRaisesTheWeightNotTheVotes() public {
        _stake(alice, 100 * UNIT);
        _lock(alice, 365 days);
        vm.assertEq(staking.weightOf(alice), 200 * UNIT);
        vm.assertEq(staking.totalWeight(), 200 * UNIT);
        vm.assertEq(staking.getVotes(alice), 100 * UNIT, "V: a lock gives no votes");
        _stake(alice, 100 * UNIT);
        vm.assertEq(staking.weightOf(alice), 400 * UNIT);
    }

    function test_Stake_RevertWhen_Zero() public {
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAssets.selector);
        vm.prank(alice);
        staking.stake(0, alice);
    }

    function test_Constructor_RevertWhen_ZeroAddress() public {
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAddress.selector);
        new VoteStaking(address(0), address(reward));
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAddress.selector);
        new VoteStaking(address(token), address(0));
    }

    function test_Lock_OnlyLongerAndAtMostAYear() public {
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__InsufficientStake.selector, alice, 1, 0));
        _lock(alice, 1 days);
        _stake(alice, UNIT);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__LockNotLonger.selector, 0, 0));
        _lock(alice, 0);
        _lock(alice, 10 days);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__LockNotLonger.selector, 10 days, 10 days));
        _lock(alice, 10 days);
        vm.expectRevert(
            abi.encodeWithSelector(IVoteStaking.VoteStaking__LockTooLong.selector, 365 days + 1, 365 days)
        );
        _lock(alice, 365 days + 1);
        vm.expectEmit(address(staking));
        emit IVoteStaking.Locked(alice, 10 days, 365 days);
        _lock(alice, 365 days);
        vm.assertEq(staking.lockOf(alice), 365 days);
    }

    function test_G9_CooldownIsAWeekOrTheLock() public {
        _stake(alice, 10 * UNIT);
        uint256 id = _unstake(alice, UNIT);
        vm.assertEq(uint256(staking.requestOf(alice, id).readyAt), vm.getBlockTimestamp() + 7 days);
        _lock(alice, 100 days);
        id = _unstake(alice, UNIT);
        vm.assertEq(id, 1);
        vm.assertEq(staking.requestCount(alice), 2);
        uint256 readyAt = vm.getBlockTimestamp() + 100 days;
        vm.assertEq(uint256(staking.requestOf(alice, id).readyAt), readyAt);
        vm.assertEq(staking.stakeOf(alice), 8 * UNIT);
        vm.assertEq(staking.getVotes(alice), 8 * UNIT, "what waits has no vote");
        vm.assertEq(staking.lockOf(alice), 100 days, "the rest keeps its lock");
        vm.warp(readyAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__NotReady.selector, id, readyAt));
        vm.prank(alice);
        staking.withdraw(id, alice);
        _skip(1);
        uint256 before = token.balanceOf(bob);
        vm.prank(alice);
        vm.assertEq(staking.withdraw(id, bob), UNIT);
        vm.assertEq(token.balanceOf(bob), before + UNIT);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__NoRequest.selector, alice, id));
        vm.prank(alice);
        staking.withdraw(id, bob);
    }

    /// @notice Unstaking one wei must not end the lock of the rest: else the boost would cost a wei's cooldown.
    function test_G9_OneWeiDoesNotFreeTheRestOfALock() public {
        _stake(alice, 10 * UNIT);
        _lock(alice, 365 days);
        _unstake(alice, 1);
        uint256 id = _unstake(alice, 10 * UNIT - 1);
        vm.assertEq(uint256(staking.requestOf(alice, id).readyAt), vm.getBlockTimestamp() + 365 days);
        vm.assertEq(staking.lockOf(alice), 0, "a stake of zero has no lock");
        _stake(alice, UNIT);
        vm.assertEq(staking.weightOf(alice), UNIT);
    }

    function test_RequestUnstake_RevertWhen_ZeroOrTooMuch() public {
        _stake(alice, UNIT);
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAssets.selector);
        _unstake(alice, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IVoteStaking.VoteStaking__InsufficientStake.selector, alice, UNIT + 1, UNIT)
        );
        _unstake(alice, UNIT + 1);
    }

    function test_Withdraw_RevertWhen_NobodyReceives() public {
        _stake(alice, UNIT);
        _unstake(alice, UNIT);
        _skip(7 days);
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAddress.selector);
        vm.prank(alice);
        staking.withdraw(0, address(0));
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAddress.selector);
        vm.prank(alice);
        staking.claim(address(0));
    }

    /// @notice Nobody withdraws another's request, even with its number.
    function test_Withdraw_IsTheOwnersOnly() public {
        _stake(alice, UNIT);
        uint256 id = _unstake(alice, UNIT);
        _skip(7 days);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__NoRequest.selector, attacker, id));
        vm.prank(attacker);
        staking.withdraw(id, attacker);
    }
}

contract SplitTest is StakingFixture {
    /// @notice Parts of each increment would be 0, 0 and 1 ten times over, and the way out asks for 3, 3 and 4.
    function test_V6_TenStakesOfOneWeiUnstakeAgain() public {
        _delegateSplit(alice, _parts(3_333, 3_333, 3_334));
        for (uint256 i = 0; i < 10; ++i) {
            vm.prank(alice);
            staking.stake(1, address(0));
        }
        vm.assertEq(staking.getVotes(address(11)), 3);
        vm.assertEq(staking.getVotes(address(12)), 3);
        vm.assertEq(staking.getVotes(address(13)), 4);
        _unstake(alice, 10);
        vm.assertEq(staking.getVotes(address(13)), 0);
        vm.assertEq(staking.totalStaked(), 0);
    }

    /// @notice Votes of the delegates are the parts of the whole stake after any sequence of changes.
    function testFuzz_G1_PartsAreThoseOfTheTotal(uint16 a, uint16 b, int96[12] memory changes) public {
        uint16 first = uint16(_bound(a, 1, 9_998));
        uint16 second = uint16(_bound(b, 1, 9_999 - first));
        uint16 third = 10_000 - first - second;
        _delegateSplit(alice, _parts(first, second, third));
        uint256 staked;
        for (uint256 i = 0; i < changes.length; ++i) {
            uint256 size = uint96(changes[i] < 0 ? -(changes[i] + 1) : changes[i]);
            if (changes[i] >= 0) {
                // Mostly a few wei, where rounding bites.
                size = _bound(size, 1, i % 2 == 0 ? 20 : 1e24);
                vm.prank(alice);
                staking.stake(size, address(0));
                staked += size;
            } else if (staked > 0) {
                size = _bound(size, 1, staked);
                _unstake(alice, size);
                staked -= size;
            }
            vm.assertEq(staking.getVotes(address(11)), (staked * first) / 10_000);
            vm.assertEq(staking.getVotes(address(12)), (staked * second) / 10_000);
            vm.assertEq(
                staking.getVotes(address(13)),
                staked - (staked * first) / 10_000 - (staked * second) / 10_000
            );
        }
    }

    function test_Split_ReplacesADelegateAndASplit() public {
        _stake(alice, 100);
        IVoteStaking.Part[] memory parts = _parts(5_000, 3_000, 2_000);
        vm.expectEmit(address(staking));
        emit IVoteStaking.DelegationSplit(alice, parts);
        _delegateSplit(alice, parts);
        vm.assertEq(staking.delegates(alice), address(0));
        vm.assertEq(staking.getVotes(alice), 0);
        vm.assertEq(staking.getVotes(address(11)), 50);
        vm.assertEq(keccak256(abi.encode(staking.splitOf(alice))), keccak256(abi.encode(parts)));
        _delegateSplit(alice, _parts(1, 1, 9_998));
        vm.assertEq(staking.getVotes(address(11)), 0);
        vm.assertEq(staking.getVotes(address(13)), 100);
        vm.prank(alice);
        staking.delegate(bob);
        vm.assertEq(staking.getVotes(bob), 100);
        vm.assertEq(staking.getVotes(address(13)), 0);
        vm.assertEq(staking.splitOf(alice).length, 0);
        // And back to nobody, where nothing is left behind.
        vm.prank(alice);
        staking.delegate(address(0));
        vm.assertEq(staking.getVotes(bob), 0);
    }

    function test_Split_RevertWhen_PartsAreWrong() public {
        IVoteStaking.Part[] memory parts = new IVoteStaking.Part[](1);
        parts[0] = _part(bob, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__PartCount.selector, 1));
        _delegateSplit(alice, parts);
        parts = new IVoteStaking.Part[](5);
        for (uint160 i = 0; i < 5; ++i) parts[i] = _part(address(i + 1), 2_000);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__PartCount.selector, 5));
        _delegateSplit(alice, parts);
        parts = _parts(5_000, 3_000, 2_001);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__BadPartSum.selector, 10_001));
        _delegateSplit(alice, parts);
        parts = _parts(5_000, 5_000, 0);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__BadPart.selector, 2, address(13), 0));
        _delegateSplit(alice, parts);
        parts = _parts(5_000, 3_000, 2_000);
        parts[1].delegatee = parts[0].delegatee;
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__BadPart.selector, 1, address(11), 3_000));
        _delegateSplit(alice, parts);
        parts[0].delegatee = address(0);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__BadPart.selector, 0, address(0), 5_000));
        _delegateSplit(alice, parts);
    }

    function test_Split_CountsAtTheSnapshot() public {
        vm.prank(carol);
        token.delegate(address(0));
        _stake(carol, 1e25);
        IVoteStaking.Part[] memory parts = new IVoteStaking.Part[](2);
        (parts[0], parts[1]) = alice < bob
            ? (_part(alice, 2_500), _part(bob, 7_500))
            : (_part(bob, 7_500), _part(alice, 2_500));
        _delegateSplit(carol, parts);
        _skip(1);
        uint256 second = vm.getBlockTimestamp() - 1;
        vm.assertEq(governor.getVotes(alice, second), (SUPPLY * 15) / 100 + 0.25e25);
        vm.assertEq(governor.getVotes(bob, second), (SUPPLY * 10) / 100 + 0.75e25);
        vm.assertEq(governor.getVotes(carol, second), 0);
    }
}

contract RewardTest is StakingFixture {
    uint256 internal constant PER_WEEK = 7_000e6;

    function test_Notify_FlowsThroughTheNextWeek() public {
        _stake(alice, 300 * UNIT);
        _stake(bob, 100 * UNIT);
        vm.expectEmit(address(staking));
        emit IVoteStaking.RewardNotified(address(this), PER_WEEK, vm.getBlockTimestamp() + 7 days);
        staking.notifyReward(PER_WEEK);
        _skip(7 days - 1);
        vm.assertEq(staking.claimable(alice), 0);
        _skip(1 + 1 days);
        // One of seven days, three of four weights.
        vm.assertEq(staking.claimable(alice), 750e6);
        vm.assertEq(staking.claimable(bob), 250e6);
        vm.assertEq(_claim(alice), 750e6);
        _skip(30 days);
        vm.assertEq(_claim(alice), 6 * 750e6);
        vm.assertEq(_claim(bob), 7 * 250e6);
        vm.assertEq(reward.balanceOf(address(staking)), 0);
    }

    function test_Lock_DoublesTheShareAtMost() public {
        _stake(alice, 100 * UNIT);
        _stake(bob, 100 * UNIT);
        _lock(alice, 365 days);
        staking.notifyReward(300e6);
        _nextWeek();
        _nextWeek();
        vm.assertEq(staking.claimable(alice), 200e6);
        vm.assertEq(staking.claimable(bob), 100e6);
    }

    /// @notice Rewards that flow while nobody stakes are held, and flow once somebody does.
    function test_G9_HeldWhileNobodyStakes() public {
        staking.notifyReward(PER_WEEK);
        _skip(7 days + 3.5 days);
        // Half of the week has passed unearned: it joins next week's.
        vm.expectEmit(address(staking));
        emit IVoteStaking.RewardHeld(PER_WEEK / 2);
        _stake(alice, 100 * UNIT);
        vm.assertEq(staking.claimable(alice), 0);
        _nextWeek();
        vm.assertEq(staking.claimable(alice), PER_WEEK / 2);
        (uint256 streaming, , ) = staking.rewardState();
        vm.assertEq(streaming, PER_WEEK / 2);
        _nextWeek();
        vm.assertEq(staking.claimable(alice), PER_WEEK);
    }

    function test_G9_HeldOverManyIdleWeeks() public {
        staking.notifyReward(PER_WEEK);
        _skip(50 * 7 days);
        _stake(alice, 100 * UNIT);
        _nextWeek();
        _nextWeek();
        vm.assertEq(staking.claimable(alice), PER_WEEK);
    }

    /// @notice A weight below one MILL earns nothing: the index would outgrow its bits.
    function test_G9_DustStakeEarnsNothingAndLosesNothing() public {
        _stake(alice, UNIT - 1);
        staking.notifyReward(PER_WEEK);
        _nextWeek();
        _nextWeek();
        vm.assertEq(staking.claimable(alice), 0);
        _stake(alice, 1);
        _nextWeek();
        _nextWeek();
        vm.assertEq(staking.claimable(alice), PER_WEEK);
    }

    /// @notice With a period that each notification restarts, a wei a day leaves a third unpaid after a month.
    function test_V10_GA10_DailyDustKeepsTheSchedule() public {
        _stake(alice, 100 * UNIT);
        staking.notifyReward(PER_WEEK);
        _nextWeek();
        reward.mint(attacker, 100);
        vm.prank(attacker);
        reward.approve(address(staking), 100);
        for (uint256 i = 1; i <= 7; ++i) {
            vm.prank(attacker);
            staking.notifyReward(1);
            _skip(1 days);
            vm.assertEq(staking.claimable(alice), (PER_WEEK * i) / 7, "V10");
        }
    }

    /// @notice The index takes all rewards there can ever be, at the smallest weight that earns.
    function test_G9_IndexHoldsTheMost() public {
        _stake(alice, UNIT);
        uint256 most = type(uint96).max;
        reward.mint(address(this), most + 1);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__RewardTooLarge.selector, most + 1, most));
        staking.notifyReward(most + 1);
        staking.notifyReward(most);
        vm.expectRevert(abi.encodeWithSelector(IVoteStaking.VoteStaking__RewardTooLarge.selector, 1, 0));
        staking.notifyReward(1);
        _nextWeek();
        _nextWeek();
        vm.assertEq(_claim(alice), most);
        _unstake(alice, UNIT);
    }

    function test_Notify_RevertWhen_NothingArrives() public {
        vm.expectRevert(IVoteStaking.VoteStaking__ZeroAssets.selector);
        staking.notifyReward(0);
    }

    /// @notice MILL may be its own reward: stakes, requests and rewards stay apart.
    function test_G9_MillAsRewardToken() public {
        staking = new VoteStaking(address(token), address(token));
        vm.startPrank(carol);
        token.approve(address(staking), type(uint256).max);
        staking.stake(100 * UNIT, carol);
        staking.notifyReward(7 * UNIT);
        vm.stopPrank();
        _nextWeek();
        _nextWeek();
        _unstake(carol, 100 * UNIT);
        vm.assertEq(_claim(carol), 7 * UNIT);
        vm.assertEq(token.balanceOf(address(staking)), 100 * UNIT);
        _skip(7 days);
        vm.prank(carol);
        staking.withdraw(0, carol);
        vm.assertEq(token.balanceOf(address(staking)), 0);
    }

    function test_Claim_TwiceIsNothing() public {
        _stake(alice, 100 * UNIT);
        staking.notifyReward(PER_WEEK);
        _nextWeek();
        _nextWeek();
        _claim(alice);
        vm.assertEq(_claim(alice), 0);
    }

    /// @notice Joining late earns nothing of what flowed before; leaving keeps what was earned.
    function test_Earned_FollowsTheTimeStaked() public {
        _stake(alice, 100 * UNIT);
        staking.notifyReward(PER_WEEK);
        _nextWeek();
        _skip(1 days);
        _stake(bob, 100 * UNIT);
        _skip(2 days);
        _unstake(alice, 100 * UNIT);
        _skip(4 days);
        // 1,000 a day: alice one day alone and two shared, bob two shared and four alone.
        vm.assertEq(_claim(alice), 2_000e6);
        vm.assertEq(_claim(bob), 5_000e6);
    }
}
