// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {ClaimKind, ICoverManager} from "./ICoverManager.sol";
import {ICoverNFT} from "./ICoverNFT.sol";
import {IIncidentModule} from "./IIncidentModule.sol";
import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {BPS, CLAIM_WINDOW, GROWTH_BPS, Modules, RAY, YEAR} from "./Modules.sol";

/// @title Incident module
/// @notice The specification is in `IIncidentModule`.
contract IncidentModule is IIncidentModule, AccessManaged, ReentrancyGuardTransient {
    using Math for uint256;

    /// @dev Where a cover waits to be settled, 0 if nowhere; where it was paid last, what it owes if its vault recovers, and how
    /// much of that the reserve has paid. One slot: 2 · 32 + 2 · 96; no incident is opened before the product's last one closed.
    struct Filing {
        uint32 filedIn;
        uint32 paidIn;
        uint96 paid;
        uint96 fromReserve;
    }

    uint256 private constant _OBSERVATION = 1 days;
    uint256 private constant _SLOT = 1 days;
    uint256 private constant _SLOTS = 3;
    /// @dev Opened so soon after the last one closed, an incident is the same loss.
    uint256 private constant _REOPEN = 7 days;
    /// @dev 7 days before the last claim on any cover that was live: see GRACE.
    uint256 private constant _LAPSE = 28 days;
    uint256 private constant _DISPUTE = 21 days;
    uint256 private constant _FREEZE = 30 days;
    uint256 private constant _MAX_FREEZE = 120 days;

    ICoverManager private immutable _manager;
    IUnderwritingPool private immutable _pool;
    ICoverNFT private immutable _nft;

    /// @inheritdoc IIncidentModule
    uint256 public count;
    mapping(uint256 incident => Incident data) private _data;
    /// @inheritdoc IIncidentModule
    mapping(uint8 product => uint256 incident) public lastIncident;
    mapping(uint256 id => Filing filing) private _filings;

    constructor(address authority_, Modules memory modules_) AccessManaged(authority_) {
        require(modules_.incidents == address(this), IncidentModule__WrongAddress(modules_.incidents));
        _manager = ICoverManager(modules_.manager);
        _pool = IUnderwritingPool(modules_.pool);
        _nft = ICoverNFT(modules_.nft);
    }

    /* ANYONE */

    /// @inheritdoc IIncidentModule
    function open(uint256 id) external nonReentrant returns (uint256 incident) {
        ICoverManager.Cover memory c = _manager.coverOf(id);
        ICoverManager.Product memory p = _manager.productOf(c.product);
        uint256 last = lastIncident[c.product];
        require(!p.incident, IncidentModule__IncidentOpen(last));
        uint256 time = _pool.poolTime();
        bool live = c.claim == ClaimKind.None && time < c.expiry;
        require(live && _isEligible(id, c, p.healthyAt, time), IncidentModule__NotEligible(id));
        uint256 price = _manager.priceOf(c.product);
        uint256 threshold = _threshold(c);
        require(price < threshold, IncidentModule__NoLoss(price, threshold));
        Incident memory before = _data[last];
        bool again = last != 0 && time < before.closedAt + _REOPEN;
        incident = ++count;
        Incident storage i = _data[incident];
        (i.product, i.state, i.openedAt) = (c.product, State.Open, uint40(time));
        (i.lossAt, i.healthyAt) = (again ? before.lossAt : uint40(time), p.healthyAt);
        lastIncident[c.product] = incident;
        emit IncidentOpened(incident, c.product, id, price, i.lossAt, p.healthyAt);
        _manager.setIncident(c.product, true);
    }

    /// @inheritdoc IIncidentModule
    function file(uint256 id) external nonReentrant {
        ICoverManager.Cover memory c = _manager.coverOf(id);
        uint256 incident = lastIncident[c.product];
        Incident storage i = _open(incident);
        uint256 ends = i.openedAt + CLAIM_WINDOW;
        require(_pool.poolTime() < ends, IncidentModule__FilingOver(incident, ends));
        require(_isEligible(id, c, i.healthyAt, i.lossAt), IncidentModule__NotEligible(id));
        _filings[id].filedIn = uint32(incident);
        emit CoverFiled(incident, id, msg.sender, _manager.openClaim(id, ClaimKind.Parametric));
    }

    /// @inheritdoc IIncidentModule
    function record(uint256 incident) external nonReentrant returns (uint256 value) {
        Incident storage i = _open(incident);
        uint256 time = _pool.poolTime();
        uint256 from = i.openedAt + _OBSERVATION;
        require(time >= from, IncidentModule__NoSlot(incident));
        uint256 slot = (time - from) / _SLOT;
        uint256 slots = i.slots;
        bool fresh = slots == 0 || slot != i.lastSlot;
        require(!fresh || slots < _SLOTS, IncidentModule__NoSlot(incident));
        uint256 price = _manager.priceOf(i.product);
        if (fresh) (i.slots, i.lastSlot) = (uint8(++slots), uint16(slot));
        value = price.max(i.values[slots - 1]);
        i.values[slots - 1] = uint160(value);
        emit PriceRecorded(incident, slot, price, value);
    }

    /// @inheritdoc IIncidentModule
    function close(uint256 incident) external nonReentrant {
        Incident storage i = _open(incident);
        uint256 time = _pool.poolTime();
        (uint256 ends, State outcome) = _ending(i);
        require(time >= ends, IncidentModule__TooEarly(incident, ends));
        (i.state, i.closedAt) = (outcome, uint40(time));
        if (outcome == State.Closed) {
            uint256 price = _median(i.values);
            i.price = uint160(price);
            _manager.mark(i.product, price, i.healthyAt);
        }
        emit IncidentClosed(incident, outcome, i.price);
        _manager.setIncident(i.product, false);
    }

    /// @inheritdoc IIncidentModule
    function settle(uint256 id) external nonReentrant returns (uint256 paid) {
        Filing memory f = _filings[id];
        uint256 incident = f.filedIn;
        require(incident != 0, IncidentModule__NotFiled(id));
        Incident storage i = _data[incident];
        State state = i.state;
        require(state != State.Open, IncidentModule__NotClosed(incident));
        if (state == State.Closed) paid = _payoutOf(id, i.price);
        if (paid != 0) (f.paidIn, f.paid) = (uint32(incident), uint96(f.paid + paid));
        f.filedIn = 0;
        _filings[id] = f;
        emit CoverSettled(incident, id, paid);
        uint256 fromReserve = _manager.closeClaim(id, ClaimKind.Parametric, paid);
        if (fromReserve != 0) _filings[id].fromReserve = uint96(f.fromReserve + fromReserve);
    }

    /// @inheritdoc IIncidentModule
    function release(uint256 id) external nonReentrant returns (uint256 kept) {
        ICoverManager.Cover memory c = _manager.coverOf(id);
        require(c.frozen, ICoverManager.CoverManager__NotFrozen(id));
        // A filed cover is paid by its shares. People's claims don't look at them, and could outwait the recovery.
        require(c.claim != ClaimKind.Parametric, ICoverManager.CoverManager__ClaimOpen(id));
        Recovery memory r = _recoveryOf(id);
        uint256 passed = _pool.poolTime() - r.closedAt;
        require(passed >= _FREEZE, IncidentModule__StillFrozen(id, r.closedAt + _FREEZE));
        uint256 capitalPaid = r.paid - _filings[id].fromReserve;
        delete _filings[id];
        uint256 due;
        if (passed < _MAX_FREEZE) (due, kept) = _recovered(id, c.product, r, passed);
        emit Released(id, due, kept);
        // Who paid first has it back last.
        _manager.releaseShares(id, kept, due.saturatingSub(capitalPaid));
    }

    /* GUARDIAN */

    /// @inheritdoc IIncidentModule
    function dispute(uint256 incident) external restricted {
        Incident storage i = _open(incident);
        require(!i.disputed, IncidentModule__AlreadyDisputed(incident));
        uint256 time = _pool.poolTime();
        (i.disputed, i.disputedAt) = (true, uint40(time));
        emit Disputed(incident, time + _DISPUTE);
    }

    /* ADMIN */

    /// @inheritdoc IIncidentModule
    function resolveDispute(uint256 incident, bool voided) external restricted {
        Incident storage i = _open(incident);
        bool waiting = i.disputed && !i.cleared && _pool.poolTime() < i.disputedAt + _DISPUTE;
        require(waiting, IncidentModule__NotDisputed(incident));
        emit DisputeResolved(incident, voided);
        i.cleared = true;
        if (!voided) return;
        (i.state, i.closedAt) = (State.Voided, uint40(_pool.poolTime()));
        emit IncidentClosed(incident, State.Voided, 0);
        _manager.setIncident(i.product, false);
    }

    /* VIEWS */

    /// @inheritdoc IIncidentModule
    function closesAt(uint256 incident) external view returns (uint256) {
        Incident memory i = _data[incident];
        if (i.state != State.Open) return i.closedAt;
        (uint256 ends, ) = _ending(i);
        return ends;
    }

    /// @inheritdoc IIncidentModule
    function incidentOf(uint256 incident) external view returns (Incident memory) {
        return _data[incident];
    }

    /// @inheritdoc IIncidentModule
    function recoveryOf(uint256 id) external view returns (Recovery memory) {
        return _recoveryOf(id);
    }

    /// @inheritdoc IIncidentModule
    function filedIn(uint256 id) external view returns (uint256 incident) {
        return _filings[id].filedIn;
    }

    /// @inheritdoc IIncidentModule
    function modules() external view returns (Modules memory) {
        return _manager.modules();
    }

    /// @dev The price and the end of the incident that paid: neither changes once it is closed.
    function _recoveryOf(uint256 id) private view returns (Recovery memory) {
        Filing memory f = _filings[id];
        Incident storage i = _data[f.paidIn];
        return Recovery(f.paid, i.price, i.closedAt);
    }

    function _open(uint256 incident) private view returns (Incident storage i) {
        i = _data[incident];
        require(i.state == State.Open, IncidentModule__NotOpen(incident));
    }

    /// @dev It had started when the price was last healthy, and had not expired when the loss was seen.
    function _isEligible(
        uint256 id,
        ICoverManager.Cover memory c,
        uint256 healthyAt,
        uint256 lossAt
    ) private view returns (bool) {
        bool covered = c.amount != 0 && c.start <= healthyAt && lossAt < c.expiry;
        return covered && c.remaining != 0 && _nft.armedOf(id) != 0;
    }

    /// @dev Down, for the pool. The entry is the one at filing.
    function _payoutOf(uint256 id, uint256 price) private view returns (uint256) {
        ICoverManager.Cover memory c = _manager.coverOf(id);
        uint256 lost = _threshold(c).saturatingSub(price);
        return _nft.armedOf(id).mulDiv(lost, RAY).min(c.remaining);
    }

    /// @dev The shares are what pays back: no more than there are.
    function _recovered(
        uint256 id,
        uint8 product,
        Recovery memory r,
        uint256 passed
    ) private view returns (uint256 due, uint256 kept) {
        uint256 price = _manager.priceOf(product);
        uint256 armed = _nft.armedOf(id);
        uint256 grown = r.price + (uint256(r.price) * GROWTH_BPS * passed) / (BPS * YEAR);
        due = armed.mulDiv(price.saturatingSub(grown), RAY).min(r.paid);
        if (due != 0) kept = due.mulDiv(RAY, price, Math.Rounding.Ceil).min(armed);
    }

    /// @dev When it can end, and how: by its price, or for want of readings. A dispute of a price is waited for; one of an
    /// incident that lapses would outwait the last claim before the assessors, see `_LAPSE`.
    function _ending(Incident memory i) private pure returns (uint256 ends, State outcome) {
        if (i.slots == _SLOTS) {
            uint256 lastEnds = i.openedAt + _OBSERVATION + (uint256(i.lastSlot) + 1) * _SLOT;
            (ends, outcome) = (lastEnds.max(i.openedAt + CLAIM_WINDOW), State.Closed);
        } else {
            return (i.openedAt + _LAPSE, State.Lapsed);
        }
        if (i.disputed && !i.cleared) ends = ends.max(i.disputedAt + _DISPUTE);
    }

    /// @dev Down: the trigger is harder.
    function _threshold(ICoverManager.Cover memory c) private pure returns (uint256) {
        return (c.entry * (BPS - c.deductibleBps)) / BPS;
    }

    function _median(uint160[3] memory v) private pure returns (uint256) {
        uint256 low = Math.min(v[0], v[1]);
        uint256 high = Math.max(v[0], v[1]);
        return low.max(high.min(v[2]));
    }
}
