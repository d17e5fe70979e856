// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/interfaces/IERC20Metadata.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {ICompoundingVault} from "../vault/ICompoundingVault.sol";

/// @dev What `IAdapter` allows `realAssets`: an adapter that burns more counts as failing, as it does for the vault.
uint256 constant VIEW_GAS = 1_000_000;

/// @title Reads a vault, whole and at one block
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Nothing here reverts because a market or an
/// adapter is broken; what can't be read then is 0 and says so. Assets in asset wei, shares in share wei (18 decimals).
contract VaultLens {
    /// @param isFailing An adapter's view fails: `totalAssets` is then the floor that `exit` reckons with.
    struct VaultState {
        uint256 timestamp;
        address asset;
        uint8 assetDecimals;
        bool isFailing;
        string name;
        string symbol;
        uint256 totalAssets;
        uint256 totalSupply;
        uint256 pps;
        uint256 locked;
        uint256 entryMark;
        uint256 tipCap;
        address feeRecipient;
        address gate;
        address auction;
        ICompoundingVault.Books books;
        ICompoundingVault.Lock lock;
        ICompoundingVault.Config config;
        Allocation[] allocations;
    }

    /// @param realAssets What the position is worth; 0 when `isFailing`.
    struct Allocation {
        address adapter;
        bool isFailing;
        uint256 cap;
        uint256 realAssets;
        uint256 maxAllocate;
        uint256 maxDeallocate;
    }

    function getVault(ICompoundingVault vault) external view returns (VaultState memory state) {
        state.timestamp = block.timestamp;
        state.asset = vault.asset();
        state.assetDecimals = IERC20Metadata(state.asset).decimals();
        state.name = vault.name();
        state.symbol = vault.symbol();
        try vault.totalAssets() returns (uint256 assets) {
            state.totalAssets = assets;
            state.pps = vault.pps();
        } catch {
            state.isFailing = true;
            state.totalAssets = vault.totalAssetsFloor();
        }
        state.totalSupply = vault.totalSupply();
        state.locked = vault.locked();
        state.entryMark = vault.entryMark();
        state.tipCap = vault.tipCap();
        state.feeRecipient = vault.feeRecipient();
        state.gate = vault.gate();
        state.auction = vault.auction();
        state.books = vault.books();
        state.lock = vault.lock();
        state.config = vault.config();
        ICompoundingVault.Entry[] memory entries = vault.entries();
        state.allocations = new Allocation[](entries.length);
        for (uint256 i = 0; i < entries.length; ++i) {
            state.allocations[i] = _allocation(entries[i]);
        }
    }

    function _allocation(
        ICompoundingVault.Entry memory entry
    ) private view returns (Allocation memory allocation) {
        IAdapter adapter = IAdapter(entry.adapter);
        allocation.adapter = entry.adapter;
        allocation.cap = entry.cap;
        allocation.maxAllocate = adapter.maxAllocate();
        allocation.maxDeallocate = adapter.maxDeallocate();
        try adapter.realAssets{gas: VIEW_GAS}() returns (uint256 assets) {
            allocation.realAssets = assets;
        } catch {
            allocation.isFailing = true;
        }
    }
}
