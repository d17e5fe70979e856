// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What farms of the MasterChef family have, in their two dialects
/// @dev The functions without `to` serve the caller and pay its reward with every call (SushiSwap's first MasterChef,
/// PancakeSwap's first and second). Those with `to` are SushiSwap's MasterChefV2 and MiniChef: no reward but by `harvest`.
interface IMasterChef {
    function deposit(uint256 pid, uint256 amount) external;

    function withdraw(uint256 pid, uint256 amount) external;

    /// @notice Gives the stake back and forfeits the reward, touching no reward token.
    function emergencyWithdraw(uint256 pid) external;

    function deposit(uint256 pid, uint256 amount, address to) external;

    function withdraw(uint256 pid, uint256 amount, address to) external;

    function harvest(uint256 pid, address to) external;

    function emergencyWithdraw(uint256 pid, address to) external;

    /// @notice The farm's LP token comes first; what follows differs.
    function poolInfo(uint256 pid) external view returns (address lpToken);

    /// @notice The farm's LP token where `poolInfo` does not have it.
    function lpToken(uint256 pid) external view returns (address);

    /// @notice The stake comes first; what follows differs.
    function userInfo(uint256 pid, address user) external view returns (uint256 amount);
}
