// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {BoundedCall} from "./BoundedCall.sol";
import {ICompoundingVault} from "./ICompoundingVault.sol";
import {IVaultUpkeep} from "./IVaultUpkeep.sol";
import {STOPPED} from "./VaultBooks.sol";
import {VaultMath} from "./VaultMath.sol";

/// @dev Idle assets worth lending: a hundredth of NAV.
uint256 constant SPARE_DIVISOR = 100;
/// @dev Rewards are worth claiming this often.
uint256 constant CLAIM_PERIOD = 1 days;
/// @dev Due at most this often: what a market refused without saying so it refuses again, and a basis point of a small vault is a
/// gift by which anyone would spend what keepers pay for gas.
uint256 constant LEAST_PERIOD = 1 hours;

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
        if (config.adapters != 0 && vault.lock().flags & STOPPED == 0) {
            status.spare = _spare(vault, books, VaultMath.buffer(nav, config.bufferBps));
        }
        uint256 since = block.timestamp - status.compoundedAt;
        if (since < LEAST_PERIOD) return status;
        status.due =
            (config.adapters != 0 && since >= CLAIM_PERIOD) ||
            status.skimmable * VaultMath.BPS > nav ||
            (status.spare * SPARE_DIVISOR > nav && status.spare >= vault.seedAssets());
    }

    /// @dev Idle above the buffer, bounded by the first adapter's caps and what its market takes. 0 while an adapter's view fails:
    /// nothing can be lent then.
    function _spare(
        ICompoundingVault vault,
        ICompoundingVault.Books memory books,
        uint256 buffer
    ) private view returns (uint256 spare) {
        ICompoundingVault.Entry[] memory list = vault.entries();
        uint256[] memory real = new uint256[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            if (i != 0 && !_counts(books, i)) continue;
            (bool valued, uint256 value) = list[i].adapter.read(IAdapter.realAssets.selector);
            if (!valued) return 0;
            real[i] = value.min(type(uint104).max);
        }
        (bool open, uint256 accepted) = list[0].adapter.read(IAdapter.maxAllocate.selector);
        if (!open) return 0;
        spare = uint256(books.idle).saturatingSub(buffer).min(accepted);
        if (list[0].cap != type(uint88).max) spare = spare.min(uint256(list[0].cap).saturatingSub(real[0]));
        (bytes32 first, bytes32 second) = IAdapter(list[0].adapter).riskIds();
        if (first != 0) spare = spare.min(_groupRoom(vault, books, list, real, list[0].groups & 15, first));
        if (second != 0) spare = spare.min(_groupRoom(vault, books, list, real, list[0].groups >> 4, second));
    }

    /// @dev As `VaultBooks` reckons for `compound`. What lies in a first adapter that does not count yet takes room, too.
    function _groupRoom(
        ICompoundingVault vault,
        ICompoundingVault.Books memory books,
        ICompoundingVault.Entry[] memory list,
        uint256[] memory real,
        uint256 number,
        bytes32 id
    ) private view returns (uint256) {
        uint256 used;
        for (uint256 i = 0; i < list.length; ++i) {
            if (!_counts(books, i)) continue;
            if (list[i].groups & 15 == number || list[i].groups >> 4 == number) used += real[i];
        }
        ICompoundingVault.Group memory bound = vault.riskGroup(id);
        uint256 cap = bound.absoluteCap;
        if (bound.relativeCapBps < VaultMath.BPS) {
            uint256 elsewhere = uint256(books.nav).saturatingSub(books.idle + used);
            cap = cap.min((elsewhere * bound.relativeCapBps) / VaultMath.BPS); // down: for the bound
        }
        return cap.saturatingSub(_counts(books, 0) ? used : used + real[0]);
    }

    function _counts(ICompoundingVault.Books memory books, uint256 index) private pure returns (bool) {
        return (books.allocated >> index) & 1 == 1;
    }
}
