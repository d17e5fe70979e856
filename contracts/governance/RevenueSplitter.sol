// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IRewardAuction} from "../rewards/IRewardAuction.sol";
import {ICompoundingVault} from "../vault/ICompoundingVault.sol";
import {IRevenueSplitter} from "./IRevenueSplitter.sol";
import {IVoteStaking} from "./IVoteStaking.sol";

/// @title Revenue splitter
/// @notice The specification is in `IRevenueSplitter`.
/// @dev constructor(AccessManager, staking, treasury, split). The reward token is the staking contract's.
contract RevenueSplitter is IRevenueSplitter, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev Since when a token can't be converted, as `inKindFrom`, and how much of it was here then.
    struct Stranding {
        uint48 inKindFrom;
        uint208 amount;
    }

    uint256 private constant _BPS = 10_000;
    uint256 private constant _STRANDED_FOR = 14 days;
    /// @dev Redeeming from a vault with several markets stays below; a caller who sends less can't make it fail.
    uint256 private constant _MIN_GAS = 10_000_000;

    /// @inheritdoc IRevenueSplitter
    address public immutable asset;
    /// @inheritdoc IRevenueSplitter
    address public immutable staking;
    /// @inheritdoc IRevenueSplitter
    address public immutable treasury;

    /// @inheritdoc IRevenueSplitter
    IRewardAuction public auction;
    mapping(address token => Stranding stranding) private _stranded;
    Split private _split;

    constructor(
        address authority,
        IVoteStaking staking_,
        address treasury_,
        Split memory split_
    ) AccessManaged(authority) {
        require(treasury_ != address(0), RevenueSplitter__ZeroAddress());
        staking = address(staking_);
        asset = staking_.reward();
        treasury = treasury_;
        _setSplit(split_);
    }

    /// @inheritdoc IRevenueSplitter
    function convert(address token) external nonReentrant {
        require(token != asset, RevenueSplitter__IsReward(token));
        require(gasleft() >= _MIN_GAS, RevenueSplitter__GasTooLow(gasleft(), _MIN_GAS));
        uint256 balance = IERC20(token).balanceOf(address(this));
        require(balance > 0, RevenueSplitter__Nothing(token));
        if (_redeem(token, balance) || _sell(token, balance)) delete _stranded[token];
        else _strand(token, balance);
    }

    /// @inheritdoc IRevenueSplitter
    function distribute() external nonReentrant {
        uint256 balance = IERC20(asset).balanceOf(address(this));
        require(balance > 0, RevenueSplitter__Nothing(asset));
        uint256 toTreasury = (balance * _split.treasuryBps) / _BPS;
        uint256 toReserve = (balance * _split.reserveBps) / _BPS;
        uint256 toStakers = balance - toTreasury - toReserve;
        if (_split.stakersBps == 0) (toTreasury, toStakers) = (toTreasury + toStakers, 0);
        emit RevenueSplit(msg.sender, toStakers, toTreasury, toReserve);
        if (toStakers > 0) _payStakers(toStakers);
        if (toTreasury > 0) IERC20(asset).safeTransfer(treasury, toTreasury);
        if (toReserve > 0) IERC20(asset).safeTransfer(_split.reserve, toReserve);
    }

    /// @inheritdoc IRevenueSplitter
    function setSplit(Split calldata newSplit) external restricted {
        _setSplit(newSplit);
    }

    /// @inheritdoc IRevenueSplitter
    function setAuction(IRewardAuction newAuction) external restricted {
        bool fits = address(newAuction) == address(0) ||
            (newAuction.vault() == address(this) && newAuction.asset() == asset);
        require(fits, RevenueSplitter__WrongAuction(address(newAuction)));
        emit AuctionSet(address(auction), address(newAuction));
        auction = newAuction;
    }

    /// @inheritdoc IRevenueSplitter
    function inKindFrom(address token) external view returns (uint256) {
        return _stranded[token].inKindFrom;
    }

    /// @inheritdoc IRevenueSplitter
    function split() external view returns (Split memory) {
        return _split;
    }

    /// @inheritdoc IRevenueSplitter
    function entries() external pure returns (ICompoundingVault.Entry[] memory) {
        return new ICompoundingVault.Entry[](0);
    }

    /// @dev As much as the vault pays now. A token that is no vault has no `maxRedeem`. Where that is 0 all of it is tried: it may be
    /// for this transaction only, as behind somebody's `exit`, and nobody is to choose where the shares go by it.
    function _redeem(address vault, uint256 balance) private returns (bool) {
        (bool isVault, uint256 most) = _tryView(vault, abi.encodeCall(IERC4626.maxRedeem, (address(this))));
        if (!isVault) return false;
        uint256 shares = most == 0 ? balance : Math.min(balance, most);
        (bool hasAsset, uint256 word) = _tryView(vault, abi.encodeCall(IERC4626.asset, ()));
        if (!hasAsset) return false;
        try IERC4626(vault).redeem(shares, address(this), address(this)) returns (uint256 assets) {
            emit Redeemed(vault, address(uint160(word)), shares, assets);
            return true;
        } catch {
            return false;
        }
    }

    /// @dev A lot that runs already, or is too small, leaves the tokens in the auction for the next one.
    function _sell(address token, uint256 balance) private returns (bool) {
        if (address(auction) == address(0) || auction.listing(token).anchor == 0) return false;
        IERC20(token).safeTransfer(address(auction), balance);
        bool started = true;
        try auction.start(token) {} catch {
            started = false;
        }
        emit SentToAuction(token, balance, started);
        return true;
    }

    function _strand(address token, uint256 balance) private {
        Stranding memory since = _stranded[token];
        if (since.inKindFrom == 0) {
            uint48 from = uint48(block.timestamp + _STRANDED_FOR);
            _stranded[token] = Stranding(from, uint208(Math.min(balance, type(uint208).max)));
            emit Stranded(token, from);
            return;
        }
        require(block.timestamp >= since.inKindFrom, RevenueSplitter__StillStranded(token, since.inKindFrom));
        delete _stranded[token];
        uint256 amount = Math.min(balance, since.amount);
        emit SentInKind(token, amount);
        IERC20(token).safeTransfer(treasury, amount);
    }

    /// @dev Staking that refuses, because its reward counter is full, must not stop the treasury and the reserve.
    function _payStakers(uint256 amount) private {
        IERC20(asset).forceApprove(staking, amount);
        try IVoteStaking(staking).notifyReward(amount) {} catch {
            IERC20(asset).forceApprove(staking, 0);
            emit StakersRefused(amount);
            IERC20(asset).safeTransfer(treasury, amount);
        }
    }

    function _setSplit(Split memory newSplit) private {
        uint256 sum = uint256(newSplit.stakersBps) + newSplit.treasuryBps + newSplit.reserveBps;
        bool reserveFits = newSplit.reserve != address(0) || newSplit.reserveBps == 0;
        require(sum == _BPS && reserveFits, RevenueSplitter__BadSplit(sum));
        _split = newSplit;
        emit SplitSet(newSplit);
    }

    /// @dev One word of a view that may not exist.
    function _tryView(address target, bytes memory data) private view returns (bool, uint256) {
        (bool ok, bytes memory result) = target.staticcall(data);
        return ok && result.length == 32 ? (true, abi.decode(result, (uint256))) : (false, 0);
    }
}
