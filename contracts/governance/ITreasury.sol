// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title The DAO's treasury
/// @notice Holds the DAO's assets. Its MILL is delegated to the excluded sentinel for good: nobody votes with it, and it
/// doesn't raise quorums. The DAO pays out with `pay`; a department spends by itself within its budget.
///
/// A budget is one token, one spender, an expiry and a bucket of `capacity` that refills linearly within `window`. A
/// full bucket can be emptied at once and refills meanwhile: in one window at most **2 · capacity** leave, in the long
/// run `capacity` per window. Setting a budget again keeps what was used; it never refills one.
/// @dev Amounts in token wei; the zero address is the native token. Times in seconds.
interface ITreasury {
    /// @notice What the DAO decides about a budget.
    /// @param token can't be changed later: the bucket counts its wei
    /// @param window in which an empty bucket refills, 1 to 365 days
    /// @param expiresAt last second of spending, within 365 days
    /// @param spender the only account that spends
    /// @param capacity of the bucket, in token wei
    struct Terms {
        address token;
        uint48 window;
        uint48 expiresAt;
        address spender;
        uint208 capacity;
    }

    /// @notice Native tokens arrived.
    event Received(address indexed from, uint256 amount);
    /// @notice The DAO paid.
    event Paid(address indexed token, address indexed to, uint256 amount);
    /// @notice A budget was made or changed.
    event BudgetSet(bytes32 indexed id, Terms terms);
    /// @notice A budget was spent from.
    event BudgetSpent(bytes32 indexed id, address indexed spender, address indexed to, address token, uint256 amount);
    /// @notice A budget was stopped or started.
    event BudgetFrozen(bytes32 indexed id, bool frozen);
    /// @notice All budgets were stopped or started.
    event Frozen(bool frozen);

    error Treasury__ZeroAddress();
    error Treasury__ZeroAmount();
    /// @notice `value` is not within the bounds.
    error Treasury__OutOfBounds(uint256 value, uint256 minimum, uint256 maximum);
    /// @notice A budget keeps its token: another one needs another id.
    error Treasury__OtherToken(bytes32 id, address token, address given);
    error Treasury__NotSpender(bytes32 id, address caller);
    error Treasury__BudgetFrozen(bytes32 id);
    error Treasury__BudgetExpired(bytes32 id, uint256 expiresAt);
    error Treasury__BudgetExceeded(bytes32 id, uint256 amount, uint256 available);
    error Treasury__NoBudget(bytes32 id);

    /// @notice Pays `amount` of `token`. The DAO (role ADMIN, the timelock only; class Treasury).
    function pay(address token, address to, uint256 amount) external;

    /// @notice Makes or changes a budget. The DAO (role ADMIN; class Treasury). A frozen budget stays frozen.
    /// @dev Reverts with `Treasury__ZeroAddress`, `Treasury__OutOfBounds`, `Treasury__OtherToken`.
    function setBudget(bytes32 id, Terms calldata terms) external;

    /// @notice Starts a stopped budget. The DAO (role ADMIN).
    function unfreezeBudget(bytes32 id) external;

    /// @notice Starts budgets that were all stopped. The DAO (role ADMIN).
    function unfreeze() external;

    /// @notice Stops a budget at once. Role DERISK: the guardian, without delay. Only the DAO undoes it.
    function freezeBudget(bytes32 id) external;

    /// @notice Stops all budgets at once. Role DERISK: the guardian, without delay. Only the DAO undoes it.
    function freeze() external;

    /// @notice Spends from a budget. Its spender.
    /// @dev Reverts with `Treasury__NotSpender`, `Treasury__BudgetFrozen`, `Treasury__BudgetExpired`,
    /// `Treasury__BudgetExceeded`, `Treasury__ZeroAmount`, `Treasury__ZeroAddress`.
    function spend(bytes32 id, address to, uint256 amount) external;

    /// @notice The terms of a budget; zero if there is none.
    function budgetOf(bytes32 id) external view returns (Terms memory terms, bool frozen);

    /// @notice What the bucket holds now, in token wei, whether or not it may be spent. Rounded down.
    function available(bytes32 id) external view returns (uint256);

    /// @notice Whether all budgets are stopped.
    function isFrozen() external view returns (bool);
}
