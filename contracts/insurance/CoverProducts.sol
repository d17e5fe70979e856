// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ICoverManager} from "./ICoverManager.sol";
import {IPremiumModel} from "./IPremiumModel.sol";
import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {BPS, GROWTH_BPS, MAX_PRODUCTS, NOTICE, RAY, YEAR} from "./Modules.sol";

/// @title The insured vaults: terms on notice, prices, marks
/// @notice The specification is in `ICoverManager`.
abstract contract CoverProducts is ICoverManager, AccessManaged {
    using Math for uint256;
    using SafeCast for uint256;

    uint256 private constant _MIN_DEDUCTIBLE = 200;
    uint256 private constant _MAX_DEDUCTIBLE = 1_000;
    uint256 private constant _MAX_CAP = 5_000;
    uint256 private constant _MAX_FEES = 3_000;
    uint256 private constant _HEALTHY_BPS = 9_900;
    /// @dev Growth counts no more silent time than this; and two low prices so far apart make a new mark.
    uint256 private constant _WEEK = 7 days;

    IUnderwritingPool internal immutable _pool;

    /* WRITTEN BY ROLES */

    /// @inheritdoc ICoverManager
    IPremiumModel public model;
    uint40 private _modelAt; // one slot: 160 + 40 + 16 + 16 + 8
    uint16 internal _daoFeeBps;
    uint16 internal _reserveFeeBps;
    /// @inheritdoc ICoverManager
    bool public buysStopped;
    IPremiumModel private _nextModel;
    mapping(uint8 product => Scheduled scheduled) private _scheduled;

    /* WRITTEN BY EVERYONE'S FLOWS */

    Product[MAX_PRODUCTS] internal _products;
    mapping(uint8 product => mapping(uint256 index => Mark mark)) private _marks;

    /* ANYONE */

    /// @inheritdoc ICoverManager
    function poke(uint8 product) external {
        Product storage p = _product(product);
        require(!p.incident, CoverManager__IncidentOpen(product));
        _poke(product, p, _pool.poolTime());
    }

    /// @inheritdoc ICoverManager
    function applyProduct(uint8 product) external {
        Scheduled memory s = _scheduled[product];
        require(s.effectiveAt != 0 && _pool.poolTime() >= s.effectiveAt, CoverManager__NotYet(s.effectiveAt));
        delete _scheduled[product];
        Product storage p = _products[product];
        uint256 time = _pool.poolTime();
        if (p.vault == address(0)) {
            (p.vault, p.shareDecimals) = (s.terms.vault, IERC4626(s.terms.vault).decimals());
            p.hwm = uint144(_priceOf(p).min(s.price));
            (p.hwmAt, p.healthyAt) = (uint32(time), uint32(time));
        }
        (p.deductibleBps, p.capBps) = (s.terms.deductibleBps, s.terms.capBps);
        (p.multiplierBps, p.stopped) = (s.terms.multiplierBps, false);
        emit ProductSet(product, s.terms, p.hwm);
    }

    /// @inheritdoc ICoverManager
    function applyModel() external {
        require(_modelAt != 0 && _pool.poolTime() >= _modelAt, CoverManager__NotYet(_modelAt));
        emit ModelSet(address(model), address(_nextModel));
        (model, _modelAt) = (_nextModel, 0);
    }

    /* ADMIN */

    /// @inheritdoc ICoverManager
    function scheduleProduct(uint8 product, Terms calldata terms) external restricted {
        _requireWithin(product, 0, MAX_PRODUCTS - 1);
        _requireWithin(terms.deductibleBps, _MIN_DEDUCTIBLE, _MAX_DEDUCTIBLE);
        _requireWithin(terms.capBps, 1, _MAX_CAP);
        _requireWithin(terms.multiplierBps, 1, type(uint16).max);
        Product storage p = _products[product];
        require(terms.vault != _pool.asset(), CoverManager__BadVault(terms.vault));
        require(IERC4626(terms.vault).asset() == _pool.asset(), CoverManager__BadVault(terms.vault));
        require(p.vault == address(0) || p.vault == terms.vault, CoverManager__BadVault(terms.vault));
        uint256 price = _priceOf(terms.vault, IERC4626(terms.vault).decimals());
        uint256 effectiveAt = _pool.poolTime() + NOTICE;
        _scheduled[product] = Scheduled(terms, uint144(price), uint40(effectiveAt));
        emit ProductScheduled(product, terms, price, effectiveAt);
    }

    /// @inheritdoc ICoverManager
    function scheduleModel(IPremiumModel model_) external restricted {
        require(address(model_).code.length != 0, CoverManager__ZeroAddress());
        uint256 effectiveAt = _pool.poolTime() + NOTICE;
        (_nextModel, _modelAt) = (model_, uint40(effectiveAt));
        emit ModelScheduled(address(model_), effectiveAt);
    }

    /// @inheritdoc ICoverManager
    function setFees(uint256 daoFeeBps, uint256 reserveFeeBps) external restricted {
        _requireWithin(daoFeeBps, 0, _MAX_FEES);
        _requireWithin(reserveFeeBps, 0, _MAX_FEES - daoFeeBps);
        (_daoFeeBps, _reserveFeeBps) = (uint16(daoFeeBps), uint16(reserveFeeBps));
        emit FeesSet(daoFeeBps, reserveFeeBps);
    }

    /* DERISK */

    /// @inheritdoc ICoverManager
    function stopProduct(uint8 product) external restricted {
        _requireWithin(product, 0, MAX_PRODUCTS - 1);
        _products[product].stopped = true;
        delete _scheduled[product];
        emit ProductStopped(product);
    }

    /// @inheritdoc ICoverManager
    function lowerProductCap(uint8 product, uint256 capBps) external restricted {
        Product storage p = _product(product);
        _requireWithin(capBps, 0, p.capBps);
        emit ProductCapLowered(product, p.capBps, capBps);
        p.capBps = uint16(capBps);
    }

    /// @inheritdoc ICoverManager
    function stopBuys() external restricted {
        buysStopped = true;
        emit BuysSet(msg.sender, true);
    }

    /* CURATOR */

    /// @inheritdoc ICoverManager
    function resumeBuys() external restricted {
        buysStopped = false;
        emit BuysSet(msg.sender, false);
    }

    /* VIEWS */

    /// @inheritdoc ICoverManager
    function productOf(uint8 product) external view returns (Product memory) {
        return _products[product];
    }

    /// @inheritdoc ICoverManager
    function priceOf(uint8 product) external view returns (uint256) {
        return _priceOf(_product(product));
    }

    /// @inheritdoc ICoverManager
    function scheduledProduct(uint8 product) external view returns (Scheduled memory) {
        return _scheduled[product];
    }

    /// @inheritdoc ICoverManager
    function markCount(uint8 product) external view returns (uint256) {
        return _products[product].marks;
    }

    /// @inheritdoc ICoverManager
    function markAt(uint8 product, uint256 index) external view returns (Mark memory) {
        return _marks[product][index];
    }

    /// @inheritdoc ICoverManager
    function fees() external view returns (uint256 daoFeeBps, uint256 reserveFeeBps) {
        return (_daoFeeBps, _reserveFeeBps);
    }

    /// @dev Looks at the price, which must be healthy, outside of incidents. Returns what a new share is entered at.
    function _requireHealthy(uint8 product, Product storage p, uint256 time) internal returns (uint256 entry) {
        require(!p.incident, CoverManager__IncidentOpen(product));
        bool healthy;
        (entry, healthy) = _poke(product, p, time);
        require(healthy, CoverManager__Unhealthy(product, entry, p.hwm));
    }

    function _pushMark(uint8 product, Product storage p, uint256 price, uint256 healthyAt, bool everyone) internal {
        _marks[product][p.marks++] = Mark(uint160(price), uint40(healthyAt), everyone);
        emit Marked(product, price, healthyAt, everyone);
    }

    /// @dev Where purchases are open.
    function _open(uint8 product) internal view returns (Product storage p) {
        require(!buysStopped, CoverManager__BuysStopped());
        p = _product(product);
        require(!p.stopped, CoverManager__ProductStopped(product));
    }

    function _product(uint8 product) internal view returns (Product storage p) {
        require(product < MAX_PRODUCTS && _products[product].vault != address(0), CoverManager__NoProduct(product));
        return _products[product];
    }

    function _priceOf(Product storage p) internal view returns (uint256) {
        return _priceOf(p.vault, p.shareDecimals);
    }

    /// @dev An entry as it is after the product's marks since. While a claim is open it stays what it was at filing.
    function _entryAfter(Cover memory c) internal view returns (uint256 entry, uint256 seen) {
        (entry, seen) = (c.entry, c.marksSeen);
        if (uint8(c.claim) != 0) return (entry, seen);
        uint256 marks = _products[c.product].marks;
        for (; seen < marks; ++seen) {
            Mark memory m = _marks[c.product][seen];
            if (m.everyone || c.start > m.healthyAt) entry = entry.min(m.price);
        }
    }

    function _requireWithin(uint256 value, uint256 minimum, uint256 maximum) internal pure {
        require(value >= minimum && value <= maximum, CoverManager__OutOfBounds(value, minimum, maximum));
    }

    /// @dev The mark grows by at most 50 % a year, counting at most a week of silence, rounded down: a donation lifts no entry.
    function _poke(uint8 product, Product storage p, uint256 time) private returns (uint256 seen, bool healthy) {
        (uint256 price, uint256 hwm) = (_priceOf(p), p.hwm);
        uint256 grown = (time - p.hwmAt).min(_WEEK) * GROWTH_BPS;
        seen = price.min(hwm + (hwm * grown) / (YEAR * BPS));
        healthy = price * BPS >= hwm * _HEALTHY_BPS;
        if (healthy) {
            if (seen > hwm) p.hwm = uint144(hwm = seen);
            (p.hwmAt, p.healthyAt, p.lowAt) = (uint32(time), uint32(time), 0);
        } else if (p.lowAt == 0) {
            p.lowAt = uint32(time);
        } else if (time >= p.lowAt + _WEEK) {
            // A loss without an incident: those who had not started when the price was last healthy enter at the new one.
            _pushMark(product, p, price, p.healthyAt, false);
            p.hwm = uint144(hwm = price);
            (p.hwmAt, p.healthyAt, p.lowAt) = (uint32(time), uint32(time), 0);
            healthy = true;
        }
        emit Poked(product, price, hwm, healthy);
    }

    /// @dev Asset wei per share wei · 1e27, over a million whole shares, rounded down. A read that fails reverts, and so does
    /// one that was starved: neither records anything.
    function _priceOf(address vault, uint256 shareDecimals) private view returns (uint256 price) {
        uint256 probe = 10 ** (shareDecimals + 6);
        price = IERC4626(vault).convertToAssets(probe).mulDiv(RAY, probe);
        _requireWithin(price, 0, type(uint144).max);
    }
}
