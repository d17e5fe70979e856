// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ERC6372Utils} from "@openzeppelin/contracts/utils/ERC6372Utils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {IVoteStaking} from "./IVoteStaking.sol";

/// @title Vote staking
/// @notice The specification is in `IVoteStaking`.
/// @dev constructor(MILL, reward token). The two may be one token: balances are never read to learn what belongs to whom.
contract VoteStaking is IVoteStaking, Votes, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev One slot: 96 + 32 + 120 + 8. `index` is the pool's when the account was last settled, `parts` the length of its
    /// split.
    struct Account {
        uint96 staked;
        uint32 lock;
        uint120 index;
        uint8 parts;
    }

    /// @dev One slot: 128 + 128.
    struct Credit {
        uint128 owed;
        uint128 requestCount;
    }

    /// @dev One slot, 120 + 104: what grows with time. `index` is reward per weight, scaled by _PRECISION; `distributed` is
    /// how much of the week's stream it holds.
    struct Pool {
        uint120 index;
        uint104 distributed;
    }

    /// @dev One slot, 104 + 104 + 48: what stays until somebody's weight or the week changes. What flows through `week`,
    /// and the weight it is shared by.
    struct Stream {
        uint104 totalWeight;
        uint104 amount;
        uint48 week;
    }

    /// @dev One slot: 104 + 104. What flows through the week after the stream's, and all that was ever notified.
    struct Backlog {
        uint104 queued;
        uint104 notified;
    }

    /// @dev The pool brought to the present, in memory.
    struct Flow {
        Pool pool;
        Stream stream;
        Backlog backlog;
        bool streamChanged;
        bool backlogRead;
        uint256 held;
    }

    uint256 private constant _BPS = 10_000;
    uint256 private constant _MAX_PARTS = 4;
    /// @inheritdoc IVoteStaking
    uint256 public constant WEEK = 7 days;
    /// @inheritdoc IVoteStaking
    uint256 public constant MIN_COOLDOWN = 7 days;
    /// @inheritdoc IVoteStaking
    uint256 public constant MAX_LOCK = 365 days;
    /// @dev Below this weight rewards are held, which bounds the index: 2^96 · 1e24 / 1e18 < 2^120.
    uint256 private constant _MIN_WEIGHT = 1e18;
    uint256 private constant _PRECISION = 1e24;
    /// @dev Of all rewards ever notified.
    uint256 private constant _MAX_REWARDS = type(uint96).max;

    /// @inheritdoc IVoteStaking
    address public immutable asset;
    /// @inheritdoc IVoteStaking
    address public immutable reward;

    mapping(address account => Account state) private _accounts;
    mapping(address account => Credit credit) private _credits;
    mapping(address account => mapping(uint256 requestId => Request request)) private _requests;
    /// @dev Filled from the front; `Account.parts` says how far.
    mapping(address account => Part[_MAX_PARTS] parts) private _splits;
    Pool private _pool;
    Stream private _stream;
    Backlog private _backlog;

    constructor(address asset_, address reward_) EIP712("Millrace Staking", "1") {
        require(asset_ != address(0) && reward_ != address(0), VoteStaking__ZeroAddress());
        asset = asset_;
        reward = reward_;
    }

    /// @inheritdoc IVoteStaking
    function stake(uint256 assets, address delegatee) external nonReentrant {
        _stake(assets, delegatee);
    }

    /// @inheritdoc IVoteStaking
    function stakeWithPermit(
        uint256 assets,
        address delegatee,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external nonReentrant {
        // Anyone may have used the permit before: what counts is the allowance.
        try IERC20Permit(asset).permit(msg.sender, address(this), assets, deadline, v, r, s) {} catch {}
        _stake(assets, delegatee);
    }

    /// @inheritdoc IVoteStaking
    function lock(uint32 duration) external {
        Account memory old = _accounts[msg.sender];
        require(old.staked > 0, VoteStaking__InsufficientStake(msg.sender, 1, 0));
        require(duration > old.lock, VoteStaking__LockNotLonger(duration, old.lock));
        require(duration <= MAX_LOCK, VoteStaking__LockTooLong(duration, MAX_LOCK));
        _setStake(msg.sender, old, old.staked, duration);
        emit Locked(msg.sender, old.lock, duration);
    }

    /// @inheritdoc IVoteStaking
    function requestUnstake(uint256 assets) external returns (uint256 requestId) {
        Account memory old = _accounts[msg.sender];
        require(assets > 0, VoteStaking__ZeroAssets());
        require(assets <= old.staked, VoteStaking__InsufficientStake(msg.sender, assets, old.staked));
        uint256 left = old.staked - assets;
        _setStake(msg.sender, old, left, left == 0 ? 0 : old.lock);
        requestId = _credits[msg.sender].requestCount++;
        uint48 readyAt = uint48(block.timestamp + Math.max(MIN_COOLDOWN, old.lock));
        _requests[msg.sender][requestId] = Request(uint208(assets), readyAt);
        emit UnstakeRequested(msg.sender, requestId, assets, readyAt);
    }

    /// @inheritdoc IVoteStaking
    function withdraw(uint256 requestId, address receiver) external nonReentrant returns (uint256 assets) {
        require(receiver != address(0), VoteStaking__ZeroAddress());
        Request memory request = _requests[msg.sender][requestId];
        assets = request.assets;
        require(assets > 0, VoteStaking__NoRequest(msg.sender, requestId));
        require(block.timestamp >= request.readyAt, VoteStaking__NotReady(requestId, request.readyAt));
        delete _requests[msg.sender][requestId];
        emit Withdrawn(msg.sender, requestId, receiver, assets);
        IERC20(asset).safeTransfer(receiver, assets);
    }

    /// @inheritdoc IVoteStaking
    function claim(address receiver) external nonReentrant returns (uint256 rewards) {
        require(receiver != address(0), VoteStaking__ZeroAddress());
        Flow memory flow = _flow();
        Account storage account = _accounts[msg.sender];
        uint256 owed = _credits[msg.sender].owed;
        rewards = owed + _earned(account, flow.pool.index);
        account.index = flow.pool.index;
        if (owed > 0) _credits[msg.sender].owed = 0;
        _store(flow);
        emit RewardPaid(msg.sender, receiver, rewards);
        if (rewards > 0) IERC20(reward).safeTransfer(receiver, rewards);
    }

    /// @inheritdoc IVoteStaking
    function delegateSplit(Part[] calldata parts) external {
        _checkParts(parts);
        // Also ends an earlier split.
        _delegate(msg.sender, address(0));
        uint256 staked = _accounts[msg.sender].staked;
        for (uint256 i = 0; i < parts.length; ++i) {
            _splits[msg.sender][i] = parts[i];
        }
        _accounts[msg.sender].parts = uint8(parts.length);
        _moveParts(parts, 0, staked);
        emit DelegationSplit(msg.sender, parts);
    }

    /// @inheritdoc IVoteStaking
    function notifyReward(uint256 amount) external nonReentrant returns (uint256 received) {
        uint256 before = IERC20(reward).balanceOf(address(this));
        IERC20(reward).safeTransferFrom(msg.sender, address(this), amount);
        received = IERC20(reward).balanceOf(address(this)) - before;
        require(received > 0, VoteStaking__ZeroAssets());
        Flow memory flow = _flow();
        _readBacklog(flow);
        uint256 room = _MAX_REWARDS - flow.backlog.notified;
        require(received <= room, VoteStaking__RewardTooLarge(received, room));
        flow.backlog.notified += uint104(received);
        flow.backlog.queued += uint104(received);
        _store(flow);
        emit RewardNotified(msg.sender, received, (uint256(flow.stream.week) + 1) * WEEK);
    }

    /// @inheritdoc IVoteStaking
    function stakeOf(address account) external view returns (uint256) {
        return _accounts[account].staked;
    }

    /// @inheritdoc IVoteStaking
    function lockOf(address account) external view returns (uint256) {
        return _accounts[account].lock;
    }

    /// @inheritdoc IVoteStaking
    function weightOf(address account) external view returns (uint256) {
        return _weight(_accounts[account].staked, _accounts[account].lock);
    }

    /// @inheritdoc IVoteStaking
    function totalWeight() external view returns (uint256) {
        return _stream.totalWeight;
    }

    /// @inheritdoc IVoteStaking
    function totalStaked() external view returns (uint256) {
        return _getTotalSupply();
    }

    /// @inheritdoc IVoteStaking
    function claimable(address account) external view returns (uint256) {
        return _credits[account].owed + _earned(_accounts[account], _flow().pool.index);
    }

    /// @inheritdoc IVoteStaking
    function requestOf(address account, uint256 requestId) external view returns (Request memory) {
        return _requests[account][requestId];
    }

    /// @inheritdoc IVoteStaking
    function requestCount(address account) external view returns (uint256) {
        return _credits[account].requestCount;
    }

    /// @inheritdoc IVoteStaking
    function rewardState() external view returns (uint256 streaming, uint256 streamed, uint256 queued) {
        Flow memory flow = _flow();
        _readBacklog(flow);
        return (flow.stream.amount, flow.pool.distributed, flow.backlog.queued);
    }

    /// @inheritdoc IVoteStaking
    function splitOf(address account) public view returns (Part[] memory parts) {
        parts = new Part[](_accounts[account].parts);
        for (uint256 i = 0; i < parts.length; ++i) parts[i] = _splits[account][i];
    }

    /// @notice Seconds since the epoch (ERC-6372).
    function clock() public view override(IERC6372, Votes) returns (uint48) {
        return Time.timestamp();
    }

    /// @notice "mode=timestamp" (ERC-6372).
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public view override(IERC6372, Votes) returns (string memory) {
        return ERC6372Utils.timestampClockMode(clock);
    }

    /// @notice The delegate of `account`; nobody has delegated for the zero address, as which stakes come and go.
    function delegates(address account) public view override(IVotes, Votes) returns (address) {
        return account == address(0) ? address(0) : super.delegates(account);
    }

    function _delegate(address account, address delegatee) internal override {
        Part[] memory parts = splitOf(account);
        if (parts.length > 0) {
            _accounts[account].parts = 0;
            delete _splits[account];
            _moveParts(parts, _accounts[account].staked, 0);
            emit DelegationSplit(account, new Part[](0));
        }
        super._delegate(account, delegatee);
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return _accounts[account].staked;
    }

    function _stake(uint256 assets, address delegatee) private {
        require(assets > 0, VoteStaking__ZeroAssets());
        if (delegatee != address(0) && delegatee != delegates(msg.sender)) _delegate(msg.sender, delegatee);
        Account memory old = _accounts[msg.sender];
        uint256 staked = old.staked + assets;
        _setStake(msg.sender, old, staked, old.lock);
        emit Staked(msg.sender, assets, staked);
        IERC20(asset).safeTransferFrom(msg.sender, address(this), assets);
    }

    /// @dev Settles the account, then gives it another stake, lock and weight, and its delegates other votes.
    function _setStake(address account, Account memory old, uint256 staked, uint32 duration) private {
        Flow memory flow = _flow();
        uint256 earned = _earned(old, flow.pool.index);
        if (earned > 0) _credits[account].owed += uint128(earned);
        uint256 others = flow.stream.totalWeight - _weight(old.staked, old.lock);
        flow.stream.totalWeight = (others + _weight(staked, duration)).toUint104();
        flow.streamChanged = true;
        _accounts[account] = Account(staked.toUint96(), duration, flow.pool.index, old.parts);
        _store(flow);
        if (staked != old.staked) _moveVotes(account, old.staked, staked);
    }

    function _moveVotes(address account, uint256 oldStake, uint256 newStake) private {
        if (newStake > oldStake) _transferVotingUnits(address(0), account, newStake - oldStake);
        else _transferVotingUnits(account, address(0), oldStake - newStake);
        // A split account has no delegate, so only the total moved.
        if (_accounts[account].parts > 0) _moveParts(splitOf(account), oldStake, newStake);
    }

    /// @dev Moves the difference of totals. Parts of each increment would round on their own: ten stakes of 1 wei would
    /// leave the delegates less than one unstake of 10 takes back, and lock the stake.
    function _moveParts(Part[] memory parts, uint256 oldStake, uint256 newStake) private {
        uint256 oldLeft = oldStake;
        uint256 newLeft = newStake;
        for (uint256 i = 0; i < parts.length; ++i) {
            bool last = i == parts.length - 1;
            uint256 oldPart = last ? oldLeft : (oldStake * parts[i].bps) / _BPS;
            uint256 newPart = last ? newLeft : (newStake * parts[i].bps) / _BPS;
            oldLeft -= oldPart;
            newLeft -= newPart;
            if (newPart > oldPart) _moveDelegateVotes(address(0), parts[i].delegatee, newPart - oldPart);
            else _moveDelegateVotes(parts[i].delegatee, address(0), oldPart - newPart);
        }
    }

    function _store(Flow memory flow) private {
        _pool = flow.pool;
        if (flow.streamChanged) _stream = flow.stream;
        if (flow.backlogRead) _backlog = flow.backlog;
        if (flow.held > 0) emit RewardHeld(flow.held);
    }

    /// @dev The pool at this second. At most two weeks can have rewards that the stored state doesn't know as given: the
    /// stream's and the one after it. What these can't give waits for the week after the present one.
    function _flow() private view returns (Flow memory flow) {
        flow.pool = _pool;
        flow.stream = _stream;
        uint48 week = uint48(block.timestamp / WEEK);
        if (flow.stream.week < week) {
            _give(flow, WEEK);
            _turn(flow);
            if (flow.stream.week < week) {
                _give(flow, WEEK);
                flow.backlog.queued += flow.stream.amount - flow.pool.distributed;
                (flow.stream.amount, flow.pool.distributed, flow.stream.week) = (0, 0, week);
            }
        }
        _give(flow, block.timestamp % WEEK);
    }

    /// @dev The next week begins: the queue flows, and what could not be given is queued.
    function _turn(Flow memory flow) private view {
        _readBacklog(flow);
        uint104 rest = flow.stream.amount - flow.pool.distributed;
        (flow.stream.amount, flow.pool.distributed, flow.backlog.queued) = (flow.backlog.queued, 0, rest);
        flow.stream.week += 1;
        flow.streamChanged = true;
    }

    /// @dev Gives what the stream's week owes after `elapsed` seconds. Only what the index can express counts as given, so
    /// nothing is lost to rounding: inc = floor(fresh · P / w) and ceil(inc · w / P) ≤ fresh.
    function _give(Flow memory flow, uint256 elapsed) private view {
        uint256 fresh = (uint256(flow.stream.amount) * elapsed) / WEEK - flow.pool.distributed;
        if (fresh == 0) return;
        uint256 weight = flow.stream.totalWeight;
        if (weight < _MIN_WEIGHT) {
            _readBacklog(flow);
            flow.backlog.queued += uint104(fresh);
            flow.pool.distributed += uint104(fresh);
            flow.held += fresh;
            return;
        }
        uint256 increase = (fresh * _PRECISION) / weight;
        flow.pool.index += uint120(increase);
        flow.pool.distributed += uint104(Math.ceilDiv(increase * weight, _PRECISION));
    }

    function _readBacklog(Flow memory flow) private view {
        if (flow.backlogRead) return;
        flow.backlog = _backlog;
        flow.backlogRead = true;
    }

    /// @dev Rounds down, for the pool.
    function _earned(Account memory account, uint256 index) private pure returns (uint256) {
        return (_weight(account.staked, account.lock) * (index - account.index)) / _PRECISION;
    }

    /// @dev Rounds down, at most twice the stake.
    function _weight(uint256 staked, uint256 duration) private pure returns (uint256) {
        return staked + (staked * duration) / MAX_LOCK;
    }

    function _checkParts(Part[] calldata parts) private pure {
        require(parts.length > 1 && parts.length <= _MAX_PARTS, VoteStaking__PartCount(parts.length));
        address last = address(0);
        uint256 sum = 0;
        for (uint256 i = 0; i < parts.length; ++i) {
            Part calldata part = parts[i];
            require(part.delegatee > last && part.bps > 0, VoteStaking__BadPart(i, part.delegatee, part.bps));
            last = part.delegatee;
            sum += part.bps;
        }
        require(sum == _BPS, VoteStaking__BadPartSum(sum));
    }
}
