// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {PlainSource} from "../gas/PlainSource.sol";
import {PlainToken} from "../gas/PlainToken.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice G1. Whole transactions on the deployed build, each on its own and everything cold, against the best peer in
/// the same situation. The gas table has every row, the tighter budgets and the drift.
contract VaultGasTest is VaultFixture {
    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(TestToken(address(new PlainToken("Asset"))), 1_000, 30);
        token.mint(alice, 1_000_000 * unit);
        token.mint(bob, 1_000_000 * unit);
    }

    function test_GAS1_IdleFlowsCostLessThanTheBestPeers() public {
        _settle();
        _within("deposit, idle", "Yearn", 79_997, abi.encodeCall(vault.deposit, (100 * unit, alice)));
        uint256 quarter = vault.balanceOf(alice) / 4;
        _within("redeem a quarter, idle", "Yearn", 78_485, abi.encodeCall(vault.redeem, (quarter, alice, alice)));
    }

    function test_GAS1_LentFlowsCostLessThanTheBestPeers() public {
        Source4626 source = Source4626(address(new PlainSource(IERC20(address(token)))));
        _addSource(source);
        _settle();
        _skip(12);
        _within("deposit, lent", "Yearn live", 121_186, abi.encodeCall(vault.deposit, (100 * unit, alice)));
        uint256 quarter = vault.balanceOf(alice) / 4;
        _within("redeem a quarter, lent", "Yearn", 106_730, abi.encodeCall(vault.redeem, (quarter, alice, alice)));
        _within("accrue, nothing to do", "Morpho", 64_869, abi.encodeCall(vault.accrue, ()));
        token.mint(address(source), unit);
        _skip(1 days);
        _within("accrue, gain and fee", "Morpho", 79_962, abi.encodeCall(vault.accrue, ()));
        token.mint(address(source), unit);
        _skip(1 days);
        bytes memory redeem = abi.encodeCall(vault.redeem, (quarter, alice, alice));
        _within("redeem a quarter, lent, with a fee", "Yearn live", 125_250, redeem);
    }

    /// @dev Two holders, and a fee recipient who has shares already.
    function _settle() private {
        vm.prank(alice);
        vault.deposit(1_000 * unit, alice);
        vm.prank(bob);
        vault.deposit(1_000 * unit, bob);
        token.mint(address(vault), unit);
        vault.compound();
        _skip(8 days);
        vault.accrue();
        vault.compound();
    }

    function _within(string memory what, string memory peer, uint256 peers, bytes memory data) private {
        uint256 used = _gasOf(data);
        _print(string.concat("      ", what, ": ", vm.toString(used), " gas; ", peer, " ", vm.toString(peers)));
        vm.assertLe(used, peers, string.concat("GAS1: ", what));
    }

    function _gasOf(bytes memory data) private returns (uint256) {
        vm.prank(alice);
        (bool ok, ) = address(vault).call(data);
        vm.assertTrue(ok);
        return vm.lastCallGas().gasTotalUsed;
    }
}
