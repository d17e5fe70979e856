// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {VaultMath} from "./VaultMath.sol";

/// @dev Every touch reads each allocated adapter: at most so many.
uint256 constant MAX_ADAPTERS = 8;
/// @dev What a market may round away on one allocation, in asset wei.
uint256 constant ROUNDING = 2;
/// @dev What markets may round away within one transaction, beside a `LOSS_STEP`th of the vault: no loss.
uint256 constant ROUNDINGS = 100;
/* Flags of the lock's slot */
uint256 constant STOPPED = 1;
uint256 constant REANCHORED = 2;
uint256 constant GATED = 4;
uint256 constant CAPPED = 8;
uint256 constant WAITING = 16;
/// @dev Those that roles alone change.
uint256 constant ROLE_FLAGS = STOPPED | GATED | CAPPED;

/// @title The vault's books: storage, accrual, caps
/// @notice The specification is at the top of `CompoundingVault`.
abstract contract VaultBooks is ICompoundingVault, ERC20, ReentrancyGuardTransient {
    using BoundedCall for address;
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @dev The books in memory, brought up to date. Whoever touches them stores them with `_store`.
    struct State {
        uint256 nav;
        uint256 idle;
        uint256 accruedAt;
        uint256 allocated;
        uint256 locked;
        uint256 lockStart;
        uint256 lockEnd;
        uint256 hwm;
        uint256 maxRate;
        uint256 flags;
        uint256 supply; // fee shares included
        uint256 feeShares;
        uint256 loss;
        uint256 lossFromLock;
        uint256 waiting; // with `rewait`: what waits, and the least NAV since something did
        uint256 base;
        uint256 index; // of the adapter at hand: the first, unless ALLOCATOR names another
        address[] skip; // those that an exit leaves aside
        bool placed; // by ALLOCATOR
        bool fresh; // accrued now, not earlier in this transaction
        bool relock; // the lock's slot changed
        bool rewait; // a gain waits
        address failed; // an adapter whose view failed
        uint256[MAX_ADAPTERS] real; // per adapter, when fresh
    }

    IERC20 internal immutable _asset;
    uint256 internal immutable _virtualShares;
    uint256 internal immutable _seedShares;
    uint256 internal immutable _tipUnit; // a millionth of the asset

    /* WRITTEN BY EVERYONE'S FLOWS */

    Books internal _books; // 112 + 104 + 32 + 8
    Lock internal _lock; // 96 + 32 + 32 + 80 + 8 + 8
    /// @dev NAV at the first touch of the transaction + 1; 0 before it.
    uint256 internal transient _latch;
    /// @dev What waited outside of it then.
    uint256 internal transient _waitingAtTouch;

    /* WRITTEN BY ROLES */

    /// @inheritdoc ICompoundingVault
    address public auction; // 160 + 8 + 16 + 40 + 32: one slot for `compound`, which writes the last
    uint8 internal _adapterCount;
    uint16 internal _bufferBps;
    uint40 internal _tipUnits; // the cap of tips
    uint32 internal _compoundedAt;
    Entry[MAX_ADAPTERS] internal _entries; // 160 + 88 + 8 each
    mapping(uint256 number => Group bound) internal _groups; // 128 + 16
    bytes32[] internal _groupIds; // of the group numbered i + 1
    address internal _feeRecipient; // 160 + 16 + 80: one slot for a fee
    uint16 internal _feeBps;
    uint80 internal _entryMark;
    address internal _gate;
    uint104 internal _depositCap;

    /* WRITTEN WHILE A GAIN WAITS */

    Waiting internal _waiting; // 112 + 112

    /// @dev The first touch of a transaction accrues and writes everything but the books, which the caller stores. Later ones
    /// are refused once a market has lost.
    function _touch() internal returns (State memory s) {
        _accrue(s);
        if (!s.fresh) {
            _requireSound(s);
            return s;
        }
        _requireRead(s.failed);
        unchecked {
            _latch = s.nav + 1; // at most nine times 2^104
        }
        if (s.flags & REANCHORED != 0) _ratchetMark(s);
        if (s.relock) _storeLock(s);
        if (s.rewait) _waiting = Waiting(uint112(s.waiting), uint112(s.base)); // gross has 108 bits
        if (s.waiting != 0) _waitingAtTouch = s.waiting;
        if (s.loss > ROUNDING * MAX_ADAPTERS) {
            emit LossRealised(s.nav + s.loss - s.lossFromLock, s.nav, s.lossFromLock);
        }
        if (s.feeShares != 0) {
            _mint(_feeRecipient, s.feeShares);
            emit FeeAccrued(s.feeShares, s.hwm);
        }
    }

    function _store(State memory s) internal {
        _books = Books(s.nav.toUint112(), s.idle.toUint104(), uint32(s.accruedAt), uint8(s.allocated));
    }

    function _storeLock(State memory s) internal {
        _lock = Lock(
            uint96(s.locked.min(type(uint96).max)),
            uint32(s.lockStart),
            uint32(s.lockEnd),
            uint80(s.hwm), // saturated where it is computed
            uint8(s.maxRate),
            uint8((s.flags & ~ROLE_FLAGS) | (_lock.flags & ROLE_FLAGS)) // a role may set one from inside of a claim
        );
    }

    /// @dev Adds a measured gain to the lock, from now on.
    function _lockGain(State memory s, uint256 gain) internal {
        uint256 held = _lockedNow(s);
        if (gain != 0) s.lockEnd = VaultMath.lockEnd(held, s.lockEnd, gain, block.timestamp);
        // What is held has 96 bits, and a gain no more than idle or NAV, which are stored in 112.
        unchecked {
            s.locked = held + gain;
        }
        s.lockStart = block.timestamp;
        _storeLock(s);
    }

    /// @dev Sends the payer's assets to the adapter at hand, out of idle if the vault pays, and has it lend them. Books are
    /// stored before any call, and again only when that changed something.
    function _lend(State memory s, uint256 assets, address payer) internal {
        if (payer == address(this)) s.idle -= assets;
        _store(s);
        address adapter = _entries[s.index].adapter;
        if (payer == address(this)) _send(adapter, assets);
        else _asset.safeTransferFrom(payer, adapter, assets);
        if (!_credited(s, adapter, assets)) {
            s.idle += assets;
            _store(s);
        } else if (!_isAllocated(s, s.index)) {
            s.allocated |= 1 << s.index;
            _store(s);
        }
    }

    function _send(address to, uint256 assets) internal {
        if (assets != 0) _asset.safeTransfer(to, assets);
    }

    /// @dev What is stored.
    function _load(State memory s) internal view {
        Books memory b = _books;
        (s.nav, s.idle, s.accruedAt, s.allocated) = (b.nav, b.idle, b.accruedAt, b.allocated);
        Lock memory gains = _lock;
        (s.locked, s.lockStart, s.lockEnd) = (gains.locked, gains.start, gains.end);
        (s.hwm, s.maxRate, s.flags) = (gains.hwm, gains.maxRate, gains.flags);
        s.supply = totalSupply();
    }

    /// @dev What `_touch` would find now. Without `fresh` it is what an earlier touch stored.
    function _accrue(State memory s) internal view {
        _load(s);
        if (_latch != 0) return;
        s.fresh = true;
        _settle(s, _gross(s)); // of a partial sum where an adapter fails: whoever goes on without it checks
        _crystallise(s);
        s.accruedAt = block.timestamp;
    }

    /// @dev Idle and the adapters' assets, without those in `skip`. An adapter whose view fails is named in
    /// `failed` and counts 0; whoever may not go on without it checks.
    function _gross(State memory s) internal view returns (uint256 gross) {
        gross = s.idle;
        for (uint256 i = 0; s.allocated >> i != 0; ++i) {
            if (!_isAllocated(s, i)) continue;
            address adapter = _entries[i].adapter;
            if (_contains(s.skip, adapter)) continue;
            (bool ok, uint256 value) = adapter.read(IAdapter.realAssets.selector);
            if (!ok) {
                s.failed = adapter;
                continue;
            }
            s.real[i] = value.min(type(uint104).max);
            gross += s.real[i];
        }
    }

    /// @dev NAV if nothing but time had happened. The lock adds at most NAV's own size in ten days, and what it would release
    /// beyond that waits: else a gift to a vault with hardly more than its seed lifts the price out of the mark's 80 bits in
    /// minutes, and no fee is ever due again.
    function _fair(State memory s) internal view returns (uint256) {
        uint256 released = VaultMath.lockedAt(s.locked, s.lockStart, s.lockEnd, s.accruedAt) - _lockedNow(s);
        if (released == 0) return s.nav;
        // Both times are block timestamps of the past, and 112 + 32 bits fit. Down: what is not released yet comes later.
        unchecked {
            uint256 elapsed = block.timestamp - s.accruedAt.max(s.lockStart);
            return s.nav + released.min((s.nav * elapsed) / VaultMath.LOCK_PERIOD);
        }
    }

    function _lockedNow(State memory s) internal view returns (uint256) {
        return VaultMath.lockedAt(s.locked, s.lockStart, s.lockEnd, block.timestamp);
    }

    function _price(State memory s) internal view returns (uint256) {
        return VaultMath.pricePerShare(s.nav, s.supply, _virtualShares);
    }

    /// @dev NAV at which the price is `mark`, rounded down.
    function _navAt(State memory s, uint256 mark) internal view returns (uint256) {
        return VaultMath.navAt(mark, s.supply, _virtualShares);
    }

    /// @dev A re-anchored mark rises with the price until it is the high-water mark again.
    function _mark(State memory s) internal view returns (uint256) {
        return s.flags & REANCHORED == 0 ? s.hwm : _price(s).max(_entryMark).min(s.hwm);
    }

    /// @dev Assets that the adapter at hand may still take under its own cap and its groups'; 0 where there is no adapter.
    /// Whoever asks has touched, and so read what the adapters have. What lies in one that does not count
    /// yet, a gift or what an earlier life left, will count once it is lent to: it takes room already.
    function _room(State memory s) internal view returns (uint256 room) {
        Entry memory entry = _entries[s.index];
        if (entry.cap == 0) return 0;
        uint256 uncounted;
        if (!_isAllocated(s, s.index)) {
            (bool ok, uint256 value) = entry.adapter.read(IAdapter.realAssets.selector);
            if (!ok) return 0;
            uncounted = value.min(type(uint104).max);
        }
        room = entry.cap;
        if (room != type(uint88).max) room = room.saturatingSub(s.real[s.index] + uncounted);
        for (uint256 groups = entry.groups; groups != 0; groups >>= 4) {
            if (groups & 15 != 0) room = room.min(_groupRoom(s, groups & 15).saturatingSub(uncounted));
        }
    }

    function _balance() internal view returns (uint256) {
        return _asset.balanceOf(address(this));
    }

    function _mustRead(address adapter, bytes4 selector) internal view returns (uint256 value) {
        bool ok;
        (ok, value) = adapter.read(selector);
        _requireRead(ok ? address(0) : adapter);
    }

    /// @dev Every adapter answers, and a price that was settled before is still paid for: else what a flash of capital bore of a
    /// loss since would be left to those who stay.
    function _requireSound(State memory s) internal view {
        (uint256 counted, uint256 gross) = _counted(s);
        _requireRead(s.failed);
        require(gross >= counted, CompoundingVault__LossSinceTouched(counted, gross));
    }

    /// @dev What the markets have to have, and have, later in a transaction than its first touch; nothing before. What they round
    /// away is left out.
    function _counted(State memory s) internal view returns (uint256 counted, uint256 gross) {
        if (s.fresh) return (0, 0);
        gross = _gross(s);
        // None of these has more than 112 bits.
        unchecked {
            counted = (s.nav + _lockedNow(s) + _waitingAtTouch).saturatingSub(_latch / VaultMath.LOSS_STEP + ROUNDINGS);
        }
    }

    function _requireRead(address failed) internal pure {
        require(failed == address(0), CompoundingVault__AdapterFailed(failed));
    }

    function _isAllocated(State memory s, uint256 index) internal pure returns (bool) {
        return (s.allocated >> index) & 1 == 1;
    }

    function _contains(address[] memory list, address item) internal pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) if (list[i] == item) return true;
        return false;
    }

    /// @dev A re-anchored mark is stored as it rises and dropped once the price is at the high-water mark.
    function _ratchetMark(State memory s) private {
        uint256 mark = _mark(s);
        if (mark > _entryMark) _entryMark = uint80(mark); // at most hwm, a uint80
        if (mark < s.hwm) return;
        s.flags ^= REANCHORED;
        s.relock = true;
    }

    /// @dev Has `adapter` lend what was sent to it. False when the market took nothing and the tokens are here.
    function _credited(State memory s, address adapter, uint256 assets) private returns (bool) {
        uint256 credited = IAdapter(adapter).allocate(assets);
        if (credited == 0) {
            uint256 balance = _balance();
            require(balance >= s.idle + assets, CompoundingVault__TransferShort(s.idle + assets, balance));
            return false;
        }
        require(credited + ROUNDING >= assets, CompoundingVault__CreditShort(assets, credited));
        return true;
    }

    /// @dev Loss first from the lock, then from the price, whole; gains no faster than `maxGain`.
    function _settle(State memory s, uint256 gross) private view {
        uint256 held = _lockedNow(s);
        uint256 fair = _fair(s);
        if (gross < fair + held) {
            s.loss = fair + held - gross;
            s.lossFromLock = s.loss.min(held);
            held -= s.lossFromLock;
            if (s.lossFromLock != 0) (s.locked, s.lockStart, s.relock) = (held, block.timestamp, true);
        }
        s.nav = gross - held; // at most nine times 2^104; no underflow: gross ≥ fair + held, or held was cut to at most gross
        if (s.nav > fair || s.flags & WAITING != 0) _admit(s, fair);
    }

    /// @dev Of the reported gain, what may flow in now; the rest waits. Everything is bounded by `maxGain` of NAV. What waited
    /// already is bounded by that of the least NAV since it does, too, or a `WAIT_PERIOD`th of itself: those who entered since
    /// don't hasten it, and whoever accrues before them changes nothing. The way back to the mark is that of those who were here:
    /// entries are closed on it.
    function _admit(State memory s, uint256 fair) private view {
        uint256 top = _navAt(s, _storedMark(s));
        uint256 elapsed = block.timestamp - s.accruedAt;
        uint256 gain = VaultMath.maxGain(fair, top, s.maxRate, elapsed);
        uint256 reported = s.nav.saturatingSub(fair);
        bool waited = s.flags & WAITING != 0;
        s.base = fair;
        if (waited) {
            Waiting storage before = _waiting;
            s.base = fair.min(before.nav).max(fair / VaultMath.WAIT_SHARE);
            uint256 old = reported.min(before.assets);
            // Down: the rest waits on.
            uint256 released = VaultMath.maxGain(s.base, 0, s.maxRate, elapsed).max((old * elapsed) / VaultMath.WAIT_PERIOD);
            gain = gain.min(reported - old + released + top.saturatingSub(fair));
        }
        s.waiting = reported.saturatingSub(gain);
        s.nav -= s.waiting;
        s.rewait = s.waiting > s.base / VaultMath.WAIT_STEP; // down: a wei more waits
        if (s.rewait != waited) {
            s.flags ^= WAITING;
            s.relock = true;
        }
    }

    /// @dev Fee above the high-water mark. While only the dead seed is there the mark follows the price.
    function _crystallise(State memory s) private view {
        uint256 price = _cappedPrice(s);
        if (s.supply > _seedShares) {
            if (price <= s.hwm + s.hwm / VaultMath.FEE_STEP) return;
            s.feeShares = VaultMath.feeShares(price, s.hwm, s.nav, s.supply, _virtualShares, _feeBps);
            s.supply += s.feeShares;
            price = _cappedPrice(s);
        }
        if (price == s.hwm) return;
        (s.hwm, s.relock) = (price, true);
    }

    /// @dev As the mark is stored.
    function _cappedPrice(State memory s) private view returns (uint256) {
        return _price(s).min(type(uint80).max);
    }

    function _storedMark(State memory s) private view returns (uint256) {
        return s.flags & REANCHORED == 0 ? s.hwm : _entryMark;
    }

    /// @dev Relative to the transaction's first NAV: a flash deposit makes no room. Unless ALLOCATOR places it, to what of NAV is
    /// lent elsewhere: what strangers leave idle, or take from there again, makes none either.
    function _groupRoom(State memory s, uint256 number) private view returns (uint256) {
        uint256 used;
        for (uint256 i = 0; s.allocated >> i != 0; ++i) {
            if (s.real[i] == 0) continue;
            uint256 groups = _entries[i].groups;
            if (groups & 15 == number || groups >> 4 == number) used += s.real[i];
        }
        Group memory bound = _groups[number];
        uint256 cap = bound.absoluteCap;
        if (bound.relativeCapBps < VaultMath.BPS) {
            // Whoever asks has touched. None of these has more than 112 bits. Down: for the bound.
            unchecked {
                uint256 base = s.placed ? _latch - 1 : s.nav.saturatingSub(s.idle + used);
                cap = cap.min((base * bound.relativeCapBps) / VaultMath.BPS);
            }
        }
        return cap.saturatingSub(used);
    }
}
