// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";

/// @notice All that a model of the vault is compared with, in one call.
contract VaultSnapshot {
    /// @param accounts Whose shares and tokens to read.
    /// @param sources Whose own shares the adapters of the same index hold.
    function read(
        ICompoundingVault vault,
        IERC20 token,
        address[] calldata accounts,
        IERC20[] calldata sources,
        address[] calldata adapters
    ) external view returns (uint256[] memory words) {
        words = new uint256[](14 + 2 * accounts.length + 3 * sources.length);
        ICompoundingVault.Books memory books = vault.books();
        ICompoundingVault.Lock memory lock = vault.lock();
        ICompoundingVault.Config memory config = vault.config();
        (words[0], words[1], words[2], words[3]) = (books.nav, books.idle, books.accruedAt, books.allocated);
        (words[4], words[5], words[6], words[7]) = (lock.locked, lock.start, lock.end, lock.hwm);
        (words[8], words[9], words[10]) = (lock.maxRate, lock.flags, config.entryMark);
        (words[11], words[12], words[13]) = (config.compoundedAt, vault.totalSupply(), config.feeBps);
        uint256 n = 14;
        for (uint256 i = 0; i < accounts.length; i++) {
            words[n++] = vault.balanceOf(accounts[i]);
            words[n++] = token.balanceOf(accounts[i]);
        }
        for (uint256 i = 0; i < sources.length; i++) {
            words[n++] = token.balanceOf(address(sources[i]));
            words[n++] = sources[i].totalSupply();
            words[n++] = sources[i].balanceOf(adapters[i]);
        }
    }
}
