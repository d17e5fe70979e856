// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {ICoverManager} from "../insurance/ICoverManager.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {IPermit2} from "./IPermit2.sol";
import {IVaultRouter} from "./IVaultRouter.sol";
import {IWrappedNative} from "./IWrappedNative.sol";
import {RouterCore} from "./RouterCore.sol";

/// @title Enters and leaves vaults within bounds
/// @notice See `IVaultRouter`. It has no storage, no owner and no rights.
contract VaultRouter is RouterCore {
    using SafeERC20 for IERC20;
    using SafeERC20 for IWrappedNative;

    constructor(IWrappedNative wrappedNative_, IPermit2 permit2_) RouterCore(wrappedNative_, permit2_) {}

    /* ENTER */

    /// @inheritdoc IVaultRouter
    function deposit(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline
    ) external payable entry(deadline) returns (uint256 shares) {
        return _depositFromCaller(vault, assets, receiver, minShares);
    }

    /// @inheritdoc IVaultRouter
    function depositWithPermit(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline,
        Eip2612 calldata signature
    ) external payable entry(deadline) returns (uint256 shares) {
        _permit(vault.asset(), assets, signature);
        return _depositFromCaller(vault, assets, receiver, minShares);
    }

    /// @inheritdoc IVaultRouter
    function depositWithPermit2(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline,
        uint256 nonce,
        bytes calldata signature
    ) external payable entry(deadline) returns (uint256 shares) {
        IERC20 asset = IERC20(vault.asset());
        uint256 before = asset.balanceOf(address(this));
        _pullWithPermit2(IPermit2.TokenPermissions(address(asset), assets), assets, deadline, nonce, signature);
        shares = _deposit(vault, asset, assets, receiver, minShares);
        _checkNothingLeft(asset, before);
    }

    /// @inheritdoc IVaultRouter
    function depositNative(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline
    ) external payable entry(deadline) returns (uint256 shares) {
        IERC20 asset = IERC20(vault.asset());
        require(address(asset) == address(_wrappedNative), VaultRouter__NotWrappedNative(address(asset)));
        uint256 before = asset.balanceOf(address(this));
        _wrappedNative.deposit{value: assets}();
        shares = _deposit(vault, asset, assets, receiver, minShares);
        _checkNothingLeft(asset, before);
    }

    /// @inheritdoc IVaultRouter
    function mint(
        IERC4626 vault,
        uint256 shares,
        address receiver,
        uint256 maxAssets,
        uint256 deadline
    ) external payable entry(deadline) notHere(receiver) returns (uint256 assets) {
        assets = vault.previewMint(shares);
        require(assets <= maxAssets, VaultRouter__AboveMaxAssets(assets, maxAssets));
        IERC20 asset = IERC20(vault.asset());
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), assets);
        asset.forceApprove(address(vault), assets);
        vault.mint(shares, receiver);
        // A preview may be higher than the price. What goes back is what the vault was allowed and did not take: whatever else is
        // here by then is owed to another.
        uint256 unspent = asset.allowance(address(this), address(vault));
        if (unspent > 0) {
            asset.forceApprove(address(vault), 0);
            asset.safeTransfer(msg.sender, unspent);
            assets -= unspent;
        }
        _checkNothingLeft(asset, before);
    }

    /// @inheritdoc IVaultRouter
    function depositAndInsure(
        InsuredDeposit calldata terms,
        uint256 deadline
    ) external payable entry(deadline) returns (uint256 shares, uint256 id, uint256 premium) {
        IERC20 asset = IERC20(terms.vault.asset());
        uint256 before = asset.balanceOf(address(this));
        premium = _premiumOf(terms);
        asset.safeTransferFrom(msg.sender, address(this), terms.assets + premium);
        (shares, id) = _depositAndInsure(terms, asset, premium);
        _checkNothingLeft(asset, before);
    }

    /// @inheritdoc IVaultRouter
    function depositAndInsureWithPermit2(
        InsuredDeposit calldata terms,
        uint256 deadline,
        uint256 nonce,
        bytes calldata signature
    ) external payable entry(deadline) returns (uint256 shares, uint256 id, uint256 premium) {
        IERC20 asset = IERC20(terms.vault.asset());
        uint256 before = asset.balanceOf(address(this));
        premium = _premiumOf(terms);
        uint256 signed = terms.assets + terms.maxPremium;
        _pullWithPermit2(
            IPermit2.TokenPermissions(address(asset), signed),
            terms.assets + premium,
            deadline,
            nonce,
            signature
        );
        (shares, id) = _depositAndInsure(terms, asset, premium);
        _checkNothingLeft(asset, before);
    }

    /* LEAVE */

    /// @inheritdoc IVaultRouter
    function withdraw(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 maxShares,
        uint256 deadline
    ) external payable entry(deadline) notHere(receiver) returns (uint256 shares) {
        shares = vault.withdraw(assets, receiver, msg.sender);
        require(shares <= maxShares, VaultRouter__AboveMaxShares(shares, maxShares));
    }

    /// @inheritdoc IVaultRouter
    function redeem(
        IERC4626 vault,
        uint256 shares,
        address receiver,
        uint256 minAssets,
        uint256 deadline
    ) external payable entry(deadline) notHere(receiver) returns (uint256 assets) {
        assets = vault.redeem(shares, receiver, msg.sender);
        require(assets >= minAssets, VaultRouter__BelowMinAssets(assets, minAssets));
    }

    /// @inheritdoc IVaultRouter
    function redeemNative(
        IERC4626 vault,
        uint256 shares,
        address payable receiver,
        uint256 minAssets,
        uint256 deadline
    ) external payable entry(deadline) notHere(receiver) returns (uint256 assets) {
        uint256 before = _wrappedNative.balanceOf(address(this));
        vault.redeem(shares, address(this), msg.sender);
        assets = _wrappedNative.balanceOf(address(this)) - before;
        require(assets > 0, VaultRouter__NotWrappedNative(vault.asset()));
        require(assets >= minAssets, VaultRouter__BelowMinAssets(assets, minAssets));
        _wrappedNative.withdraw(assets);
        Address.sendValue(receiver, assets);
    }

    /// @inheritdoc IVaultRouter
    function exit(
        address vault,
        uint256 shares,
        address receiver,
        uint256 minAssets,
        address[] calldata skip,
        uint256 deadline
    ) external payable entry(deadline) notHere(receiver) returns (uint256 assets) {
        assets = ICompoundingVault(vault).exit(shares, receiver, msg.sender, minAssets, skip);
        require(assets >= minAssets, VaultRouter__BelowMinAssets(assets, minAssets));
    }

    /// @inheritdoc IVaultRouter
    function migrate(
        IERC4626 from,
        IERC4626 to,
        uint256 shares,
        address receiver,
        uint256 minShares,
        uint256 deadline
    ) external payable entry(deadline) returns (uint256 sharesTo) {
        IERC20 asset = IERC20(to.asset());
        require(from.asset() == address(asset), VaultRouter__AssetMismatch(from.asset(), address(asset)));
        uint256 before = asset.balanceOf(address(this));
        from.redeem(shares, address(this), msg.sender);
        // What came, not what `from` says: it may be anyone's, and `to` would be left with an allowance of that much.
        uint256 assets = asset.balanceOf(address(this)) - before;
        sharesTo = _deposit(to, asset, assets, receiver, minShares);
        _checkNothingLeft(asset, before);
    }

    /* TOGETHER */

    /// @inheritdoc IVaultRouter
    function permit(
        address token,
        uint256 value,
        Eip2612 calldata signature
    ) external payable entry(type(uint256).max) {
        _permit(token, value, signature);
    }

    /// @inheritdoc IVaultRouter
    function multicall(
        bytes[] calldata calls
    ) external payable entry(type(uint256).max) returns (bytes[] memory results) {
        results = new bytes[](calls.length);
        for (uint256 i = 0; i < calls.length; ++i) {
            results[i] = Address.functionDelegateCall(address(this), calls[i]);
        }
    }

    /* INTERNAL */

    /// @dev The shares pass through here: a manager takes what it arms from whoever buys.
    function _depositAndInsure(
        InsuredDeposit calldata terms,
        IERC20 asset,
        uint256 premium
    ) private notHere(terms.receiver) returns (uint256 shares, uint256 id) {
        uint256 before = terms.vault.balanceOf(address(this));
        shares = _mintShares(terms.vault, asset, terms.assets, address(this), terms.minShares);
        asset.forceApprove(address(terms.manager), premium);
        IERC20(terms.vault).forceApprove(address(terms.manager), shares);
        (id, ) = terms.manager.buy(
            ICoverManager.Purchase({
                product: terms.product,
                amount: terms.amount,
                period: terms.period,
                shares: shares,
                maxPremium: premium,
                receiver: terms.receiver
            })
        );
        _checkNothingLeft(terms.vault, before);
    }

    /// @dev What the manager asks now, so that exactly that much is taken from the caller.
    function _premiumOf(InsuredDeposit calldata terms) private view returns (uint256 premium) {
        (premium, ) = terms.manager.quote(terms.product, terms.amount, terms.period);
        require(premium <= terms.maxPremium, VaultRouter__AboveMaxPremium(premium, terms.maxPremium));
    }
}
