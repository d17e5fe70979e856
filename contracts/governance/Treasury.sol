// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {RateLimiter} from "@openzeppelin/contracts/utils/RateLimiter.sol";

import {ExcludedVotes} from "./ExcludedVotes.sol";
import {ITreasury} from "./ITreasury.sol";

/// @title Treasury
/// @notice The specification is in `ITreasury`.
/// @dev constructor(AccessManager, MILL).
contract Treasury is ITreasury, AccessManaged {
    using RateLimiter for RateLimiter.RefillingBucket;
    using SafeERC20 for IERC20;

    /// @dev Slots: 160 + 48 + 8 · 160 · the bucket.
    struct Budget {
        address token;
        uint48 expiresAt;
        bool frozen;
        address spender;
        RateLimiter.RefillingBucket bucket;
    }

    uint256 private constant _MIN_WINDOW = 1 days;
    uint256 private constant _MAX_WINDOW = 365 days;
    uint256 private constant _MAX_TERM = 365 days;
    /// @dev Each bucket has one entry.
    bytes32 private constant _ONLY = bytes32(0);

    /// @inheritdoc ITreasury
    bool public isFrozen;
    mapping(bytes32 id => Budget budget) private _budgets;

    constructor(address authority, IVotes mill) AccessManaged(authority) {
        mill.delegate(ExcludedVotes.DELEGATE);
    }

    /// @notice Native tokens are welcome.
    receive() external payable {
        emit Received(msg.sender, msg.value);
    }

    /// @inheritdoc ITreasury
    function pay(address token, address to, uint256 amount) external restricted {
        _send(token, to, amount);
        emit Paid(token, to, amount);
    }

    /// @inheritdoc ITreasury
    function setBudget(bytes32 id, Terms calldata terms) external restricted {
        require(terms.spender != address(0), Treasury__ZeroAddress());
        _requireWithin(terms.window, _MIN_WINDOW, _MAX_WINDOW);
        _requireWithin(terms.expiresAt, block.timestamp, block.timestamp + _MAX_TERM);
        Budget storage budget = _budgets[id];
        bool isNew = budget.spender == address(0);
        require(isNew || budget.token == terms.token, Treasury__OtherToken(id, budget.token, terms.token));
        // The new rate must not apply to the time that has passed.
        if (!isNew) budget.bucket.sync(_ONLY);
        budget.bucket.updateSettings(terms.window, terms.capacity);
        (budget.token, budget.spender, budget.expiresAt) = (terms.token, terms.spender, terms.expiresAt);
        emit BudgetSet(id, terms);
    }

    /// @inheritdoc ITreasury
    function unfreezeBudget(bytes32 id) external restricted {
        _setFrozen(id, false);
    }

    /// @inheritdoc ITreasury
    function unfreeze() external restricted {
        isFrozen = false;
        emit Frozen(false);
    }

    /// @inheritdoc ITreasury
    function freezeBudget(bytes32 id) external restricted {
        _setFrozen(id, true);
    }

    /// @inheritdoc ITreasury
    function freeze() external restricted {
        isFrozen = true;
        emit Frozen(true);
    }

    /// @inheritdoc ITreasury
    function spend(bytes32 id, address to, uint256 amount) external {
        Budget storage budget = _budgets[id];
        require(msg.sender == budget.spender, Treasury__NotSpender(id, msg.sender));
        require(!isFrozen && !budget.frozen, Treasury__BudgetFrozen(id));
        require(block.timestamp <= budget.expiresAt, Treasury__BudgetExpired(id, budget.expiresAt));
        bool consumed = budget.bucket.tryConsume(_ONLY, amount);
        require(consumed, Treasury__BudgetExceeded(id, amount, available(id)));
        address token = budget.token;
        emit BudgetSpent(id, msg.sender, to, token, amount);
        _send(token, to, amount);
    }

    /// @inheritdoc ITreasury
    function budgetOf(bytes32 id) external view returns (Terms memory terms, bool frozen) {
        Budget storage budget = _budgets[id];
        terms = Terms({
            token: budget.token,
            window: budget.bucket._window,
            expiresAt: budget.expiresAt,
            spender: budget.spender,
            capacity: budget.bucket._capacity
        });
        frozen = budget.frozen;
    }

    /// @inheritdoc ITreasury
    function available(bytes32 id) public view returns (uint256) {
        return _budgets[id].bucket.available(_ONLY);
    }

    function _setFrozen(bytes32 id, bool frozen) private {
        require(_budgets[id].spender != address(0), Treasury__NoBudget(id));
        _budgets[id].frozen = frozen;
        emit BudgetFrozen(id, frozen);
    }

    function _send(address token, address to, uint256 amount) private {
        require(to != address(0), Treasury__ZeroAddress());
        require(amount > 0, Treasury__ZeroAmount());
        if (token == address(0)) Address.sendValue(payable(to), amount);
        else IERC20(token).safeTransfer(to, amount);
    }

    function _requireWithin(uint256 value, uint256 minimum, uint256 maximum) private pure {
        require(value >= minimum && value <= maximum, Treasury__OutOfBounds(value, minimum, maximum));
    }
}
