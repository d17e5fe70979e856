// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {ICompoundingVault} from "../vault/ICompoundingVault.sol";
import {IAuctionTaker} from "./IAuctionTaker.sol";
import {IRewardAuction} from "./IRewardAuction.sol";

uint256 constant PRICE_DECIMALS = 18;
uint256 constant LOT_DURATION = 1 days;
uint256 constant HALF_LIFE = 30 minutes;
// From 4 × anchor to anchor / 4.
uint256 constant HALVINGS = 4;
uint256 constant START_FACTOR = 4;
// A take is at least this part of the lot.
uint256 constant MIN_TAKE_DIVISOR = 10;
uint256 constant MAX_TOKENS = 8;
// An anchor of 4 keeps the lowest price at 1: nothing is ever given away.
uint256 constant MIN_ANCHOR = 4;
uint256 constant MAX_ANCHOR = type(uint144).max;
uint256 constant MAX_TOKEN_DECIMALS = 36;
// Wei of each token that no lot takes: a balance that is never emptied costs 17,100 gas less to fill.
uint256 constant KEPT = 1;
// Room for the balance of a token that computes it.
uint256 constant BALANCE_GAS = 100_000;

/// @title Dutch auctions of a vault's rewards
/// @notice See `IRewardAuction`. The authority is the vault's at creation.
contract RewardAuction is IRewardAuction, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;
    using Math for uint256;
    using SafeCast for uint256;

    /// @param startedAt Second it began; stays when it is sold out, so that the slot is never emptied and filled again.
    struct Sale {
        uint48 startedAt; // 48
        uint104 initial; // 152
        uint104 remaining; // 256: a whole slot is written without being read
    }

    /// @param count How many tokens are listed; kept in the first place only, where whoever walks the list reads it for nothing.
    struct Place {
        address token;
        uint8 count;
    }

    /// @inheritdoc IRewardAuction
    address public immutable override vault;
    /// @inheritdoc IRewardAuction
    address public immutable override asset;

    Place[MAX_TOKENS] private _places;
    mapping(address token => Listing listing) private _listings;
    mapping(address token => Sale sale) private _sales;
    /// @dev Price of what a lot sold in part, weighted by its part of the lot. Written by takes that leave a rest.
    mapping(address token => uint256 weightedPrice) private _cleared;

    /// @param vault_ The vault whose rewards are sold.
    constructor(address vault_) AccessManaged(IAccessManaged(vault_).authority()) {
        vault = vault_;
        asset = IERC4626(vault_).asset();
    }

    /* CURATOR */

    /// @inheritdoc IRewardAuction
    function list(address token, uint256 anchor, uint256 minLot) external restricted {
        require(!_isProtected(token), RewardAuction__ProtectedToken(token));
        require(
            anchor >= MIN_ANCHOR && anchor <= MAX_ANCHOR,
            RewardAuction__AnchorOutOfBounds(anchor, MIN_ANCHOR, MAX_ANCHOR)
        );
        require(
            minLot > 0 && minLot <= type(uint104).max,
            RewardAuction__MinLotOutOfBounds(minLot, type(uint104).max)
        );
        uint8 decimals = IERC20Metadata(token).decimals();
        require(decimals <= MAX_TOKEN_DECIMALS, RewardAuction__UnsupportedDecimals(decimals, MAX_TOKEN_DECIMALS));
        if (_listings[token].anchor == 0) {
            uint256 count = _places[0].count;
            require(count < MAX_TOKENS, RewardAuction__TooManyTokens(MAX_TOKENS));
            _places[count].token = token;
            _places[0].count = uint8(count + 1);
        }
        _endSale(token);
        _listings[token] = Listing(anchor.toUint144(), minLot.toUint104(), decimals);
        emit Listed(token, anchor, minLot);
    }

    /// @inheritdoc IRewardAuction
    function delist(address token) external restricted {
        require(_listings[token].anchor > 0, RewardAuction__NotListed(token));
        _endSale(token);
        delete _listings[token];
        uint256 last = _places[0].count - 1;
        uint256 index = 0;
        while (_places[index].token != token) ++index; // it is in the list: its anchor was not 0
        _places[index].token = _places[last].token;
        _places[last].token = address(0);
        _places[0].count = uint8(last);
        emit Delisted(token);
    }

    /* ANYONE */

    /// @inheritdoc IRewardAuction
    function start(address token) external nonReentrant returns (uint256 amount) {
        Listing memory terms = _listings[token];
        require(terms.anchor > 0, RewardAuction__NotListed(token));
        Sale memory sale = _sales[token];
        require(!_isRunning(sale), RewardAuction__LotRunning(token, sale.startedAt + LOT_DURATION));
        amount = IERC20(token).balanceOf(address(this)).saturatingSub(KEPT);
        require(amount >= terms.minLot, RewardAuction__LotTooSmall(token, amount, terms.minLot));
        _start(token, terms, sale, amount);
    }

    /// @inheritdoc IRewardAuction
    function startAll() external {
        if (_reentrancyGuardEntered()) return;
        uint256 count = _places[0].count;
        for (uint256 i = 0; i < count; ++i) {
            address token = _places[i].token;
            Sale memory sale = _sales[token];
            if (_isRunning(sale)) continue;
            Listing memory terms = _listings[token];
            uint256 amount = _balance(token).saturatingSub(KEPT);
            if (amount >= terms.minLot) _start(token, terms, sale, amount);
        }
    }

    /// @inheritdoc IRewardAuction
    function take(
        address token,
        uint256 amount,
        uint256 maxPayment,
        address receiver,
        uint256 deadline,
        bytes calldata data
    ) external nonReentrant returns (uint256 payment) {
        require(block.timestamp <= deadline, RewardAuction__Expired(deadline));
        payment = _sell(token, amount);
        require(payment <= maxPayment, RewardAuction__PaymentAboveMax(payment, maxPayment));
        emit LotTaken(token, msg.sender, receiver, amount, payment);
        IERC20(token).safeTransfer(receiver, amount);
        if (data.length > 0) IAuctionTaker(msg.sender).onAuctionTake(token, amount, payment, data);
        IERC20(asset).safeTransferFrom(msg.sender, vault, payment);
    }

    /* VIEWS */

    /// @inheritdoc IRewardAuction
    function tokens() external view returns (address[] memory) {
        address[] memory listed = new address[](_places[0].count);
        for (uint256 i = 0; i < listed.length; ++i) listed[i] = _places[i].token;
        return listed;
    }

    /// @inheritdoc IRewardAuction
    function listing(address token) external view returns (Listing memory) {
        return _listings[token];
    }

    /// @inheritdoc IRewardAuction
    function lot(address token) external view returns (Lot memory running) {
        Sale memory sale = _sales[token];
        if (!_isRunning(sale)) return running;
        uint256 startPrice = START_FACTOR * uint256(_listings[token].anchor);
        return Lot(uint40(sale.startedAt), sale.initial, sale.remaining, startPrice, sale.startedAt + LOT_DURATION);
    }

    /// @inheritdoc IRewardAuction
    function price(address token) external view returns (uint256) {
        Sale memory sale = _sales[token];
        return _isRunning(sale) ? _priceUp(_listings[token].anchor, sale.startedAt) : 0;
    }

    /// @inheritdoc IRewardAuction
    function quote(address token, uint256 amount) external view returns (uint256 payment) {
        Sale memory sale = _sales[token];
        require(_isRunning(sale), RewardAuction__NoLot(token));
        Listing memory terms = _listings[token];
        return _paymentUp(amount, _priceUp(terms.anchor, sale.startedAt), terms.decimals);
    }

    /* INTERNAL */

    function _start(address token, Listing memory terms, Sale memory before, uint256 amount) private {
        if (before.remaining > 0) {
            emit LotEnded(token, before.remaining);
            uint256 unsold = (uint256(terms.anchor / 2) * before.remaining) / before.initial;
            terms.anchor = _moveAnchor(token, terms.anchor, _takeCleared(token, before) + unsold);
        }
        uint104 initial = Math.min(amount, type(uint104).max).toUint104();
        _sales[token] = Sale(uint48(block.timestamp), initial, initial);
        emit LotStarted(token, initial, START_FACTOR * uint256(terms.anchor));
    }

    /// @dev Takes `amount` off the running lot and, when that was the last of it, moves the anchor.
    function _sell(address token, uint256 amount) private returns (uint256 payment) {
        Sale memory sale = _sales[token];
        require(_isRunning(sale), RewardAuction__NoLot(token));
        require(amount <= sale.remaining, RewardAuction__TakeTooLarge(amount, sale.remaining));
        Listing memory terms = _listings[token];
        uint256 priceNow = _priceUp(terms.anchor, sale.startedAt);
        payment = _paymentUp(amount, priceNow, terms.decimals);
        uint256 weighted = (priceNow * amount) / sale.initial;
        if (amount == sale.remaining) {
            _moveAnchor(token, terms.anchor, _takeCleared(token, sale) + weighted);
        } else {
            uint256 min = Math.ceilDiv(sale.initial, MIN_TAKE_DIVISOR);
            require(amount >= min, RewardAuction__TakeTooSmall(amount, min));
            _cleared[token] += weighted;
        }
        _sales[token].remaining = uint104(sale.remaining - amount); // a part of what was there
    }

    /// @dev What the lot sold before, as a weighted price. Forgets it.
    function _takeCleared(address token, Sale memory sale) private returns (uint256 weightedPrice) {
        if (sale.remaining == sale.initial) return 0;
        weightedPrice = _cleared[token];
        delete _cleared[token];
    }

    function _moveAnchor(address token, uint256 anchorBefore, uint256 average) private returns (uint144 anchorAfter) {
        anchorAfter = Math.min(Math.max(average, MIN_ANCHOR), MAX_ANCHOR).toUint144();
        if (anchorAfter == anchorBefore) return anchorAfter;
        _listings[token].anchor = anchorAfter;
        emit AnchorMoved(token, anchorBefore, anchorAfter);
    }

    function _endSale(address token) private {
        Sale memory sale = _sales[token];
        if (sale.remaining == 0) return;
        _takeCleared(token, sale);
        delete _sales[token];
        emit LotEnded(token, sale.remaining);
    }

    /// @dev 0 when the token fails, so that it blocks no other. Of what it answers one word is copied: the price of memory grows
    /// with its square, and eight long answers would cost more than all eight were given.
    function _balance(address token) private view returns (uint256 held) {
        bytes memory data = abi.encodeCall(IERC20.balanceOf, (address(this)));
        // Only the scratch space is written.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let ok := staticcall(BALANCE_GAS, token, add(data, 32), mload(data), 0, 32)
            if and(ok, gt(returndatasize(), 31)) {
                held := mload(0)
            }
        }
    }

    function _isRunning(Sale memory sale) private view returns (bool) {
        return sale.remaining > 0 && block.timestamp < sale.startedAt + LOT_DURATION;
    }

    /// @dev The asset, the shares, and what adapters hold as their positions.
    function _isProtected(address token) private view returns (bool) {
        if (token == asset || token == vault) return true;
        ICompoundingVault.Entry[] memory entries = ICompoundingVault(vault).entries();
        for (uint256 i = 0; i < entries.length; ++i) {
            if (IAdapter(entries[i].adapter).isPositionToken(token)) return true;
        }
        return false;
    }

    /// @dev 4 × anchor, half of it after each half-life and on a straight line in between, rounded up: the vault's favour.
    function _priceUp(uint256 anchor, uint256 startedAt) private view returns (uint256) {
        uint256 elapsed = block.timestamp - startedAt;
        uint256 halvings = Math.min(elapsed / HALF_LIFE, HALVINGS);
        uint256 rest = halvings == HALVINGS ? 0 : elapsed % HALF_LIFE;
        return Math.ceilDiv(START_FACTOR * anchor * (2 * HALF_LIFE - rest), (2 * HALF_LIFE) << halvings);
    }

    /// @dev Rounded up: the vault's favour. A part of a lot has 104 bits, a price 146; asking for more may overflow.
    function _paymentUp(uint256 amount, uint256 priceNow, uint8 decimals) private pure returns (uint256) {
        return Math.ceilDiv(amount * priceNow, 10 ** (PRICE_DECIMALS + decimals));
    }
}
