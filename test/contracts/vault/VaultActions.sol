// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {BoundedCall} from "../../../contracts/vault/BoundedCall.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {Batch} from "../helpers/Batch.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice What can happen to a vault, as actions with bounded inputs: three honest sources and a hostile adapter that
/// shares a risk group with the first. Each action checks what must hold across it; nothing swallows a revert. What is
/// rare is counted, and a test asserts that all of it was reached.
abstract contract VaultActions is VaultFixture {
    using BoundedCall for address;

    enum Rare {
        LossFromWaiting,
        LossFromLock,
        LossFromPrice,
        FeeMinted,
        RefusedBelowMark,
        RefusedByCap,
        KeptIdleByCap,
        KeptIdleByMarket,
        PaidBySeveral,
        ShortOfLiquidity,
        ExitForgone,
        ExitPastBroken,
        BrokenRefused,
        LieHeldBack,
        HeldBack,
        Recovered,
        Removed,
        Recalled,
        Donated,
        GiftToUnallocated,
        Reanchored,
        SameTransaction,
        MarkReached
    }

    /// @notice What is seen between two actions, with the accrual that the next touch will make.
    struct Seen {
        bool readable;
        uint256 gross;
        uint256 nav;
        uint256 locked;
        uint256 price;
        uint256 supply; // without fee shares to come
        uint256 fees; // shares of the fee recipient
        uint256 hwm;
        uint256 mark;
        uint256 held; // tokens in the vault
        uint256 time;
    }

    uint256 internal constant FEE_BPS = 1_000;
    uint256 internal constant MAX_RATE = 30;
    uint256 internal constant SOURCES = 3;
    /// @dev Each market that an action touches may round away 2 wei, and a share price above par one more.
    uint256 internal constant DUST = 3;
    uint256 internal constant MIN_ANCHOR = 1e15; // a thousandth of par
    uint256 internal constant YEAR = 365 days;
    /// @dev Fewer asset wei than this a market with a price above 1 may take for nothing: such deposits revert.
    uint256 internal constant FEW = 10;

    Source4626[SOURCES] internal sources;
    IAdapter[SOURCES + 1] internal adapters;
    HostileAdapter internal hostile;
    IAdapter internal removed;
    uint256 internal seedShares;

    mapping(Rare what => uint256 times) public reached;
    uint256 public actions;

    function _setUpActions() internal {
        _setUpVault(FEE_BPS, MAX_RATE);
        seedShares = vault.totalSupply();
        for (uint256 i = 0; i < SOURCES; i++) (sources[i], adapters[i]) = _addSource();
        hostile = new HostileAdapter(address(token), address(vault), _risk(), 0);
        adapters[SOURCES] = hostile;
        _list(hostile);
        vm.prank(curator);
        vault.setTipCap(unit / 10);
        _deposit(alice, 1_000 * unit);
        _deposit(bob, 500 * unit);
        for (uint256 i = 1; i <= SOURCES; i++) {
            _deallocate(adapters[0], 200 * unit);
            _allocate(adapters[i], 200 * unit);
        }
    }

    /* ENTRIES AND EXITS */

    function deposit(uint256 who, uint256 assets) public {
        address user = _person(who);
        uint256 max = vault.maxDeposit(user);
        Seen memory a = _look();
        if (max == 0) return _mustRefuseDeposit(user, a);
        if (max < FEW) return;
        assets = _bound(assets, FEW, Math.min(max, 2_000 * unit));
        (uint256 idle, uint256 first) = (vault.books().idle, _real(0));
        uint256 expected = vault.previewDeposit(assets);
        uint256 shares = _deposit(user, assets);
        vm.assertEq(shares, expected, "R3: previewDeposit");
        Seen memory b = _afterFlow(a, int256(assets));
        vm.assertGe(b.supply, a.supply + shares, "shares minted");
        if (vault.books().idle != idle) {
            vm.assertEq(vault.books().idle, idle + assets, "a deposit was split");
            _count(_roomInFirst(first) < assets ? Rare.KeptIdleByCap : Rare.KeptIdleByMarket);
        } else {
            _assertCaps(0, first, assets);
        }
    }

    function mint(uint256 who, uint256 shares) public {
        address user = _person(who);
        uint256 max = vault.maxMint(user);
        Seen memory a = _look();
        if (max == 0) return _mustRefuseDeposit(user, a);
        if (max < FEW * V) return;
        shares = _bound(shares, FEW * V, Math.min(max, 2_000e18));
        uint256 expected = vault.previewMint(shares);
        if (expected < FEW) return; // a price far below par
        token.mint(user, expected);
        vm.prank(user);
        vm.assertEq(vault.mint(shares, user), expected, "R3: previewMint");
        _afterFlow(a, int256(expected));
    }

    function withdraw(uint256 who, uint256 assets) public {
        address user = _person(who);
        Seen memory a = _look();
        uint256 max = vault.maxWithdraw(user);
        if (max == 0) return _mustRefuseExit(user, a);
        assets = _bound(assets, 1, max);
        uint256 expected = vault.previewWithdraw(assets);
        uint256[SOURCES + 2] memory before = _holdings();
        vm.prank(user);
        vm.assertEq(vault.withdraw(assets, user, user), expected, "R3: previewWithdraw");
        if (_payersSince(before) > 1) _count(Rare.PaidBySeveral);
        _afterFlow(a, -int256(assets));
    }

    function redeem(uint256 who, uint256 shares) public {
        address user = _person(who);
        Seen memory a = _look();
        uint256 max = vault.maxRedeem(user);
        if (max == 0) return _mustRefuseExit(user, a);
        shares = _bound(shares, 1, max);
        uint256 expected = vault.previewRedeem(shares);
        if (expected == 0) return; // a holder of less than an asset wei
        uint256[SOURCES + 2] memory before = _holdings();
        vm.assertEq(_redeem(user, shares), expected, "R3: previewRedeem");
        if (_payersSince(before) > 1) _count(Rare.PaidBySeveral);
        _afterFlow(a, -int256(expected));
    }

    /// @notice One wei more than `maxWithdraw` fails, and so does one share more than `maxRedeem`.
    function beyondMax(uint256 who) public {
        address user = _person(who);
        (uint256 assets, uint256 shares) = (vault.maxWithdraw(user), vault.maxRedeem(user));
        vm.expectRevert();
        vm.prank(user);
        vault.withdraw(assets + 1, user, user);
        if (_look().readable && assets < vault.convertToAssets(vault.balanceOf(user))) _count(Rare.ShortOfLiquidity);
        vm.expectRevert();
        vm.prank(user);
        vault.redeem(shares + 1, user, user);
        actions += 1;
    }

    /// @notice Leaves past the adapters in `mask`, or past the broken ones at least.
    function exit(uint256 who, uint256 shares, uint256 mask) public {
        address user = _person(who);
        uint256 balance = vault.balanceOf(user);
        if (balance == 0) return;
        shares = _bound(shares, 1, balance);
        if (_broken()) mask |= 1 << SOURCES;
        address[] memory skip = _skipList(mask);
        if (!_truthful()) _sync(); // else a payment by a liar undoes a loss unseen
        Seen memory a = _look();
        (uint256 assets, uint256 full, uint256 liquid) = _exitValue(shares, mask);
        if (assets == 0 || assets > liquid) {
            vm.expectRevert();
            vm.prank(user);
            vault.exit(shares, user, user, 0, skip);
            return;
        }
        uint256 locked = _lockedAt(block.timestamp);
        uint256 accruedAt = vault.books().accruedAt;
        uint256 fair = _fair();
        vm.assertEq(_exit(user, shares, skip), assets, "exit pays another amount");
        if (a.readable) _afterExit(a, assets);
        vm.assertEq(vault.books().accruedAt, accruedAt, "exit accrued");
        vm.assertEq(vault.books().nav, fair - full, "exit moves nav by the full share");
        vm.assertEq(_lockedAt(block.timestamp), locked + full - assets, "what is forgone is locked");
        if (full > assets) _count(Rare.ExitForgone);
        if (_broken()) _count(Rare.ExitPastBroken);
    }

    function transferShares(uint256 from, uint256 to, uint256 shares) public {
        address sender = _person(from);
        shares = _bound(shares, 0, vault.balanceOf(sender));
        Seen memory a = _look();
        vm.prank(sender);
        vault.transfer(_person(to), shares);
        if (a.readable) _same(a);
    }

    /// @notice A contract deposits and leaves again in one transaction, with borrowed tokens.
    function roundTrip(uint256 assets, uint256 way) public {
        Seen memory a = _look();
        address self = address(batch);
        uint256 max = vault.maxDeposit(self);
        if (max == 0 || !a.readable) return;
        if (max < FEW) return;
        assets = _bound(assets, FEW, Math.min(max, 1_000_000 * unit));
        uint256 shares = vault.previewDeposit(assets);
        if (vault.previewRedeem(shares) == 0) return;
        bytes memory leave = way % 3 == 0
            ? abi.encodeCall(vault.redeem, (shares, self, self))
            : way % 3 == 1
                ? abi.encodeCall(vault.withdraw, (assets - 5, self, self)) // rounding: a price below 5
                : abi.encodeCall(vault.exit, (shares, self, self, 0, _none()));
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (assets, self)));
        calls[1] = _call(address(vault), leave);
        token.mint(self, assets);
        try batch.run(calls) {
            vm.assertLe(token.balanceOf(self), assets, "R1: a round trip made a profit");
            _count(Rare.SameTransaction);
        } catch (bytes memory reason) {
            // Who says less than the deposit just gave it has lost in between, and nobody else.
            bool lost = bytes4(reason) == ICompoundingVault.CompoundingVault__LossSinceTouched.selector;
            vm.assertTrue(lost ? _firstUnderstates() : _limited(), "a round trip failed though everything is liquid");
            _same(a);
        }
        token.burn(self, token.balanceOf(self));
        actions += 1;
    }

    function _firstUnderstates() private view returns (bool) {
        bool lies = hostile.value() == HostileAdapter.Value.Factor && hostile.valueParameter() < 100;
        return lies && vault.entries()[0].adapter == address(hostile);
    }

    /* UPKEEP */

    function accrue() public {
        Seen memory a = _look();
        if (!a.readable) vm.expectRevert();
        vault.accrue();
        if (a.readable) _same(a);
        else _count(Rare.BrokenRefused);
    }

    function compound(uint256 who) public {
        Seen memory a = _look();
        address caller = _person(who);
        uint256 extra = a.held - vault.books().idle;
        uint256 purse = token.balanceOf(caller);
        if (!a.readable) vm.expectRevert();
        vm.prank(caller);
        uint256 gain = vault.compound();
        if (!a.readable) return;
        uint256 tip = Math.min(extra / 100, unit / 10);
        vm.assertEq(gain, extra - tip, "what is skimmed goes to the lock, less the tip");
        vm.assertEq(token.balanceOf(caller), purse + tip, "tip");
        Seen memory b = _look();
        uint256 lost = _sub(a.gross + gain, b.gross);
        if (_truthful()) vm.assertLe(lost, DUST, "A8: compound lost assets");
        vm.assertLe(b.nav, a.nav, "compound moved the price up at once");
        vm.assertGe(b.nav + b.locked + lost, a.nav + a.locked + gain, "the gain is not locked");
        _priceFellByLoss(a, b, lost);
        _sanity(b);
        actions += 1;
    }

    /// @notice Tokens sent to the vault: nothing moves until `compound`.
    function donate(uint256 assets) public {
        Seen memory a = _look();
        token.mint(address(vault), _bound(assets, 1, 100 * unit));
        _count(Rare.Donated);
        if (a.readable) _same(a);
    }

    function warp(uint256 duration) public {
        duration = _bound(duration, 1, 12 days);
        Seen memory a = _look();
        uint256 late = _late();
        _skip(duration);
        if (!a.readable) return;
        Seen memory b = _look();
        // What a lock larger than NAV could not release before it still may, no faster than NAV's size in ten days.
        uint256 released = a.locked - b.locked + Math.min(late, (a.nav * duration) / LOCK + 1);
        uint256 most = a.nav + released + (((a.nav + released) * MAX_RATE * duration) / 100 / YEAR) + 2;
        most += (released * MAX_RATE * LOCK) / 100 / YEAR; // what was released raises the room of the days before
        if (a.price < a.mark) most += (_navAt(a.mark, a.supply) * duration) / 10 days + 1;
        vm.assertLe(b.nav, most, "I5: NAV rose faster than maxRate, release and recovery");
        vm.assertGe(b.nav, a.nav, "I4: time lowered NAV");
        _priceFellByLoss(a, b, 0);
        vm.assertGe(a.locked, b.locked, "I6: time raised the lock");
        if (a.price < a.mark && b.nav > a.nav + released) _count(Rare.Recovered);
        uint256 free = ((a.nav + released) * MAX_RATE * Math.min(duration, 7 days)) / 100 / YEAR;
        bool waits = vault.lock().flags & 16 != 0 && b.nav + b.locked < b.gross;
        if (waits && b.nav > a.nav && b.nav < a.nav + released + free / 2) _count(Rare.HeldBack);
        if (a.mark < a.hwm && b.mark > a.mark) _count(Rare.MarkReached);
        _sanity(b);
    }

    /* WHAT MARKETS DO */

    function gain(uint256 i, uint256 assets) public {
        if (!_sync()) return;
        Seen memory a = _look();
        sources[i % SOURCES].gain(_bound(assets, 1, 20 * unit));
        _same(a); // reported gains wait
    }

    function lose(uint256 i, uint256 percent) public {
        if (!_sync()) return;
        Seen memory a = _look();
        Source4626 source = sources[i % SOURCES];
        uint256 held = token.balanceOf(address(source));
        // Mostly a rounding or a small loss: a vault that has just lost much takes no deposits.
        uint256 bps = percent % 4 == 0 ? _bound(percent, 0, 3_000) : _bound(percent, 0, 20);
        source.lose((held * bps) / 10_000);
        _afterLoss(a);
    }

    /// @notice Yield shares given to an adapter: they wait like a gain, or count nothing where it was never allocated to.
    function gift(uint256 i, uint256 assets) public {
        if (!_sync()) return;
        Seen memory a = _look();
        i %= SOURCES;
        assets = _bound(assets, 0, sources[i].balanceOf(DEAD) / 20);
        vm.prank(DEAD); // the foreign depositor
        sources[i].transfer(address(adapters[i]), assets);
        if (!_isAllocated(adapters[i])) {
            vm.assertEq(_look().gross, a.gross, "C2: a gift to an unallocated adapter counts");
            _count(Rare.GiftToUnallocated);
        }
        _same(a);
    }

    function lie(uint256 percent) public {
        if (!_sync()) return;
        Seen memory a = _look();
        hostile.setValue(HostileAdapter.Value.Factor, percent % 4 == 0 ? _bound(percent, 0, 99) : _bound(percent, 100, 300));
        Seen memory b = _look();
        if (b.gross >= a.gross) {
            _same(a);
            if (b.gross > a.gross) _count(Rare.LieHeldBack);
        } else _afterLoss(a);
    }

    function honest() public {
        if (_broken()) return hostile.setValue(HostileAdapter.Value.Factor, 100);
        if (!_sync()) return;
        Seen memory a = _look();
        hostile.setValue(HostileAdapter.Value.Factor, 100);
        if (_look().gross >= a.gross) _same(a);
        else _afterLoss(a);
    }

    function breakHostile(uint256 how) public {
        HostileAdapter.Value[4] memory ways = [
            HostileAdapter.Value.Revert,
            HostileAdapter.Value.BurnGas,
            HostileAdapter.Value.Bomb,
            HostileAdapter.Value.Short
        ];
        hostile.setValue(ways[how % 4], 0);
    }

    function setLiquidity(uint256 i, uint256 assets) public {
        uint256 limit = assets % 3 == 0 ? type(uint256).max : _bound(assets, 0, 300 * unit);
        if (i % 4 == SOURCES) hostile.setLiquidity(limit);
        else sources[i % 4].setLiquidity(limit);
    }

    function setRoom(uint256 i, uint256 assets) public {
        sources[i % SOURCES].setRoom(assets % 3 == 0 ? type(uint256).max : assets % 3 == 1 ? 0 : _bound(assets, 0, 300 * unit));
    }

    /* WHAT ROLES DO */

    function allocate(uint256 i, uint256 assets) public {
        if (!_sync()) return;
        Seen memory a = _look();
        i %= vault.config().adapters;
        IAdapter adapter = IAdapter(vault.entries()[i].adapter);
        uint256 most = Math.min(vault.books().idle, Math.min(_capRoom(i, true), adapter.maxAllocate()));
        if (most < FEW) return;
        uint256 real = _real(i);
        assets = _bound(assets, FEW, most);
        _allocate(adapter, assets);
        _assertCaps(i, real, assets);
        _afterFlow(a, 0);
    }

    function deallocate(uint256 i, uint256 assets) public {
        i %= vault.config().adapters;
        IAdapter adapter = IAdapter(vault.entries()[i].adapter);
        // Else taking assets home from a liar, or some that were not counted, undoes a loss unseen.
        if (!_truthful() || !_isAllocated(adapter)) _sync();
        Seen memory a = _look();
        uint256 most = adapter.maxDeallocate();
        if (most == 0) return;
        _deallocate(adapter, _bound(assets, 1, most)); // whatever else is broken (L4)
        if (a.readable) _afterFlow(a, 0);
    }

    function emergency(uint256 i) public {
        i %= vault.config().adapters;
        _sync();
        Seen memory a = _look();
        IAdapter adapter = IAdapter(vault.entries()[i].adapter);
        if (adapter.maxDeallocate() == 0) return;
        vm.prank(guardian);
        vault.emergencyExit(address(adapter));
        Seen memory b = _look();
        // A liar's lie ends where its tokens are taken home: that loss is the adapter's own.
        if (a.readable) _priceFellByLoss(a, b, _sub(a.gross, b.gross));
    }

    function reorder(uint256 i, uint256 j) public {
        ICompoundingVault.Entry[] memory entries = vault.entries();
        address[] memory order = new address[](entries.length);
        for (uint256 k = 0; k < order.length; k++) order[k] = entries[k].adapter;
        (i, j) = (i % order.length, j % order.length);
        (order[i], order[j]) = (order[j], order[i]);
        Seen memory a = _look();
        vm.prank(allocator);
        vault.setOrder(order);
        if (a.readable) _same(a);
    }

    function setCap(uint256 i, uint256 cap) public {
        i %= vault.config().adapters;
        ICompoundingVault.Entry memory entry = vault.entries()[i];
        cap = cap % 3 == 0 ? NO_CAP : _bound(cap, 0, 1_000 * unit);
        if (cap == entry.cap) return;
        vm.prank(cap > entry.cap ? curator : guardian);
        if (cap > entry.cap) vault.raiseCap(entry.adapter, cap);
        else vault.lowerCap(entry.adapter, cap);
    }

    function setGroupCap(uint256 relativeBps) public {
        bytes32 id = _risk();
        ICompoundingVault.Group memory bound = vault.riskGroup(id);
        relativeBps = relativeBps % 3 == 0 ? 10_000 : _bound(relativeBps, 0, 10_000);
        if (relativeBps == bound.relativeCapBps) return;
        vm.prank(relativeBps > bound.relativeCapBps ? curator : guardian);
        if (relativeBps > bound.relativeCapBps) vault.raiseGroupCap(id, bound.absoluteCap, relativeBps);
        else vault.lowerGroupCap(id, bound.absoluteCap, relativeBps);
    }

    function setDepositCap(uint256 cap) public {
        uint256 current = vault.config().depositCap;
        cap = cap % 2 == 0 ? type(uint104).max : _bound(cap, 0, 5_000 * unit);
        if (cap == current) return;
        vm.prank(cap > current ? curator : guardian);
        if (cap > current) vault.raiseDepositCap(cap);
        else vault.lowerDepositCap(cap);
    }

    function reanchor() public {
        if (!_sync()) return;
        Seen memory a = _look();
        vm.prank(curator);
        // Once what waits has flowed in, and no higher than the mark was.
        uint256 there = Math.min(_price(Math.max(a.nav, _sub(a.gross, a.locked)), a.supply), a.mark);
        if (there < MIN_ANCHOR) {
            vm.expectRevert(
                abi.encodeWithSelector(ICompoundingVault.CompoundingVault__PriceTooLow.selector, there, MIN_ANCHOR)
            );
            return vault.reanchorEntryMark();
        }
        vault.reanchorEntryMark();
        if (there >= a.mark) return;
        _count(Rare.Reanchored);
        Seen memory b = _look();
        vm.assertEq(b.mark, there, "the mark is where all that is there takes the price");
        vm.assertEq(b.hwm, a.hwm, "F2: re-anchoring leaves the fee's mark");
    }

    /// @notice An adapter is dropped as it is, and its loss shows; or the last one dropped is taken home and listed anew.
    function removeOrRecall(uint256 i) public {
        if (address(removed) != address(0)) {
            if (removed.maxDeallocate() == 0 || !_sync()) return;
            Seen memory a = _look();
            uint256 idle = vault.books().idle;
            vm.prank(curator);
            uint256 assets = vault.recall(address(removed));
            vm.assertEq(vault.books().idle, idle + assets, "recalled assets are idle");
            Seen memory b = _look();
            vm.assertEq(b.gross, a.gross + assets, "what is recalled counts");
            vm.assertEq(b.nav, a.nav, "what is recalled goes to the lock");
            vm.assertEq(b.locked, a.locked + assets, "what is recalled goes to the lock");
            _list(removed);
            removed = IAdapter(address(0));
            return _count(Rare.Recalled);
        }
        Seen memory a = _look();
        removed = IAdapter(vault.entries()[i % vault.config().adapters].adapter);
        bool held = _isAllocated(removed) && removed.maxDeallocate() != 0;
        (bool ok, uint256 has) = address(removed).read(IAdapter.realAssets.selector);
        if (!ok) has = MAX; // can't be told
        if (has != 0) {
            vm.expectRevert(
                abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AboveMaxLoss.selector, has, has - 1)
            );
            vm.prank(curator);
            vault.removeAdapter(address(removed), has - 1);
        }
        vm.prank(curator);
        vault.removeAdapter(address(removed), has);
        if (held) _count(Rare.Removed);
        if (!a.readable) return;
        Seen memory b = _look();
        _priceFellByLoss(a, b, _sub(a.gross, b.gross));
    }

    /* WHAT MUST HOLD ACROSS AN ACTION */

    /// @dev A flow of `assets` (in +, out −) moves NAV by exactly that, but for a market's rounding.
    function _afterFlow(Seen memory a, int256 assets) internal returns (Seen memory b) {
        b = _look();
        uint256 flow = assets < 0 ? uint256(-assets) : uint256(assets);
        uint256 nav = assets < 0 ? a.nav - flow : a.nav + flow;
        uint256 gross = assets < 0 ? a.gross - flow : a.gross + flow;
        uint256 lost = gross > b.gross ? gross - b.gross : 0;
        // Four markets may have been touched; the hostile one deals in what it holds, but says something else.
        if (_truthful()) vm.assertLe(lost, 4 * DUST, "A8: a flow lost assets");
        vm.assertLe(b.nav + b.locked, nav + a.locked, "NAV and lock rose by more than the flow");
        vm.assertGe(b.nav + lost, nav, "NAV fell by more than the flow and the market's rounding");
        _priceFellByLoss(a, b, lost);
        _sanity(b);
        actions += 1;
    }

    /// @dev What an exit leaves behind is in NAV and lock together, and nobody's price falls.
    function _afterExit(Seen memory a, uint256 assets) internal {
        Seen memory b = _look();
        // What flows in at maxRate is rounded down anew, on fewer shares and a smaller NAV: one wei up or down.
        vm.assertLe(b.nav + b.locked, a.nav + a.locked - assets + 1, "an exit made assets");
        _priceFellByLoss(a, b, 1 + _sub(a.gross - assets, b.gross));
        _sanity(b);
        actions += 1;
    }

    function _afterLoss(Seen memory a) internal {
        Seen memory b = _look();
        uint256 lost = a.gross - b.gross;
        uint256 waiting = a.gross - a.nav - a.locked;
        uint256 fromLock = Math.min(a.locked, lost - Math.min(lost, waiting));
        uint256 fromNav = lost - Math.min(lost, waiting + a.locked);
        vm.assertEq(b.locked, a.locked - fromLock, "I7: the lock pays second");
        vm.assertEq(b.nav, a.nav - fromNav, "I7: the price pays last, at once");
        if (lost != 0 && fromLock == 0 && fromNav == 0) _count(Rare.LossFromWaiting);
        if (fromLock != 0) _count(Rare.LossFromLock);
        if (fromNav != 0) _count(Rare.LossFromPrice);
        _sanity(b);
        actions += 1;
    }

    /// @dev Nothing at all moved.
    function _same(Seen memory a) internal {
        Seen memory b = _look();
        vm.assertEq(b.nav, a.nav, "NAV moved");
        vm.assertEq(b.locked, a.locked, "the lock moved");
        vm.assertEq(b.price, a.price, "the price moved");
        _fees(a, b);
        _sanity(b);
        actions += 1;
    }

    /// @dev I4: what `lost` assets take from the price, and the fee on a rise too small to be taken before, at most.
    function _priceFellByLoss(Seen memory a, Seen memory b, uint256 lost) internal {
        uint256 fall = a.price > a.hwm ? (a.hwm * FEE_BPS) / 10_000 / 100_000 + 1 : 0;
        if (lost != 0) fall += Math.mulDiv(lost, 1e18 * V, Math.min(a.supply, b.supply) + V) + 2;
        vm.assertGe(b.price + fall, a.price, "I4: the price fell by more than the loss");
        _fees(a, b);
    }

    /// @dev F1 and F2: what NAV before the action, at the price before fees, allowed.
    function _fees(Seen memory a, Seen memory b) internal {
        uint256 minted = b.fees - a.fees;
        if (a.supply != seedShares) vm.assertGe(b.hwm, a.hwm, "F2: the mark fell");
        if (minted == 0) return;
        _count(Rare.FeeMinted);
        uint256 gross = _price(a.nav, a.supply); // a.nav is after accrual, a.supply before the fee's shares
        vm.assertGt(gross, a.hwm, "F1: a fee at or below the mark");
        uint256 most = Math.mulDiv((gross - a.hwm) * FEE_BPS, a.supply, 1e18 * V * 10_000);
        uint256 worth = Math.mulDiv(minted, a.nav + 1, a.supply + minted + V);
        vm.assertLe(worth, most, "F1: the fee is above its part of the gain");
        vm.assertGe(worth + 4 + a.price / 1e18, most, "F1: the fee is far below its part of the gain");
        vm.assertGe(b.hwm + 1, a.price, "F2: the new mark is the price after the fee");
    }

    function _sanity(Seen memory b) internal view {
        if (!b.readable) return;
        vm.assertLe(b.nav + b.locked, b.gross, "I1: NAV and lock exceed gross");
        vm.assertLe(b.locked, b.gross, "I6: the lock exceeds gross");
        ICompoundingVault.Lock memory lock = vault.lock();
        vm.assertTrue(lock.end <= block.timestamp + LOCK, "I6: the lock ends later than its period");
    }

    function _look() internal view returns (Seen memory s) {
        s.supply = vault.totalSupply();
        s.fees = vault.balanceOf(feeRecipient);
        s.hwm = vault.lock().hwm;
        s.held = token.balanceOf(address(vault));
        s.time = block.timestamp;
        if (_broken()) return s;
        s.readable = true;
        s.gross = _gross();
        s.nav = vault.totalAssets();
        s.locked = vault.locked();
        s.price = vault.pps();
        s.mark = vault.entryMark();
    }

    function _truthful() private view returns (bool) {
        return hostile.value() == HostileAdapter.Value.Honest;
    }

    /// @dev Whether the vault's price cannot be read.
    function _broken() internal view returns (bool) {
        return _blind() && _isAllocated(hostile);
    }

    /// @dev Whether the hostile adapter's view fails, counted or not.
    function _blind() private view returns (bool) {
        HostileAdapter.Value value = hostile.value();
        return value != HostileAdapter.Value.Honest && value != HostileAdapter.Value.Factor;
    }

    /// @dev Accrues, so that the books are as new; false where that is impossible now.
    function _sync() private returns (bool) {
        if (_broken()) return false;
        vault.accrue();
        return true;
    }

    function _mustRefuseDeposit(address user, Seen memory a) private {
        token.mint(user, unit);
        vm.expectRevert();
        vm.prank(user);
        vault.deposit(unit, user);
        token.burn(user, unit);
        if (!a.readable) _count(Rare.BrokenRefused);
        else if (a.price * 100 < a.mark * 98) _count(Rare.RefusedBelowMark);
        else _count(Rare.RefusedByCap);
    }

    function _mustRefuseExit(address user, Seen memory a) private {
        vm.expectRevert();
        vm.prank(user);
        vault.withdraw(1, user, user);
        if (!a.readable) _count(Rare.BrokenRefused);
    }

    /// @dev What an exit pays, the full share it burns, and what could be paid.
    function _exitValue(
        uint256 shares,
        uint256 mask
    ) internal view returns (uint256 assets, uint256 full, uint256 liquid) {
        ICompoundingVault.Books memory b = vault.books();
        ICompoundingVault.Entry[] memory entries = vault.entries();
        uint256 others = b.idle;
        liquid = b.idle;
        for (uint256 i = 0; i < entries.length; i++) {
            if (_skipped(entries[i].adapter, mask) || (b.allocated >> i) & 1 == 0) continue;
            others += IAdapter(entries[i].adapter).realAssets();
            liquid += IAdapter(entries[i].adapter).maxDeallocate();
        }
        uint256 fair = _fair();
        uint256 value = Math.min(fair, others);
        uint256 supply = vault.totalSupply() + V;
        full = Math.mulDiv(shares, fair + 1, supply);
        assets = Math.mulDiv(shares, value, supply);
    }

    function _skipped(address adapter, uint256 mask) private view returns (bool) {
        for (uint256 i = 0; i <= SOURCES; i++) if (address(adapters[i]) == adapter) return (mask >> i) & 1 == 1;
        return false;
    }

    function _skipList(uint256 mask) private view returns (address[] memory list) {
        uint256 n;
        list = new address[](SOURCES + 1);
        for (uint256 i = 0; i <= SOURCES; i++) if ((mask >> i) & 1 == 1) list[n++] = address(adapters[i]);
        assembly ("memory-safe") {
            mstore(list, n)
        }
    }

    /// @dev Room of the i-th adapter under its own cap and its groups', before an allocation.
    function _capRoom(uint256 i, bool placed) internal view returns (uint256 room) {
        ICompoundingVault.Entry[] memory entries = vault.entries();
        IAdapter adapter = IAdapter(entries[i].adapter);
        if (address(adapter) == address(hostile) && _blind()) return 0;
        uint256 real = adapter.realAssets();
        room = entries[i].cap == NO_CAP ? type(uint256).max : _sub(entries[i].cap, real);
        (bytes32 id, ) = adapter.riskIds(); // each has one
        ICompoundingVault.Group memory bound = vault.riskGroup(id);
        uint256 most = bound.absoluteCap;
        if (bound.relativeCapBps < 10_000) {
            uint256 base = vault.totalAssets();
            if (!placed) base = _sub(base, vault.books().idle + _groupUse(id));
            most = Math.min(most, (base * bound.relativeCapBps) / 10_000);
        }
        room = Math.min(room, _sub(most, _groupUse(id) + (_isAllocated(adapter) ? 0 : real)));
    }

    /// @dev The risk that the first source and the hostile adapter share.
    function _risk() internal view returns (bytes32 id) {
        (id, ) = adapters[0].riskIds();
    }

    function _groupUse(bytes32 id) internal view returns (uint256 used) {
        ICompoundingVault.Entry[] memory entries = vault.entries();
        for (uint256 i = 0; i < entries.length; i++) {
            IAdapter adapter = IAdapter(entries[i].adapter);
            (bytes32 its, ) = adapter.riskIds();
            if (its == id && _isAllocated(adapter)) used += adapter.realAssets();
        }
    }

    /// @dev C1: what was reported and what was lent on top stay within the adapter's own cap; and so does what is reported
    /// then, but by one that makes more of each token than there is. Groups' bounds are relative to NAV before the action:
    /// `allocate` computes that room before.
    function _assertCaps(uint256 i, uint256 real, uint256 lent) internal view {
        ICompoundingVault.Entry memory entry = vault.entries()[i];
        if (entry.cap == NO_CAP) return;
        vm.assertLe(real + lent, entry.cap, "C1: lent above its cap");
        if (entry.adapter == address(hostile) && !_truthful()) return;
        vm.assertLe(IAdapter(entry.adapter).realAssets(), entry.cap, "C1: above its cap");
    }

    function _roomInFirst(uint256 real) private view returns (uint256) {
        ICompoundingVault.Entry memory entry = vault.entries()[0];
        uint256 room = entry.cap == NO_CAP ? type(uint256).max : _sub(entry.cap, real);
        return Math.min(room, _capRoom(0, false));
    }

    /// @dev What the i-th adapter reports, counted or not; 0 where its view fails: nothing can be lent to it then.
    function _real(uint256 i) internal view returns (uint256) {
        IAdapter adapter = IAdapter(vault.entries()[i].adapter);
        return address(adapter) == address(hostile) && _blind() ? 0 : adapter.realAssets();
    }

    function _navAt(uint256 mark, uint256 supply) internal view returns (uint256) {
        return Math.mulDiv(mark, supply + V, 1e18 * V);
    }

    /// @dev What is in the hands of those who can pay: the vault, the sources, the hostile adapter.
    function _holdings() private view returns (uint256[SOURCES + 2] memory held) {
        held[0] = token.balanceOf(address(vault));
        held[1] = token.balanceOf(address(hostile));
        for (uint256 i = 0; i < SOURCES; i++) held[i + 2] = token.balanceOf(address(sources[i]));
    }

    function _payersSince(uint256[SOURCES + 2] memory before) private view returns (uint256 payers) {
        uint256[SOURCES + 2] memory held = _holdings();
        for (uint256 i = 0; i < held.length; i++) if (held[i] < before[i]) payers += 1;
    }

    function _limited() private view returns (bool limited) {
        limited = hostile.liquidity() != type(uint256).max;
        for (uint256 i = 0; i < SOURCES; i++) limited = limited || sources[i].liquidity() != type(uint256).max;
    }

    function _sub(uint256 x, uint256 y) internal pure returns (uint256) {
        return x > y ? x - y : 0;
    }

    function _person(uint256 who) internal view returns (address) {
        address[4] memory people = [alice, bob, carol, mallory];
        return people[who % 4];
    }

    function _count(Rare what) internal {
        reached[what] += 1;
    }
}
