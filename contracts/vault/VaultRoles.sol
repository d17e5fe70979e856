// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {IRewardAuction} from "../rewards/IRewardAuction.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {CAPPED, GATED, MAX_ADAPTERS, REANCHORED, STOPPED, VaultBooks} from "./VaultBooks.sol";
import {VaultMath} from "./VaultMath.sol";

/// @dev A group number has four bits; 0 is none.
uint256 constant MAX_GROUPS = 15;
/// @dev Least price at which entries can be re-opened after a loss.
uint256 constant MIN_ANCHOR_PPS = VaultMath.PAR / 1_000;

/// @title What roles may do to the vault
/// @notice Every function is `restricted`; `ICompoundingVault` says by which role and why. None is on a holder's path.
/// Those of DERISK read no adapter that they don't act on, so that they work while another one is broken.
abstract contract VaultRoles is VaultBooks, AccessManaged {
    using BoundedCall for address;
    using Math for uint256;
    using SafeCast for uint256;

    /* CURATOR */

    /// @inheritdoc ICompoundingVault
    function addAdapter(address adapter) external restricted nonReentrant {
        uint256 count = _adapterCount;
        require(count < MAX_ADAPTERS, CompoundingVault__TooManyAdapters(MAX_ADAPTERS));
        require(_find(adapter) == MAX_ADAPTERS, CompoundingVault__AdapterListed(adapter));
        IAdapter source = IAdapter(adapter);
        require(
            source.vault() == address(this) && source.asset() == address(_asset),
            CompoundingVault__AdapterMismatch(adapter)
        );
        (bytes32 first, bytes32 second) = source.riskIds();
        uint256 groups = _groupNumberOrNew(first) | (_groupNumberOrNew(second) << 4);
        _entries[count] = Entry({adapter: adapter, cap: 0, groups: uint8(groups)});
        _adapterCount = uint8(count + 1);
        emit AdapterAdded(adapter, first, second);
    }

    /// @inheritdoc ICompoundingVault
    /// @dev Reads no other adapter, so that one broken adapter does not protect another. The next touch realises the loss; where
    /// there was one in this transaction before, it is the next transaction's.
    function removeAdapter(address adapter, uint256 maxLoss) external restricted nonReentrant {
        uint256 index = _indexOf(adapter);
        (bool ok, uint256 loss) = adapter.read(IAdapter.realAssets.selector);
        if (!ok) loss = type(uint256).max;
        require(loss <= maxLoss, CompoundingVault__AboveMaxLoss(loss, maxLoss));
        uint256 last = _adapterCount - 1;
        uint256 bits = _books.allocated;
        for (uint256 i = index; i < last; ++i) _entries[i] = _entries[i + 1];
        delete _entries[last];
        uint256 below = (1 << index) - 1;
        _books.allocated = uint8((bits & below) | ((bits >> 1) & ~below));
        _adapterCount = uint8(last);
        emit AdapterRemoved(adapter);
    }

    /// @inheritdoc ICompoundingVault
    function recall(address adapter) external restricted nonReentrant returns (uint256 assets) {
        require(_find(adapter) == MAX_ADAPTERS, CompoundingVault__AdapterListed(adapter));
        State memory s = _touch();
        _store(s);
        uint256 before = _balance();
        IAdapter(adapter).emergencyExit();
        assets = _balance() - before;
        s.idle += assets;
        _store(s);
        _lockGain(s, assets);
        emit Recalled(adapter, assets);
    }

    /// @inheritdoc ICompoundingVault
    function raiseCap(address adapter, uint256 cap) external restricted {
        _requireRaised(_setCap(adapter, cap), cap);
    }

    /// @inheritdoc ICompoundingVault
    function raiseGroupCap(bytes32 id, uint256 absoluteCap, uint256 relativeCapBps) external restricted {
        Group memory before = _setGroupCap(id, absoluteCap, relativeCapBps);
        if (absoluteCap != before.absoluteCap) _requireRaised(before.absoluteCap, absoluteCap);
        if (relativeCapBps != before.relativeCapBps) _requireRaised(before.relativeCapBps, relativeCapBps);
    }

    /// @inheritdoc ICompoundingVault
    function raiseDepositCap(uint256 cap) external restricted {
        _requireRaised(_setDepositCap(cap), cap);
    }

    /// @inheritdoc ICompoundingVault
    function setFee(uint256 feeBps) external restricted nonReentrant {
        require(feeBps <= VaultMath.MAX_FEE_BPS, CompoundingVault__FeeTooHigh(feeBps, VaultMath.MAX_FEE_BPS));
        require(feeBps == 0 || _feeRecipient != address(0), CompoundingVault__NoFeeRecipient());
        _store(_touch());
        emit FeeSet(_feeBps, feeBps);
        _feeBps = uint16(feeBps);
    }

    /// @inheritdoc ICompoundingVault
    function setFeeRecipient(address recipient) external restricted nonReentrant {
        require(recipient != address(0) || _feeBps == 0, CompoundingVault__NoFeeRecipient());
        require(recipient != address(this), CompoundingVault__ReceiverIsVault());
        _store(_touch());
        emit FeeRecipientSet(_feeRecipient, recipient);
        _feeRecipient = recipient;
    }

    /// @inheritdoc ICompoundingVault
    function setMaxRate(uint256 maxRate) external restricted nonReentrant {
        require(maxRate <= VaultMath.MAX_RATE, CompoundingVault__RateTooHigh(maxRate, VaultMath.MAX_RATE));
        _store(_touch());
        emit MaxRateSet(_lock.maxRate, maxRate);
        _lock.maxRate = uint8(maxRate);
    }

    /// @inheritdoc ICompoundingVault
    function setTipCap(uint256 newTipCap) external restricted {
        uint256 before = _tipCap();
        _tipUnits = (newTipCap / _tipUnit).toUint40();
        emit TipCapSet(before, _tipCap());
    }

    /// @inheritdoc ICompoundingVault
    function setGate(address newGate) external restricted {
        emit GateSet(_gate, newGate);
        _gate = newGate;
        _setFlag(GATED, newGate != address(0));
    }

    /// @inheritdoc ICompoundingVault
    function setAuction(address newAuction) external restricted {
        require(
            newAuction == address(0) || IRewardAuction(newAuction).vault() == address(this),
            CompoundingVault__AuctionMismatch(newAuction)
        );
        emit AuctionSet(auction, newAuction);
        auction = newAuction;
    }

    /// @inheritdoc ICompoundingVault
    function reanchorEntryMark() external restricted nonReentrant {
        State memory s = _touch();
        _store(s);
        uint256 mark = _mark(s);
        s.nav += _waitingAtTouch;
        uint256 price = _price(s).min(mark);
        require(price >= MIN_ANCHOR_PPS, CompoundingVault__PriceTooLow(price, MIN_ANCHOR_PPS));
        _entryMark = uint80(price); // at most hwm, a uint80
        _setFlag(REANCHORED, price < s.hwm);
        emit EntryMarkSet(price);
    }

    /// @inheritdoc ICompoundingVault
    function resumeDeposits() external restricted {
        _setFlag(STOPPED, false);
        emit DepositsResumed(msg.sender);
    }

    /* ALLOCATOR */

    /// @inheritdoc ICompoundingVault
    function allocate(address adapter, uint256 assets) external restricted nonReentrant {
        require(assets != 0, CompoundingVault__ZeroAssets());
        State memory s = _touch();
        (s.index, s.placed) = (_indexOf(adapter), true);
        uint256 room = _room(s);
        require(assets <= room, CompoundingVault__CapExceeded(adapter, assets, room));
        require(assets <= s.idle, CompoundingVault__InsufficientLiquidity(assets, assets.saturatingSub(s.idle)));
        _lend(s, assets, address(this));
        emit Allocated(adapter, assets);
    }

    /// @inheritdoc ICompoundingVault
    function setOrder(address[] calldata adapters) external restricted nonReentrant {
        uint256 count = _adapterCount;
        require(adapters.length == count, CompoundingVault__BadOrder());
        uint256 bits = _books.allocated;
        for (uint256 i = 0; i < count; ++i) {
            uint256 index = _indexOf(adapters[i]);
            require(index >= i, CompoundingVault__BadOrder()); // named twice: it has its place already
            (_entries[i], _entries[index]) = (_entry(index), _entry(i));
            if ((bits >> i) & 1 != (bits >> index) & 1) bits ^= (1 << i) | (1 << index);
        }
        _books.allocated = uint8(bits);
        emit OrderSet(_entries[0].adapter);
    }

    /// @inheritdoc ICompoundingVault
    function setBuffer(uint256 bufferBps) external restricted {
        require(bufferBps <= VaultMath.BPS, CompoundingVault__BpsTooHigh(bufferBps, VaultMath.BPS));
        emit BufferSet(_bufferBps, bufferBps);
        _bufferBps = uint16(bufferBps);
    }

    /* DERISK */

    /// @inheritdoc ICompoundingVault
    function lowerCap(address adapter, uint256 cap) external restricted {
        _requireLowered(_setCap(adapter, cap), cap);
    }

    /// @inheritdoc ICompoundingVault
    function lowerGroupCap(bytes32 id, uint256 absoluteCap, uint256 relativeCapBps) external restricted {
        Group memory before = _setGroupCap(id, absoluteCap, relativeCapBps);
        if (absoluteCap != before.absoluteCap) _requireLowered(before.absoluteCap, absoluteCap);
        if (relativeCapBps != before.relativeCapBps) _requireLowered(before.relativeCapBps, relativeCapBps);
    }

    /// @inheritdoc ICompoundingVault
    function lowerDepositCap(uint256 cap) external restricted {
        _requireLowered(_setDepositCap(cap), cap);
    }

    /// @inheritdoc ICompoundingVault
    function deallocate(address adapter, uint256 assets) external restricted nonReentrant returns (uint256 paid) {
        uint256 index = _indexOf(adapter);
        require(assets != 0, CompoundingVault__ZeroAssets());
        uint256 wanted = assets;
        if (assets == type(uint256).max) wanted = _mustRead(adapter, IAdapter.maxDeallocate.selector);
        if (wanted == 0) return 0;
        uint256 before = _balance();
        IAdapter(adapter).deallocate(wanted, address(this));
        paid = _balance() - before;
        require(paid >= wanted, CompoundingVault__TransferShort(wanted, paid));
        _bookReturn(index, paid);
        emit Deallocated(adapter, paid);
    }

    /// @inheritdoc ICompoundingVault
    function emergencyExit(address adapter) external restricted nonReentrant returns (uint256 recovered) {
        uint256 index = _indexOf(adapter);
        uint256 before = _balance();
        IAdapter(adapter).emergencyExit();
        recovered = _balance() - before;
        _bookReturn(index, recovered);
        emit EmergencyExited(adapter, recovered);
    }

    /// @inheritdoc ICompoundingVault
    function stopDeposits() external restricted {
        _setFlag(STOPPED, true);
        emit DepositsStopped(msg.sender);
    }

    function _groupNumber(bytes32 id) internal view returns (uint256 number) {
        number = _findGroup(id);
        require(number != 0, CompoundingVault__UnknownGroup(id));
    }

    function _tipCap() internal view returns (uint256) {
        return _tipUnits * _tipUnit;
    }

    /// @dev Tokens that came back from an adapter, into idle; nothing is revalued. Its bit goes once it is empty.
    function _bookReturn(uint256 index, uint256 assets) private {
        State memory s;
        _load(s);
        s.idle += assets;
        address adapter = _entries[index].adapter;
        (bool valued, uint256 real) = adapter.read(IAdapter.realAssets.selector);
        (bool open, uint256 liquid) = adapter.read(IAdapter.maxDeallocate.selector);
        if (valued && open && real == 0 && liquid == 0) s.allocated &= ~(1 << index);
        _store(s);
    }

    function _setGroupCap(
        bytes32 id,
        uint256 absoluteCap,
        uint256 relativeCapBps
    ) private returns (Group memory before) {
        require(relativeCapBps <= VaultMath.BPS, CompoundingVault__BpsTooHigh(relativeCapBps, VaultMath.BPS));
        uint256 number = _groupNumber(id);
        before = _groups[number];
        _groups[number] = Group(absoluteCap.toUint128(), uint16(relativeCapBps));
        emit GroupCapSet(id, absoluteCap, relativeCapBps);
    }

    function _setDepositCap(uint256 cap) private returns (uint256 before) {
        before = _depositCap;
        _depositCap = cap.toUint104();
        _setFlag(CAPPED, cap != type(uint104).max);
        emit DepositCapSet(before, cap);
    }

    function _setCap(address adapter, uint256 cap) private returns (uint256 before) {
        Entry storage entry = _entries[_indexOf(adapter)];
        before = entry.cap;
        entry.cap = cap.toUint88();
        emit AdapterCapSet(adapter, before, cap);
    }

    function _setFlag(uint256 flag, bool on) private {
        uint256 flags = _lock.flags;
        _lock.flags = uint8(on ? flags | flag : flags & ~flag);
    }

    /// @dev The number of a group, given out at its first use; 0 for none.
    function _groupNumberOrNew(bytes32 id) private returns (uint256 number) {
        if (id == bytes32(0)) return 0;
        number = _findGroup(id);
        if (number != 0) return number;
        _groupIds.push(id);
        number = _groupIds.length;
        require(number <= MAX_GROUPS, CompoundingVault__TooManyGroups(MAX_GROUPS));
    }

    /// @dev 0 when there is none.
    function _findGroup(bytes32 id) private view returns (uint256) {
        uint256 count = _groupIds.length;
        for (uint256 i = 0; i < count; ++i) if (_groupIds[i] == id) return i + 1;
        return 0;
    }

    /// @dev Its place in the order, or `MAX_ADAPTERS`.
    function _find(address adapter) private view returns (uint256) {
        uint256 count = _adapterCount;
        for (uint256 i = 0; i < count; ++i) if (_entries[i].adapter == adapter) return i;
        return MAX_ADAPTERS;
    }

    function _entry(uint256 index) private view returns (Entry memory) {
        return _entries[index];
    }

    function _indexOf(address adapter) private view returns (uint256 index) {
        index = _find(adapter);
        require(index != MAX_ADAPTERS, CompoundingVault__NotAnAdapter(adapter));
    }

    function _requireRaised(uint256 current, uint256 given) private pure {
        require(given > current, CompoundingVault__NotRaised(current, given));
    }

    function _requireLowered(uint256 current, uint256 given) private pure {
        require(given < current, CompoundingVault__NotLowered(current, given));
    }
}
