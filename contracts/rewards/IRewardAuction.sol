// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Sells a vault's reward tokens for its asset, without an oracle
/// @notice One auction contract serves one vault. Per token an *anchor* price is set when it is listed. A lot holds what
/// is there when it starts and is never topped up; its price begins at 4 × anchor, halves every 30 minutes (linearly
/// within each half-life), and rests at anchor / 4. A lot that sells out moves the anchor to its last price, by at most × 4
/// or ÷ 4. A lot unsold after 24 hours halves the anchor; the rest joins the next lot.
/// @dev Prices are asset wei per whole reward token (10^decimals of it), scaled by 1e18. Payments round up, in the
/// vault's favour, and are pulled straight into the vault, which finds them as `balanceOf − idle` at its next `compound`.
interface IRewardAuction {
    /// @param startedAt Second the lot began; 0 when there is none.
    /// @param initial Reward wei at the start.
    /// @param remaining Reward wei not yet sold.
    /// @param startPrice Price at the start: 4 × the anchor of that moment.
    struct Lot {
        uint40 startedAt;
        uint104 initial;
        uint104 remaining;
        uint256 startPrice;
    }

    /// @param anchor Price reference, asset wei per whole token × 1e18.
    /// @param minLot Least reward wei that starts a lot.
    struct Listing {
        uint128 anchor;
        uint128 minLot;
    }

    event Listed(address indexed token, uint256 anchor, uint256 minLot);
    event Delisted(address indexed token);
    event AnchorMoved(address indexed token, uint256 anchorBefore, uint256 anchorAfter);
    event LotStarted(address indexed token, uint256 amount, uint256 startPrice);
    event LotTaken(address indexed token, address indexed taker, address indexed receiver, uint256 amount, uint256 payment);
    event LotEnded(address indexed token, uint256 unsold);

    error RewardAuction__ZeroAddress();
    error RewardAuction__ZeroAmount();
    /// @notice The vault's asset, its shares, or a token an adapter holds as its position.
    error RewardAuction__ProtectedToken(address token);
    error RewardAuction__NotListed(address token);
    error RewardAuction__TooManyTokens(uint256 max);
    error RewardAuction__AnchorOutOfBounds(uint256 anchor);
    error RewardAuction__LotRunning(address token, uint256 endsAt);
    error RewardAuction__LotTooSmall(address token, uint256 amount, uint256 minLot);
    error RewardAuction__NoLot(address token);
    /// @notice Below a tenth of the lot, unless it is all that remains.
    error RewardAuction__TakeTooSmall(uint256 amount, uint256 min);
    error RewardAuction__TakeTooLarge(uint256 amount, uint256 remaining);
    error RewardAuction__PaymentAboveMax(uint256 payment, uint256 maxPayment);
    error RewardAuction__PaymentShort(uint256 payment, uint256 received);
    error RewardAuction__Expired(uint256 deadline);

    /// @notice Lists a token, or moves the anchor and least lot of one that is listed. CURATOR.
    function list(address token, uint256 anchor, uint256 minLot) external;

    /// @notice Ends the running lot and removes the token. CURATOR.
    function delist(address token) external;

    /// @notice Starts a lot with all that is here. Anyone.
    function start(address token) external returns (uint256 amount);

    /// @notice Starts every lot that can start; a token that fails blocks no other. Never reverts. Anyone.
    function startAll() external;

    /// @notice Buys from the running lot: `amount` goes to `receiver`, then `receiver` is called back when `data` is not
    /// empty (`IAuctionTaker`), then the payment is pulled from the caller into the vault. Anyone.
    /// @param maxPayment Most asset wei the caller pays.
    /// @param deadline Last second at which the call is valid.
    function take(
        address token,
        uint256 amount,
        uint256 maxPayment,
        address receiver,
        uint256 deadline,
        bytes calldata data
    ) external returns (uint256 payment);

    /// @notice The vault that is paid.
    function vault() external view returns (address);

    /// @notice What payments are made in: the vault's asset.
    function asset() external view returns (address);

    /// @notice Tokens that are listed, at most 8.
    function tokens() external view returns (address[] memory);

    function listing(address token) external view returns (Listing memory);

    function lot(address token) external view returns (Lot memory);

    /// @notice Price now, asset wei per whole token × 1e18; 0 without a running lot.
    function price(address token) external view returns (uint256);

    /// @notice Asset wei that `amount` reward wei cost now, rounded up; reverts without a running lot.
    function quote(address token, uint256 amount) external view returns (uint256 payment);
}
