// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {BlocklistToken, FalseReturningToken, FeeOnTransferToken, NoReturnToken, RebasingToken, SilentToken} from "../helpers/HostileTokens.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice A6. Assets that do what tokens should not: refused by name, or harmless. Each with idle and lent assets.
contract HostileTokensTest is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;

    constructor() VaultFixture(18) {}

    function _setUp(TestToken hostile) private {
        _setUpVault(hostile, 1_000, 30);
        (source, adapter) = _addSource();
    }

    function _keepIdle() private {
        vm.prank(guardian);
        vault.lowerCap(address(adapter), 0);
    }

    /// @notice Nothing is credited that did not arrive: not idle, where receipts are measured, and not lent.
    function test_A6_FeeOnTransferIsRefused() public {
        FeeOnTransferToken taxed = new FeeOnTransferToken(18);
        taxed.setFeeBps(0);
        _setUp(taxed);
        _deposit(alice, 100 * unit);
        taxed.setFeeBps(100);
        token.mint(bob, 10 * unit);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector); // the market cannot pull all of it
        vm.prank(bob);
        vault.deposit(10 * unit, bob);
        _keepIdle();
        vm.expectRevert(
            abi.encodeWithSelector(
                ICompoundingVault.CompoundingVault__TransferShort.selector,
                10 * unit,
                (10 * unit * 99) / 100
            )
        );
        vm.prank(bob);
        vault.deposit(10 * unit, bob);
        // The factory cannot make a vault on it either.
        taxed.setFeeBps(100);
        token.mint(address(this), 1e12);
        token.approve(address(factory), 1e12);
        bytes memory code = _vaultCode();
        vm.expectRevert();
        factory.createVault(_parameters(0, 30), "taxed", code);
    }

    /// @notice A fee switched on later: those who leave bear it, since the market must pay them exactly; through idle
    /// they get what arrives.
    function test_A6_AFeeSwitchedOnLaterCostsTheLeaverAlone() public {
        FeeOnTransferToken taxed = new FeeOnTransferToken(18);
        taxed.setFeeBps(0);
        _setUp(taxed);
        _keepIdle();
        _deposit(alice, 100 * unit);
        _deposit(bob, 100 * unit);
        taxed.setFeeBps(100);
        uint256 price = vault.pps();
        _redeemAll(alice);
        vm.assertEq(token.balanceOf(alice), 99 * unit);
        vm.assertGe(vault.pps(), price, "those who stay paid the fee");
    }

    function test_A6_FalseReturningIsRefused() public {
        FalseReturningToken liar = new FalseReturningToken(18);
        _setUp(liar);
        _deposit(alice, 100 * unit);
        liar.arm(true);
        token.mint(bob, 10 * unit);
        bytes memory reason = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token);
        vm.expectRevert(reason);
        vm.prank(bob);
        vault.deposit(10 * unit, bob);
        _keepIdle();
        vm.expectRevert(reason);
        vm.prank(bob);
        vault.deposit(10 * unit, bob);
        uint256 shares = vault.balanceOf(alice);
        vm.expectRevert();
        _redeem(alice, shares);
        liar.arm(false);
        _redeemAll(alice);
        vm.assertApproxEqAbs(token.balanceOf(alice), 100 * unit, 2);
    }

    /// @notice Says `true` and moves nothing: receipts are measured, so nothing is minted for it.
    function test_A6_SilentTransfersAreRefused() public {
        SilentToken silent = new SilentToken(18);
        _setUp(silent);
        _keepIdle();
        token.mint(bob, 10 * unit);
        silent.arm(true);
        vm.expectRevert(
            abi.encodeWithSelector(ICompoundingVault.CompoundingVault__TransferShort.selector, 10 * unit, 0)
        );
        vm.prank(bob);
        vault.deposit(10 * unit, bob);
    }

    /// @notice Answers nothing and wants allowances set to 0 first, like USDT: works.
    function test_A6_NoReturnValueWorks() public {
        _setUp(new NoReturnToken(18));
        _deposit(alice, 100 * unit);
        _deallocate(adapter, 50 * unit);
        _allocate(adapter, 20 * unit);
        token.mint(address(vault), unit);
        vault.compound();
        _exit(alice, 50e18, _none());
        _redeemAll(alice);
        vm.assertApproxEqAbs(token.balanceOf(alice), 100 * unit, 10);
    }

    /// @notice A holder who is blocked takes the assets elsewhere; a market that is blocked is passed by.
    function test_A6_BlocklistsBlockNobodyElse() public {
        BlocklistToken listed = new BlocklistToken(18);
        _setUp(listed);
        _deposit(alice, 100 * unit);
        _deposit(bob, 100 * unit);
        _deallocate(adapter, 80 * unit);
        listed.setBlocked(alice, true);
        vm.expectRevert(abi.encodeWithSelector(BlocklistToken.BlocklistToken__Blocked.selector, alice));
        vm.prank(alice);
        vault.redeem(10e18, alice, alice);
        vm.prank(alice);
        vault.redeem(10e18, carol, alice);
        vm.assertApproxEqAbs(token.balanceOf(carol), 10 * unit, 2);
        listed.setBlocked(address(source), true);
        vm.prank(bob);
        vault.exit(50e18, bob, bob, 0, _one(address(adapter)));
        vm.assertGt(token.balanceOf(bob), 15 * unit);
        listed.setBlocked(address(source), false);
        _redeemAll(bob);
    }

    function test_A6_APauseLosesNothing() public {
        BlocklistToken paused = new BlocklistToken(18);
        _setUp(paused);
        _deposit(alice, 100 * unit);
        paused.setPaused(true);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__InsufficientLiquidity.selector);
        vm.prank(alice);
        vault.redeem(1e18, alice, alice);
        token.approve(address(vault), 0);
        vault.accrue();
        uint256 price = vault.pps();
        paused.setPaused(false);
        vm.assertEq(vault.pps(), price);
        _redeemAll(alice);
        vm.assertApproxEqAbs(token.balanceOf(alice), 100 * unit, 2);
    }

    /// @notice Idle is tracked. A rebase upwards is a donation that `compound` finds; downwards the vault owes what it
    /// tracked, and the last leavers go short: rebasing tokens are named as unsupported.
    function test_A6_RebasesUpAreDonations() public {
        RebasingToken rebasing = new RebasingToken(18);
        _setUp(rebasing);
        _keepIdle();
        _deposit(alice, 100 * unit);
        uint256 price = vault.pps();
        rebasing.rebase(1.1e18);
        vm.assertEq(vault.pps(), price, "a rebase moved the price at once");
        uint256 gain = vault.compound();
        vm.assertApproxEqAbs(gain, 10 * unit, 1e13);
        vm.assertEq(vault.locked(), gain);
    }

    function test_A6_ARebaseDownPaysNobodyTooMuch() public {
        RebasingToken rebasing = new RebasingToken(18);
        _setUp(rebasing);
        _keepIdle();
        _deposit(alice, 100 * unit);
        _deposit(bob, 100 * unit);
        rebasing.rebase(0.5e18);
        uint256 shares = vault.balanceOf(bob);
        _redeemAll(alice); // all that is there
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        _redeem(bob, shares);
    }
}
