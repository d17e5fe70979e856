// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {ICoverManager} from "../insurance/ICoverManager.sol";

/// @title Enters and leaves vaults within bounds that the caller sets
/// @notice Works with any ERC-4626 vault; `exit` needs a compounding vault. Every call takes from its caller alone: assets
/// by allowance or signature, shares by allowance. Nothing is held between calls, no allowance outlives one, and what is
/// left of the native tokens that came in a call goes back to its caller; what was forced in here before is nobody's, and
/// stays. Bounds are checked on what the vault answers: a vault is the caller's choice, and one that lies harms only those
/// who chose it.
/// @dev Assets in asset wei, shares in share wei, deadlines in unix seconds, the last valid one. Every function is payable
/// so that a multicall that carries native tokens can hold any of them; only the outermost call reads `msg.value`, so it
/// cannot count twice.
interface IVaultRouter {
    /// @notice An EIP-2612 signature of the caller for this router, over exactly what the call moves.
    struct Eip2612 {
        uint256 deadline;
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    /// @notice A deposit, and cover for the shares that it mints (`ICoverManager.Purchase`).
    struct InsuredDeposit {
        IERC4626 vault;
        uint256 assets;
        /// owns the policy, and with it the shares
        address receiver;
        uint256 minShares;
        ICoverManager manager;
        uint8 product;
        /// of cover, asset wei
        uint96 amount;
        /// 7 to 365 days
        uint40 period;
        /// asset wei, on top of the deposit
        uint256 maxPremium;
    }

    error VaultRouter__Expired(uint256 deadline);
    error VaultRouter__BelowMinShares(uint256 shares, uint256 minShares);
    error VaultRouter__AboveMaxShares(uint256 shares, uint256 maxShares);
    error VaultRouter__BelowMinAssets(uint256 assets, uint256 minAssets);
    error VaultRouter__AboveMaxAssets(uint256 assets, uint256 maxAssets);
    error VaultRouter__AboveMaxPremium(uint256 premium, uint256 maxPremium);
    /// @notice The vault's asset is not the wrapped native token.
    error VaultRouter__NotWrappedNative(address asset);
    error VaultRouter__AssetMismatch(address assetFrom, address assetTo);
    /// @notice Shares or assets would be left here, out of everyone's reach.
    error VaultRouter__ReceiverIsRouter();
    /// @notice Somebody else's call is under way.
    error VaultRouter__Entered(address caller);
    /// @notice Only the wrapped native token may send native tokens here without a call.
    error VaultRouter__UnexpectedNative(address sender);
    /// @notice The signature was refused and the allowance does not suffice either.
    error VaultRouter__PermitFailed(address token, uint256 allowance, uint256 value);
    /// @notice The call would spend native tokens that it did not bring.
    error VaultRouter__NativeShort(uint256 left, uint256 before);
    /// @notice The vault or the cover manager did not take all that it was given.
    error VaultRouter__LeftOver(address token, uint256 amount);

    /* ENTER */

    /// @notice Deposits assets that the caller has approved here.
    function deposit(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline
    ) external payable returns (uint256 shares);

    /// @notice Deposits with an EIP-2612 signature for `assets`. One that somebody else has used up already does no harm:
    /// the allowance is there.
    function depositWithPermit(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline,
        Eip2612 calldata signature
    ) external payable returns (uint256 shares);

    /// @notice Deposits with a Permit2 signature for `assets` with the same deadline.
    function depositWithPermit2(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline,
        uint256 nonce,
        bytes calldata signature
    ) external payable returns (uint256 shares);

    /// @notice Wraps `assets` of the native tokens sent along and deposits them.
    function depositNative(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 minShares,
        uint256 deadline
    ) external payable returns (uint256 shares);

    /// @notice Mints exactly `shares` from assets that the caller has approved here.
    function mint(
        IERC4626 vault,
        uint256 shares,
        address receiver,
        uint256 maxAssets,
        uint256 deadline
    ) external payable returns (uint256 assets);

    /// @notice Deposits and insures at once: the shares are minted into a new policy. The caller has approved `assets` and
    /// the premium here; of the latter no more is taken than the manager asks now.
    /// @dev The manager is the caller's choice, as the vault is: one that lies harms only those who chose it. Reverts with
    /// `VaultRouter__AboveMaxPremium` and the manager's errors. With an EIP-2612 signature: a multicall that begins with
    /// `permit`.
    /// @return shares armed in the policy
    /// @return id of the policy
    /// @return premium paid, asset wei
    function depositAndInsure(
        InsuredDeposit calldata terms,
        uint256 deadline
    ) external payable returns (uint256 shares, uint256 id, uint256 premium);

    /// @notice `depositAndInsure` with a Permit2 signature for `assets + maxPremium` with the same deadline.
    function depositAndInsureWithPermit2(
        InsuredDeposit calldata terms,
        uint256 deadline,
        uint256 nonce,
        bytes calldata signature
    ) external payable returns (uint256 shares, uint256 id, uint256 premium);

    /* LEAVE: the caller has approved shares here */

    /// @notice Takes exactly `assets` out.
    function withdraw(
        IERC4626 vault,
        uint256 assets,
        address receiver,
        uint256 maxShares,
        uint256 deadline
    ) external payable returns (uint256 shares);

    /// @notice Redeems exactly `shares`.
    function redeem(
        IERC4626 vault,
        uint256 shares,
        address receiver,
        uint256 minAssets,
        uint256 deadline
    ) external payable returns (uint256 assets);

    /// @notice Redeems exactly `shares` and pays in native tokens.
    function redeemNative(
        IERC4626 vault,
        uint256 shares,
        address payable receiver,
        uint256 minAssets,
        uint256 deadline
    ) external payable returns (uint256 assets);

    /// @notice Leaves a compounding vault past the adapters in `skip` (`ICompoundingVault.exit`).
    function exit(
        address vault,
        uint256 shares,
        address receiver,
        uint256 minAssets,
        address[] calldata skip,
        uint256 deadline
    ) external payable returns (uint256 assets);

    /// @notice Moves from one vault to another with the same asset.
    function migrate(
        IERC4626 from,
        IERC4626 to,
        uint256 shares,
        address receiver,
        uint256 minShares,
        uint256 deadline
    ) external payable returns (uint256 sharesTo);

    /* TOGETHER */

    /// @notice Uses the caller's EIP-2612 signature for `value` of `token` (an asset, or a vault's shares) here. One that
    /// is used up already does no harm while the allowance suffices.
    function permit(address token, uint256 value, Eip2612 calldata signature) external payable;

    /// @notice Makes several of these calls, all or none.
    function multicall(bytes[] calldata calls) external payable returns (bytes[] memory results);

    /* VIEWS */

    function wrappedNative() external view returns (address);

    function permit2() external view returns (address);
}
