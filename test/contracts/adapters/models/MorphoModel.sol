// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMorphoBlue} from "../../../../contracts/adapters/markets/IMorphoBlue.sol";
import {IMorphoRateModel} from "../../../../contracts/adapters/markets/IMorphoRateModel.sol";
import {TestToken} from "../../helpers/TestToken.sol";

/// @notice A model of Morpho Blue's supply side, after its documentation. Genuine code is under test in `test/protocol`.
contract MorphoModel is IMorphoBlue {
    error MorphoModel__Refused();

    mapping(bytes32 id => Market market) internal _markets;
    mapping(bytes32 id => mapping(address user => uint256 shares)) public supplyShares;

    function createMarket(MarketParams memory params, uint128 fee) external returns (bytes32 id) {
        id = keccak256(abi.encode(params));
        _markets[id].lastUpdate = uint128(block.timestamp);
        _markets[id].fee = fee;
    }

    function borrow(MarketParams memory params, uint256 assets) external {
        accrue(params);
        _markets[keccak256(abi.encode(params))].totalBorrowAssets += uint128(assets);
        TestToken(params.loanToken).transfer(msg.sender, assets);
    }

    /// @notice A borrower cannot pay: suppliers lose it.
    function badDebt(MarketParams memory params, uint256 assets) external {
        accrue(params);
        Market storage m = _markets[keccak256(abi.encode(params))];
        m.totalBorrowAssets -= uint128(assets);
        m.totalSupplyAssets -= uint128(assets);
    }

    function supply(
        MarketParams memory params,
        uint256 assets,
        uint256,
        address onBehalf,
        bytes calldata
    ) external returns (uint256, uint256 shares) {
        bytes32 id = accrue(params);
        Market storage m = _markets[id];
        shares = (assets * (uint256(m.totalSupplyShares) + 1e6)) / (uint256(m.totalSupplyAssets) + 1);
        require(shares + m.totalSupplyShares <= type(uint128).max, MorphoModel__Refused());
        supplyShares[id][onBehalf] += shares;
        m.totalSupplyShares += uint128(shares);
        m.totalSupplyAssets += uint128(assets);
        TestToken(params.loanToken).transferFrom(msg.sender, address(this), assets);
        return (assets, shares);
    }

    function withdraw(
        MarketParams memory params,
        uint256 assets,
        uint256 shares,
        address onBehalf,
        address receiver
    ) external returns (uint256, uint256) {
        require((assets == 0) != (shares == 0), MorphoModel__Refused());
        bytes32 id = accrue(params);
        Market storage m = _markets[id];
        (uint256 a, uint256 s) = (uint256(m.totalSupplyAssets) + 1, uint256(m.totalSupplyShares) + 1e6);
        if (assets > 0) shares = (assets * s + a - 1) / a;
        else assets = (shares * a) / s;
        supplyShares[id][onBehalf] -= shares;
        m.totalSupplyShares -= uint128(shares);
        m.totalSupplyAssets -= uint128(assets);
        require(m.totalBorrowAssets <= m.totalSupplyAssets, MorphoModel__Refused());
        TestToken(params.loanToken).transfer(receiver, assets);
        return (assets, shares);
    }

    function accrue(MarketParams memory params) public returns (bytes32 id) {
        id = keccak256(abi.encode(params));
        Market storage m = _markets[id];
        uint256 elapsed = block.timestamp - m.lastUpdate;
        if (elapsed == 0) return id;
        if (params.irm != address(0)) {
            uint256 x = IMorphoRateModel(params.irm).borrowRateView(params, m) * elapsed;
            uint256 square = (x * x) / 2e18;
            uint256 grown = (m.totalBorrowAssets * (x + square + (square * x) / 3e18)) / 1e18;
            m.totalBorrowAssets += uint128(grown);
            m.totalSupplyAssets += uint128(grown);
            uint256 fee = (grown * m.fee) / 1e18;
            uint256 price = uint256(m.totalSupplyAssets) - fee + 1;
            m.totalSupplyShares += uint128((fee * (uint256(m.totalSupplyShares) + 1e6)) / price);
        }
        m.lastUpdate = uint128(block.timestamp);
    }

    function market(bytes32 id) external view returns (Market memory) {
        return _markets[id];
    }

    function position(bytes32 id, address user) external view returns (uint256, uint128, uint128) {
        return (supplyShares[id][user], 0, 0);
    }
}

/// @notice A constant rate.
contract RateModel is IMorphoRateModel {
    uint256 public immutable rate;

    constructor(uint256 rate_) {
        rate = rate_;
    }

    function borrowRateView(IMorphoBlue.MarketParams calldata, IMorphoBlue.Market calldata) external view returns (uint256) {
        return rate;
    }
}
