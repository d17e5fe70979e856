// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice Attacks, each with the victim's and the attacker's profit. The best peer in the same attack is named beside
/// the row (measured on OpenZeppelin, solmate, Yearn, Morpho, Euler Earn and Beefy).
abstract contract VaultAttack is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;

    function setUp() public {
        _setUpVault(0, 30);
        (source, adapter) = _addSource();
    }

    /// @dev Gives the tokens, so that profits are measured against nothing.
    function _fund(address who, uint256 assets) internal {
        token.mint(who, assets);
    }

    /// @dev Spends `assets` to give yield shares to the adapter.
    function _giftYieldShares(address who, uint256 assets) internal {
        token.mint(who, assets);
        vm.startPrank(who);
        token.approve(address(source), assets);
        source.deposit(assets, address(adapter));
        vm.stopPrank();
    }

    /// @dev What the vault's shares of the source are worth rises by `assets`.
    function _gain(uint256 assets) internal {
        source.gain((assets * source.totalSupply()) / source.balanceOf(address(adapter)));
    }

    function _lose(uint256 assets) internal {
        source.lose((assets * source.totalSupply()) / source.balanceOf(address(adapter)));
    }

    function _profit(address who, uint256 spent) internal view returns (int256) {
        return int256(token.balanceOf(who)) - int256(spent);
    }

    /// @dev Victim and attacker leave; answers their profits in that order.
    function _leave(uint256 victimSpent, uint256 attackerSpent) internal returns (int256 victim, int256 attacker) {
        _redeemAll(alice);
        if (vault.previewRedeem(vault.balanceOf(mallory)) != 0) _redeemAll(mallory);
        return (_profit(alice, victimSpent), _profit(mallory, attackerSpent));
    }
}
