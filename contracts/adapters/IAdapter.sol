// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IMerklDistributor} from "./markets/IMerklDistributor.sol";

/// @title The one interface a vault speaks to its yield sources
/// @notice One instance serves one vault and one market. Only its vault moves funds; anyone may claim rewards, which can
/// only go to the vault (when the reward is the asset itself) or to the vault's auction (every other token).
/// @dev Amounts are in asset wei. `realAssets` must fit in 1,000,000 gas, must never call the vault, and must not be
/// movable *downwards* by a caller inside a transaction. An adapter that reverts makes the vault's entries and standard
/// exits revert; holders leave past it with `ICompoundingVault.exit(…, skip)`.
interface IAdapter {
    /// @notice Rewards left the adapter for the vault (the asset) or its auction (any other token).
    event RewardsClaimed(address indexed token, address indexed receiver, uint256 amount);

    /// @notice The caller is not the vault.
    error Adapter__NotVault(address caller);
    /// @notice The market paid something else than what was asked for.
    error Adapter__PaidWrongAmount(uint256 wanted, uint256 paid);
    /// @notice A position token is principal and can never leave as a reward.
    error Adapter__ProtectedToken(address token);
    /// @notice The market counts in units so large that an exit, rounded to whole ones, would cost those who stay.
    error Adapter__TooCoarse(uint256 assets, uint256 units);
    /// @notice The market does not take the vault's asset.
    error Adapter__MarketMismatch(address market, address asset);

    /// @notice Lends `assets` that the vault, or a depositor on its behalf, has already sent here. Only the vault.
    /// @return credited Value the market minted for them, in asset wei, rounded down. 0 means that the market is full or
    /// paused: then all of `assets` were handed to the vault.
    function allocate(uint256 assets) external returns (uint256 credited);

    /// @notice Takes exactly `assets` out of the market to `receiver`; reverts when it pays anything else.
    /// Only the vault.
    /// @return paid Always equal to `assets`.
    function deallocate(uint256 assets, address receiver) external returns (uint256 paid);

    /// @notice Claims whatever the market owes and forwards it. Anyone may call; the caller gets nothing.
    function claimRewards() external;

    /// @notice Claims what a Merkl distributor grants this contract and forwards it; a position token stays, as part of the
    /// position. Anyone may call; the caller gets nothing. Reverts as the distributor does.
    /// @param tokens Granted to this contract, in the order of `amounts` and `proofs`.
    /// @param amounts All that was ever granted of each, claimed or not, in the token's wei.
    /// @param proofs Of each grant, as Merkl publishes them.
    function claimMerkl(
        IMerklDistributor distributor,
        address[] calldata tokens,
        uint256[] calldata amounts,
        bytes32[][] calldata proofs
    ) external;

    /// @notice Sends whatever this contract holds of `token` where rewards go: the asset to the vault, any other token to
    /// the vault's auction; without an auction it stays here. For rewards that a distributor pays to this address on
    /// anyone's call. Reverts with `Adapter__ProtectedToken` for a position token. Anyone may call.
    function forward(address token) external;

    /// @notice Takes the whole position, or as much as the market pays now, nothing included, to the vault by the plainest path
    /// there is; rewards may be forfeited. Only the vault.
    /// @return recovered Asset wei that the vault received.
    function emergencyExit() external returns (uint256 recovered);

    /// @notice The token lent, the same as the vault's.
    function asset() external view returns (address);

    /// @notice The only account that may move funds.
    function vault() external view returns (address);

    /// @notice What the position is worth now in asset wei, exit costs deducted, rounded down.
    function realAssets() external view returns (uint256);

    /// @notice Assets the market accepts now; 0 when it is paused or full. Reverts only when the market's own views do.
    function maxAllocate() external view returns (uint256);

    /// @notice Assets the market pays out now: the lesser of the position and the market's liquidity; 0 when it is
    /// paused. Reverts only when the market's own views do.
    function maxDeallocate() external view returns (uint256);

    /// @notice Whether `token` is what the market gave for the assets: it is the principal and can never be a reward.
    function isPositionToken(address token) external view returns (bool);

    /// @notice The two risks this position may share with others (protocol, collateral, …); 0 = none.
    function riskIds() external view returns (bytes32 first, bytes32 second);
}
