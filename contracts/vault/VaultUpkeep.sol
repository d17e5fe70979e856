// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {IVaultUpkeep} from "./IVaultUpkeep.sol";
import {VaultMath} from "./VaultMath.sol";

/// @dev Idle assets worth lending: a hundredth of NAV.
uint256 constant SPARE_DIVISOR = 100;
/// @dev Rewards are worth claiming this often.
uint256 constant CLAIM_PERIOD = 1 days;
/// @dev Lending idle assets is worth trying this often: what a compound left idle, for a group's cap or as the market refused it,
/// the next one leaves too.
uint256 constant LEND_PERIOD = 1 hours;

/// @title VaultUpkeep
contract VaultUpkeep is IVaultUpkeep {
    using BoundedCall for address;
    using Math for uint256;
    using SafeERC20 for IERC20;

    /// @inheritdoc IVaultUpkeep
    function performUpkeep(bytes calldata data) external {
        ICompoundingVault vault = abi.decode(data, (ICompoundingVault));
        vault.compound();
        IERC20 asset = IERC20(vault.asset());
        uint256 tip = asset.balanceOf(address(this));
        if (tip != 0) asset.safeTransfer(msg.sender, tip);
    }

    /// @inheritdoc IVaultUpkeep
    function checkUpkeep(bytes calldata data) external view returns (bool upkeepNeeded, bytes memory performData) {
        return (compoundStatus(abi.decode(data, (ICompoundingVault))).due, data);
    }

    /// @inheritdoc IVaultUpkeep
    function checker(ICompoundingVault vault) external view returns (bool canExec, bytes memory execPayload) {
        return (compoundStatus(vault).due, abi.encodeCall(ICompoundingVault.compound, ()));
    }

    /// @inheritdoc IVaultUpkeep
    function compoundStatus(ICompoundingVault vault) public view returns (CompoundStatus memory status) {
        ICompoundingVault.Books memory books = vault.books();
        ICompoundingVault.Config memory config = vault.config();
        uint256 nav = books.nav;
        status.compoundedAt = config.compoundedAt;
        status.skimmable = IERC20(vault.asset()).balanceOf(address(vault)).saturatingSub(books.idle);
        status.tip = (status.skimmable / VaultMath.TIP_DIVISOR).min(config.tipCap);
        if (config.adapters != 0) status.spare = _spare(vault, books.idle, VaultMath.buffer(nav, config.bufferBps));
        uint256 since = block.timestamp - status.compoundedAt;
        status.due =
            (config.adapters != 0 && since >= CLAIM_PERIOD) ||
            status.skimmable * VaultMath.BPS > nav ||
            (since >= LEND_PERIOD && status.spare * SPARE_DIVISOR > nav && status.spare >= vault.seedAssets());
    }

    /// @dev Idle above the buffer, bounded by the first adapter's own cap and what its market takes; group caps may
    /// leave less.
    function _spare(ICompoundingVault vault, uint256 idle, uint256 buffer) private view returns (uint256) {
        ICompoundingVault.Entry memory first = vault.entries()[0];
        (bool valued, uint256 real) = first.adapter.read(IAdapter.realAssets.selector);
        (bool open, uint256 accepted) = first.adapter.read(IAdapter.maxAllocate.selector);
        if (!valued || !open) return 0;
        uint256 room = first.cap == type(uint88).max ? accepted : uint256(first.cap).saturatingSub(real).min(accepted);
        return idle.saturatingSub(buffer).min(room);
    }
}
