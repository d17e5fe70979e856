// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {CoverProducts} from "./CoverProducts.sol";
import {ClaimKind, ICoverManager} from "./ICoverManager.sol";
import {ICoverNFT} from "./ICoverNFT.sol";
import {IPremiumModel} from "./IPremiumModel.sol";
import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {BPS, BUCKET, GRACE, MAX_PERIOD, MIN_PERIOD, Modules, RAY, WAIT} from "./Modules.sol";

/// @title Cover manager
/// @notice The specification is in `ICoverManager`.
contract CoverManager is CoverProducts, ReentrancyGuardTransient {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @notice Constructor arguments beside the modules.
    struct Config {
        uint256 minPremium;
        address authority;
        IPremiumModel model;
        /// gets the DAO's part of premiums
        address treasury;
        uint16 daoFeeBps;
        uint16 reserveFeeBps;
    }

    /// @dev The pool's, asked for once a purchase.
    struct Utilisation {
        uint256 time;
        uint256 live;
        uint256 capacity;
    }

    uint256 private constant _PRECISION = 1e12;
    uint256 private constant _REFUND_BPS = 9_000;

    ICoverNFT private immutable _nft;
    address private immutable _incidents;
    address private immutable _claims;
    address private immutable _reserve;
    IERC20 private immutable _asset;
    address private immutable _treasury;
    /// @inheritdoc ICoverManager
    uint256 public immutable minPremium;

    mapping(uint256 id => Cover cover) private _covers;

    modifier onlyIncidents() {
        require(msg.sender == _incidents, CoverManager__NotModule(msg.sender));
        _;
    }

    modifier onlyOwner(uint256 id) {
        require(IERC721(address(_nft)).ownerOf(id) == msg.sender, CoverManager__NotOwner(id, msg.sender));
        _;
    }

    /// @dev The pool must exist already: it says what the asset is.
    constructor(Config memory config, Modules memory modules_) AccessManaged(config.authority) {
        require(modules_.manager == address(this), CoverManager__WrongAddress(modules_.manager));
        require(config.treasury != address(0), CoverManager__ZeroAddress());
        _pool = IUnderwritingPool(modules_.pool);
        _asset = IERC20(_pool.asset());
        _nft = ICoverNFT(modules_.nft);
        (_incidents, _claims, _reserve) = (modules_.incidents, modules_.claims, modules_.reserve);
        (_treasury, minPremium) = (config.treasury, config.minPremium);
        model = config.model;
        (_daoFeeBps, _reserveFeeBps) = (config.daoFeeBps, config.reserveFeeBps);
    }

    /* ANYONE */

    /// @inheritdoc ICoverManager
    function buy(Purchase calldata purchase) external nonReentrant returns (uint256 id, uint256 premium) {
        Product storage p = _open(purchase.product);
        Utilisation memory u = _utilisation();
        Cover memory c;
        c.entry = uint144(_requireHealthy(purchase.product, p, u.time));
        (c.amount, c.remaining, c.product) = (purchase.amount, purchase.amount, purchase.product);
        c.deductibleBps = p.deductibleBps;
        (premium, c.bucket) = _quote(p, purchase.amount, purchase.period, u);
        (c.start, c.expiry) = (uint40(u.time + WAIT), uint40(u.time + purchase.period));
        c.marksSeen = p.marks;
        c.premium = premium.toUint96();
        uint256 net = _collectPremium(premium, purchase.maxPremium);
        c.rate = uint128(_pool.bindCover(c.product, c.bucket, c.amount, net, p.capBps));
        id = _nft.mint(purchase.receiver, purchase.shares);
        _covers[id] = c;
        emit CoverBought(id, c.product, purchase.receiver, c.amount, premium, c.entry, c.expiry, c.bucket);
        if (purchase.shares != 0) _take(id, p.vault, purchase.shares, c.entry);
    }

    /// @inheritdoc ICoverManager
    function arm(uint256 id, uint256 shares) external nonReentrant onlyOwner(id) {
        Cover storage c = _idle(id);
        require(!c.frozen, CoverManager__Frozen(id));
        Product storage p = _product(c.product);
        uint256 price = _requireHealthy(c.product, p, _pool.poolTime());
        _follow(c);
        uint256 armed = _nft.armedOf(id);
        // No more than was in the entry before: shares that come later were bought at the price now.
        uint256 entry = (armed * c.entry + shares * price.min(c.entry)) / (armed + shares);
        c.entry = uint144(entry);
        _take(id, p.vault, shares, entry);
        _nft.credit(id, shares);
    }

    /// @inheritdoc ICoverManager
    function disarm(uint256 id, uint256 shares, address receiver) external nonReentrant onlyOwner(id) {
        Cover storage c = _idle(id);
        require(!c.frozen, CoverManager__Frozen(id));
        Product storage p = _product(c.product);
        require(!p.incident, CoverManager__IncidentOpen(c.product));
        emit Disarmed(id, receiver, shares);
        _nft.debit(id, p.vault, shares, receiver);
    }

    /// @inheritdoc ICoverManager
    function extend(
        uint256 id,
        uint40 period,
        uint256 maxPremium
    ) external nonReentrant onlyOwner(id) returns (uint256 premium) {
        Cover storage c = _idle(id);
        Product storage p = _open(c.product);
        Utilisation memory u = _utilisation();
        _requireHealthy(c.product, p, u.time);
        uint256 expiry = c.expiry;
        require(u.time < expiry && c.remaining != 0, CoverManager__Over(id));
        _requireWithin(period, 1, MAX_PERIOD - (expiry - u.time));
        // A longer cover is a new risk: the underwriters agreed to no smaller deductible than today's.
        _requireWithin(c.deductibleBps, p.deductibleBps, BPS);
        expiry += period;
        uint256[2] memory fromTo = [uint256(c.bucket), _bucketOf(expiry)];
        uint256 longer = (fromTo[1] - fromTo[0]) * BUCKET;
        require(u.live <= u.capacity, IUnderwritingPool.UnderwritingPool__CapacityExceeded(u.live, u.capacity));
        premium = model.premium(u.live - c.remaining, c.remaining, u.capacity, longer, p.multiplierBps);
        uint256 net = _collectPremium(premium, maxPremium);
        (c.expiry, c.bucket) = (uint40(expiry), uint32(fromTo[1]));
        c.premium = (c.premium + premium).toUint96();
        c.rate = uint128(_pool.moveCover(c.product, fromTo, c.remaining, c.rate, net, p.capBps));
        emit CoverExtended(id, expiry, fromTo[1], premium);
        _nft.refresh(id);
    }

    /// @inheritdoc ICoverManager
    function cancel(uint256 id) external nonReentrant onlyOwner(id) returns (uint256 refund) {
        Cover storage c = _idle(id);
        require(!_products[c.product].incident, CoverManager__IncidentOpen(c.product));
        uint256 time = _pool.poolTime();
        require(c.rate != 0 || c.remaining != 0, CoverManager__Over(id));
        refund = _refund(c, time);
        (uint256 remaining, uint256 rate) = (c.remaining, c.rate);
        (c.remaining, c.rate) = (0, 0);
        if (time < c.expiry) c.expiry = uint40(time);
        emit CoverCancelled(id, refund);
        _pool.releaseCover(c.product, c.bucket, remaining, rate, refund, msg.sender);
        _nft.refresh(id);
    }

    /// @inheritdoc ICoverManager
    function collect(uint8 product) external nonReentrant returns (uint256 assets) {
        return _pool.recover(_product(product).vault);
    }

    /* MODULES */

    /// @inheritdoc ICoverManager
    function setIncident(uint8 product, bool open) external onlyIncidents {
        Product storage p = _products[product];
        (p.incident, p.lowAt) = (open, 0);
        _pool.setIncident(product, open);
    }

    /// @inheritdoc ICoverManager
    function mark(uint8 product, uint256 price, uint256 healthyAt) external onlyIncidents {
        Product storage p = _products[product];
        if (price < p.hwm) p.hwm = uint144(price);
        _pushMark(product, p, price, healthyAt, true);
    }

    /// @inheritdoc ICoverManager
    function openClaim(uint256 id, ClaimKind kind) external nonReentrant returns (uint256 locked) {
        _requireModule(kind);
        Cover storage c = _idle(id);
        locked = c.remaining;
        require(locked != 0, CoverManager__Over(id));
        _follow(c);
        c.claim = kind;
        emit ClaimOpened(id, kind, locked);
        _pool.lockClaim(c.product, c.bucket, locked);
    }

    /// @inheritdoc ICoverManager
    function closeClaim(uint256 id, ClaimKind kind, uint256 pay) external nonReentrant returns (uint256 fromReserve) {
        _requireModule(kind);
        Cover storage c = _covers[id];
        require(c.claim == kind && kind != ClaimKind.None, CoverManager__NoClaim(id));
        uint256 locked = c.remaining;
        c.remaining = uint96(locked - pay);
        c.claim = ClaimKind.None;
        if (kind == ClaimKind.Parametric) {
            if (pay != 0) c.frozen = true;
        } else {
            _lowerEntry(c, pay, _nft.armedOf(id));
        }
        emit ClaimClosed(id, kind, pay, locked - pay);
        return _pool.settleClaim(c.product, c.bucket, locked, pay, _nft.refresh(id));
    }

    /// @inheritdoc ICoverManager
    function releaseShares(uint256 id, uint256 kept, uint256 toReserve) external nonReentrant onlyIncidents {
        Cover storage c = _covers[id];
        require(c.frozen, CoverManager__NotFrozen(id));
        c.frozen = false;
        emit SharesReleased(id, kept);
        address vault = _products[c.product].vault;
        if (kept == 0) _nft.refresh(id);
        else _nft.debit(id, vault, kept, address(_pool));
        if (toReserve != 0) _pool.oweReserve(vault, toReserve);
    }

    /// @inheritdoc ICoverManager
    function drawReserve(uint256 assets, address receiver) external nonReentrant returns (uint256 drawn) {
        _requireModule(ClaimKind.Assessed);
        return _pool.drawReserve(assets, receiver);
    }

    /* VIEWS */

    /// @inheritdoc ICoverManager
    function quote(
        uint8 product,
        uint256 amount,
        uint256 period
    ) external view returns (uint256 premium, uint256 billedUntil) {
        (premium, billedUntil) = _quote(_product(product), amount, period, _utilisation());
        billedUntil *= BUCKET;
    }

    /// @inheritdoc ICoverManager
    function refundOf(uint256 id) external view returns (uint256) {
        return _refund(_covers[id], _pool.poolTime());
    }

    /// @inheritdoc ICoverManager
    function coverOf(uint256 id) external view returns (Cover memory c) {
        c = _covers[id];
        (uint256 entry, uint256 seen) = _entryAfter(c);
        (c.entry, c.marksSeen) = (uint144(entry), uint16(seen));
    }

    /// @inheritdoc ICoverManager
    function claimOf(uint256 id) external view returns (ClaimKind) {
        return _covers[id].claim;
    }

    /// @inheritdoc ICoverManager
    function modules() external view returns (Modules memory) {
        return Modules(address(_pool), address(this), address(_nft), _incidents, _claims, _reserve);
    }

    /// @inheritdoc ICoverManager
    function waitingPeriod() external pure returns (uint256) {
        return WAIT;
    }

    /// @dev Takes the premium from the caller, the parts of the DAO and the reserve first. The rest is the pool's.
    function _collectPremium(uint256 premium, uint256 maxPremium) private returns (uint256 net) {
        require(premium <= maxPremium, CoverManager__PremiumTooHigh(premium, maxPremium));
        uint256 daoFee = (premium * _daoFeeBps) / BPS; // down, for the underwriters
        uint256 reserveFee = (premium * _reserveFeeBps) / BPS;
        net = premium - daoFee - reserveFee;
        if (daoFee != 0) _asset.safeTransferFrom(msg.sender, _treasury, daoFee);
        if (reserveFee != 0) _asset.safeTransferFrom(msg.sender, _reserve, reserveFee);
        if (net != 0) _asset.safeTransferFrom(msg.sender, address(_pool), net);
    }

    function _take(uint256 id, address vault, uint256 shares, uint256 entry) private {
        emit Armed(id, shares, entry);
        IERC20(vault).safeTransferFrom(msg.sender, address(_nft), shares);
    }

    /// @dev Lets the entry follow the product's marks.
    function _follow(Cover storage c) private {
        (uint256 entry, uint256 seen) = _entryAfter(c);
        if (seen != c.marksSeen) (c.entry, c.marksSeen) = (uint144(entry), uint16(seen));
    }

    /// @dev What was paid per share is not insured any more; rounded up, for the pool. Shares that were taken out before the
    /// claim, and may come back for the price to show the same loss, are insured from nothing.
    function _lowerEntry(Cover storage c, uint256 pay, uint256 armed) private {
        if (pay == 0) return;
        uint256 paid = armed == 0 ? c.entry : pay.mulDiv(RAY, armed, Math.Rounding.Ceil);
        c.entry = uint144(uint256(c.entry).saturatingSub(paid));
    }

    function _quote(
        Product storage p,
        uint256 amount,
        uint256 period,
        Utilisation memory u
    ) private view returns (uint256 premium, uint32 bucket) {
        _requireWithin(period, MIN_PERIOD, MAX_PERIOD);
        _requireWithin(amount, 1, type(uint96).max);
        bucket = uint32(_bucketOf(u.time + period));
        premium = model.premium(u.live, amount, u.capacity, bucket * BUCKET - u.time, p.multiplierBps).max(minPremium);
    }

    function _utilisation() private view returns (Utilisation memory u) {
        (u.time, u.live, u.capacity) = _pool.utilisation();
    }

    /// @dev Rounded down, for the pool. Cover that was paid out gives nothing back: it was used.
    function _refund(Cover storage c, uint256 time) private view returns (uint256) {
        uint256 end = c.bucket * BUCKET;
        if (time >= end || c.amount == 0) return 0;
        uint256 leftover = (c.rate * (end - time)) / _PRECISION;
        leftover = (leftover * c.remaining * _REFUND_BPS) / (uint256(c.amount) * BPS);
        return leftover.min(uint256(c.premium).saturatingSub(minPremium));
    }

    /// @dev A cover without an open claim.
    function _idle(uint256 id) private view returns (Cover storage c) {
        c = _covers[id];
        require(c.claim == ClaimKind.None, CoverManager__ClaimOpen(id));
    }

    function _requireModule(ClaimKind kind) private view {
        address module = kind == ClaimKind.Assessed ? _claims : _incidents;
        require(msg.sender == module, CoverManager__NotModule(msg.sender));
    }

    /// @dev Rounded up: it ends no earlier than the last claim can be filed.
    function _bucketOf(uint256 expiry) private pure returns (uint256) {
        return (expiry + GRACE).ceilDiv(BUCKET);
    }
}
