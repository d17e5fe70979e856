// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "../../helpers/TestToken.sol";

/// @notice A model of farms of the MasterChef family in all dialects, each deaf to the others: a constant reward a second to each staker, paid on
/// every call or by `harvest`; a deposit fee; a reward that cannot be minted. Genuine code is under test in
/// `test/protocol`.
contract ChefModel {
    error ChefModel__RewardFailed();
    error ChefModel__NoSuchFunction();
    error ChefModel__NoSuchFarm(uint256 pid);

    /// @notice The one farm.
    uint256 public constant PID = 7;
    /// @dev `UniswapV2FarmAdapter.Dialect`.
    uint256 internal constant POOL_INFO = 0;
    uint256 internal constant RECEIVER = 2;

    TestToken internal immutable _lp;
    TestToken internal immutable _reward;
    uint256 internal immutable _dialect;
    uint256 public depositFeeBps;
    bool public rewardFails;
    /// @notice What a rewarder adds: a token a second to each staker, in the dialect that names receivers; 0 for none.
    TestToken public bonus;
    mapping(address user => uint256 amount) internal _staked;
    mapping(address user => uint256 since) internal _since;
    mapping(address user => uint256 since) internal _bonusSince;

    modifier ofCaller(uint256 pid) {
        require(_dialect != RECEIVER, ChefModel__NoSuchFunction());
        require(pid == PID, ChefModel__NoSuchFarm(pid));
        _;
    }

    modifier ofReceiver(uint256 pid) {
        require(_dialect == RECEIVER, ChefModel__NoSuchFunction());
        require(pid == PID, ChefModel__NoSuchFarm(pid));
        _;
    }

    constructor(TestToken lp, TestToken reward, uint256 dialect) {
        (_lp, _reward, _dialect) = (lp, reward, dialect);
    }

    function setFee(uint256 bps) external {
        depositFeeBps = bps;
    }

    function setRewardFails(bool fails) external {
        rewardFails = fails;
    }

    function setBonus(TestToken bonus_) external {
        bonus = bonus_;
    }

    /// @notice Stakes vanish, as after an exploit; `left` LP tokens remain.
    function drain(uint256 left) external {
        _lp.burn(address(this), _lp.balanceOf(address(this)) - left);
    }

    function deposit(uint256 pid, uint256 amount) external ofCaller(pid) {
        _pay(msg.sender);
        _stake(amount, msg.sender);
    }

    function withdraw(uint256 pid, uint256 amount) external ofCaller(pid) {
        _pay(msg.sender);
        _unstake(amount, msg.sender);
    }

    function emergencyWithdraw(uint256 pid) external ofCaller(pid) {
        _unstake(_staked[msg.sender], msg.sender);
    }

    function deposit(uint256 pid, uint256 amount, address to) external ofReceiver(pid) {
        require(!rewardFails, ChefModel__RewardFailed());
        _payBonus(to, to);
        _stake(amount, to);
    }

    function withdraw(uint256 pid, uint256 amount, address to) external ofReceiver(pid) {
        require(!rewardFails, ChefModel__RewardFailed());
        _payBonus(msg.sender, to);
        _unstake(amount, to);
    }

    function harvest(uint256 pid, address to) external ofReceiver(pid) {
        _pay(to);
        _payBonus(msg.sender, to);
    }

    function emergencyWithdraw(uint256 pid, address to) external ofReceiver(pid) {
        _payBonus(msg.sender, to);
        _unstake(_staked[msg.sender], to);
    }

    function poolInfo(uint256) external view returns (address lpToken_, uint256 a, uint256 b, uint256 c) {
        return (_dialect == POOL_INFO ? address(_lp) : address(0), a, b, c);
    }

    function lpToken(uint256) external view returns (address) {
        require(_dialect != POOL_INFO, ChefModel__NoSuchFunction());
        return address(_lp);
    }

    function userInfo(uint256 pid, address user) external view returns (uint256 amount, uint256 rewardDebt) {
        require(pid == PID, ChefModel__NoSuchFarm(pid));
        return (_staked[user], rewardDebt);
    }

    function _pay(address to) private {
        require(!rewardFails, ChefModel__RewardFailed());
        if (_staked[msg.sender] > 0) _reward.mint(to, (block.timestamp - _since[msg.sender]) * 1e18);
        _since[msg.sender] = block.timestamp;
    }

    /// @dev All that `user` is owed goes to whom its stake goes, as SushiSwap's rewarders do.
    function _payBonus(address user, address to) private {
        if (address(bonus) == address(0)) return;
        if (_staked[user] > 0) bonus.mint(to, (block.timestamp - _bonusSince[user]) * 1e18);
        _bonusSince[user] = block.timestamp;
    }

    function _stake(uint256 amount, address user) private {
        _lp.transferFrom(msg.sender, address(this), amount);
        _staked[user] += amount - (amount * depositFeeBps) / 10_000;
    }

    function _unstake(uint256 amount, address to) private {
        _staked[msg.sender] -= amount;
        _lp.transfer(to, amount);
    }
}
