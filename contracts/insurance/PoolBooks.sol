// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {BPS, BUCKET, MAX_PRODUCTS} from "./Modules.sol";

/// @title The pool's books: storage, time, stream, buckets
/// @notice The specification is in `IUnderwritingPool`.
abstract contract PoolBooks is IUnderwritingPool, ERC20 {
    using Math for uint256;
    using SafeCast for uint256;

    /// @dev What ends when a bucket ends. Slots: 128 + 16 + 8 + 8 + 96, then two products each. Most buckets hold cover of
    /// one product: the first that came stays in the first slot.
    struct Bucket {
        uint128 rateCut;
        uint16 number; // where it is another's, that one is over and this one empty
        uint8 products; // bit p: there may be cover of p
        uint8 first;
        uint96 coverOfFirst;
        uint96[MAX_PRODUCTS] cover; // of the others
    }

    /// @dev The books as of `time`, in memory. `live` holds L_p only where a bucket was crossed.
    struct State {
        Books b;
        uint256 time;
        bool crossed;
        uint128[MAX_PRODUCTS] live;
    }

    uint256 internal constant _VIRTUAL_SHARES = 1e6;
    uint256 internal constant _VIRTUAL_ASSETS = 1;
    /// @dev Rates carry so much more than asset wei per second.
    uint256 internal constant _PRECISION = 1e12;
    /// @dev Places for buckets. At most 59 lie ahead: each takes the place of one that is over, whose slots are in use already.
    uint256 private constant _RING = 64;

    Books internal _books;
    uint128[MAX_PRODUCTS] internal _liveOf;
    Bucket[_RING] private _buckets;

    /// @dev Who deploys the pool pays for the slots of its first year: otherwise the first to buy in each week would.
    constructor() {
        for (uint256 i = 0; i < _RING; ++i) _buckets[i].number = 1;
    }

    /// @dev Brings the books up to date; whoever changes `b` stores it.
    function _touch() internal returns (State memory s) {
        s = _now();
        if (!s.crossed) return s;
        _liveOf = s.live;
        s.crossed = false;
    }

    function _store(State memory s) internal {
        _books = s.b;
    }

    /// @dev Adds or takes cover of a bucket that is ahead.
    function _addToBucket(State memory s, uint8 product, uint256 number, uint256 amount) internal {
        Bucket storage bucket = _bucket(s, number);
        if (bucket.products == 0) bucket.first = product;
        uint256 before = _coverIn(bucket, product);
        bucket.products |= uint8(1 << product);
        _setCover(bucket, product, before + amount);
        _liveOf[product] += amount.toUint128();
        s.b.live += amount.toUint96();
    }

    function _takeFromBucket(State memory s, uint8 product, uint256 number, uint256 amount) internal {
        Bucket storage bucket = _bucket(s, number);
        _setCover(bucket, product, _coverIn(bucket, product) - amount);
        _liveOf[product] -= amount.toUint128();
        s.b.live -= amount.toUint96();
    }

    /// @dev Streams `net` until bucket `number` ends. The division rounds down: what is left of it stays unearned.
    function _stream(State memory s, uint256 number, uint256 net) internal returns (uint256 rate) {
        _requireRoom(s, net);
        rate = (net * _PRECISION) / (_endOf(number) - s.time);
        s.b.unearned += net.toUint88();
        _addRate(s, number, rate);
    }

    function _addRate(State memory s, uint256 number, uint256 rate) internal {
        s.b.rate += rate.toUint128();
        _bucket(s, number).rateCut += uint128(rate);
    }

    function _cutRate(State memory s, uint256 number, uint256 rate) internal {
        s.b.rate -= rate.toUint128();
        _bucket(s, number).rateCut -= uint128(rate);
    }

    /// @dev Cover within what may bind capital: the whole by the capacity, the product by its part of it, rounded down.
    function _requireCapacity(State memory s, uint8 product, uint256 capBps) internal view {
        uint256 capacity_ = _capacity(s);
        require(s.b.live <= capacity_, UnderwritingPool__CapacityExceeded(s.b.live, capacity_));
        capacity_ = (capacity_ * capBps) / BPS;
        uint256 live = _liveOf[product];
        require(live <= capacity_, UnderwritingPool__CapacityExceeded(live, capacity_));
    }

    /// @dev The books now: streams, and crosses the buckets that have ended since. Every stream is cut and every cover
    /// ends in some bucket at most 59 ahead, so the walk ends.
    function _now() internal view returns (State memory s) {
        Books memory b = _books;
        (s.b, s.time) = (b, _time(b.pausedAt, b.pausedUntil, b.pausedSeconds));
        uint256 from = b.accruedAt;
        uint256 earned = b.remainder;
        uint256 last = s.time / BUCKET;
        for (uint256 n = from / BUCKET + 1; n <= last && (b.rate != 0 || b.live != 0); ++n) {
            Bucket storage bucket = _buckets[n % _RING];
            if (bucket.number != n) continue; // nothing ends with it
            (uint128 cut, uint8 products) = (bucket.rateCut, bucket.products);
            earned += b.rate * (_endOf(n) - from);
            from = _endOf(n);
            b.rate -= cut;
            if (products != 0) _end(s, bucket, products);
        }
        earned += b.rate * (s.time - from);
        b.assets += uint88(earned / _PRECISION);
        b.unearned -= uint88(earned / _PRECISION); // what streams was put there before, rounded down
        b.remainder = uint40(earned % _PRECISION);
        b.accruedAt = uint32(s.time);
    }

    /// @dev Block time less all seconds of pause.
    function _time(uint256 pausedAt, uint256 pausedUntil_, uint256 pausedSeconds) internal view returns (uint256) {
        uint256 running = pausedAt == 0 ? 0 : block.timestamp.min(pausedUntil_) - pausedAt;
        return block.timestamp - pausedSeconds - running;
    }

    function _isPaused(Books memory b) internal view returns (bool) {
        return b.pausedAt != 0 && block.timestamp < b.pausedUntil;
    }

    /// @dev A − C − Q; the queue rounded up, so that less can be bound.
    function _capacity(State memory s) internal view returns (uint256) {
        uint256 queued = uint256(s.b.queued).mulDiv(
            s.b.assets + _VIRTUAL_ASSETS,
            totalSupply() + _VIRTUAL_SHARES,
            Math.Rounding.Ceil
        );
        return uint256(s.b.assets).saturatingSub(s.b.locked).saturatingSub(queued);
    }

    function _exposure(State memory s) internal view returns (uint256 sum) {
        if (s.b.incidents == 0) return 0;
        for (uint8 p = 0; p < MAX_PRODUCTS; ++p) {
            if ((s.b.incidents >> p) & 1 == 1) sum += _live(s, p);
        }
    }

    /// @dev K.
    function _atRisk(State memory s) internal view returns (uint256) {
        return (s.b.locked + _exposure(s)).min(s.b.assets);
    }

    function _live(State memory s, uint8 product) internal view returns (uint256) {
        return s.crossed ? s.live[product] : _liveOf[product];
    }

    /// @dev Rounded down, for those who stay.
    function _toAssets(State memory s, uint256 shares) internal view returns (uint256) {
        return shares.mulDiv(s.b.assets + _VIRTUAL_ASSETS, totalSupply() + _VIRTUAL_SHARES);
    }

    /// @dev Rounded down, for those who are in.
    function _toShares(State memory s, uint256 assets) internal view returns (uint256) {
        return assets.mulDiv(totalSupply() + _VIRTUAL_SHARES, s.b.assets + _VIRTUAL_ASSETS);
    }

    /// @dev The books against buckets, balances and each other; the bits are named in `checkInvariants`.
    function _broken(State memory s, uint256 balance) internal view returns (uint256 broken) {
        Books memory b = s.b;
        (uint256 rate, uint256 toStream, uint256[MAX_PRODUCTS] memory ahead) = _ahead(s.time);
        broken = _brokenCover(s, ahead);
        if (uint256(b.live) + b.locked > b.assets) broken |= 1;
        if (rate != b.rate) broken |= 8;
        if (uint256(b.assets) + b.unearned + b.owed > balance) broken |= 16;
        if (b.queued > balanceOf(address(this))) broken |= 32;
        if ((b.remainder + toStream) / _PRECISION > b.unearned) broken |= 64;
    }

    function _endOf(uint256 number) internal pure returns (uint256) {
        return number * BUCKET;
    }

    function _requireAhead(State memory s, uint256 number) internal pure {
        require(_endOf(number) > s.time, UnderwritingPool__BucketOver(number));
    }

    /// @dev What streams becomes assets: both together stay within the assets' 96 bits.
    function _requireRoom(State memory s, uint256 assets) internal pure {
        uint256 room = type(uint96).max - s.b.assets - s.b.unearned;
        require(assets <= room, UnderwritingPool__TooMuch(assets, room));
    }

    /// @dev Its place, emptied if it was another's: all until now has been crossed, and no more than one of `_RING` buckets in
    /// a row has that place.
    function _bucket(State memory s, uint256 number) private returns (Bucket storage bucket) {
        bucket = _buckets[number % _RING];
        if (bucket.number == number) return bucket;
        assert(number < s.time / BUCKET + _RING);
        (bucket.rateCut, bucket.number) = (0, number.toUint16());
        (bucket.products, bucket.first, bucket.coverOfFirst) = (0, 0, 0);
    }

    function _setCover(Bucket storage bucket, uint8 product, uint256 amount) private {
        if (product == bucket.first) bucket.coverOfFirst = amount.toUint96();
        else bucket.cover[product] = amount.toUint96();
    }

    function _coverIn(Bucket storage bucket, uint256 product) private view returns (uint256) {
        if (product == bucket.first) return bucket.coverOfFirst;
        return (bucket.products >> product) & 1 == 0 ? 0 : bucket.cover[product]; // 0: what is there is an earlier bucket's
    }

    function _end(State memory s, Bucket storage bucket, uint8 products) private view {
        if (!s.crossed) (s.live, s.crossed) = (_liveOf, true);
        uint256 first = bucket.first;
        for (uint256 p = 0; p < MAX_PRODUCTS; ++p) {
            if ((products >> p) & 1 == 0) continue;
            uint96 ended = p == first ? bucket.coverOfFirst : bucket.cover[p];
            s.live[p] -= ended;
            s.b.live -= ended;
        }
    }

    /// @dev What the buckets ahead hold: no cover ends later than 59 of them.
    function _ahead(
        uint256 time
    ) private view returns (uint256 rate, uint256 toStream, uint256[MAX_PRODUCTS] memory cover) {
        for (uint256 n = time / BUCKET + 1; n <= time / BUCKET + 64; ++n) {
            Bucket storage bucket = _buckets[n % _RING];
            if (bucket.number != n) continue;
            rate += bucket.rateCut;
            toStream += bucket.rateCut * (_endOf(n) - time);
            for (uint8 p = 0; p < MAX_PRODUCTS; ++p) cover[p] += _coverIn(bucket, p);
        }
    }

    function _brokenCover(
        State memory s,
        uint256[MAX_PRODUCTS] memory ahead
    ) private view returns (uint256 broken) {
        uint256 sum;
        for (uint8 p = 0; p < MAX_PRODUCTS; ++p) {
            uint256 live = _live(s, p);
            sum += live;
            if (live != ahead[p]) broken |= 4;
        }
        if (sum != s.b.live) broken |= 2;
    }
}
