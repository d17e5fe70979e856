// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IRiskReserve} from "./IRiskReserve.sol";
import {Modules} from "./Modules.sol";

/// @title Risk reserve
/// @notice The specification is in `IRiskReserve`.
contract RiskReserve is IRiskReserve {
    using SafeERC20 for IERC20;

    /// @inheritdoc IRiskReserve
    address public immutable asset;
    /// @inheritdoc IRiskReserve
    address public immutable pool;

    constructor(address asset_, Modules memory modules) {
        require(modules.reserve == address(this), RiskReserve__WrongAddress(modules.reserve));
        (asset, pool) = (asset_, modules.pool);
    }

    /// @inheritdoc IRiskReserve
    function draw(uint256 assets) external returns (uint256 drawn) {
        require(msg.sender == pool, RiskReserve__NotPool(msg.sender));
        drawn = Math.min(assets, available());
        if (drawn == 0) return 0;
        emit Drawn(drawn);
        IERC20(asset).safeTransfer(pool, drawn);
    }

    /// @inheritdoc IRiskReserve
    function available() public view returns (uint256) {
        return IERC20(asset).balanceOf(address(this));
    }
}
