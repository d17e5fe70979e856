// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/interfaces/IERC20Metadata.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {IRewardAuction} from "../rewards/IRewardAuction.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {IGate} from "./IGate.sol";
import {CAPPED, GATED, MAX_ADAPTERS, STOPPED, WAITING} from "./VaultBooks.sol";
import {VaultMath} from "./VaultMath.sol";
import {VaultRoles} from "./VaultRoles.sol";

/*
SPECIFICATION

Books
  gross    idle (tracked, never `balanceOf`) + Σ min(realAssets, 2^104 − 1) over the adapters with their allocated bit
  locked   measured gains (auction proceeds, donations skimmed by `compound`, what leavers forgo) not yet released;
           falls linearly to 0; an addition moves the end to the amount-weighted average
  nav      what the shares are worth; price = (nav + 1) · V · 1e18 / (supply + V), V = 10^(18 − decimals): at par, one
           asset wei for V shares, it is 1e18

Accrual: on the first touch of each transaction; a transient latch makes later touches and views use what it stored, so
  that no two operations behind it see different prices. Once a market has lost since the first, later ones, `exit` and
  price views are refused: a flash of capital would leave its part of the loss to those who stay, or to what is locked.
  `exit` touches nothing and pays by what is stored. Before the first touch it closes entries and price views for the rest of
  the transaction: a flash of shares would leave at that price and be bought back, here or by a view, at the touch's
  fair     nav + what the lock released since: the price if nothing but time had happened. A lock larger than nav releases
           no faster than nav in ten days; the rest waits with the gains below, so that no gift sends the price beyond its types
  loss     gross < fair + locked: taken at once, from the lock first, then from the price, whole
  gain     gross > fair + locked: an adapter says that it has more. Not booked: it waits outside and flows in at no more
           than `maxRate` a year (counting at most 7 silent days), or, below the entry mark, within ten days. What waits
           already flows in at no more than `maxRate` of the least NAV since it waits, a hundredth of today's at least, or
           a fourteenth of itself a day: who enters meanwhile doesn't hasten it, so entering to take it home tomorrow
           doesn't pay. Who accrues when changes nothing for those who are here, but that less than a wei waits on each
           time
  fee      on the rise of the price above the high-water mark, once that exceeds 1e-5; minted as shares; never on a recovery

Flows: deposit nav += assets; leaving nav −= assets, and `exit` what is forgone, into the lock. Every division favours the
  vault; fees alone are rounded in favour of the holders. What a market rounds away (≤ 2 wei) shows at the next accrual.

Entries: refused while the price is below 98 % of the entry mark (nobody buys a dip), or below all of it while a gain waits
  (nobody buys a recovery in sight), while stopped, above the deposit cap, and where the gate says no. A mark is lowered to the
  price that what waits comes to. Tokens travel once:
  straight to the first adapter if its caps have room for all of them, else they stay idle. The market must credit all but
  2 wei. A group's relative cap is of what of NAV is lent elsewhere for them and for `compound`, and of all NAV for ALLOCATOR:
  idle is anyone's to bring and to take home.

Exits: cannot be stopped by anyone, in a transaction of their own. Shares are burned and nav is written before any market is
  called. Paid from idle and then by the adapters in order, past those that refuse or tell no limit; idle that is less than a
  2^18th of nav is left where the first adapter covers all. The receiver gets nothing before all have paid. An adapter without
  a value reverts entries and standard exits (never a price with a hole in it); `exit` leaves past it, moving nobody else's price.

Views: once latched they serve what is stored, else they do the accrual. Price views revert where there is no honest
  answer: while an adapter fails, inside of a call, once a market has lost since the latch, and behind an `exit` before it
  (deviations from EIP-4626); `max*` are 0 then, exact otherwise, and never revert. Liquidity that two adapters share is
  counted twice, and whether a market will credit all of a deposit is not asked.

Roles: see `ICompoundingVault`; every privileged function is `restricted` by one AccessManager. None is on a holder's path.

Tokens: 6 to 18 decimals, no fee on transfer, no rebasing. A token whose issuer can freeze the vault or an adapter can freeze
  what is there, or comes by there. Adapters: see `IAdapter`; one that lies upwards is bounded by `maxRate`, downwards by its
  balance.

Known limits: prices hold for a whole transaction, so an integrator that batches sees one, and after a loss in it none
  until the next. Within its cap anyone decides when the first adapter is filled, and may leave that market through the
  vault. A gain that waits is shared by those who enter and stay while it flows in, for months if it is large. A lump that
  a source books at once is shared by all who were here before it, up to `maxRate` of what they brought, as it is in the
  source itself. `exit` takes no fee on what the lock released since the last accrual, a ten days' release at most, nor
  gives any of what waits. A market whose entry costs more than 2 wei makes deposits and `compound` revert until ALLOCATOR
  reorders or DERISK lowers its cap. Types bound deposits to a NAV of 2^104 − 1 asset wei, the lock to 2^96 − 1 and the
  mark to 2^80 − 1 (1.2 million times par); gains beyond saturate, flows revert.
*/

/// @dev For each adapter's claim, and for starting auctions: all nine may burn it, and `compound` stays below the 2^24 gas that a
/// transaction may have (EIP-7825). A claim that needs more is anyone's to make, `IAdapter.claimRewards`.
uint256 constant CLAIM_GAS = 1_500_000;
/// @dev Owns each vault's seed for ever, so that supply never returns to 0.
address constant SEED_OWNER = 0x000000000000000000000000000000000000dEaD;

/// @title CompoundingVault
/// @notice Flows and views. `VaultBooks` keeps the accounts, `VaultRoles` holds what roles may do, `VaultMath` the
/// arithmetic, `ICompoundingVault` the documentation of every function.
contract CompoundingVault is VaultRoles, ERC20Permit {
    using BoundedCall for address;
    using Math for uint256;
    using SafeERC20 for IERC20;

    /// @inheritdoc ICompoundingVault
    uint256 public immutable seedAssets;
    /// @dev Whether somebody left by `exit` before the first touch of the transaction.
    bool private transient _exited;

    constructor(
        address asset_,
        string memory name_,
        string memory symbol_,
        address authority_,
        address feeRecipient_,
        uint256 feeBps,
        uint256 maxRate
    ) ERC20(name_, symbol_) ERC20Permit(name_) AccessManaged(authority_) {
        require(asset_ != address(0) && authority_ != address(0), CompoundingVault__ZeroAddress());
        uint8 assetDecimals = IERC20Metadata(asset_).decimals();
        require(assetDecimals >= 6 && assetDecimals <= 18, CompoundingVault__UnsupportedDecimals(assetDecimals));
        require(feeBps <= VaultMath.MAX_FEE_BPS, CompoundingVault__FeeTooHigh(feeBps, VaultMath.MAX_FEE_BPS));
        require(feeBps == 0 || feeRecipient_ != address(0), CompoundingVault__NoFeeRecipient());
        require(maxRate <= VaultMath.MAX_RATE, CompoundingVault__RateTooHigh(maxRate, VaultMath.MAX_RATE));
        _asset = IERC20(asset_);
        _virtualShares = 10 ** (18 - assetDecimals);
        _tipUnit = 10 ** (assetDecimals - 6);
        seedAssets = Math.max(1_000, _tipUnit);
        _seedShares = seedAssets * _virtualShares;
        _feeRecipient = feeRecipient_;
        _books.accruedAt = uint32(block.timestamp);
        _lock.hwm = uint80(VaultMath.PAR);
        _lock.maxRate = uint8(maxRate);
        _feeBps = uint16(feeBps);
        _depositCap = type(uint104).max;
    }

    /* ANYONE: ENTRIES */

    function deposit(uint256 assets, address receiver) external nonReentrant returns (uint256 shares) {
        State memory s = _touch();
        _checkEntry(s, assets, receiver);
        shares = _toShares(s, assets, Math.Rounding.Floor);
        _enter(s, assets, shares, receiver);
    }

    function mint(uint256 shares, address receiver) external nonReentrant returns (uint256 assets) {
        State memory s = _touch();
        assets = _toAssets(s, shares, Math.Rounding.Ceil);
        _checkEntry(s, assets, receiver);
        _enter(s, assets, shares, receiver);
    }

    /* ANYONE: EXITS */

    function withdraw(
        uint256 assets,
        address receiver,
        address owner
    ) external nonReentrant returns (uint256 shares) {
        State memory s = _touch();
        shares = _toShares(s, assets, Math.Rounding.Ceil);
        _leave(s, assets, shares, receiver, owner);
        _payOut(s, assets, receiver);
    }

    function redeem(uint256 shares, address receiver, address owner) external nonReentrant returns (uint256 assets) {
        State memory s = _touch();
        assets = _toAssets(s, shares, Math.Rounding.Floor);
        _leave(s, assets, shares, receiver, owner);
        _payOut(s, assets, receiver);
    }

    /// @inheritdoc ICompoundingVault
    /// @dev No accrual, and `accruedAt` stays: the room for unmeasured gains is not spent by someone's exit. The lock is
    /// restated at now instead, so what it released so far is in nav. Later than a touch it is refused as that is: who came with a
    /// flash of capital since would leave its part of a loss to the lock. Before it there is no price yet that holds for the
    /// transaction, so nobody enters any more, and no price is told: who left with a flash of shares would buy them back below a
    /// loss, a fee, or a gain kept waiting.
    function exit(
        uint256 shares,
        address receiver,
        address owner,
        uint256 minAssets,
        address[] calldata skip
    ) external nonReentrant returns (uint256 assets) {
        if (_latch != 0) _touch();
        else _exited = true;
        State memory s;
        _load(s);
        s.skip = skip;
        uint256 left = _gross(s);
        _requireRead(s.failed);
        s.nav = _fair(s);
        assets = shares.mulDiv(left.min(s.nav), s.supply + _virtualShares); // down: for those who stay
        uint256 forgone = _toAssets(s, shares, Math.Rounding.Floor) - assets;
        require(assets >= minAssets, CompoundingVault__BelowMinAssets(assets, minAssets));
        _leave(s, assets, shares, receiver, owner);
        s.nav -= forgone; // assets + forgone ≤ nav: the shares burned are at most the supply
        _lockGain(s, forgone);
        emit Exited(owner, forgone);
        _paySplit(s, assets, receiver);
    }

    /* ANYONE: UPKEEP */

    /// @inheritdoc ICompoundingVault
    function accrue() external nonReentrant {
        _store(_touch());
    }

    /// @inheritdoc ICompoundingVault
    function compound() external nonReentrant returns (uint256 gain) {
        State memory s = _touch();
        _store(s);
        _claim();
        uint256 surplus = _balance().saturatingSub(s.idle);
        uint256 tip = (surplus / VaultMath.TIP_DIVISOR).min(_tipCap()); // down: for the vault
        gain = surplus - tip;
        s.idle += gain;
        if (gain != 0) _lockGain(s, gain);
        _compoundedAt = uint32(block.timestamp);
        uint256 pushed = _pushable(s);
        if (pushed == 0) _store(s);
        else _lend(s, pushed, address(this));
        _send(msg.sender, tip);
        emit Compounded(msg.sender, gain, tip, pushed);
    }

    /* VIEWS: ERC-4626 */

    function asset() external view returns (address) {
        return address(_asset);
    }

    function totalAssets() external view returns (uint256) {
        return _view().nav;
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return _toShares(_view(), assets, Math.Rounding.Floor);
    }

    function convertToAssets(uint256 shares) external view returns (uint256) {
        return _toAssets(_view(), shares, Math.Rounding.Floor);
    }

    function previewDeposit(uint256 assets) external view returns (uint256) {
        return _toShares(_view(), assets, Math.Rounding.Floor);
    }

    function previewMint(uint256 shares) external view returns (uint256) {
        return _toAssets(_view(), shares, Math.Rounding.Ceil);
    }

    function previewWithdraw(uint256 assets) external view returns (uint256) {
        return _toShares(_view(), assets, Math.Rounding.Ceil);
    }

    function previewRedeem(uint256 shares) external view returns (uint256) {
        return _toAssets(_view(), shares, Math.Rounding.Floor);
    }

    function maxDeposit(address receiver) external view returns (uint256) {
        State memory s;
        return _maxEntry(s, receiver);
    }

    function maxMint(address receiver) external view returns (uint256) {
        State memory s;
        return _toShares(s, _maxEntry(s, receiver), Math.Rounding.Floor); // fills s before it is read
    }

    function maxWithdraw(address owner) external view returns (uint256) {
        State memory s;
        uint256 liquid = _liquidity(s); // fills s: its own statement, since operands are evaluated in no fixed order
        return liquid.min(_toAssets(s, balanceOf(owner), Math.Rounding.Floor));
    }

    /// @dev When liquidity binds, the most shares that still round down to it.
    function maxRedeem(address owner) external view returns (uint256) {
        State memory s;
        uint256 liquid = _liquidity(s);
        uint256 shares = balanceOf(owner);
        uint256 assets = _toAssets(s, shares, Math.Rounding.Floor);
        if (assets.min(liquid) == 0) return 0;
        return assets <= liquid ? shares : shares.min(_toShares(s, liquid + 1, Math.Rounding.Ceil) - 1);
    }

    /* VIEWS: OURS */

    /// @inheritdoc ICompoundingVault
    function totalAssetsFloor() external view returns (uint256) {
        State memory s;
        _load(s);
        return _gross(s).min(_fair(s));
    }

    /// @inheritdoc ICompoundingVault
    function pps() external view returns (uint256) {
        return _price(_view());
    }

    /// @inheritdoc ICompoundingVault
    function locked() external view returns (uint256) {
        return _lockedNow(_view());
    }

    /// @inheritdoc ICompoundingVault
    function entryMark() external view returns (uint256) {
        return _mark(_view());
    }

    /// @inheritdoc ICompoundingVault
    function share() external view returns (address) {
        return address(this);
    }

    /// @inheritdoc ICompoundingVault
    function books() external view returns (Books memory) {
        return _books;
    }

    /// @inheritdoc ICompoundingVault
    function lock() external view returns (Lock memory) {
        return _lock;
    }

    /// @inheritdoc ICompoundingVault
    function waiting() external view returns (Waiting memory) {
        return _waiting;
    }

    /// @inheritdoc ICompoundingVault
    function config() external view returns (Config memory) {
        return
            Config({
                depositCap: _depositCap,
                entryMark: _entryMark,
                compoundedAt: _compoundedAt,
                feeBps: _feeBps,
                bufferBps: _bufferBps,
                adapters: _adapterCount,
                tipCap: uint80(_tipCap()), // 40 bits × 10^12 at most
                feeRecipient: _feeRecipient,
                gate: _gate
            });
    }

    /// @inheritdoc ICompoundingVault
    function entries() external view returns (Entry[] memory list) {
        list = new Entry[](_adapterCount);
        for (uint256 i = 0; i < list.length; ++i) list[i] = _entries[i];
    }

    /// @inheritdoc ICompoundingVault
    function riskGroup(bytes32 id) external view returns (Group memory) {
        return _groups[_groupNumber(id)];
    }

    /// @inheritdoc IERC20Metadata
    function decimals() public view override(ERC20, IERC20Metadata) returns (uint8) {
        return super.decimals();
    }

    /// @dev The books and the shares are written before any token moves.
    function _enter(State memory s, uint256 assets, uint256 shares, address receiver) private {
        require(shares != 0, CompoundingVault__ZeroShares());
        bool lend = assets <= _room(s);
        unchecked {
            s.nav += assets; // no more than the cap, which has 104 bits
        }
        _mint(receiver, shares);
        emit Deposit(msg.sender, receiver, assets, shares);
        if (lend) return _lend(s, assets, msg.sender);
        s.idle += assets;
        _store(s);
        uint256 before = _balance();
        _asset.safeTransferFrom(msg.sender, address(this), assets);
        _requireMoved(assets, _balance() - before);
    }

    /// @dev Burned and written down before anything is paid: a callback sees the price of those who stay.
    function _leave(State memory s, uint256 assets, uint256 shares, address receiver, address owner) private {
        require(shares != 0, CompoundingVault__ZeroShares());
        require(assets != 0, CompoundingVault__ZeroAssets());
        require(receiver != address(0), CompoundingVault__ZeroAddress());
        require(receiver != address(this), CompoundingVault__ReceiverIsVault());
        if (msg.sender != owner) _spendAllowance(owner, msg.sender, shares);
        _burn(owner, shares);
        s.nav -= assets;
        emit Withdraw(msg.sender, receiver, owner, assets, shares);
    }

    /// @dev One payer where one can: idle, or where that is hardly anything the first adapter. Else idle and then all in order:
    /// else who leaves idle what a market has no room for, and takes it out of that market, leaves its place there to a rival.
    function _payOut(State memory s, uint256 assets, address receiver) private {
        if (s.idle < s.nav >> 18 && _isAllocated(s, 0)) {
            _store(s);
            if (_pays(_entries[0].adapter, assets, receiver)) return;
        }
        _paySplit(s, assets, receiver);
    }

    /// @dev The receiver gets nothing before all have paid: were it called in between, it could have a market lose and take the
    /// rest at the price from before. What others than the last pay is collected here.
    function _paySplit(State memory s, uint256 assets, address receiver) private {
        uint256 collected = assets.min(s.idle);
        uint256 missing = assets - collected;
        s.idle -= collected;
        _store(s);
        for (uint256 i = 0; missing != 0 && i < MAX_ADAPTERS; ++i) {
            address adapter = _entries[i].adapter;
            if (!_isAllocated(s, i) || _contains(s.skip, adapter)) continue;
            (bool ok, uint256 part) = adapter.read(IAdapter.maxDeallocate.selector);
            part = part.min(missing);
            if (!ok || part == 0 || !_pays(adapter, part, part == missing ? receiver : address(this))) continue;
            missing -= part;
            if (missing != 0) collected += part;
        }
        require(missing == 0, CompoundingVault__InsufficientLiquidity(assets, missing));
        _send(receiver, collected);
    }

    /// @return Whether it paid: all of it, or nothing. What can't be had here others may have.
    function _pays(address adapter, uint256 assets, address receiver) private returns (bool) {
        try IAdapter(adapter).deallocate(assets, receiver) returns (uint256 paid) {
            _requireMoved(assets, paid);
            return true;
        } catch {
            return false;
        }
    }

    /// @dev Each claim in its own call with its own gas: a failing reward blocks nothing.
    function _claim() private {
        uint256 count = _adapterCount;
        for (uint256 i = 0; i < count; ++i) {
            address adapter = _entries[i].adapter;
            if (!adapter.attempt(CLAIM_GAS, abi.encodeCall(IAdapter.claimRewards, ()))) emit ClaimFailed(adapter);
        }
        // Without an auction it is called at 0, where nobody is. A failing auction starts its lots another time.
        auction.attempt(CLAIM_GAS, abi.encodeCall(IRewardAuction.startAll, ()));
    }

    function _checkEntry(State memory s, uint256 assets, address receiver) private view {
        require(assets != 0, CompoundingVault__ZeroAssets());
        require(receiver != address(this), CompoundingVault__ReceiverIsVault());
        if (s.supply == 0) require(receiver == SEED_OWNER && assets == seedAssets, CompoundingVault__NotSeeded(seedAssets));
        require(s.flags & STOPPED == 0, CompoundingVault__DepositsStopped());
        require(!_exited, CompoundingVault__ExitedBefore());
        if (!_isOpen(s)) revert CompoundingVault__BelowEntryMark(_price(s), _mark(s));
        uint256 nav = s.nav.saturatingAdd(assets);
        uint256 cap = _capNow(s);
        require(nav <= cap, CompoundingVault__DepositCapExceeded(nav, cap));
        require(_gateAllows(s, msg.sender, receiver), CompoundingVault__GateRefused(msg.sender, receiver));
    }

    /// @dev A gate that fails refuses.
    function _gateAllows(State memory s, address caller, address receiver) private view returns (bool) {
        if (s.flags & GATED == 0) return true;
        (bool ok, uint256 yes) = _gate.read(abi.encodeCall(IGate.canDeposit, (caller, receiver)));
        return ok && yes == 1;
    }

    /// @dev Its slot is read only where there is a cap.
    function _capNow(State memory s) private view returns (uint256) {
        return s.flags & CAPPED == 0 ? type(uint104).max : _depositCap;
    }

    /// @dev While a gain waits, not below the mark at all, to a wei of NAV: the way back is in sight, and what a newcomer lacks to
    /// the mark would be paid out of what waits.
    function _isOpen(State memory s) private view returns (bool) {
        uint256 mark = _mark(s);
        if (s.flags & WAITING != 0) return s.nav + 1 >= _navAt(s, mark);
        return _price(s) * VaultMath.BPS >= mark * VaultMath.ENTRY_FLOOR_BPS;
    }

    /// @dev Idle assets above the buffer that the first adapter takes now. Nothing while deposits are stopped: whoever executes an
    /// older raise of a cap has nothing lent to a market that was left since.
    function _pushable(State memory s) private view returns (uint256) {
        if (s.flags & STOPPED != 0) return 0;
        uint256 spare = s.idle.saturatingSub(VaultMath.buffer(s.nav, _bufferBps)).min(_room(s));
        if (spare < seedAssets) return 0;
        (bool ok, uint256 accepted) = _entries[0].adapter.read(IAdapter.maxAllocate.selector);
        spare = spare.min(accepted);
        return ok && spare >= seedAssets ? spare : 0; // a market may round dust to nothing, and the call would revert
    }

    /// @dev What views serve. Once latched, what is stored. While entered nothing: what is stored is the state after the call, but
    /// whether the markets have lost since can't be told before it ends.
    function _view() private view returns (State memory s) {
        if (_reentrancyGuardEntered()) revert ReentrancyGuardReentrantCall();
        require(!_exited, CompoundingVault__ExitedBefore());
        _accrue(s);
        _requireSound(s);
    }

    function _isReadable(State memory s) private view returns (bool) {
        if (_reentrancyGuardEntered() || _exited) return false;
        _accrue(s);
        (uint256 counted, uint256 gross) = _counted(s);
        return s.failed == address(0) && gross >= counted;
    }

    /// @dev Exact, and 0 rather than a revert.
    function _maxEntry(State memory s, address receiver) private view returns (uint256) {
        if (receiver == address(this) || !_isReadable(s)) return 0;
        if (s.supply == 0 || s.flags & STOPPED != 0 || !_isOpen(s)) return 0;
        if (!_gateAllows(s, receiver, receiver)) return 0;
        return _capNow(s).saturatingSub(s.nav).min(type(uint104).max - s.idle); // idle has 104 bits, and it may stay there
    }

    /// @dev What could be paid out now; 0 while entered or when an adapter's value can't be told.
    function _liquidity(State memory s) private view returns (uint256 liquid) {
        if (!_isReadable(s)) return 0;
        liquid = s.idle;
        for (uint256 i = 0; i < MAX_ADAPTERS; ++i) {
            if (!_isAllocated(s, i)) continue;
            (bool ok, uint256 part) = _entries[i].adapter.read(IAdapter.maxDeallocate.selector);
            if (ok) liquid += part.min(type(uint104).max);
        }
    }

    function _toShares(State memory s, uint256 assets, Math.Rounding rounding) private view returns (uint256) {
        return VaultMath.toShares(assets, s.nav, s.supply, _virtualShares, rounding);
    }

    function _toAssets(State memory s, uint256 shares, Math.Rounding rounding) private view returns (uint256) {
        return VaultMath.toAssets(shares, s.nav, s.supply, _virtualShares, rounding);
    }

    function _requireMoved(uint256 expected, uint256 moved) private pure {
        require(moved == expected, CompoundingVault__TransferShort(expected, moved));
    }
}
