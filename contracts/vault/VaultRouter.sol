// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {ICompoundingVault} from "./ICompoundingVault.sol";
import {IPermit2} from "./IPermit2.sol";
import {IVaultRouter} from "./IVaultRouter.sol";
import {IWrappedNative} from "./IWrappedNative.sol";

/// @title Enters and leaves vaults within bounds
/// @notice See `IVaultRouter`. It has no storage, no owner and no rights.
contract VaultRouter is IVaultRouter {
    using SafeERC20 for IERC20;
    using SafeERC20 for IWrappedNative;

    IWrappedNative private immutable _wrappedNative;
    IPermit2 private immutable _permit2;

    /// @dev Whose call is under way. Calls inside a multicall have the same caller; anybody else's would find tokens and
    /// native tokens here that are not theirs.
    address private transient _caller;

    modifier entry(uint256 deadline) {
        require(block.timestamp <= deadline, VaultRouter__Expired(deadline));
        bool outermost = _enter();
        _;
        if (outermost) _leave();
    }

    modifier notHere(address receiver) {
        require(receiver != address(this), VaultRouter__ReceiverIsRouter());
        _;
    }

    constructor(IWrappedNative wrappedNative_, IPermit2 permit2_) {
        _wrappedNative = wrappedNative_;
        _permit2 = permit2_;
    }

    receive() external payable {
        require(msg.sender == address(_wrappedNative), VaultRouter__UnexpectedNative(msg.sender));
    }

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
        _pullWithPermit2(address(asset), assets, deadline, nonce, signature);
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
        uint256 unspent = asset.balanceOf(address(this)) - before; // a preview may be higher than the price
        if (unspent == 0) return assets;
        asset.forceApprove(address(vault), 0);
        asset.safeTransfer(msg.sender, unspent);
        assets -= unspent;
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

    /* VIEWS */

    /// @inheritdoc IVaultRouter
    function wrappedNative() external view returns (address) {
        return address(_wrappedNative);
    }

    /// @inheritdoc IVaultRouter
    function permit2() external view returns (address) {
        return address(_permit2);
    }

    /* INTERNAL */

    function _depositFromCaller(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares
    ) private returns (uint256 shares) {
        IERC20 asset = IERC20(vault.asset());
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), assets);
        shares = _deposit(vault, asset, assets, receiver, minShares);
        _checkNothingLeft(asset, before);
    }

    /// @dev Approves exactly what is deposited: no vault keeps a right to what passes through here later.
    function _deposit(
        IERC4626 vault,
        IERC20 asset,
        uint256 assets,
        address receiver,
        uint256 minShares
    ) private notHere(receiver) returns (uint256 shares) {
        asset.forceApprove(address(vault), assets);
        shares = vault.deposit(assets, receiver);
        require(shares >= minShares, VaultRouter__BelowMinShares(shares, minShares));
    }

    /// @dev The owner is the caller and never somebody else, whose signature the caller may have seen.
    function _pullWithPermit2(
        address asset,
        uint256 assets,
        uint256 deadline,
        uint256 nonce,
        bytes calldata signature
    ) private {
        _permit2.permitTransferFrom(
            IPermit2.PermitTransferFrom(IPermit2.TokenPermissions(asset, assets), nonce, deadline),
            IPermit2.SignatureTransferDetails(address(this), assets),
            msg.sender,
            signature
        );
    }

    function _permit(address token, uint256 value, Eip2612 calldata signature) private {
        (uint8 v, bytes32 r, bytes32 s) = (signature.v, signature.r, signature.s);
        try IERC20Permit(token).permit(msg.sender, address(this), value, signature.deadline, v, r, s) {} catch {
            uint256 allowance = IERC20(token).allowance(msg.sender, address(this));
            require(allowance >= value, VaultRouter__PermitFailed(token, allowance, value));
        }
    }

    function _enter() private returns (bool outermost) {
        outermost = _caller == address(0);
        if (outermost) _caller = msg.sender;
        else require(_caller == msg.sender, VaultRouter__Entered(msg.sender));
    }

    /// @dev The caller's own: nothing was here before the call.
    function _leave() private {
        _caller = address(0); // first: what the caller does when it is paid is a call of its own
        uint256 unspent = address(this).balance;
        if (unspent > 0) Address.sendValue(payable(msg.sender), unspent);
    }

    /// @dev What the vault did not take of a deposit would be anyone's to find here.
    function _checkNothingLeft(IERC20 asset, uint256 before) private view {
        uint256 balance = asset.balanceOf(address(this));
        require(balance == before, VaultRouter__LeftOver(address(asset), balance));
    }
}
