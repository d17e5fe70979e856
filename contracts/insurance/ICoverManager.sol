// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPremiumModel} from "./IPremiumModel.sol";
import {Modules} from "./Modules.sol";

/// @notice What is open on a cover; at most one.
enum ClaimKind {
    None,
    Parametric,
    Assessed
}

/// @title Cover for vault shares
/// @notice A product is one insured ERC-4626 vault. A cover promises up to `amount` if the vault's share price falls
/// by more than the deductible below the cover's own entry price (paid by a formula, see `IIncidentModule`), or for a
/// loss that a price can't show (see `IClaimsModule`). The shares it stands for are **armed**: they lie in the policy, an
/// ERC-721 of `ICoverNFT`, so that cover and shares move together, and were held before the loss.
///
/// A cover starts 3 days after it was bought, runs to its expiry, and can be claimed on for 35 days more; it binds capital
/// and pays premium until the end of the 7-day bucket after that, and not a second less or more.
///
/// Entry price: the price when bought, but no more than the high-water mark and what a year's growth of 50 % allows since.
/// It never rises. It falls when shares are armed later at a lower price (the weighted average), and to the price of each
/// incident of the product since, so that no loss is paid twice.
/// @dev Amounts in asset wei; shares in share wei; prices in asset wei per share wei · 1e27; times in seconds of pool time.
interface ICoverManager {
    /// @notice What the DAO decides about a product.
    struct Terms {
        address vault;
        /// a fall of so much isn't paid; 200 to 1,000
        uint16 deductibleBps;
        /// most of the pool's capacity that it may bind; at most 5,000
        uint16 capBps;
        /// its part of the premium curve; 10,000 = all of it
        uint16 multiplierBps;
    }

    /// @notice A product; two slots.
    struct Product {
        address vault;
        uint16 deductibleBps;
        uint16 capBps;
        uint16 multiplierBps;
        uint8 shareDecimals;
        bool stopped;
        bool incident;
        /// high-water mark of the price, rate-limited; gates purchases only
        uint144 hwm;
        uint32 hwmAt;
        /// last time the price was seen at 99 % of the mark or more
        uint32 healthyAt;
        /// first of the low prices seen since; 0 if none
        uint32 lowAt;
        /// that entries follow
        uint16 marks;
    }

    /// @notice Terms on their way.
    struct Scheduled {
        Terms terms;
        uint144 price;
        uint40 effectiveAt;
    }

    /// @notice A price to which entries fall. `everyone`: an incident's, for all covers bought before. Else: a mark given up
    /// after a loss without incident, for those covers that had not started when the price was last healthy.
    struct Mark {
        uint160 price;
        uint40 healthyAt;
        bool everyone;
    }

    /// @notice A cover; three slots: 2 · 96 + 8 + 32 + 8 + 8, which claims change; 144 + 16 + 2 · 40 + 16; 128 + 96.
    struct Cover {
        uint96 amount;
        /// of the amount, not paid yet; 0 when cancelled
        uint96 remaining;
        uint8 product;
        uint32 bucket;
        ClaimKind claim;
        /// its shares wait for what the vault recovers
        bool frozen;
        uint144 entry;
        uint16 deductibleBps;
        /// it starts
        uint40 start;
        uint40 expiry;
        /// marks of the product that the entry has followed
        uint16 marksSeen;
        /// of its premium stream, asset wei · 1e12 per second
        uint128 rate;
        /// paid for it in all
        uint96 premium;
    }

    /// @notice A purchase.
    struct Purchase {
        uint8 product;
        uint96 amount;
        /// 7 to 365 days
        uint40 period;
        /// armed at once, taken from the caller; may be 0
        uint256 shares;
        uint256 maxPremium;
        /// owns the policy
        address receiver;
    }

    event CoverBought(
        uint256 indexed id,
        uint8 indexed product,
        address indexed receiver,
        uint256 amount,
        uint256 premium,
        uint256 entry,
        uint256 expiry,
        uint256 bucket
    );
    event CoverExtended(uint256 indexed id, uint256 expiry, uint256 bucket, uint256 premium);
    event CoverCancelled(uint256 indexed id, uint256 refund);
    event Armed(uint256 indexed id, uint256 shares, uint256 entry);
    event Disarmed(uint256 indexed id, address indexed receiver, uint256 shares);
    event ClaimOpened(uint256 indexed id, ClaimKind kind, uint256 locked);
    event ClaimClosed(uint256 indexed id, ClaimKind kind, uint256 paid, uint256 remaining);
    /// @notice `kept` shares went to the pool, the others are free.
    event SharesReleased(uint256 indexed id, uint256 kept);
    event ProductScheduled(uint8 indexed product, Terms terms, uint256 price, uint256 effectiveAt);
    event ProductSet(uint8 indexed product, Terms terms, uint256 price);
    event ProductStopped(uint8 indexed product);
    event ProductCapLowered(uint8 indexed product, uint256 capBpsBefore, uint256 capBps);
    event ModelScheduled(address indexed model, uint256 effectiveAt);
    event ModelSet(address indexed modelBefore, address indexed model);
    event FeesSet(uint256 daoFeeBps, uint256 reserveFeeBps);
    event BuysSet(address indexed caller, bool stopped);
    /// @notice The price was seen; `healthy`: at 99 % of the mark or more.
    event Poked(uint8 indexed product, uint256 price, uint256 hwm, bool healthy);
    /// @notice Entries of covers bought before fall to `price`.
    event Marked(uint8 indexed product, uint256 price, uint256 healthyAt, bool everyone);

    error CoverManager__WrongAddress(address manager);
    error CoverManager__NotModule(address caller);
    error CoverManager__NotOwner(uint256 id, address caller);
    error CoverManager__BuysStopped();
    error CoverManager__NoProduct(uint8 product);
    error CoverManager__ProductStopped(uint8 product);
    error CoverManager__IncidentOpen(uint8 product);
    /// @notice The price is below 99 % of the high-water mark.
    error CoverManager__Unhealthy(uint8 product, uint256 price, uint256 hwm);
    error CoverManager__OutOfBounds(uint256 value, uint256 minimum, uint256 maximum);
    error CoverManager__PremiumTooHigh(uint256 premium, uint256 maxPremium);
    error CoverManager__Over(uint256 id);
    error CoverManager__ClaimOpen(uint256 id);
    error CoverManager__NoClaim(uint256 id);
    error CoverManager__Frozen(uint256 id);
    error CoverManager__NotFrozen(uint256 id);
    error CoverManager__BadVault(address vault);
    /// @notice Nothing is scheduled, or it takes effect later.
    error CoverManager__NotYet(uint256 effectiveAt);
    error CoverManager__ZeroAddress();

    /* ANYONE */

    /// @notice Buys cover; the caller pays the premium and arms shares, `receiver` owns the policy.
    /// @return id of the policy
    /// @return premium paid: the integral of the curve until the bucket ends, at least the minimum; rounded up
    /// @dev Reverts with `CoverManager__BuysStopped`, `__NoProduct`, `__ProductStopped`, `__IncidentOpen`, `__Unhealthy`,
    /// `__OutOfBounds`, `__PremiumTooHigh`, and with the pool's errors.
    function buy(Purchase calldata purchase) external returns (uint256 id, uint256 premium);

    /// @notice Adds shares to a policy, from its owner's hands. The entry becomes the average, weighted by shares, of the
    /// entry and the price now where that is lower; rounded down, for the pool.
    /// @dev Only the owner. Reverts with `CoverManager__NotOwner`, `__ClaimOpen`, `__Frozen`, `__IncidentOpen`, `__Unhealthy`.
    function arm(uint256 id, uint256 shares) external;

    /// @notice Takes shares out. Works whatever the vault's price does, and after the cover is over.
    /// @dev Only the owner. Reverts with `CoverManager__NotOwner`, `__ClaimOpen`, `__Frozen`, `__IncidentOpen`.
    function disarm(uint256 id, uint256 shares, address receiver) external;

    /// @notice Moves the expiry by `period`, for the curve's premium of the time that its bucket moves. Not if the product's
    /// deductible has become larger than the cover's.
    /// @dev Only the owner, before the expiry. Reverts with `CoverManager__NotOwner`, `__Over`, `__ClaimOpen`,
    /// `__BuysStopped`, `__ProductStopped`, `__IncidentOpen`, `__Unhealthy`, `__OutOfBounds`, `__PremiumTooHigh`.
    function extend(uint256 id, uint40 period, uint256 maxPremium) external returns (uint256 premium);

    /// @notice Ends a cover and the right to claim on it. 90 % of the premium not yet streamed comes back, in the part of the
    /// amount not paid out, rounded down; the pool keeps the minimum premium. Worth doing at expiry.
    /// @dev Only the owner. Reverts with `CoverManager__NotOwner`, `__ClaimOpen`, `__IncidentOpen`, `__Over`.
    function cancel(uint256 id) external returns (uint256 refund);

    /// @notice Looks at the price. Raises the mark, by no more than a year's growth of 50 % allows in at most 7 days; or, the
    /// second time that it is low, 7 days after the first, takes the price for the new mark. Does nothing in an incident.
    /// @dev Reverts while the price can't be read: that records nothing.
    function poke(uint8 product) external;

    /// @notice Puts scheduled terms into force.
    /// @dev Reverts with `CoverManager__NotYet`.
    function applyProduct(uint8 product) external;

    /// @notice Puts a scheduled model into force, for later premiums.
    /// @dev Reverts with `CoverManager__NotYet`.
    function applyModel() external;

    /// @notice Has the pool redeem the shares of the product's vault that it kept, as many as the vault pays now.
    function collect(uint8 product) external returns (uint256 assets);

    /* MODULES */

    /// @notice Begins or ends an incident of `product`. Only the incident module.
    function setIncident(uint8 product, bool open) external;

    /// @notice Entries of covers bought before fall to `price`, and so does the mark. Only the incident module.
    function mark(uint8 product, uint256 price, uint256 healthyAt) external;

    /// @notice Locks what remains of a cover. Only the incident and the claims module.
    /// @dev Reverts with `CoverManager__ClaimOpen`, `__Over`, `UnderwritingPool__BucketOver`.
    function openClaim(uint256 id, ClaimKind kind) external returns (uint256 locked);

    /// @notice Pays `pay` to the policy's owner and ends the claim. Only the module that opened it. The entry stays what it
    /// was at filing until it is asked for: then it follows the marks since.
    /// @return fromReserve what the reserve paid of it
    function closeClaim(uint256 id, ClaimKind kind, uint256 pay) external returns (uint256 fromReserve);

    /// @notice Unfreezes a policy's shares; `kept` of them go to the pool, and `toReserve` assets of what they bring to the
    /// reserve. Only the incident module.
    function releaseShares(uint256 id, uint256 kept, uint256 toReserve) external;

    /// @notice Sends up to `assets` of the reserve. Only the claims module.
    function drawReserve(uint256 assets, address receiver) external returns (uint256 drawn);

    /* ROLES */

    /// @notice Terms for a new product, or new ones for later covers of an old one; in force 24 days of pool time later. ADMIN.
    function scheduleProduct(uint8 product, Terms calldata terms) external;

    /// @notice Another curve; in force 24 days of pool time later. ADMIN.
    function scheduleModel(IPremiumModel model) external;

    /// @notice Parts of later premiums for the DAO and the reserve, at most 3,000 together. ADMIN.
    function setFees(uint256 daoFeeBps, uint256 reserveFeeBps) external;

    /// @notice Ends purchases and extensions on a product, and what is scheduled for it. DERISK.
    function stopProduct(uint8 product) external;

    /// @notice DERISK.
    function lowerProductCap(uint8 product, uint256 capBps) external;

    /// @notice DERISK.
    function stopBuys() external;

    /// @notice CURATOR.
    function resumeBuys() external;

    /* VIEWS */

    /// @notice The premium of `buy` now, and until when it is billed.
    function quote(
        uint8 product,
        uint256 amount,
        uint256 period
    ) external view returns (uint256 premium, uint256 billedUntil);

    /// @notice What `cancel` would pay now.
    function refundOf(uint256 id) external view returns (uint256);

    /// @notice The cover, its entry as it is now.
    function coverOf(uint256 id) external view returns (Cover memory);

    function claimOf(uint256 id) external view returns (ClaimKind);

    function productOf(uint8 product) external view returns (Product memory);

    /// @notice The price of a share of the product's vault, rounded down. Reverts if it can't be read.
    function priceOf(uint8 product) external view returns (uint256);

    function scheduledProduct(uint8 product) external view returns (Scheduled memory);

    function markCount(uint8 product) external view returns (uint256);

    function markAt(uint8 product, uint256 index) external view returns (Mark memory);

    function model() external view returns (IPremiumModel);

    function fees() external view returns (uint256 daoFeeBps, uint256 reserveFeeBps);

    function minPremium() external view returns (uint256);

    function buysStopped() external view returns (bool);

    function modules() external view returns (Modules memory);

    /// @notice Seconds of pool time from buying to the start of a cover: no less than the curator has to announce a loss that
    /// removing an adapter realises. One that is made at once when it can be is covered by nothing bought since; for one that is
    /// made later, purchases have to be stopped.
    function waitingPeriod() external pure returns (uint256);
}
