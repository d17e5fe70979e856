// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ClaimKind, ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {BUCKET, COOLDOWN} from "../../../contracts/insurance/Modules.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice Holders, underwriters, keepers, a guardian and a vault that rises and falls, in any order, guided so that losses,
/// filings, settlements and releases are common. Beside it, what was promised and paid, cover by cover.
abstract contract InsuranceHandler is InsuranceFixture {
    uint256 internal constant MAX_COVERS = 16;

    mapping(bytes32 path => uint256 times) public reached;
    mapping(uint256 id => uint256 assets) internal paidFor;
    mapping(uint256 id => uint256 entry) internal lowestEntry;
    mapping(uint256 incident => uint256 state) internal stateOf;
    /// @dev Of streams without a cover: what was recovered, what cancelled covers left.
    mapping(uint256 bucket => uint256 rate) internal alone;
    uint256[] internal requests;
    bool internal paused;

    /* ACTS */

    function insure(uint256 amount, uint256 assets, uint256 period) public {
        if (amount % 2 == 0) _mend();
        if (nft.count() >= MAX_COVERS || manager.productOf(0).incident || !_healthy()) return _did("insure refused");
        uint256 room = _min(pool.capacity() / 2 - _min(pool.capacity() / 2, pool.liveOf(0)), pool.capacity() - _min(pool.capacity(), pool.books().live));
        if (room < 1e6) return _did("insure refused");
        uint256 id = _buy(holder, _bound(amount, 1e6, _min(room, 50_000e6)), _bound(assets, 1, 100_000e6), _bound(period, 7 days, 365 days));
        lowestEntry[id] = _entryOf(id);
        _did("insure");
    }

    function armMore(uint256 which, uint256 assets) public {
        uint256 id = _pick(which);
        if (which % 2 == 0) _mend();
        if (id == 0 || !_idle(id) || manager.coverOf(id).frozen || !_healthy()) return;
        uint256 shares = _fill(vault, holder, _bound(assets, 1e6, 50_000e6));
        vm.prank(holder);
        manager.arm(id, shares);
        _did("arm");
    }

    function disarm(uint256 which, uint256 shares) public {
        uint256 id = _pick(which);
        if (id == 0 || !_idle(id) || manager.coverOf(id).frozen || nft.armedOf(id) == 0) return;
        shares = _bound(shares, 1, nft.armedOf(id));
        vm.prank(holder);
        manager.disarm(id, which % 4 == 0 ? shares : shares / 10, holder);
        _did("disarm");
    }

    function extend(uint256 which, uint256 period) public {
        uint256 id = _pick(which);
        if (which % 2 == 0) _mend();
        if (id == 0 || !_idle(id) || !_healthy()) return;
        ICoverManager.Cover memory c = manager.coverOf(id);
        uint256 time = pool.poolTime();
        bool full = pool.books().live > pool.capacity() || pool.liveOf(0) > pool.capacity() / 2;
        if (time >= c.expiry || c.remaining == 0 || full || c.expiry - time >= 365 days) return;
        token.mint(holder, 100_000e6);
        vm.prank(holder);
        manager.extend(id, uint40(_bound(period, 1, 365 days - (c.expiry - time))), MAX);
        _did("extend");
    }

    function cancel(uint256 which) public {
        uint256 id = _pick(which);
        if (id == 0 || !_idle(id)) return;
        ICoverManager.Cover memory c = manager.coverOf(id);
        uint256 end = uint256(c.bucket) * BUCKET;
        uint256 time = pool.poolTime();
        if (end <= time || (c.rate == 0 && c.remaining == 0)) return;
        vm.prank(holder);
        uint256 refund = manager.cancel(id);
        alone[c.bucket] += (((c.rate * (end - time)) / 1e12 - refund) * 1e12) / (end - time);
        _did("cancel");
    }

    function look() public {
        if (manager.productOf(0).incident) return;
        manager.poke(0);
        _did("poke");
    }

    function earn(uint256 assets) public {
        vault.gain(_bound(assets, 1, vault.totalAssets() / 500));
        _did("earn");
    }

    function lose(uint256 bps) public {
        if (manager.productOf(0).incident || vault.totalAssets() < 10_000e6) return;
        _fall(vault, _bound(bps, 6_000, 9_600));
        _did("lose");
    }

    /// @dev The way back of a vault that was written off for nothing.
    function heal(uint256 bps) public {
        vault.gain((vault.totalAssets() * _bound(bps, 1, 5_000)) / 10_000);
        _did("heal");
    }

    function openAny() public {
        for (uint256 id = 1; id <= nft.count(); ++id) {
            if (!_opens(id)) continue;
            stateOf[incidents.open(id)] = uint256(IIncidentModule.State.Open);
            return _did("open");
        }
    }

    function fileAny(uint256 which) public {
        uint256 incident = incidents.lastIncident(0);
        IIncidentModule.Incident memory i = incidents.incidentOf(incident);
        uint256 id = _pick(which);
        if (id == 0 || i.state != IIncidentModule.State.Open || pool.poolTime() >= i.openedAt + 14 days) return;
        ICoverManager.Cover memory c = manager.coverOf(id);
        bool fits = c.start <= i.healthyAt && i.lossAt < c.expiry && c.remaining != 0 && nft.armedOf(id) != 0;
        if (!fits || c.claim != ClaimKind.None || c.bucket * BUCKET <= pool.poolTime()) return _did("file refused");
        incidents.file(id);
        _did("file");
    }

    function read() public {
        uint256 incident = incidents.lastIncident(0);
        IIncidentModule.Incident memory i = incidents.incidentOf(incident);
        if (i.state != IIncidentModule.State.Open) return;
        uint256 next = uint256(i.openedAt) + 1 days + (i.slots == 0 ? 0 : (uint256(i.lastSlot) + 1) * 1 days);
        if (pool.poolTime() < next && i.slots < 3 && pool.pausedUntil() == 0) _skip(next - pool.poolTime());
        uint256 time = pool.poolTime();
        if (time < i.openedAt + 1 days) return;
        if (i.slots == 3 && (time - i.openedAt - 1 days) / 1 days != i.lastSlot) return;
        incidents.record(incident);
        _did("record");
    }

    function end(uint256 wait) public {
        uint256 incident = incidents.lastIncident(0);
        if (incidents.incidentOf(incident).state != IIncidentModule.State.Open) return;
        uint256 due = incidents.closesAt(incident);
        bool patient = wait % 8 == 0 || incidents.incidentOf(incident).slots == 3;
        if (patient && due > pool.poolTime()) _skip(due - pool.poolTime());
        if (pool.poolTime() < due) return;
        incidents.close(incident);
        _did(incidents.incidentOf(incident).state == IIncidentModule.State.Closed ? bytes32("close") : bytes32("lapse"));
    }

    function settleAny() public {
        if (pool.pausedUntil() != 0) return;
        for (uint256 id = 1; id <= nft.count(); ++id) {
            uint256 incident = incidents.filedIn(id);
            if (incident == 0 || incidents.incidentOf(incident).state == IIncidentModule.State.Open) continue;
            uint256 paid = incidents.settle(id);
            paidFor[id] += paid;
            return _did(paid == 0 ? bytes32("settle for nothing") : bytes32("settle"));
        }
    }

    function releaseAny() public {
        for (uint256 id = 1; id <= nft.count(); ++id) {
            if (!manager.coverOf(id).frozen || manager.claimOf(id) != ClaimKind.None) continue;
            uint256 due = incidents.recoveryOf(id).closedAt + 30 days;
            if (pool.poolTime() < due) _skip(due - pool.poolTime());
            uint256 kept = incidents.release(id);
            if (kept != 0) _collect();
            return _did(kept == 0 ? bytes32("release") : bytes32("subrogate"));
        }
    }

    function object(bool voided) public {
        uint256 incident = incidents.lastIncident(0);
        IIncidentModule.Incident memory i = incidents.incidentOf(incident);
        if (i.state != IIncidentModule.State.Open || i.disputed) return;
        vm.prank(guardian);
        incidents.dispute(incident);
        incidents.resolveDispute(incident, voided);
        _did(voided ? bytes32("void") : bytes32("dispute"));
    }

    function pause(uint256 duration) public {
        if (pool.pausedUntil() != 0 || paused) return;
        paused = true; // once: the pool's own tests look closer
        vm.prank(guardian);
        pool.pauseClaims(_bound(duration, 1 hours, 14 days));
        _did("pause");
    }

    function back(uint256 assets) public {
        if (pool.books().incidents != 0) return;
        _underwrite(second, _bound(assets, 1e6, 100_000e6));
        _did("underwrite");
    }

    function leave(uint256 part) public {
        uint256 shares = pool.balanceOf(second) / _bound(part, 1, 4);
        if (shares == 0) return;
        vm.prank(second);
        requests.push(pool.requestRedeem(shares, second));
        _did("request");
    }

    function goAny() public {
        for (uint256 k = 0; k < requests.length; ++k) {
            uint256 shares = pool.requestOf(requests[k]).shares;
            if (shares == 0 || pool.pausedUntil() != 0) continue;
            uint256 due = pool.requestOf(requests[k]).requestedAt + COOLDOWN;
            if (pool.poolTime() < due) _skip(due - pool.poolTime());
            uint256 wanted = pool.redeemable(requests[k]);
            if (wanted > pool.freeAssets() && pool.freeAssets() * 100 < wanted) continue;
            _finalize(second, requests[k]);
            return _did("finalize");
        }
    }

    function rest(uint256 duration) public {
        _skip(_bound(duration, 1 hours, 12 days));
        if (duration % 2 == 0 && !manager.productOf(0).incident) manager.poke(0);
        _did("rest");
    }

    /* WHAT MUST HOLD */

    function _assertAll() internal {
        uint256 time = pool.poolTime();
        uint256 live;
        uint256 locked;
        uint256 rate;
        uint256 armed;
        for (uint256 n = time / BUCKET + 1; n <= time / BUCKET + 59; ++n) rate += alone[n];
        for (uint256 id = 1; id <= nft.count(); ++id) {
            ICoverManager.Cover memory c = manager.coverOf(id);
            bool ahead = uint256(c.bucket) * BUCKET > time;
            if (c.claim != ClaimKind.None) locked += c.remaining;
            else if (ahead) live += c.remaining;
            if (ahead) rate += c.rate;
            armed += nft.armedOf(id);
            vm.assertLe(paidFor[id] + c.remaining, c.amount, "IN8");
            if (paidFor[id] == 0 && c.rate != 0) vm.assertEq(c.remaining, c.amount, "IN8: unpaid and whole");
            vm.assertLe(c.entry, lowestEntry[id], "IN13: an entry rose");
            vm.assertEq(uint256(c.deductibleBps), 1_000, "IN13");
            lowestEntry[id] = c.entry;
        }
        vm.assertEq(pool.books().live, live, "IN2");
        vm.assertEq(pool.books().locked, locked, "IN4");
        vm.assertEq(pool.books().rate, rate, "IN5");
        vm.assertEq(vault.balanceOf(address(nft)), armed, "IN8: a share is in one policy");
        vm.assertEq(pool.checkInvariants(), 0, "IN1");
        for (uint256 i = 1; i <= incidents.count(); ++i) {
            uint256 now_ = uint256(incidents.incidentOf(i).state);
            vm.assertGe(now_, stateOf[i], "IN11: an incident went back");
            if (stateOf[i] > 1) vm.assertEq(now_, stateOf[i], "IN11: what is over is over");
            stateOf[i] = now_;
        }
    }

    /// @dev A loss that nobody reported is made good: business goes on.
    function _mend() internal {
        ICoverManager.Product memory p = manager.productOf(0);
        uint256 price = manager.priceOf(0);
        if (p.incident || price >= p.hwm || price == 0) return;
        vault.gain((vault.totalAssets() * (p.hwm - price)) / price);
    }

    /// @dev What a recovery brings in streams until the bucket after next ends.
    function _collect() internal {
        uint256 before = pool.books().rate;
        manager.collect(0);
        alone[pool.poolTime() / BUCKET + 2] += pool.books().rate - before;
    }

    function _did(bytes32 path) internal {
        ++reached[path];
        _assertAll();
    }

    /// @dev By the rules as they are written, not by asking the module.
    function _opens(uint256 id) internal view returns (bool) {
        ICoverManager.Cover memory c = manager.coverOf(id);
        ICoverManager.Product memory p = manager.productOf(0);
        bool live = c.start <= p.healthyAt && pool.poolTime() < c.expiry && c.remaining != 0 && nft.armedOf(id) != 0;
        bool free = !p.incident && c.claim == ClaimKind.None;
        return live && free && manager.priceOf(0) < (uint256(c.entry) * 9_000) / 10_000;
    }

    function _idle(uint256 id) internal view returns (bool) {
        return manager.claimOf(id) == ClaimKind.None && !manager.productOf(0).incident;
    }

    function _healthy() internal view returns (bool) {
        ICoverManager.Product memory p = manager.productOf(0);
        return !p.incident && manager.priceOf(0) * 10_000 >= uint256(p.hwm) * 9_900;
    }

    function _pick(uint256 which) internal view returns (uint256) {
        uint256 n = nft.count();
        return n == 0 ? 0 : (which % n) + 1;
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
