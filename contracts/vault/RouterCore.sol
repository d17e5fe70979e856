// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {IPermit2} from "./IPermit2.sol";
import {IVaultRouter} from "./IVaultRouter.sol";
import {IWrappedNative} from "./IWrappedNative.sol";

/// @title What every way through the router shares
/// @notice Who may be inside, how tokens come from the caller, how they go to a vault, and that nothing stays.
abstract contract RouterCore is IVaultRouter {
    using SafeERC20 for IERC20;

    IWrappedNative internal immutable _wrappedNative;
    IPermit2 internal immutable _permit2;

    /// @dev Whose call is under way. Calls inside a multicall have the same caller; anybody else's would find tokens and
    /// native tokens here that are not theirs.
    address private transient _caller;
    /// @dev Native tokens that were here before that call: somebody forced them in. They are nobody's, and stay.
    uint256 private transient _before;

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
    ) internal returns (uint256 shares) {
        IERC20 asset = IERC20(vault.asset());
        uint256 before = asset.balanceOf(address(this));
        asset.safeTransferFrom(msg.sender, address(this), assets);
        shares = _deposit(vault, asset, assets, receiver, minShares);
        _checkNothingLeft(asset, before);
    }

    function _deposit(
        IERC4626 vault,
        IERC20 asset,
        uint256 assets,
        address receiver,
        uint256 minShares
    ) internal notHere(receiver) returns (uint256 shares) {
        return _mintShares(vault, asset, assets, receiver, minShares);
    }

    /// @dev Approves exactly what is deposited: no vault keeps a right to what passes through here later.
    function _mintShares(
        IERC4626 vault,
        IERC20 asset,
        uint256 assets,
        address receiver,
        uint256 minShares
    ) internal returns (uint256 shares) {
        asset.forceApprove(address(vault), assets);
        shares = vault.deposit(assets, receiver);
        require(shares >= minShares, VaultRouter__BelowMinShares(shares, minShares));
    }

    /// @dev The owner is the caller and never somebody else, whose signature the caller may have seen.
    function _pullWithPermit2(
        IPermit2.TokenPermissions memory permitted,
        uint256 assets,
        uint256 deadline,
        uint256 nonce,
        bytes calldata signature
    ) internal {
        _permit2.permitTransferFrom(
            IPermit2.PermitTransferFrom(permitted, nonce, deadline),
            IPermit2.SignatureTransferDetails(address(this), assets),
            msg.sender,
            signature
        );
    }

    function _permit(address token, uint256 value, Eip2612 calldata signature) internal {
        (uint8 v, bytes32 r, bytes32 s) = (signature.v, signature.r, signature.s);
        try IERC20Permit(token).permit(msg.sender, address(this), value, signature.deadline, v, r, s) {} catch {
            uint256 allowance = IERC20(token).allowance(msg.sender, address(this));
            require(allowance >= value, VaultRouter__PermitFailed(token, allowance, value));
        }
    }

    /// @dev What a vault or a cover manager did not take would be anyone's to find here. All that each was allowed is gone, or
    /// nothing of the call happened: so no allowance is left either.
    function _checkNothingLeft(IERC20 token, uint256 before) internal view {
        uint256 balance = token.balanceOf(address(this));
        require(balance == before, VaultRouter__LeftOver(address(token), balance));
    }

    function _enter() private returns (bool outermost) {
        outermost = _caller == address(0);
        if (outermost) (_caller, _before) = (msg.sender, address(this).balance - msg.value);
        else require(_caller == msg.sender, VaultRouter__Entered(msg.sender));
    }

    /// @dev What came since the call began, with it or with one of the same caller's inside of it, is the caller's own.
    function _leave() private {
        _caller = address(0); // first: what the caller does when it is paid is a call of its own
        (uint256 left, uint256 before) = (address(this).balance, _before);
        require(left >= before, VaultRouter__NativeShort(left, before));
        if (left > before) Address.sendValue(payable(msg.sender), left - before);
    }
}
