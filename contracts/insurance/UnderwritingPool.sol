// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IRiskReserve} from "./IRiskReserve.sol";
import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {BUCKET, COOLDOWN, Modules} from "./Modules.sol";
import {PoolBooks} from "./PoolBooks.sol";

/// @title Underwriting pool
/// @notice The specification is in `IUnderwritingPool`.
contract UnderwritingPool is PoolBooks, AccessManaged, ReentrancyGuardTransient {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    uint256 private constant _MAX_PAUSE = 14 days;
    /// @dev With so long a rest after 14 days of pause, no window of 90 days has more than 14 in it.
    uint256 private constant _PAUSE_REST = 76 days;
    /// @dev A share starts at a millionth of an asset wei; the pool retires below a billionth of that.
    uint256 private constant _RETIRE_AT = 1e15;
    /// @dev Least part of a request that is paid: one in so many.
    uint256 private constant _LEAST_PART = 100;

    IERC20 private immutable _asset;
    uint8 private immutable _decimals;
    address private immutable _manager;
    address private immutable _nft;
    address private immutable _incidents;
    address private immutable _claims;
    IRiskReserve private immutable _reserve;

    /// @inheritdoc IUnderwritingPool
    uint256 public requestCount;
    mapping(uint256 id => Request request) private _requests;
    /// @inheritdoc IUnderwritingPool
    mapping(address account => uint256 assets) public owed;
    /// @inheritdoc IUnderwritingPool
    mapping(address vault => uint256 assets) public owedToReserve;
    /// @dev Seconds of pause since the last long rest, and when the last pause ended, in block time.
    uint128 private _pauseUsed;
    uint128 private _pauseEnded;

    modifier onlyManager() {
        require(msg.sender == _manager, UnderwritingPool__NotManager(msg.sender));
        _;
    }

    constructor(
        IERC20Metadata asset_,
        string memory name_,
        string memory symbol_,
        address authority_,
        Modules memory modules_
    ) ERC20(name_, symbol_) AccessManaged(authority_) {
        require(modules_.pool == address(this), UnderwritingPool__WrongAddress(modules_.pool));
        _asset = asset_;
        _decimals = asset_.decimals() + 6;
        (_manager, _nft) = (modules_.manager, modules_.nft);
        (_incidents, _claims) = (modules_.incidents, modules_.claims);
        _reserve = IRiskReserve(modules_.reserve);
        _books.accruedAt = uint32(block.timestamp);
        _setDeposits(true); // opened when those who deploy it have no power left
    }

    /* UNDERWRITERS */

    /// @inheritdoc IUnderwritingPool
    function deposit(
        uint256 assets,
        address receiver,
        uint256 minShares
    ) external nonReentrant returns (uint256 shares) {
        require(receiver != address(0), UnderwritingPool__ZeroAddress());
        State memory s = _touch();
        require(!s.b.depositsStopped, UnderwritingPool__DepositsStopped());
        require(!s.b.retired, UnderwritingPool__Retired());
        require(s.b.incidents == 0, UnderwritingPool__IncidentOpen(s.b.incidents));
        shares = _toShares(s, assets);
        require(shares != 0, UnderwritingPool__ZeroShares());
        require(shares >= minShares, UnderwritingPool__BelowMinShares(shares, minShares));
        _requireRoom(s, assets);
        s.b.assets += uint96(assets);
        _store(s);
        _mint(receiver, shares);
        emit Deposited(msg.sender, receiver, assets, shares);
        uint256 before = _asset.balanceOf(address(this));
        _asset.safeTransferFrom(msg.sender, address(this), assets);
        _requireMoved(assets, _asset.balanceOf(address(this)) - before);
    }

    /// @inheritdoc IUnderwritingPool
    function requestRedeem(uint256 shares, address receiver) external nonReentrant returns (uint256 id) {
        require(shares != 0, UnderwritingPool__ZeroShares());
        require(receiver != address(0), UnderwritingPool__ZeroAddress());
        State memory s = _touch();
        uint256 assets = _toAssets(s, shares);
        s.b.queued += shares.toUint160();
        _store(s);
        id = ++requestCount;
        _requests[id] = Request(uint160(shares), assets.toUint96(), receiver, uint40(s.time));
        _transfer(msg.sender, address(this), shares);
        emit RedeemRequested(id, receiver, shares, assets);
    }

    /// @inheritdoc IUnderwritingPool
    function finalizeRedeem(uint256 id, uint256 minAssets) external nonReentrant returns (uint256 assets) {
        State memory s = _touch();
        Request memory request = _request(id);
        require(!_isPaused(s.b), UnderwritingPool__ClaimsPaused(s.b.pausedUntil));
        uint256 maturesAt = request.requestedAt + COOLDOWN;
        require(s.time >= maturesAt, UnderwritingPool__BeforeCooldown(id, maturesAt));
        uint256 atRisk = _atRisk(s);
        uint256 worth = s.b.assets - atRisk + _VIRTUAL_ASSETS;
        assets = _value(request, request.shares, worth);
        if (atRisk != 0 || assets < request.assets) {
            require(msg.sender == request.receiver, UnderwritingPool__NotReceiver(id, msg.sender));
        }
        uint256 shares;
        (shares, assets) = _payable(s, request, worth, assets);
        require(assets >= minAssets, UnderwritingPool__BelowMinAssets(assets, minAssets));
        _shrink(id, request, shares);
        s.b.assets -= uint96(assets);
        s.b.queued -= uint160(shares);
        _store(s);
        _burn(address(this), shares);
        emit RedeemFinalized(id, request.receiver, shares, assets, request.shares - shares);
        _asset.safeTransfer(request.receiver, assets);
    }

    /// @inheritdoc IUnderwritingPool
    function cancelRedeem(uint256 id) external nonReentrant returns (uint256 shares) {
        State memory s = _touch();
        Request memory request = _request(id);
        require(msg.sender == request.receiver, UnderwritingPool__NotReceiver(id, msg.sender));
        shares = _readmitted(s, request);
        delete _requests[id];
        s.b.queued -= request.shares;
        _store(s);
        _burn(address(this), request.shares - shares);
        _transfer(address(this), request.receiver, shares);
        emit RedeemCancelled(id, request.receiver, shares, request.shares - shares);
    }

    /// @inheritdoc IUnderwritingPool
    function fetchOwed(address receiver) external nonReentrant returns (uint256 assets) {
        require(receiver != address(0), UnderwritingPool__ZeroAddress());
        assets = owed[msg.sender];
        require(assets != 0, UnderwritingPool__NothingOwed(msg.sender));
        owed[msg.sender] = 0;
        _books.owed -= uint160(assets);
        emit PaymentFetched(msg.sender, receiver, assets);
        _asset.safeTransfer(receiver, assets);
    }

    /// @inheritdoc IUnderwritingPool
    function accrue() external nonReentrant {
        _store(_touch());
    }

    /* THE COVER MANAGER */

    /// @inheritdoc IUnderwritingPool
    function bindCover(
        uint8 product,
        uint256 bucket,
        uint256 amount,
        uint256 net,
        uint256 capBps
    ) external onlyManager nonReentrant returns (uint256 rate) {
        State memory s = _touch();
        require(!s.b.retired, UnderwritingPool__Retired());
        _requireAhead(s, bucket);
        _addToBucket(s, product, bucket, amount);
        _requireCapacity(s, product, capBps);
        rate = _stream(s, bucket, net);
        _storeBacked(s);
        emit CoverBound(product, bucket, amount, net, rate);
    }

    /// @inheritdoc IUnderwritingPool
    function moveCover(
        uint8 product,
        uint256[2] calldata fromTo,
        uint256 amount,
        uint256 rate,
        uint256 net,
        uint256 capBps
    ) external onlyManager nonReentrant returns (uint256 newRate) {
        State memory s = _touch();
        _requireAhead(s, fromTo[0]);
        _requireCapacity(s, product, capBps);
        _takeFromBucket(s, product, fromTo[0], amount);
        _addToBucket(s, product, fromTo[1], amount);
        uint256 leftover = _leftover(s, fromTo[0], rate);
        _cutRate(s, fromTo[0], rate);
        s.b.unearned -= leftover.toUint88();
        newRate = _stream(s, fromTo[1], leftover + net);
        _storeBacked(s);
        emit CoverMoved(product, fromTo[1], amount, net, newRate);
    }

    /// @inheritdoc IUnderwritingPool
    function releaseCover(
        uint8 product,
        uint256 bucket,
        uint256 amount,
        uint256 rate,
        uint256 refund,
        address receiver
    ) external onlyManager nonReentrant {
        State memory s = _touch();
        _requireAhead(s, bucket);
        _takeFromBucket(s, product, bucket, amount);
        uint256 leftover = _leftover(s, bucket, rate);
        _cutRate(s, bucket, rate);
        s.b.unearned -= leftover.toUint88();
        // At once, it would go to whoever deposits before the cancel: a cover that was paid in full gives none of it back.
        _stream(s, bucket, leftover - refund);
        _store(s);
        emit CoverReleased(product, bucket, amount, refund);
        if (refund != 0) _asset.safeTransfer(receiver, refund);
    }

    /// @inheritdoc IUnderwritingPool
    function setIncident(uint8 product, bool open) external onlyManager nonReentrant {
        State memory s = _touch();
        uint8 bit = uint8(1 << product);
        s.b.incidents = open ? s.b.incidents | bit : s.b.incidents & ~bit;
        _store(s);
        emit IncidentSet(product, open);
    }

    /// @inheritdoc IUnderwritingPool
    function lockClaim(uint8 product, uint256 bucket, uint256 amount) external onlyManager nonReentrant {
        State memory s = _touch();
        _requireAhead(s, bucket);
        _takeFromBucket(s, product, bucket, amount);
        s.b.locked += uint96(amount);
        _store(s);
        emit ClaimLocked(product, bucket, amount);
    }

    /// @inheritdoc IUnderwritingPool
    function settleClaim(
        uint8 product,
        uint256 bucket,
        uint256 amount,
        uint256 pay,
        address receiver
    ) external onlyManager nonReentrant returns (uint256 fromReserve) {
        State memory s = _touch();
        require(!_isPaused(s.b), UnderwritingPool__ClaimsPaused(s.b.pausedUntil));
        fromReserve = _reserve.draw(pay);
        s.b.locked -= amount.toUint96();
        s.b.assets -= uint96(pay - fromReserve); // pay ≤ amount ≤ C ≤ A
        uint256 rebound = _endOf(bucket) > s.time ? amount - pay : 0;
        if (rebound != 0) _addToBucket(s, product, bucket, rebound);
        if (!s.b.retired && (s.b.assets + _VIRTUAL_ASSETS) * _RETIRE_AT < totalSupply()) {
            s.b.retired = true;
            emit Retired();
        }
        _store(s);
        emit ClaimSettled(product, receiver, amount, pay, fromReserve, rebound);
        _pay(receiver, pay);
    }

    /// @inheritdoc IUnderwritingPool
    function drawReserve(uint256 assets, address receiver) external onlyManager nonReentrant returns (uint256 drawn) {
        drawn = _reserve.draw(assets);
        if (drawn != 0) _asset.safeTransfer(receiver, drawn);
    }

    /// @inheritdoc IUnderwritingPool
    function oweReserve(address vault, uint256 assets) external onlyManager nonReentrant {
        owedToReserve[vault] += assets;
        emit ReserveOwed(vault, assets);
    }

    /// @inheritdoc IUnderwritingPool
    function recover(address vault) external onlyManager nonReentrant returns (uint256 assets) {
        State memory s = _touch();
        // What is liquid goes to whoever asks first: a part is better than waiting for all, which a gift could put off.
        uint256 shares = IERC4626(vault).maxRedeem(address(this));
        uint256 before = _asset.balanceOf(address(this));
        IERC4626(vault).redeem(shares, address(this), address(this));
        assets = _asset.balanceOf(address(this)) - before;
        uint256 toReserve = assets.min(owedToReserve[vault]);
        owedToReserve[vault] -= toReserve;
        _stream(s, s.time / BUCKET + 2, assets - toReserve);
        _store(s);
        emit Recovered(vault, shares, assets - toReserve, toReserve);
        if (toReserve != 0) _asset.safeTransfer(address(_reserve), toReserve);
    }

    /* DERISK */

    /// @inheritdoc IUnderwritingPool
    function pauseClaims(uint256 duration) external restricted {
        State memory s = _touch();
        require(!_isPaused(s.b), UnderwritingPool__ClaimsPaused(s.b.pausedUntil));
        _bookPause(s.b);
        if (block.timestamp >= _pauseEnded + _PAUSE_REST) _pauseUsed = 0;
        uint256 left = _MAX_PAUSE - _pauseUsed;
        require(duration != 0 && duration <= left, UnderwritingPool__PauseTooLong(duration, left));
        s.b.pausedAt = uint32(block.timestamp);
        s.b.pausedUntil = uint32(block.timestamp + duration);
        _store(s);
        emit ClaimsPaused(msg.sender, block.timestamp + duration);
    }

    /// @inheritdoc IUnderwritingPool
    function stopDeposits() external restricted {
        _setDeposits(true);
    }

    /* CURATOR */

    /// @inheritdoc IUnderwritingPool
    function resumeClaims() external restricted {
        State memory s = _touch();
        require(_isPaused(s.b), UnderwritingPool__NotPaused());
        s.b.pausedUntil = uint32(block.timestamp);
        _bookPause(s.b);
        _store(s);
        emit ClaimsResumed(msg.sender, s.b.pausedSeconds);
    }

    /// @inheritdoc IUnderwritingPool
    function resumeDeposits() external restricted {
        _setDeposits(false);
    }

    /* VIEWS */

    /// @inheritdoc IUnderwritingPool
    function books() external view returns (Books memory) {
        return _now().b;
    }

    /// @inheritdoc IUnderwritingPool
    function poolTime() external view returns (uint256) {
        Books storage b = _books;
        return _time(b.pausedAt, b.pausedUntil, b.pausedSeconds);
    }

    /// @inheritdoc IUnderwritingPool
    function utilisation() external view returns (uint256 time, uint256 live, uint256 capacity_) {
        State memory s = _now();
        return (s.time, s.b.live, _capacity(s));
    }

    /// @inheritdoc IUnderwritingPool
    function pausedUntil() external view returns (uint256) {
        Books memory b = _books;
        return _isPaused(b) ? b.pausedUntil : 0;
    }

    /// @inheritdoc IUnderwritingPool
    function totalAssets() external view returns (uint256) {
        return _now().b.assets;
    }

    /// @inheritdoc IUnderwritingPool
    function liveOf(uint8 product) external view returns (uint256) {
        return _live(_now(), product);
    }

    /// @inheritdoc IUnderwritingPool
    function exposure() external view returns (uint256) {
        return _exposure(_now());
    }

    /// @inheritdoc IUnderwritingPool
    function capacity() external view returns (uint256) {
        return _capacity(_now());
    }

    /// @inheritdoc IUnderwritingPool
    function freeAssets() external view returns (uint256) {
        return _free(_now());
    }

    /// @inheritdoc IUnderwritingPool
    function convertToShares(uint256 assets) external view returns (uint256) {
        return _toShares(_now(), assets);
    }

    /// @inheritdoc IUnderwritingPool
    function convertToAssets(uint256 shares) external view returns (uint256) {
        return _toAssets(_now(), shares);
    }

    /// @inheritdoc IUnderwritingPool
    function redeemable(uint256 id) external view returns (uint256) {
        State memory s = _now();
        Request memory request = _requests[id];
        return _value(request, request.shares, s.b.assets - _atRisk(s) + _VIRTUAL_ASSETS);
    }

    /// @inheritdoc IUnderwritingPool
    function requestOf(uint256 id) external view returns (Request memory) {
        return _requests[id];
    }

    /// @inheritdoc IUnderwritingPool
    function totalOwed() external view returns (uint256) {
        return _books.owed;
    }

    /// @inheritdoc IUnderwritingPool
    function asset() external view returns (address) {
        return address(_asset);
    }

    /// @inheritdoc IUnderwritingPool
    function modules() external view returns (Modules memory) {
        return Modules(address(this), _manager, _nft, _incidents, _claims, address(_reserve));
    }

    /// @inheritdoc IUnderwritingPool
    function checkInvariants() external view returns (uint256 broken) {
        return _broken(_now(), _asset.balanceOf(address(this)));
    }

    /// @notice The asset's and six more: a share starts at a millionth of an asset wei.
    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /// @dev A receiver that the asset refuses (a blocked address) holds up no settlement.
    function _pay(address receiver, uint256 assets) private {
        if (assets == 0 || _asset.trySafeTransfer(receiver, assets)) return;
        owed[receiver] += assets;
        _books.owed += assets.toUint160();
        emit PaymentDeferred(receiver, assets);
    }

    /// @dev What is left of a request keeps its value per share, rounded down.
    function _shrink(uint256 id, Request memory request, uint256 shares) private {
        uint256 left = request.shares - shares;
        if (left == 0) {
            delete _requests[id];
            return;
        }
        _requests[id].shares = uint160(left);
        _requests[id].assets = uint96((request.assets * left) / request.shares);
    }

    /// @dev The premium was sent before: the tokens must cover the books.
    function _storeBacked(State memory s) private {
        _store(s);
        uint256 balance = _asset.balanceOf(address(this));
        uint256 needed = uint256(s.b.assets) + s.b.unearned + s.b.owed;
        require(balance >= needed, UnderwritingPool__TransferShort(needed, balance));
    }

    /// @dev Adds a pause that is over to the seconds that pool time leaves out.
    function _bookPause(Books memory b) private {
        if (b.pausedAt == 0) return;
        uint32 lasted = b.pausedUntil - b.pausedAt;
        b.pausedSeconds += lasted;
        _pauseUsed += lasted;
        _pauseEnded = b.pausedUntil;
        (b.pausedAt, b.pausedUntil) = (0, 0);
    }

    function _setDeposits(bool stopped) private {
        _books.depositsStopped = stopped;
        emit DepositsSet(msg.sender, stopped);
    }

    /// @dev Shares burned and assets paid now: all, or as much as capital is free.
    function _payable(
        State memory s,
        Request memory request,
        uint256 worth,
        uint256 wanted
    ) private view returns (uint256 shares, uint256 assets) {
        uint256 free = _free(s);
        if (wanted <= free) return (request.shares, wanted);
        require(free * _LEAST_PART >= wanted, UnderwritingPool__CapitalBound(free, wanted));
        // Rounded up: a part burns no less than what it is paid for, and leaves no more than the rest of the request.
        uint256 atRequest = free.mulDiv(request.shares, request.assets, Math.Rounding.Ceil);
        uint256 atPrice = free.mulDiv(totalSupply() + _VIRTUAL_SHARES, worth, Math.Rounding.Ceil);
        return (atRequest.max(atPrice).min(request.shares), free);
    }

    /// @dev Rounded down, for those who stay.
    function _value(Request memory request, uint256 shares, uint256 worth) private view returns (uint256) {
        if (shares == 0) return 0;
        uint256 value = shares.mulDiv(worth, totalSupply() + _VIRTUAL_SHARES);
        return value.min((request.assets * shares) / request.shares);
    }

    /// @dev The shares that `request.assets` would buy from those who stay, once all of the request was burned and paid; no
    /// more than went in. At the price before the burn, the burn would lift the canceller's own shares. Rounded down.
    function _readmitted(State memory s, Request memory request) private view returns (uint256) {
        if (_toAssets(s, request.shares) <= request.assets) return request.shares;
        uint256 others = totalSupply() - request.shares + _VIRTUAL_SHARES;
        return uint256(request.assets).mulDiv(others, s.b.assets + _VIRTUAL_ASSETS - request.assets);
    }

    function _request(uint256 id) private view returns (Request memory request) {
        request = _requests[id];
        require(request.receiver != address(0), UnderwritingPool__NoRequest(id));
    }

    /// @dev A − C − L, never below 0: see `settleClaim` and `bindCover`.
    function _free(State memory s) private pure returns (uint256) {
        return uint256(s.b.assets) - s.b.locked - s.b.live;
    }

    /// @dev Rounded down: what the pool surely has not streamed yet.
    function _leftover(State memory s, uint256 bucket, uint256 rate) private pure returns (uint256) {
        return (rate * (_endOf(bucket) - s.time)) / _PRECISION;
    }

    function _requireMoved(uint256 expected, uint256 moved) private pure {
        require(moved == expected, UnderwritingPool__TransferShort(expected, moved));
    }
}
