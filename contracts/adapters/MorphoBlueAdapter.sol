// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Adapter} from "./Adapter.sol";
import {IAdapter} from "./IAdapter.sol";
import {IMorphoBlue} from "./markets/IMorphoBlue.sol";
import {IMorphoRateModel} from "./markets/IMorphoRateModel.sol";

// Morpho's own constants: what an empty market is priced with, and the unit of rates and fees.
uint256 constant VIRTUAL_SHARES = 1e6;
uint256 constant VIRTUAL_ASSETS = 1;
uint256 constant WAD = 1e18;

/// @title Lends to one market of Morpho Blue
/// @notice The position is counted in shares of the market and valued with the interest that an accrual would book now.
/// A market has no cap and no pause; what is lent out is not liquid, and bad debt lowers the value at once. Rewards come
/// from distributors, through `forward`.
contract MorphoBlueAdapter is Adapter {
    using SafeERC20 for IERC20;
    using SafeCast for uint256;

    /// @notice The singleton that holds every market.
    IMorphoBlue public immutable morpho;
    /// @notice The market: the hash of its parameters.
    bytes32 public immutable marketId;
    address private immutable _collateralToken;
    address private immutable _oracle;
    address private immutable _irm;
    uint256 private immutable _lltv;

    /// @param vault_ The vault that lends.
    /// @param params Must be those of an existing market that lends the vault's asset, else `Adapter__MarketMismatch`.
    constructor(address vault_, IMorphoBlue morpho_, IMorphoBlue.MarketParams memory params) Adapter(vault_) {
        bytes32 id = keccak256(abi.encode(params));
        bool exists = morpho_.market(id).lastUpdate != 0;
        require(params.loanToken == asset && exists, Adapter__MarketMismatch(address(morpho_), asset));
        morpho = morpho_;
        marketId = id;
        _collateralToken = params.collateralToken;
        _oracle = params.oracle;
        _irm = params.irm;
        _lltv = params.lltv;
        IERC20(asset).forceApprove(address(morpho_), type(uint256).max); // holds no assets between calls
    }

    /// @inheritdoc IAdapter
    function claimRewards() external {} // distributors pay to this address; `forward` sends it on

    /// @inheritdoc IAdapter
    function realAssets() external view returns (uint256) {
        return _assetsDown(_shares(), _accrued());
    }

    /// @inheritdoc IAdapter
    function maxAllocate() external view returns (uint256) {
        IMorphoBlue.Market memory market = _accrued();
        uint256 shares = type(uint128).max - market.totalSupplyShares;
        return Math.min(_assetsDown(shares, market), type(uint128).max - market.totalSupplyAssets);
    }

    /// @inheritdoc IAdapter
    function maxDeallocate() external view returns (uint256) {
        IMorphoBlue.Market memory market = _accrued();
        return Math.min(_assetsDown(_shares(), market), _liquidity(market));
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32 first, bytes32 second) {
        return (_riskId("Morpho Blue", address(morpho)), _riskId("collateral", _collateralToken));
    }

    /// @notice The market that is lent to.
    function marketParams() public view returns (IMorphoBlue.MarketParams memory) {
        return IMorphoBlue.MarketParams(asset, _collateralToken, _oracle, _irm, _lltv);
    }

    /// @inheritdoc Adapter
    function isPositionToken(address) public pure override returns (bool) {
        return false; // a position in Morpho is no token
    }

    /// @inheritdoc Adapter
    function _lend(uint256 assets) internal override returns (uint256 credited) {
        try morpho.supply(marketParams(), assets, 0, address(this), "") returns (uint256, uint256 shares) {
            credited = _assetsDown(shares, morpho.market(marketId)); // accrued by the call
        } catch {} // beyond what the market can count: the tokens are still here
    }

    /// @inheritdoc Adapter
    function _redeem(uint256 assets, address receiver) internal override {
        morpho.withdraw(marketParams(), assets, 0, address(this), receiver);
    }

    /// @inheritdoc Adapter
    function _redeemAll() internal override {
        IMorphoBlue.Market memory market = _accrued();
        uint256 shares = _shares();
        uint256 liquidity = _liquidity(market);
        bool whole = _assetsDown(shares, market) <= liquidity;
        if ((whole ? shares : liquidity) == 0) return;
        morpho.withdraw(marketParams(), whole ? 0 : liquidity, whole ? shares : 0, address(this), vault);
    }

    function _shares() private view returns (uint256 shares) {
        (shares, , ) = morpho.position(marketId, address(this));
    }

    /// @dev The market as an accrual in this second would leave it: interest by the first three terms of e^(rate · time),
    /// added to both sides, and the fee's shares minted at the price without it. All rounded down, as Morpho does.
    function _accrued() private view returns (IMorphoBlue.Market memory market) {
        market = morpho.market(marketId);
        uint256 elapsed = block.timestamp - market.lastUpdate;
        if (elapsed == 0 || market.totalBorrowAssets == 0 || _irm == address(0)) return market;
        uint256 first = IMorphoRateModel(_irm).borrowRateView(marketParams(), market) * elapsed;
        uint256 second = (first * first) / (2 * WAD);
        uint256 third = (second * first) / (3 * WAD);
        uint256 interest = (market.totalBorrowAssets * (first + second + third)) / WAD;
        market.totalBorrowAssets += interest.toUint128();
        market.totalSupplyAssets += interest.toUint128();
        if (market.fee == 0) return market;
        uint256 fee = (interest * market.fee) / WAD;
        uint256 feeShares = (fee * (market.totalSupplyShares + VIRTUAL_SHARES)) /
            (market.totalSupplyAssets - fee + VIRTUAL_ASSETS);
        market.totalSupplyShares += feeShares.toUint128();
    }

    /// @dev What can leave: not lent out, and in Morpho's hands (during a flash loan it may not be).
    function _liquidity(IMorphoBlue.Market memory market) private view returns (uint256) {
        uint256 unlent = market.totalSupplyAssets - market.totalBorrowAssets; // Morpho keeps supply ≥ borrow
        return Math.min(unlent, IERC20(asset).balanceOf(address(morpho)));
    }

    /// @dev Rounded down: the market's favour, and so what it would pay.
    function _assetsDown(uint256 shares, IMorphoBlue.Market memory market) private pure returns (uint256) {
        return
            Math.mulDiv(shares, market.totalSupplyAssets + VIRTUAL_ASSETS, market.totalSupplyShares + VIRTUAL_SHARES);
    }
}
