// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/interfaces/IERC20Metadata.sol";

import {IAdapter} from "../adapters/IAdapter.sol";
import {BoundedCall} from "../vault/BoundedCall.sol";
import {ICompoundingVault} from "../vault/ICompoundingVault.sol";

/// @title Reads a vault, whole and at one block
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Nothing here reverts because a market or an
/// adapter is broken; what can't be read then is 0 and says so. Assets in asset wei, shares in share wei (18 decimals).
contract VaultLens {
    using BoundedCall for address;

    /// @param isFailing An adapter's view fails: `totalAssets` is then the floor that `exit` reckons with, and the price,
    /// the lock and the mark are 0.
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

    /// @notice A bound that several adapters may share; all 0 where there is none.
    struct Risk {
        bytes32 id;
        uint256 absoluteCap;
        uint256 relativeCapBps;
    }

    /// @param isFailing Its view fails, as the vault reads it. What fails is 0.
    struct Allocation {
        address adapter;
        bool isFailing;
        uint256 cap;
        uint256 realAssets;
        uint256 maxAllocate;
        uint256 maxDeallocate;
        Risk firstRisk;
        Risk secondRisk;
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
            state.locked = vault.locked();
            state.entryMark = vault.entryMark();
        } catch {
            state.isFailing = true;
            state.totalAssets = vault.totalAssetsFloor();
        }
        state.totalSupply = vault.totalSupply();
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
            state.allocations[i] = _allocation(vault, entries[i]);
        }
    }

    function _allocation(
        ICompoundingVault vault,
        ICompoundingVault.Entry memory entry
    ) private view returns (Allocation memory allocation) {
        allocation.adapter = entry.adapter;
        allocation.cap = entry.cap;
        allocation.maxAllocate = _read(entry.adapter, IAdapter.maxAllocate.selector);
        allocation.maxDeallocate = _read(entry.adapter, IAdapter.maxDeallocate.selector);
        allocation.realAssets = _read(entry.adapter, IAdapter.realAssets.selector);
        (bool isRead, ) = entry.adapter.read(IAdapter.realAssets.selector);
        allocation.isFailing = !isRead;
        (bytes32 first, bytes32 second) = IAdapter(entry.adapter).riskIds();
        allocation.firstRisk = _risk(vault, first);
        allocation.secondRisk = _risk(vault, second);
    }

    function _read(address adapter, bytes4 selector) private view returns (uint256) {
        (bool isRead, uint256 value) = adapter.read(selector);
        return isRead ? value : 0;
    }

    function _risk(ICompoundingVault vault, bytes32 id) private view returns (Risk memory risk) {
        if (id == 0) return risk;
        ICompoundingVault.Group memory group = vault.group(id);
        return Risk(id, group.absoluteCap, group.relativeCapBps);
    }
}
