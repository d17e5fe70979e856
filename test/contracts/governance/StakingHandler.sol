// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IVoteStaking} from "../../../contracts/governance/IVoteStaking.sol";
import {MillToken} from "../../../contracts/governance/MillToken.sol";
import {VoteStaking} from "../../../contracts/governance/VoteStaking.sol";
import {Base} from "../Vm.sol";
import {RewardToken} from "./RewardToken.sol";

/// @notice Stakers who do everything that staking allows, in any order, and what must be so after each act.
contract StakingHandler is Base {
    struct Moment {
        uint256 second;
        uint256 looseTokens;
        uint256 looseStake;
    }

    MillToken public token;
    VoteStaking public staking;
    RewardToken public reward;

    address[5] public actors;
    /// @notice Everyone who can have votes: the actors and three who only receive.
    address[8] public voters;
    Moment[] public moments;
    uint256 public notified;
    uint256 public paid;
    uint256 public pending;
    uint256 public acts;
    mapping(bytes32 path => uint256 times) public reached;

    constructor() {
        token = new MillToken(address(0), address(this), 1e27, 0);
        reward = new RewardToken();
        staking = new VoteStaking(address(token), address(reward));
        for (uint160 i = 0; i < 8; ++i) {
            voters[i] = address(0x1000 + i);
            if (i < 5) {
                actors[i] = voters[i];
                require(token.transfer(actors[i], 1e26), "transfer");
                vm.prank(actors[i]);
                token.approve(address(staking), type(uint256).max);
            }
        }
        reward.approve(address(staking), type(uint256).max);
        vm.warp(1_800_000_000);
    }

    /* ACTS */

    function stake(uint256 who, uint256 amount, uint256 to) external {
        address actor = actors[who % 5];
        uint256 most = token.balanceOf(actor);
        if (most == 0) return;
        // A third of the stakes are a few wei.
        amount = _bound(amount, 1, amount % 3 == 0 ? _min(most, 50) : most);
        uint256 before = staking.stakeOf(actor);
        vm.prank(actor);
        staking.stake(amount, to % 2 == 0 ? address(0) : voters[to % 8]);
        vm.assertEq(staking.stakeOf(actor), before + amount);
        _did("stake");
    }

    function lock(uint256 who, uint256 duration) external {
        address actor = actors[who % 5];
        uint256 current = staking.lockOf(actor);
        if (staking.stakeOf(actor) == 0 || current == 365 days) return;
        vm.prank(actor);
        staking.lock(uint32(_bound(duration, current + 1, 365 days)));
        _did("lock");
    }

    function requestUnstake(uint256 who, uint256 amount) external {
        address actor = actors[who % 5];
        uint256 staked = staking.stakeOf(actor);
        if (staked == 0) return;
        amount = amount % 3 == 0 ? staked : _bound(amount, 1, staked);
        uint256 lockBefore = staking.lockOf(actor);
        if (staking.splitOf(actor).length > 0) _did("unstake from a split");
        vm.prank(actor);
        uint256 id = staking.requestUnstake(amount);
        pending += amount;
        uint256 wait = lockBefore > 7 days ? lockBefore : 7 days;
        vm.assertEq(uint256(staking.requestOf(actor, id).readyAt), vm.getBlockTimestamp() + wait, "G9 cooldown");
        if (amount == staked) vm.assertEq(staking.weightOf(actor), 0);
        _did(lockBefore > 7 days ? bytes32("unstake under a lock") : bytes32("unstake"));
    }

    function withdraw(uint256 who, uint256 which) external {
        address actor = actors[who % 5];
        uint256 count = staking.requestCount(actor);
        if (count == 0) return;
        uint256 id = which % count;
        IVoteStaking.Request memory request = staking.requestOf(actor, id);
        if (request.assets == 0) return;
        if (vm.getBlockTimestamp() < request.readyAt) {
            vm.prank(actor);
            try staking.withdraw(id, actor) {
                vm.assertTrue(false, "G9: paid before its cooldown");
            } catch {
                _did("refuse an early withdrawal");
            }
            return;
        }
        uint256 before = token.balanceOf(actor);
        vm.prank(actor);
        staking.withdraw(id, actor);
        vm.assertEq(token.balanceOf(actor) - before, request.assets);
        pending -= request.assets;
        _did("withdraw");
    }

    function claim(uint256 who) external {
        address actor = actors[who % 5];
        uint256 expected = staking.claimable(actor);
        vm.prank(actor);
        uint256 got = staking.claim(actor);
        vm.assertEq(got, expected, "claim pays what claimable said");
        vm.assertEq(staking.claimable(actor), 0);
        paid += got;
        if (got > 0) _did("claim");
    }

    function notify(uint256 amount) external {
        // From dust to a million dollars.
        amount = _bound(amount, 1, amount % 2 == 0 ? 10 : 1e12);
        reward.mint(address(this), amount);
        staking.notifyReward(amount);
        notified += amount;
        _did("notify");
    }

    function delegate(uint256 who, uint256 to) external {
        address actor = actors[who % 5];
        if (staking.splitOf(actor).length > 0) _did("end a split");
        vm.prank(actor);
        staking.delegate(to % 5 == 0 ? address(0) : voters[to % 8]);
        vm.assertEq(staking.splitOf(actor).length, 0);
        _did("delegate");
    }

    /// @notice Two to four delegates in ascending order, with parts that add up.
    function split(uint256 who, uint256 count, uint256 first, uint256 seed) external {
        count = _bound(count, 2, 4);
        first = _bound(first, 0, 8 - count);
        IVoteStaking.Part[] memory parts = new IVoteStaking.Part[](count);
        uint256 left = 10_000;
        for (uint256 i = 0; i < count; ++i) {
            uint256 bps = i == count - 1 ? left : _bound(seed >> (i * 32), 1, left - (count - 1 - i));
            parts[i] = IVoteStaking.Part(voters[first + i], uint16(bps));
            left -= bps;
        }
        address actor = actors[who % 5];
        vm.prank(actor);
        staking.delegateSplit(parts);
        vm.assertEq(staking.delegates(actor), address(0));
        _did("split");
    }

    function moveTokens(uint256 from, uint256 to, uint256 amount) external {
        address sender = actors[from % 5];
        amount = _bound(amount, 0, token.balanceOf(sender));
        vm.prank(sender);
        require(token.transfer(actors[to % 5], amount), "transfer");
        _did("transfer");
    }

    function delegateTokens(uint256 who, uint256 to) external {
        vm.prank(actors[who % 5]);
        token.delegate(to % 5 == 0 ? address(0) : voters[to % 8]);
        _did("delegate tokens");
    }

    /// @notice Remembers this second, then lets time pass: seconds, days, to the edges of weeks, or many weeks.
    function pass(uint256 seed) external {
        moments.push(Moment(vm.getBlockTimestamp(), looseTokens(), looseStake()));
        uint256 kind = seed % 6;
        uint256 week = vm.getBlockTimestamp() / 7 days;
        if (staking.totalWeight() < 1e18) _did("time without stake");
        if (kind == 0) _skip(1 + ((seed >> 8) % 60));
        if (kind == 1) _skip(1 + ((seed >> 8) % 3 days));
        if (kind == 2) vm.warp((week + 1) * 7 days);
        if (kind == 3) vm.warp((week + 2) * 7 days - 1);
        if (kind == 4) _skip(7 days);
        if (kind == 5) {
            _skip(((seed >> 8) % 60) * 7 days + 1);
            _did("many weeks");
        }
    }

    /// @notice Any act, for a driver that has only one number.
    function any(uint256 seed) external {
        uint256 a = uint256(keccak256(abi.encode(seed, 1)));
        uint256 b = uint256(keccak256(abi.encode(seed, 2)));
        uint256 c = uint256(keccak256(abi.encode(seed, 3)));
        uint256 act = seed % 13;
        if (act < 2) this.stake(a, b, c);
        if (act == 2) this.lock(a, b);
        if (act == 3) this.requestUnstake(a, b);
        if (act == 4) this.withdraw(a, b);
        if (act == 5) this.claim(a);
        if (act == 6) this.notify(a);
        if (act == 7) this.delegate(a, b);
        if (act == 8) this.split(a, b, c, seed);
        if (act == 9) this.moveTokens(a, b, c);
        if (act == 10) this.delegateTokens(a, b);
        if (act > 10) this.pass(a);
    }

    /* WHAT IS */

    function momentCount() external view returns (uint256) {
        return moments.length;
    }

    function claimableByAll() external view returns (uint256 sum) {
        for (uint256 i = 0; i < 5; ++i) sum += staking.claimable(actors[i]);
    }

    /// @notice Tokens whose holders have no delegate: staking's, this contract's, and some actors'.
    function looseTokens() public view returns (uint256 sum) {
        sum = token.balanceOf(address(staking)) + token.balanceOf(address(this));
        for (uint256 i = 0; i < 5; ++i) {
            if (token.delegates(actors[i]) == address(0)) sum += token.balanceOf(actors[i]);
        }
    }

    function looseStake() public view returns (uint256 sum) {
        for (uint256 i = 0; i < 5; ++i) {
            bool loose = staking.delegates(actors[i]) == address(0) && staking.splitOf(actors[i]).length == 0;
            if (loose) sum += staking.stakeOf(actors[i]);
        }
    }

    function _did(bytes32 path) private {
        ++reached[path];
        ++acts;
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
