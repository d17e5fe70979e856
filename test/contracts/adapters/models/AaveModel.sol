// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAaveV3Pool} from "../../../../contracts/adapters/markets/IAaveV3Pool.sol";
import {TestToken} from "../../helpers/TestToken.sol";
import {AaveTokenModel} from "./AaveTokenModel.sol";

/// @notice A model of an Aave v3 pool with one reserve, after its documentation: scaled balances and an index, flags, a
/// supply cap that counts the treasury's share, rounding of version 3.6. Genuine code is under test in `test/protocol`.
contract AaveModel is IAaveV3Pool {
    error AaveModel__Refused();

    uint256 internal constant RAY = 1e27;

    TestToken public immutable asset;
    AaveTokenModel public immutable aToken;
    AaveTokenModel public immutable debtToken;
    uint256 public index = RAY;
    uint256 public debtIndex = RAY;
    uint256 public debtIndexAtUpdate = RAY;
    uint256 public configuration;
    uint128 public accruedToTreasury;

    constructor(TestToken asset_) {
        asset = asset_;
        aToken = new AaveTokenModel(this);
        debtToken = new AaveTokenModel(this);
        configuration = (uint256(asset_.decimals()) << 48) | (1 << 56);
    }

    /* WHAT A TEST SETS */

    function setFlag(uint256 bit, bool on) external {
        configuration = on ? configuration | (1 << bit) : configuration & ~(1 << bit);
    }

    function setSupplyCap(uint256 wholeTokens) external {
        configuration = (configuration & ~(((uint256(1) << 36) - 1) << 116)) | (wholeTokens << 116);
    }

    function setReserveFactor(uint256 bps) external {
        configuration = (configuration & ~(uint256(0xffff) << 64)) | (bps << 64);
    }

    function setDebt(uint256 scaled, uint256 indexAtUpdate, uint256 indexNow, uint128 treasury) external {
        debtToken.setScaled(address(0xdeb7), scaled);
        (debtIndexAtUpdate, debtIndex, accruedToTreasury) = (indexAtUpdate, indexNow, treasury);
    }

    /// @notice Suppliers earn; borrowers paid it.
    function earn(uint256 rateWad) external {
        index += (index * rateWad) / 1e18;
        uint256 owed = aToken.totalSupply() + 1;
        uint256 held = asset.balanceOf(address(aToken));
        if (owed > held) asset.mint(address(aToken), owed - held);
    }

    function setIndex(uint256 index_) external {
        index = index_;
    }

    /// @notice Borrowers take all but `left`.
    function lendOut(uint256 left) external {
        asset.burn(address(aToken), asset.balanceOf(address(aToken)) - left);
    }

    /* POOL */

    function supply(address, uint256 amount, address onBehalfOf, uint16) external {
        uint256 scaled = Math.mulDiv(amount, RAY, index);
        require(_flag(56) && !_flag(57) && !_flag(60) && scaled > 0, AaveModel__Refused());
        uint256 cap = ((configuration >> 116) & ((1 << 36) - 1)) * 10 ** asset.decimals();
        uint256 counted = aToken.scaledTotalSupply() + scaled + accruedToTreasury + _treasuryShare();
        require(cap == 0 || Math.mulDiv(counted, index, RAY) <= cap, AaveModel__Refused());
        asset.transferFrom(msg.sender, address(aToken), amount);
        aToken.setScaled(onBehalfOf, aToken.scaledBalanceOf(onBehalfOf) + scaled);
    }

    function withdraw(address, uint256 amount, address to) external returns (uint256) {
        require(_flag(56) && !_flag(60), AaveModel__Refused());
        uint256 scaledBalance = aToken.scaledBalanceOf(msg.sender);
        uint256 scaled = scaledBalance;
        if (amount == type(uint256).max) amount = aToken.balanceOf(msg.sender);
        else scaled = Math.mulDiv(amount, RAY, index, Math.Rounding.Ceil);
        require(scaled > 0 && scaled <= scaledBalance, AaveModel__Refused());
        aToken.setScaled(msg.sender, scaledBalance - scaled);
        aToken.pay(to, amount);
        return amount;
    }

    function getReserveData(address asset_) external view returns (Reserve memory reserve) {
        if (asset_ != address(asset)) return reserve;
        reserve.configuration = configuration;
        reserve.variableBorrowIndex = uint128(debtIndexAtUpdate);
        reserve.aToken = address(aToken);
        reserve.variableDebtToken = address(debtToken);
        reserve.accruedToTreasury = accruedToTreasury;
    }

    function getReserveNormalizedIncome(address) external view returns (uint256) {
        return index;
    }

    function getReserveNormalizedVariableDebt(address) external view returns (uint256) {
        return debtIndex;
    }

    /// @dev What is held, less 5 that were sent there and do not count.
    function getVirtualUnderlyingBalance(address) external view returns (uint128) {
        return uint128(Math.saturatingSub(asset.balanceOf(address(aToken)), 5));
    }

    function _treasuryShare() private view returns (uint256) {
        uint256 interest = Math.mulDiv(debtToken.scaledTotalSupply(), debtIndex - debtIndexAtUpdate, RAY);
        return Math.mulDiv((interest * ((configuration >> 64) & 0xffff)) / 10_000, RAY, index);
    }

    function _flag(uint256 bit) private view returns (bool) {
        return (configuration >> bit) & 1 == 1;
    }
}
