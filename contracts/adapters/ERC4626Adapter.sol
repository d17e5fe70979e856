// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {BoundedCall} from "../vault/BoundedCall.sol";
import {Adapter} from "./Adapter.sol";
import {IAdapter} from "./IAdapter.sol";

// Asset wei that a share wei may not be worth. A mint and an exit round to whole ones, and their worth to a wei: less than the
// price of one and a wei is rounded away. Below this price that is less than 3 wei: no more than the 2 that a vault lets a
// market round away.
uint256 constant COARSE_SHARE = 2;
/// @dev Of trying a source that says it pays nothing: whoever calls has to bring it, so that nobody has that fail.
uint256 constant REDEEM_GAS = 5_000_000;

/// @title Lends to an ERC-4626 vault
/// @notice The position is valued by `previewRedeem`, which has exit fees in it. Sources with an entry fee are refused by
/// the vault at each deposit; sources whose price a caller can move down must not be listed: what comes back would count as a
/// gain of whoever is there by then. A source whose share wei is worth 2 asset wei is lent nothing, `Adapter__TooCoarse`: who
/// leaves with a wei would burn a whole one, and where hardly anyone else has any, a stranger can make one worth a fortune. So
/// a source should have been seeded. A source whose `maxWithdraw` is always 0 offers no liquidity here: its position is
/// reached by `emergencyExit` only, with a gas limit above 5.1 million.
contract ERC4626Adapter is Adapter {
    using BoundedCall for address;
    using SafeERC20 for IERC20;

    /// @notice The vault that is lent to.
    IERC4626 public immutable source;

    /// @param vault_ The vault that lends.
    /// @param source_ Must take the vault's asset, else `Adapter__MarketMismatch`.
    constructor(address vault_, IERC4626 source_) Adapter(vault_) {
        require(source_.asset() == asset, Adapter__MarketMismatch(address(source_), asset));
        source = source_;
        IERC20(asset).forceApprove(address(source_), type(uint256).max); // holds no assets between calls
    }

    /// @inheritdoc IAdapter
    function claimRewards() external virtual {} // a source compounds its own; what a distributor pays goes through `forward`

    /// @inheritdoc IAdapter
    function realAssets() external view returns (uint256) {
        return source.previewRedeem(source.balanceOf(address(this)));
    }

    /// @inheritdoc IAdapter
    function maxAllocate() external view returns (uint256) {
        return source.maxDeposit(address(this));
    }

    /// @inheritdoc IAdapter
    function maxDeallocate() external view returns (uint256) {
        return source.maxWithdraw(address(this));
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32 first, bytes32 second) {
        return (_riskId("ERC-4626", address(source)), bytes32(0));
    }

    /// @inheritdoc Adapter
    function isPositionToken(address token) public view override returns (bool) {
        return token == address(source);
    }

    /// @inheritdoc Adapter
    function _lend(uint256 assets) internal override returns (uint256 credited) {
        try source.deposit(assets, address(this)) returns (uint256 shares) {
            credited = source.previewRedeem(shares);
            require(credited < COARSE_SHARE * shares, Adapter__TooCoarse(credited, shares));
        } catch {} // full or paused: the tokens are still here
    }

    /// @inheritdoc Adapter
    function _redeem(uint256 assets, address receiver) internal override {
        source.withdraw(assets, receiver, address(this));
    }

    /// @inheritdoc Adapter
    function _redeemAll() internal override {
        uint256 shares = source.balanceOf(address(this));
        uint256 limit = source.maxRedeem(address(this));
        if (limit != 0) source.redeem(Math.min(shares, limit), vault, address(this));
        // Some always answer 0, and pay.
        else address(source).attempt(REDEEM_GAS, abi.encodeCall(IERC4626.redeem, (shares, vault, address(this))));
    }
}
