// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Sells a vault's reward tokens for its asset, without an oracle
/// @notice One auction contract serves one vault. Per token an *anchor* price is set when it is listed. A lot holds what
/// is there when it starts, but for a wei that stays, and is never topped up; its price begins at 4 × anchor, halves every 30 minutes (linearly
/// within each half-life), and rests at anchor / 4 from the second hour until the lot ends after a day. What ends moves the
/// anchor: to the average price, weighted by amount, in which what is unsold counts at half the anchor. So a lot sold out
/// moves it by at most × 4 or ÷ 4, an unsold one halves it, and a rest left over on purpose can move it by no more than its
/// part of the lot. The rest joins the next lot.
/// @dev Prices are asset wei per whole reward token (10^decimals of it), scaled by 1e18. Prices and payments round up, in
/// the vault's favour. Payments are pulled straight into the vault, which finds them as `balanceOf − idle` at its next
/// `compound`; this contract never holds the asset and reads no difference of balances. A token that loses a part in
/// transfer, returns false or reverts spoils its own lots only.
interface IRewardAuction {
    /// @param startedAt Second the lot began; 0 when none is running.
    /// @param initial Reward wei at the start.
    /// @param remaining Reward wei not yet sold.
    /// @param startPrice Price at the start: 4 × anchor.
    /// @param endsAt First second at which it no longer runs.
    struct Lot {
        uint40 startedAt;
        uint104 initial;
        uint104 remaining;
        uint256 startPrice;
        uint256 endsAt;
    }

    /// @param anchor Price reference, asset wei per whole token × 1e18; 0 when the token is not listed.
    /// @param minLot Least reward wei that starts a lot. A tenth of it should be worth a transaction.
    /// @param decimals The reward token's.
    struct Listing {
        uint144 anchor;
        uint104 minLot;
        uint8 decimals;
    }

    event Listed(address indexed token, uint256 anchor, uint256 minLot);
    event Delisted(address indexed token);
    event AnchorMoved(address indexed token, uint256 anchorBefore, uint256 anchorAfter);
    event LotStarted(address indexed token, uint256 amount, uint256 startPrice);
    event LotTaken(address indexed token, address indexed taker, address indexed receiver, uint256 amount, uint256 payment);
    /// @notice A lot ran out, or its token was listed anew or delisted, with `unsold` left.
    event LotEnded(address indexed token, uint256 unsold);

    /// @notice The vault's asset, its shares, or a token an adapter holds as its position.
    error RewardAuction__ProtectedToken(address token);
    error RewardAuction__NotListed(address token);
    error RewardAuction__TooManyTokens(uint256 max);
    error RewardAuction__AnchorOutOfBounds(uint256 anchor, uint256 min, uint256 max);
    error RewardAuction__MinLotOutOfBounds(uint256 minLot, uint256 max);
    error RewardAuction__UnsupportedDecimals(uint256 decimals, uint256 max);
    error RewardAuction__LotRunning(address token, uint256 endsAt);
    error RewardAuction__LotTooSmall(address token, uint256 amount, uint256 minLot);
    error RewardAuction__NoLot(address token);
    /// @notice Below a tenth of the lot, unless it is all that remains.
    error RewardAuction__TakeTooSmall(uint256 amount, uint256 min);
    error RewardAuction__TakeTooLarge(uint256 amount, uint256 remaining);
    error RewardAuction__PaymentAboveMax(uint256 payment, uint256 maxPayment);
    error RewardAuction__Expired(uint256 deadline);

    /// @notice Lists a token, or gives one that is listed a new anchor and least lot; a running lot ends, so that no lot's
    /// price changes under it. CURATOR: the anchor bounds what rewards may be sold for.
    function list(address token, uint256 anchor, uint256 minLot) external;

    /// @notice Ends the running lot and removes the token; what is here of it stays until it is listed again. CURATOR.
    function delist(address token) external;

    /// @notice Starts a lot with all that is here but a wei. Anyone.
    function start(address token) external returns (uint256 amount);

    /// @notice Starts every lot that can start; a token that fails blocks no other. Starts none from inside a `take`.
    /// Never reverts while it has 300,000 gas per listed token. Anyone.
    function startAll() external;

    /// @notice Buys from the running lot: `amount` goes to `receiver`; then the caller is called back when `data` is not
    /// empty (`IAuctionTaker`); then the payment is pulled from the caller into the vault. Anyone.
    /// @param amount Reward wei: all that remains, or at least a tenth of the lot.
    /// @param maxPayment Most asset wei the caller pays.
    /// @param deadline Last second at which the call is valid.
    /// @return payment Asset wei paid, rounded up.
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

    /// @notice The running lot; all 0 when none is running.
    function lot(address token) external view returns (Lot memory);

    /// @notice Price now, asset wei per whole token × 1e18, rounded up; 0 without a running lot.
    function price(address token) external view returns (uint256);

    /// @notice Asset wei that `amount` reward wei cost now, rounded up; reverts without a running lot, and may for more than
    /// a lot can hold.
    function quote(address token, uint256 amount) external view returns (uint256 payment);
}
