// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {Modules} from "./Modules.sol";

/// @title The capital behind the cover, and its books
/// @notice Underwriters deposit the asset and get shares (ERC-20). Premiums stream into the share price second by second,
/// payouts come out of it. Books, per pool:
/// ```
/// A  assets       capital that belongs to the shares
/// L  live         cover that runs, or can still be claimed on; L_p of product p
/// C  locked       cover that is being claimed on
/// E  exposure     Σ L_p over the products with an open incident
/// K  at risk      min(A, C + E)
/// Q  queued       value of the shares that want to leave
/// capacity        A − C − Q: what cover may bind
/// ```
/// Always: **L + C ≤ A**: every cover could be paid in full at once.
///
/// Pool time runs with the block's clock but stands still while claims are paused: expiries, buckets, premiums, cooldowns
/// and deadlines are all in pool time, so that a pause takes nothing from anyone.
///
/// Leaving: request, wait 21 days, finalise. A queued share is worth what it was at the request or what it is now,
/// whichever is less, and while claims are open the price counts them as lost: (A − K) / S.
/// @dev Units: assets in asset wei; shares in share wei, asset decimals + 6; times in seconds of pool time; rates in
/// asset wei · 1e12 per second. Virtual amounts of 1e6 shares and 1 asset wei stand in every price. Tokens merely sent here
/// are in no book.
interface IUnderwritingPool is IERC20 {
    /// @notice The books; four slots: what time changes, 96 + 88 + 32 + 40; what covers change, 96 + 136 + 8 + 8 + 8; what
    /// leaves, 96 + 160; what hardly ever changes, 3 · 32 + 160.
    struct Books {
        uint96 assets;
        /// premiums not yet streamed, below 2^88: 309 million of an asset with 18 decimals
        uint88 unearned;
        uint32 accruedAt;
        /// of the stream's division, below 1e12
        uint40 remainder;
        uint96 live;
        /// of the stream
        uint136 rate;
        /// bit p: product p has an open incident
        uint8 incidents;
        bool depositsStopped;
        /// for good
        bool retired;
        uint96 locked;
        /// shares
        uint160 queued;
        /// block time; 0 if not paused
        uint32 pausedAt;
        /// block time
        uint32 pausedUntil;
        /// of all pauses that are over
        uint32 pausedSeconds;
        /// to receivers that the asset refused
        uint160 owed;
    }

    /// @notice A request to leave.
    struct Request {
        uint160 shares;
        /// what they were worth when asked for, the most that is paid
        uint96 assets;
        address receiver;
        uint40 requestedAt;
    }

    event Deposited(address indexed caller, address indexed receiver, uint256 assets, uint256 shares);
    event RedeemRequested(uint256 indexed id, address indexed receiver, uint256 shares, uint256 assets);
    /// @notice `shares` were burned for `assets`; `left` shares are still queued.
    event RedeemFinalized(uint256 indexed id, address indexed receiver, uint256 shares, uint256 assets, uint256 left);
    /// @notice `shares` went back; `burned` is what they had earned in the queue.
    event RedeemCancelled(uint256 indexed id, address indexed receiver, uint256 shares, uint256 burned);
    /// @notice A cover of `amount` was added to a bucket; its premium streams at `rate` until the bucket ends.
    event CoverBound(uint8 indexed product, uint256 indexed bucket, uint256 amount, uint256 net, uint256 rate);
    event CoverMoved(uint8 indexed product, uint256 indexed bucket, uint256 amount, uint256 net, uint256 rate);
    event CoverReleased(uint8 indexed product, uint256 indexed bucket, uint256 amount, uint256 refund);
    event IncidentSet(uint8 indexed product, bool open);
    event ClaimLocked(uint8 indexed product, uint256 indexed bucket, uint256 amount);
    /// @notice `locked` was released, `pay` paid, of which `fromReserve` by the reserve; `rebound` runs on as cover.
    event ClaimSettled(
        uint8 indexed product,
        address indexed receiver,
        uint256 locked,
        uint256 pay,
        uint256 fromReserve,
        uint256 rebound
    );
    /// @notice The asset refused the transfer; the receiver can fetch it later.
    event PaymentDeferred(address indexed receiver, uint256 assets);
    event PaymentFetched(address indexed account, address indexed receiver, uint256 assets);
    /// @notice Of what shares of `vault` that came back bring in, `assets` more are the reserve's.
    event ReserveOwed(address indexed vault, uint256 assets);
    /// @notice Shares of an insured vault that came back with a recovery were redeemed; `assets` stream in, `toReserve` went back
    /// to the reserve.
    event Recovered(address indexed vault, uint256 shares, uint256 assets, uint256 toReserve);
    event DepositsSet(address indexed caller, bool stopped);
    event ClaimsPaused(address indexed caller, uint256 until);
    event ClaimsResumed(address indexed caller, uint256 pausedSeconds);
    /// @notice The share price is below a billionth of what it began with: exits only, for good.
    event Retired();

    error UnderwritingPool__WrongAddress(address pool);
    error UnderwritingPool__NotManager(address caller);
    error UnderwritingPool__ZeroAddress();
    error UnderwritingPool__ZeroAssets();
    error UnderwritingPool__ZeroShares();
    error UnderwritingPool__DepositsStopped();
    error UnderwritingPool__Retired();
    /// @notice While an incident is open a deposit would be a gift to those who are about to lose.
    error UnderwritingPool__IncidentOpen(uint8 incidents);
    error UnderwritingPool__BelowMinShares(uint256 shares, uint256 minShares);
    error UnderwritingPool__BelowMinAssets(uint256 assets, uint256 minAssets);
    /// @notice Assets and premiums that will be assets are below 2^96 together.
    error UnderwritingPool__TooMuch(uint256 assets, uint256 maximum);
    /// @notice The token moved fewer wei than asked.
    error UnderwritingPool__TransferShort(uint256 expected, uint256 received);
    error UnderwritingPool__NoRequest(uint256 id);
    error UnderwritingPool__NotReceiver(uint256 id, address caller);
    error UnderwritingPool__BeforeCooldown(uint256 id, uint256 maturesAt);
    /// @notice Cover and claims bind the capital; less than 1 % of the request could be paid.
    error UnderwritingPool__CapitalBound(uint256 free, uint256 wanted);
    error UnderwritingPool__ClaimsPaused(uint256 until);
    error UnderwritingPool__NotPaused();
    /// @notice Claims may be paused 14 days in any 90.
    error UnderwritingPool__PauseTooLong(uint256 duration, uint256 left);
    error UnderwritingPool__CapacityExceeded(uint256 cover, uint256 capacity);
    error UnderwritingPool__BucketOver(uint256 bucket);
    error UnderwritingPool__NothingOwed(address account);

    /* UNDERWRITERS */

    /// @notice Mints `assets · (S + 1e6) / (A + 1)` shares, rounded down: for those who are in already.
    /// @dev Reverts with `UnderwritingPool__DepositsStopped`, `__Retired`, `__IncidentOpen`, `__ZeroShares`,
    /// `__BelowMinShares`, `__TooMuch`, `__TransferShort`, `__ZeroAddress`.
    function deposit(uint256 assets, address receiver, uint256 minShares) external returns (uint256 shares);

    /// @notice Queues the caller's shares. From now on they earn nothing and count for no new cover, but until they leave they
    /// share in every loss. The request is `receiver`'s: it alone cancels, and is paid.
    /// @dev Reverts with `UnderwritingPool__ZeroShares`, `__ZeroAddress`, `__TooMuch`.
    function requestRedeem(uint256 shares, address receiver) external returns (uint256 id);

    /// @notice Pays `min(value at the request, shares · (A − K + 1) / (S + 1e6))`, rounded down, and burns the shares; less of
    /// both if cover binds the capital, but at least 1 % of the request. Anyone can, but only the receiver while K > 0, since
    /// it takes the open claims as lost, and while the shares are worth less than at the request: others would choose when it
    /// gives up what the pool may recover, for themselves.
    /// @dev Reverts with `UnderwritingPool__NoRequest`, `__BeforeCooldown`, `__ClaimsPaused`, `__NotReceiver`,
    /// `__CapitalBound`, `__BelowMinAssets`.
    function finalizeRedeem(uint256 id, uint256 minAssets) external returns (uint256 assets);

    /// @notice Gives back shares that are worth, after it, no more than the request was, rounded down; the rest is burned, so
    /// that the queue can't be used to earn and yet be always about to leave: as if one had left and come again. Only the
    /// receiver.
    /// @dev Reverts with `UnderwritingPool__NoRequest`, `__NotReceiver`.
    function cancelRedeem(uint256 id) external returns (uint256 shares);

    /// @notice Fetches a payment whose transfer the asset refused.
    /// @dev Reverts with `UnderwritingPool__NothingOwed`, `__ZeroAddress`.
    function fetchOwed(address receiver) external returns (uint256 assets);

    /// @notice Brings the books up to date. Anyone.
    function accrue() external;

    /* THE COVER MANAGER */

    /// @notice Binds capital for a cover; `net` of premium has been sent here and streams until the bucket ends.
    /// @param capBps most of the capacity that the product may bind
    /// @return rate of the stream, rounded down: for the pool
    /// @dev Reverts with `UnderwritingPool__CapacityExceeded`, `__Retired`, `__BucketOver`, `__TransferShort`, `__TooMuch`.
    function bindCover(
        uint8 product,
        uint256 bucket,
        uint256 amount,
        uint256 net,
        uint256 capBps
    ) external returns (uint256 rate);

    /// @notice Moves a cover to a later bucket; what it has not streamed and `net` stream until there.
    function moveCover(
        uint8 product,
        uint256[2] calldata fromTo,
        uint256 amount,
        uint256 rate,
        uint256 net,
        uint256 capBps
    ) external returns (uint256 newRate);

    /// @notice Frees a cover's capital; of what is left of its stream `refund` is paid, the rest streams on until the bucket ends.
    function releaseCover(
        uint8 product,
        uint256 bucket,
        uint256 amount,
        uint256 rate,
        uint256 refund,
        address receiver
    ) external;

    /// @notice Counts the product's live cover as exposure, or no longer.
    function setIncident(uint8 product, bool open) external;

    /// @notice Takes a cover out of its bucket and locks its amount, all of it.
    function lockClaim(uint8 product, uint256 bucket, uint256 amount) external;

    /// @notice Releases a lock: the reserve pays first, then the capital; what is left is cover again iff its bucket is ahead.
    /// @return fromReserve what the reserve paid
    /// @dev Reverts with `UnderwritingPool__ClaimsPaused`.
    function settleClaim(
        uint8 product,
        uint256 bucket,
        uint256 amount,
        uint256 pay,
        address receiver
    ) external returns (uint256 fromReserve);

    /// @notice Sends up to `assets` of the reserve to `receiver`.
    function drawReserve(uint256 assets, address receiver) external returns (uint256 drawn);

    /// @notice Puts `assets` of what the shares of `vault` bring in down to the reserve: they have recovered what it paid, after
    /// all that the capital did.
    function oweReserve(address vault, uint256 assets) external;

    /// @notice Redeems the shares of `vault` that are here, as many as it pays now: the reserve gets its part first, the rest
    /// streams in until the bucket after next ends.
    /// @return assets both together
    function recover(address vault) external returns (uint256 assets);

    /* ROLES */

    /// @notice Stops the pool's time, payouts and exits for `duration` seconds. DERISK: the guardian, at once. Ends by itself.
    /// @dev Reverts with `UnderwritingPool__ClaimsPaused`, `__PauseTooLong`.
    function pauseClaims(uint256 duration) external;

    /// @notice Ends a pause early. CURATOR.
    function resumeClaims() external;

    /// @notice DERISK.
    function stopDeposits() external;

    /// @notice CURATOR.
    function resumeDeposits() external;

    /* VIEWS */

    /// @notice The books as they would be now.
    function books() external view returns (Books memory);

    /// @notice Pool time: the block's, less all seconds of pause.
    function poolTime() external view returns (uint256);

    /// @notice What a premium depends on: pool time, L and the capacity.
    function utilisation() external view returns (uint256 time, uint256 live, uint256 capacity);

    /// @notice Block time until which claims are paused; 0 if they are not.
    function pausedUntil() external view returns (uint256);

    /// @notice A: what the shares own, less nothing.
    function totalAssets() external view returns (uint256);

    /// @notice L_p.
    function liveOf(uint8 product) external view returns (uint256);

    /// @notice E.
    function exposure() external view returns (uint256);

    /// @notice A − C − Q, not below 0.
    function capacity() external view returns (uint256);

    /// @notice A − C − L: the most that can leave now.
    function freeAssets() external view returns (uint256);

    /// @notice `assets · (S + 1e6) / (A + 1)`, rounded down.
    function convertToShares(uint256 assets) external view returns (uint256);

    /// @notice `shares · (A + 1) / (S + 1e6)`, rounded down.
    function convertToAssets(uint256 shares) external view returns (uint256);

    /// @notice What `finalizeRedeem` would pay if nothing bound the capital, rounded down.
    function redeemable(uint256 id) external view returns (uint256);

    function requestOf(uint256 id) external view returns (Request memory);

    function requestCount() external view returns (uint256);

    function owed(address account) external view returns (uint256);

    /// @notice What the reserve gets of what shares of `vault` bring in.
    function owedToReserve(address vault) external view returns (uint256);

    function totalOwed() external view returns (uint256);

    function asset() external view returns (address);

    function modules() external view returns (Modules memory);

    /// @notice What must hold of the books, checked against buckets and balances. 0: all of it. Bit 0: L + C ≤ A · 1: L = Σ L_p
    /// · 2: L_p = Σ of the buckets ahead, for each p · 3: the rate is the sum of what the buckets ahead will cut · 4: the
    /// tokens are there · 5: the queued shares are there · 6: what is still to be streamed is there.
    function checkInvariants() external view returns (uint256 broken);
}
