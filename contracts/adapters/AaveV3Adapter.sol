// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Adapter} from "./Adapter.sol";
import {IAdapter} from "./IAdapter.sol";
import {IAaveV3Pool} from "./markets/IAaveV3Pool.sol";
import {IAaveV3Rewards} from "./markets/IAaveV3Rewards.sol";
import {IAaveV3Token} from "./markets/IAaveV3Token.sol";

// Bits of a reserve's configuration and the units of its figures.
uint256 constant RAY = 1e27;
uint256 constant BPS = 10_000;
uint256 constant ACTIVE = 1 << 56;
uint256 constant FROZEN = 1 << 57;
uint256 constant PAUSED = 1 << 60;
uint256 constant VIRTUAL_LIQUIDITY = 1 << 252;
uint256 constant SUPPLY_CAP_MASK = (1 << 36) - 1;
// A mint and an exit round to whole scaled wei, and balances to a wei: less than the index and a wei is rounded away. Below this
// index that is less than 3 wei: no more than the 2 that a vault lets a market round away.
uint256 constant COARSE = 2;

/// @title Lends to a reserve of an Aave v3 pool
/// @notice The position is the aToken balance, interest included. Rewards are claimed one token at a time, each straight
/// to where it goes, so that one that fails holds up no other; without an auction they stay unclaimed.
/// A reserve whose index is twice what it began with is lent nothing: it could round away more than 2 wei. Nor is a position
/// valued at more than twice its scaled wei: where hardly anyone has supplied anything a stranger can lift the index by what
/// flash loans pay, and version 3.0, which rounds half up, then lets him take all of it out again, so that nothing backs the
/// claims. A reserve should have been seeded, and left by the time that interest has doubled its index: after fourteen years
/// at 5 %. What is left there beyond is had by `emergencyExit`.
/// @dev Speaks to versions 3.0 to 3.6 alike.
contract AaveV3Adapter is Adapter {
    using SafeERC20 for IERC20;

    /// @notice The pool that is lent to.
    IAaveV3Pool public immutable pool;
    /// @notice The position.
    IAaveV3Token public immutable aToken;

    /// @param vault_ The vault that lends.
    /// @param pool_ Must have a reserve of the vault's asset, else `Adapter__MarketMismatch`.
    constructor(address vault_, IAaveV3Pool pool_) Adapter(vault_) {
        address aToken_ = pool_.getReserveData(asset).aToken;
        require(aToken_ != address(0), Adapter__MarketMismatch(address(pool_), asset));
        pool = pool_;
        aToken = IAaveV3Token(aToken_);
        IERC20(asset).forceApprove(address(pool_), type(uint256).max); // holds no assets between calls
    }

    /// @inheritdoc IAdapter
    function claimRewards() external {
        address controller = aToken.getIncentivesController();
        if (controller == address(0)) return;
        address[] memory rewards = IAaveV3Rewards(controller).getRewardsByAsset(address(aToken));
        address[] memory positions = new address[](1);
        positions[0] = address(aToken);
        for (uint256 i = 0; i < rewards.length; ++i) {
            // an aToken that is paid as a reward joins the position
            address receiver = isPositionToken(rewards[i]) ? address(this) : _rewardReceiver(rewards[i]);
            if (receiver == address(0)) continue;
            try IAaveV3Rewards(controller).claimRewards(positions, type(uint256).max, receiver, rewards[i]) returns (
                uint256 claimed
            ) {
                if (claimed > 0) emit RewardsClaimed(rewards[i], receiver, claimed);
            } catch {} // stays owed by the controller
        }
    }

    /// @inheritdoc IAdapter
    function realAssets() external view returns (uint256) {
        return Math.min(aToken.balanceOf(address(this)), COARSE * aToken.scaledBalanceOf(address(this)));
    }

    /// @inheritdoc IAdapter
    function maxAllocate() external view returns (uint256) {
        IAaveV3Pool.Reserve memory reserve = pool.getReserveData(asset);
        uint256 flags = reserve.configuration;
        if (flags & ACTIVE == 0 || flags & (FROZEN | PAUSED) != 0 || _isCoarse()) return 0;
        uint256 cap = (flags >> 116) & SUPPLY_CAP_MASK;
        if (cap == 0) return type(uint256).max;
        return Math.saturatingSub(cap * 10 ** ((flags >> 48) & type(uint8).max), _suppliedUp(reserve));
    }

    /// @inheritdoc IAdapter
    function maxDeallocate() external view returns (uint256) {
        uint256 flags = pool.getReserveData(asset).configuration;
        if (flags & ACTIVE == 0 || flags & PAUSED != 0) return 0;
        uint256 most = Math.min(aToken.balanceOf(address(this)), _liquidity(flags));
        // A reserve pays nothing for less than half a scaled wei, but reverts.
        return 2 * RAY * most < pool.getReserveNormalizedIncome(asset) ? 0 : most;
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32 first, bytes32 second) {
        return (_riskId("Aave v3", address(pool)), bytes32(0));
    }

    /// @inheritdoc Adapter
    function isPositionToken(address token) public view override returns (bool) {
        return token == address(aToken);
    }

    /// @inheritdoc Adapter
    function _lend(uint256 assets) internal override returns (uint256 credited) {
        if (_isCoarse()) return 0;
        uint256 before = aToken.balanceOf(address(this));
        try pool.supply(asset, assets, address(this), 0) {
            credited = aToken.balanceOf(address(this)) - before;
        } catch {} // full, frozen or paused: the tokens are still here
    }

    /// @inheritdoc Adapter
    function _redeem(uint256 assets, address receiver) internal override {
        pool.withdraw(asset, assets, receiver);
    }

    /// @inheritdoc Adapter
    function _redeemAll() internal override {
        uint256 position = aToken.balanceOf(address(this));
        uint256 liquidity = _liquidity(pool.getReserveData(asset).configuration);
        if (position == 0 || liquidity == 0) return;
        pool.withdraw(asset, liquidity < position ? liquidity : type(uint256).max, vault);
    }

    function _isCoarse() private view returns (bool) {
        return pool.getReserveNormalizedIncome(asset) >= COARSE * RAY;
    }

    /// @dev What counts towards the supply cap now, rounded up: aTokens, and the treasury's share of interest up to now.
    function _suppliedUp(IAaveV3Pool.Reserve memory reserve) private view returns (uint256) {
        uint256 debtIndex = pool.getReserveNormalizedVariableDebt(asset);
        uint256 interest = Math.mulDiv(
            IAaveV3Token(reserve.variableDebtToken).scaledTotalSupply(),
            debtIndex - reserve.variableBorrowIndex,
            RAY,
            Math.Rounding.Ceil
        );
        uint256 factor = (reserve.configuration >> 64) & type(uint16).max;
        uint256 treasury = Math.mulDiv(interest, factor, BPS, Math.Rounding.Ceil);
        uint256 scaled = aToken.scaledTotalSupply() + reserve.accruedToTreasury;
        uint256 index = pool.getReserveNormalizedIncome(asset);
        return Math.mulDiv(scaled, index, RAY, Math.Rounding.Ceil) + treasury + 1; // 1: the mint may round up
    }

    /// @dev Assets that the reserve can pay: from 3.1 on it counts them, before it read its balance.
    function _liquidity(uint256 flags) private view returns (uint256) {
        if (flags & VIRTUAL_LIQUIDITY != 0) return pool.getVirtualUnderlyingBalance(asset);
        return IERC20(asset).balanceOf(address(aToken));
    }
}
