// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {BUCKET, COOLDOWN} from "../../../contracts/insurance/Modules.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {PoolFixture} from "./PoolFixture.sol";

/// @notice Underwriters and a cover manager who do everything that the pool allows, in any order, beside books of their own
/// that are kept in the most naive way: a list of covers, a list of requests, sums of what came and went.
abstract contract PoolHandler is PoolFixture {
    struct Shadow {
        uint256 bucket;
        uint256 amount;
        uint256 rate;
        uint8 product;
        bool claimed;
        bool over;
    }

    struct Ask {
        uint256 id;
        uint256 worth;
        uint256 paid;
        address who;
        bool over;
    }

    Shadow[] internal covers;
    Ask[] internal asks;
    address[3] internal people;
    uint256 public came;
    uint256 public went;
    uint256 public highest;
    uint256 public lossCount;
    mapping(bytes32 path => uint256 times) public reached;

    function _begin() internal {
        _deployPool(new TestToken(6));
        people = [alice, bob, carol];
        came = 1_000e6;
        _deposit(alice, 1_000e6);
        token.mint(address(reserve), 20e6);
    }

    /* ACTS */

    function enter(uint256 who, uint256 assets) public {
        _pass(who);
        if (pool.books().incidents != 0 || pool.books().retired) return;
        assets = _bound(assets, 1, 500e6);
        if (pool.convertToShares(assets) == 0) return;
        came += assets;
        _deposit(people[who % 3], assets);
        _look("enter");
    }

    function ask(uint256 who, uint256 shares) public {
        _pass(who);
        address person = people[who % 3];
        if (pool.balanceOf(person) == 0) return;
        shares = _bound(shares, 1, pool.balanceOf(person));
        uint256 worth = pool.convertToAssets(shares);
        asks.push(Ask(_request(person, shares), worth, 0, person, false));
        _look("ask");
    }

    function exit(uint256 which) public {
        (bool found, Ask storage a) = _askAt(which);
        if (!found) return;
        if (which % 3 != 0) _ripen(a.id);
        IUnderwritingPool.Request memory r = pool.requestOf(a.id);
        bool ripe = pool.poolTime() >= r.requestedAt + COOLDOWN && pool.pausedUntil() == 0;
        uint256 wanted = pool.redeemable(a.id);
        if (!ripe || (wanted > pool.freeAssets() && pool.freeAssets() * 100 < wanted)) return _look("leave too early");
        bool atRisk = pool.books().locked != 0 || pool.exposure() != 0;
        uint256 paid = _finalize(a.who, a.id);
        went += paid;
        a.paid += paid;
        a.over = pool.requestOf(a.id).shares == 0;
        _look(atRisk ? bytes32("leave at risk") : bytes32("leave"));
        if (!a.over) _look("leave in part");
        vm.assertLe(a.paid, a.worth, "IN9");
    }

    function stay(uint256 which) public {
        (bool found, Ask storage a) = _askAt(which);
        if (!found) return;
        uint256 before = pool.convertToAssets(pool.balanceOf(a.who));
        vm.prank(a.who);
        uint256 shares = pool.cancelRedeem(a.id);
        a.over = true;
        vm.assertLe(pool.convertToAssets(shares), a.worth - a.paid, "U7");
        vm.assertGe(pool.convertToAssets(pool.balanceOf(a.who)), before, "U7: and takes nothing from its owner");
        _look("stay");
    }

    function bind(uint256 product, uint256 period, uint256 amount, uint256 net) public {
        _pass(product);
        if (pool.books().retired) return;
        uint256 room = pool.capacity();
        uint256 live = pool.books().live;
        if (room <= live) return _look("no room");
        amount = amount == type(uint96).max ? room - live : _bound(amount, 1, room - live);
        net = _bound(net, 0, amount / 10);
        uint8 p = uint8(product % 8);
        uint256 bucket = _bucketIn(_bound(period, 7 days, 365 days));
        came += net;
        covers.push(Shadow(bucket, amount, _bind(p, bucket, amount, net), p, false, false));
        _look("bind");
    }

    function move(uint256 which, uint256 weeks_, uint256 net) public {
        (bool found, Shadow storage c) = _coverAt(which, false);
        if (!found || pool.books().live > pool.capacity()) return;
        net = _bound(net, 0, 10e6);
        came += net;
        token.mint(address(pool), net);
        uint256 last = pool.poolTime() / BUCKET + 59;
        uint256 to = c.bucket + (weeks_ % (last - c.bucket + 1));
        c.rate = pool.moveCover(c.product, [c.bucket, to], c.amount, c.rate, net, ALL);
        c.bucket = to;
        _look("move");
    }

    function release(uint256 which, uint256 refund) public {
        (bool found, Shadow storage c) = _coverAt(which, false);
        if (!found) return;
        uint256 left = (c.rate * (c.bucket * BUCKET - pool.poolTime())) / 1e12;
        refund = _bound(refund, 0, left);
        went += refund;
        pool.releaseCover(c.product, c.bucket, c.amount, c.rate, refund, holder);
        uint256 rate = ((left - refund) * 1e12) / (c.bucket * BUCKET - pool.poolTime());
        (c.over, c.rate, c.amount) = (true, rate, 0);
        _look("release");
    }

    function lock(uint256 which) public {
        (bool found, Shadow storage c) = _coverAt(which, false);
        if (!found || c.amount == 0) return;
        pool.lockClaim(c.product, c.bucket, c.amount);
        c.claimed = true;
        _look("lock");
    }

    function settle(uint256 which, uint256 pay) public {
        (bool found, Shadow storage c) = _coverAt(which, true);
        if (!found || pool.pausedUntil() != 0) return;
        if (which % 5 == 0 && c.bucket * BUCKET > pool.poolTime()) _skip(c.bucket * BUCKET - pool.poolTime());
        pay = which % 4 == 0 ? 0 : _bound(pay, 0, c.amount);
        bool ahead = c.bucket * BUCKET > pool.poolTime();
        uint256 reserved = reserve.available();
        pool.settleClaim(c.product, c.bucket, c.amount, pay, holder);
        went += pay - (reserved - reserve.available());
        c.claimed = false;
        c.amount -= pay;
        if (pay != 0) highest = 0;
        _look(ahead ? bytes32("settle") : bytes32("settle late"));
    }

    function incident(uint256 product, bool open) public {
        _pass(product);
        pool.setIncident(uint8(product % 8), open);
        _look(open ? bytes32("incident") : bytes32("no incident"));
    }

    function closeAll() public {
        for (uint8 p = 0; p < 8; ++p) pool.setIncident(p, false);
        _look("no incident");
    }

    function pause(uint256 duration) public {
        duration = _bound(duration, 1, 14 days);
        if (pool.pausedUntil() != 0) {
            pool.resumeClaims();
            return _look("resume");
        }
        vm.prank(guardian);
        try pool.pauseClaims(duration) {
            _look("pause");
        } catch (bytes memory reason) {
            vm.assertEq(bytes32(bytes4(reason)), bytes32(IUnderwritingPool.UnderwritingPool__PauseTooLong.selector));
        }
    }

    function give(uint256 assets) public {
        token.mint(address(pool), _bound(assets, 1, 1_000e6));
        _look("give");
    }

    function sleep(uint256 duration) public {
        _skip(_bound(duration, 1, 60 days));
        _look("sleep");
    }

    /* WHAT THE NAIVE BOOKS SAY */

    function sums() public view returns (uint256 live, uint256 locked, uint256 rate, uint256 queued) {
        for (uint256 i = 0; i < covers.length; ++i) {
            Shadow memory c = covers[i];
            bool ahead = c.bucket * BUCKET > pool.poolTime();
            if (c.claimed) locked += c.amount;
            else if (ahead) live += c.amount;
            if (ahead) rate += c.rate;
        }
        for (uint256 i = 0; i < asks.length; ++i) queued += pool.requestOf(asks[i].id).shares;
    }

    function total() public view returns (uint256) {
        return came - went;
    }

    /// @notice A share's price with 1e36 in it, and the highest since the last payout; false when it fell without one.
    function _look(bytes32 path) internal {
        ++reached[path];
        uint256 price = pool.convertToAssets(1e36);
        vm.assertGe(price, highest, "IN7");
        highest = price;
    }

    function _pass(uint256 seed) internal {
        _skip(uint256(keccak256(abi.encode(seed))) % 2 days);
    }

    function _ripen(uint256 id) internal {
        uint256 ripe = pool.requestOf(id).requestedAt + COOLDOWN;
        if (pool.poolTime() < ripe) _skip(ripe - pool.poolTime());
    }

    function _askAt(uint256 which) internal view returns (bool, Ask storage found) {
        uint256 n = asks.length;
        for (uint256 i = 0; i < n; ++i) {
            found = asks[addmod(which, i, n)];
            if (!found.over) return (true, found);
        }
        assembly ("memory-safe") {
            found.slot := 0 // never used: nothing was found
        }
        return (false, found);
    }

    function _coverAt(uint256 which, bool claimed) internal view returns (bool, Shadow storage found) {
        uint256 n = covers.length;
        for (uint256 i = 0; i < n; ++i) {
            found = covers[addmod(which, i, n)];
            bool ahead = found.bucket * BUCKET > pool.poolTime();
            if (!found.over && found.claimed == claimed && (claimed || ahead)) return (true, found);
        }
        assembly ("memory-safe") {
            found.slot := 0 // never used: nothing was found
        }
        return (false, found);
    }
}
