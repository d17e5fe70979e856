// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {Batch} from "../helpers/Batch.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice ERC-4626's conversions and round trips, over prices below, at and above par.
abstract contract VaultRoundTrips is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;

    function setUp() public {
        _setUpVault(1_000, 30);
        (source, adapter) = _addSource();
        _deposit(alice, 1_000 * unit);
    }

    /// @dev A price away from par: part idle, part lent, after a loss or a gain that has been recognised.
    function _move(uint256 bps, uint256 idle, uint256 gain) internal {
        _deallocate(adapter, _bound(idle, 1, 500 * unit));
        source.lose((token.balanceOf(address(source)) * _bound(bps, 0, 150)) / 10_000); // deposits stay open
        vault.accrue();
        source.gain(_bound(gain, 0, 10 * unit));
        _skip(2 days);
    }

    function _assets(uint256 assets) internal view returns (uint256) {
        return _bound(assets, 10, 1_000_000 * unit);
    }

    function testFuzz_R1_DepositThenRedeem(uint256 assets, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        assets = _assets(assets);
        uint256 shares = _deposit(bob, assets);
        vm.assertLe(_redeem(bob, shares), assets, "R1: deposit, redeem");
    }

    function testFuzz_R1_DepositThenWithdraw(uint256 assets, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        assets = _assets(assets);
        uint256 shares = _deposit(bob, assets);
        // To get all that was paid takes at least the shares that were got.
        vm.assertGe(vault.previewWithdraw(assets), shares, "R1: deposit, withdraw");
    }

    function testFuzz_R1_MintThenRedeem(uint256 shares, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        shares = _bound(shares, 10 * V, 1_000_000e18);
        uint256 assets = vault.previewMint(shares);
        token.mint(bob, assets);
        vm.prank(bob);
        vm.assertEq(vault.mint(shares, bob), assets, "R3: previewMint");
        vm.assertLe(_redeem(bob, shares), assets, "R1: mint, redeem");
    }

    /* Out and in again within one transaction. (In two, a market's rounding falls on those who stayed meanwhile.) */

    function testFuzz_R1_RedeemThenDeposit(uint256 shares, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        shares = _toBatch(shares);
        uint256 assets = vault.previewRedeem(shares);
        if (vault.previewDeposit(assets) == 0) return;
        _outAndIn(
            abi.encodeCall(vault.redeem, (shares, address(batch), address(batch))),
            abi.encodeCall(vault.deposit, (assets, address(batch)))
        );
        vm.assertLe(vault.balanceOf(address(batch)), shares, "R1: redeem, deposit");
    }

    function testFuzz_R1_RedeemThenMint(uint256 shares, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        shares = _toBatch(shares);
        token.mint(address(batch), unit); // what rounding may cost
        _outAndIn(
            abi.encodeCall(vault.redeem, (shares, address(batch), address(batch))),
            abi.encodeCall(vault.mint, (shares, address(batch)))
        );
        vm.assertLe(token.balanceOf(address(batch)), unit, "R1: redeem, mint");
    }

    function testFuzz_R1_WithdrawThenMint(uint256 shares, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        uint256 assets = vault.previewRedeem(_toBatch(shares));
        shares = vault.previewWithdraw(assets);
        token.mint(address(batch), unit);
        _outAndIn(
            abi.encodeCall(vault.withdraw, (assets, address(batch), address(batch))),
            abi.encodeCall(vault.mint, (shares, address(batch)))
        );
        vm.assertLe(token.balanceOf(address(batch)), unit, "R1: withdraw, mint");
    }

    function testFuzz_R1_WithdrawThenDeposit(uint256 shares, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        shares = _toBatch(shares);
        uint256 assets = vault.previewRedeem(shares);
        if (vault.previewDeposit(assets) == 0) return;
        _outAndIn(
            abi.encodeCall(vault.withdraw, (assets, address(batch), address(batch))),
            abi.encodeCall(vault.deposit, (assets, address(batch)))
        );
        vm.assertLe(vault.balanceOf(address(batch)), shares, "R1: withdraw, deposit");
    }

    function _toBatch(uint256 shares) private returns (uint256 bounded) {
        bounded = _bound(shares, 10 * V, vault.balanceOf(alice));
        vm.prank(alice);
        vault.transfer(address(batch), bounded);
    }

    function _outAndIn(bytes memory leave, bytes memory enter) private {
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _call(address(vault), leave);
        calls[1] = _call(address(vault), enter);
        batch.run(calls);
    }

    function testFuzz_R1_MintThenWithdraw(uint256 shares, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        shares = _bound(shares, 10 * V, 1_000_000e18);
        uint256 assets = vault.previewMint(shares);
        token.mint(bob, assets);
        vm.prank(bob);
        vault.mint(shares, bob);
        vm.assertGe(vault.previewWithdraw(assets), shares, "R1: mint, withdraw");
    }

    /// @notice In, up or down the other ways, and out, within one transaction and with borrowed tokens.
    function testFuzz_R1_OneTransactionWithAFlashLoan(uint256 assets, uint256 way, uint256 bps, uint256 gain) public {
        _move(bps, 0, gain);
        assets = _assets(assets);
        address self = address(batch);
        uint256 shares = vault.previewDeposit(assets);
        Batch.Call[] memory calls = new Batch.Call[](4);
        calls[0] = _call(address(vault), abi.encodeCall(vault.deposit, (assets, self)));
        calls[1] = _call(address(vault), abi.encodeCall(vault.accrue, ()));
        calls[2] = _call(address(vault), abi.encodeCall(vault.compound, ()));
        calls[3] = _call(
            address(vault),
            way % 2 == 0
                ? abi.encodeCall(vault.redeem, (shares, self, self))
                : abi.encodeCall(vault.exit, (shares, self, self, 0, _none()))
        );
        token.mint(self, assets);
        batch.run(calls);
        vm.assertEq(vault.balanceOf(self), 0, "R3: the deposit minted other shares than its preview said");
        vm.assertLe(token.balanceOf(self), assets, "R1: a profit within one transaction");
    }

    /// @notice Leaving by `exit` pays at most what `redeem` pays.
    function testFuzz_R1_ExitNeverPaysMoreThanDeposited(uint256 assets, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        assets = _assets(assets);
        uint256 shares = _deposit(bob, assets);
        vm.assertLe(_exit(bob, shares, _none()), assets, "R1: deposit, exit");
    }

    /// @notice One share more for these assets, and the price (nav + assets) / (supply + shares + 1) would be lower.
    function testFuzz_R2_Entries(uint256 assets, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        vault.accrue();
        assets = _assets(assets);
        (uint256 nav, uint256 supply) = (vault.totalAssets() + 1, vault.totalSupply() + V);
        uint256 shares = vault.previewDeposit(assets);
        vm.assertFalse(_below(nav + assets, supply + shares, nav, supply), "R2: a deposit hurts");
        vm.assertTrue(_below(nav + assets, supply + shares + 1, nav, supply), "R2: a deposit mints too little");
        shares = assets * V;
        assets = vault.previewMint(shares);
        vm.assertFalse(_below(nav + assets, supply + shares, nav, supply), "R2: a mint hurts");
        vm.assertTrue(_below(nav + assets - 1, supply + shares, nav, supply), "R2: a mint costs too much");
    }

    /// @notice One asset more paid, or one share fewer burned, and the price of those who stay would be lower.
    function testFuzz_R2_Exits(uint256 assets, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        vault.accrue();
        assets = _bound(assets, 10, 900 * unit);
        (uint256 nav, uint256 supply) = (vault.totalAssets() + 1, vault.totalSupply() + V);
        uint256 shares = vault.previewWithdraw(assets);
        vm.assertFalse(_below(nav - assets, supply - shares, nav, supply), "R2: a withdrawal hurts");
        vm.assertTrue(_below(nav - assets, supply - shares + 1, nav, supply), "R2: a withdrawal burns too much");
        shares = assets * V;
        assets = vault.previewRedeem(shares);
        vm.assertFalse(_below(nav - assets, supply - shares, nav, supply), "R2: a redemption hurts");
        vm.assertTrue(_below(nav - assets - 1, supply - shares, nav, supply), "R2: a redemption pays too little");
    }

    /// @notice In one transaction: what a preview says, the call does.
    function testFuzz_R3_PreviewsEqualTheCall(uint256 assets, uint256 bps, uint256 idle, uint256 gain) public {
        _move(bps, idle, gain);
        assets = _bound(assets, 10, 1_000 * unit);
        Previewer previewer = new Previewer(vault);
        token.mint(address(previewer), 10_000 * unit);
        uint256 held = vault.balanceOf(alice);
        vm.prank(alice);
        vault.transfer(address(previewer), held);
        previewer.all(assets, assets * V);
        // Also when the latch was set by the previews' own transaction, and across two transactions of one second.
        uint256 shares = vault.previewDeposit(assets);
        vm.assertEq(_deposit(bob, assets), shares, "R3: previewDeposit");
        uint256 paid = vault.previewRedeem(shares);
        vm.assertEq(_redeem(bob, shares), paid, "R3: previewRedeem");
    }

    /// @notice EIP-4626: conversions don't depend on the caller, and no preview is better than the conversion.
    function testFuzz_R3_PreviewsAreNoBetterThanConversions(uint256 assets, uint256 bps, uint256 gain) public {
        _move(bps, 0, gain);
        assets = _assets(assets);
        vm.assertLe(vault.previewDeposit(assets), vault.convertToShares(assets));
        vm.assertGe(vault.previewWithdraw(assets), vault.convertToShares(assets));
        uint256 shares = assets * V;
        vm.assertLe(vault.previewRedeem(shares), vault.convertToAssets(shares));
        vm.assertGe(vault.previewMint(shares), vault.convertToAssets(shares));
    }

    function test_R4_ZeroIsRefused() public {
        vm.startPrank(alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroAssets.selector);
        vault.deposit(0, alice);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__ZeroAssets.selector);
        vault.mint(0, alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroShares.selector);
        vault.withdraw(0, alice, alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroShares.selector);
        vault.redeem(0, alice, alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroShares.selector);
        vault.exit(0, alice, alice, 0, _none());
        // Shares worth less than an asset wei pay nothing, so they are not burned.
        if (V > 2) {
            vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroAssets.selector);
            vault.redeem(V / 2, alice, alice);
            vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroAssets.selector);
            vault.exit(V / 2, alice, alice, 0, _none());
        }
        vm.stopPrank();
    }

    /// @dev Whether a / b < c / d.
    function _below(uint256 a, uint256 b, uint256 c, uint256 d) private pure returns (bool) {
        return a * d < c * b; // at most 1e48 each
    }
}

contract VaultRoundTrips6Test is VaultRoundTrips {
    constructor() VaultFixture(6) {}
}

contract VaultRoundTrips8Test is VaultRoundTrips {
    constructor() VaultFixture(8) {}
}

contract VaultRoundTrips18Test is VaultRoundTrips {
    constructor() VaultFixture(18) {}
}

/// @notice Previews, calls and compares in one transaction.
contract Previewer {
    ICompoundingVault internal immutable vault;

    error Previewer__Differs(string what, uint256 preview, uint256 call);

    constructor(ICompoundingVault vault_) {
        vault = vault_;
        (bool ok, ) = vault_.asset().call(abi.encodeWithSignature("approve(address,uint256)", vault_, type(uint256).max));
        require(ok);
    }

    function all(uint256 assets, uint256 shares) external {
        uint256 preview = vault.previewDeposit(assets);
        _same("deposit", preview, vault.deposit(assets, address(this)));
        preview = vault.previewMint(shares);
        _same("mint", preview, vault.mint(shares, address(this)));
        preview = vault.previewWithdraw(assets);
        _same("withdraw", preview, vault.withdraw(assets, address(this), address(this)));
        preview = vault.previewRedeem(shares);
        _same("redeem", preview, vault.redeem(shares, address(this), address(this)));
    }

    function _same(string memory what, uint256 preview, uint256 answer) private pure {
        require(preview == answer, Previewer__Differs(what, preview, answer));
    }
}
