// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAaveV3Token} from "../../../../contracts/adapters/markets/IAaveV3Token.sol";
import {AaveModel} from "./AaveModel.sol";

/// @notice A model of an aToken or debt token: scaled balances times the pool's index.
contract AaveTokenModel is IAaveV3Token {
    AaveModel public immutable pool;
    uint256 public scaledTotalSupply;
    mapping(address account => uint256 scaled) public scaledBalanceOf;
    address public getIncentivesController;

    constructor(AaveModel pool_) {
        pool = pool_;
    }

    function setController(address controller) external {
        getIncentivesController = controller;
    }

    function setScaled(address account, uint256 scaled) external {
        scaledTotalSupply = scaledTotalSupply - scaledBalanceOf[account] + scaled;
        scaledBalanceOf[account] = scaled;
    }

    /// @notice Mints, as a rewards controller pays out aTokens.
    function mint(address account, uint256 scaled) external {
        scaledTotalSupply += scaled;
        scaledBalanceOf[account] += scaled;
    }

    function pay(address to, uint256 amount) external {
        pool.asset().transfer(to, amount);
    }

    function balanceOf(address account) external view returns (uint256) {
        return Math.mulDiv(scaledBalanceOf[account], pool.index(), 1e27);
    }

    function totalSupply() external view returns (uint256) {
        return Math.mulDiv(scaledTotalSupply, pool.index(), 1e27);
    }
}
