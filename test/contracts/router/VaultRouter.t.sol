// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;


import {IPermit2} from "../../../contracts/vault/IPermit2.sol";
import {IVaultRouter} from "../../../contracts/vault/IVaultRouter.sol";
import {RouterBase} from "./RouterBase.sol";
import {Caller} from "./RouterWorld.sol";

/// @notice Every way in and out: bounds at the bound and one past it, and nothing left behind.
contract VaultRouterTest is RouterBase {
    /* ENTER */

    function test_RO3_Deposit_WithinBounds() public {
        _approve();
        uint256 now_ = vm.getBlockTimestamp();
        vm.startPrank(ann);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinShares.selector, 100e18, 100e18 + 1));
        router.deposit(vault, 100e18, ann, 100e18 + 1, now_);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__Expired.selector, now_ - 1));
        router.deposit(vault, 100e18, ann, 100e18, now_ - 1);
        vm.assertEq(router.deposit(vault, 100e18, bob, 100e18, now_), 100e18);
        vm.stopPrank();
        vm.assertEq(vault.balanceOf(bob), 100e18);
        vm.assertEq(asset.balanceOf(ann), 900e18);
        _assertHoldsNothing();
    }

    function test_RO2_Deposit_RevertWhen_TheVaultTakesLess() public {
        _approve();
        vault.setUntaken(3);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__LeftOver.selector, address(asset), 3));
        vm.prank(ann);
        router.deposit(vault, 100e18, ann, 0, EVER);
    }

    function test_RO2_WhatWasHereBeforeStaysAndStopsNobody() public {
        _approve();
        asset.mint(address(router), 5); // a gift
        vm.startPrank(ann);
        router.deposit(vault, 100e18, ann, 0, EVER);
        router.mint(vault, 10e18, ann, EVER, EVER);
        router.migrate(vault, second, 50e18, ann, 0, EVER);
        vm.stopPrank();
        vm.assertEq(asset.balanceOf(address(router)), 5);
    }

    function test_DepositWithPermit_NeedsNoApproval() public {
        IVaultRouter.Eip2612 memory signature = _sign(address(asset), 100e18, EVER);
        vm.prank(ann);
        vm.assertEq(router.depositWithPermit(vault, 100e18, ann, 100e18, EVER, signature), 100e18);
        vm.assertEq(asset.allowance(ann, address(router)), 0);
        _assertHoldsNothing();
    }

    /// @dev Bob saw the signature and used it first: the allowance is there, the deposit goes through.
    function test_RO1_DepositWithPermit_AUsedUpSignatureDoesNoHarm() public {
        IVaultRouter.Eip2612 memory signature = _sign(address(asset), 100e18, EVER);
        vm.prank(bob);
        asset.permit(ann, address(router), 100e18, EVER, signature.v, signature.r, signature.s);
        vm.prank(ann);
        vm.assertEq(router.depositWithPermit(vault, 100e18, ann, 100e18, EVER, signature), 100e18);
    }

    function test_RO1_DepositWithPermit_RevertWhen_TheSignatureIsSomebodyElses() public {
        IVaultRouter.Eip2612 memory signature = _sign(address(asset), 100e18, EVER);
        asset.mint(bob, 100e18);
        bytes memory failed = abi.encodeWithSelector(
            IVaultRouter.VaultRouter__PermitFailed.selector,
            address(asset),
            0,
            100e18
        );
        vm.expectRevert(failed);
        vm.prank(bob);
        router.depositWithPermit(vault, 100e18, bob, 0, EVER, signature);
    }

    function test_DepositWithPermit2_NeedsOneApprovalEver() public {
        bytes memory signature = _permit2(100e18, 7, EVER);
        vm.startPrank(ann);
        asset.approve(address(permit2), type(uint256).max);
        vm.assertEq(router.depositWithPermit2(vault, 100e18, ann, 100e18, EVER, 7, signature), 100e18);
        vm.expectRevert(); // each nonce once
        router.depositWithPermit2(vault, 100e18, ann, 100e18, EVER, 7, signature);
        vm.stopPrank();
        _assertHoldsNothing();
    }

    function test_RO1_DepositWithPermit2_RevertWhen_TheSignatureIsSomebodyElses() public {
        bytes memory signature = _permit2(100e18, 7, EVER);
        vm.prank(ann);
        asset.approve(address(permit2), type(uint256).max);
        asset.mint(bob, 100e18);
        vm.startPrank(bob);
        asset.approve(address(permit2), type(uint256).max);
        vm.expectRevert();
        router.depositWithPermit2(vault, 100e18, bob, 0, EVER, 7, signature);
        vm.stopPrank();
        vm.assertEq(asset.balanceOf(ann), 1_000e18);
    }

    function test_RO4_DepositNative_WrapsAndGivesBackTheRest() public {
        vm.prank(ann);
        vm.assertEq(router.depositNative{value: 15e18}(native, 10e18, ann, 10e18, EVER), 10e18);
        vm.assertEq(ann.balance, 990e18);
        vm.assertEq(native.balanceOf(ann), 10e18);
        _assertHoldsNothing();
    }

    function test_DepositNative_RevertWhen_TheAssetIsAnother() public {
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__NotWrappedNative.selector, address(asset)));
        vm.prank(ann);
        router.depositNative{value: 1}(vault, 1, ann, 0, EVER);
    }

    function test_RO3_Mint_WithinBounds() public {
        _annIn(200e18);
        vm.startPrank(ann);
        uint256 cost = vault.previewMint(10e18);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__AboveMaxAssets.selector, cost, cost - 1));
        router.mint(vault, 10e18, ann, cost - 1, EVER);
        vm.assertEq(router.mint(vault, 10e18, bob, cost, EVER), cost);
        vm.stopPrank();
        vm.assertEq(vault.balanceOf(bob), 10e18);
        vm.assertEq(asset.balanceOf(ann), 800e18 - cost);
        _assertHoldsNothing();
    }

    function test_RO2_Mint_GivesBackWhatThePreviewAskedTooMuch() public {
        _approve();
        vault.setDiscount(7);
        vm.prank(ann);
        vm.assertEq(router.mint(vault, 10e18, ann, 10e18 + 7, EVER), 10e18);
        vm.assertEq(asset.balanceOf(ann), 990e18);
        _assertHoldsNothing();
    }

    /* LEAVE */

    function test_RO3_Withdraw_WithinBounds() public {
        _annIn(200e18);
        vm.startPrank(ann);
        uint256 cost = vault.previewWithdraw(10e18);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__AboveMaxShares.selector, cost, cost - 1));
        router.withdraw(vault, 10e18, ann, cost - 1, EVER);
        vm.assertEq(router.withdraw(vault, 10e18, bob, cost, EVER), cost);
        vm.stopPrank();
        vm.assertEq(asset.balanceOf(bob), 10e18);
        _assertHoldsNothing();
    }

    function test_RO3_Redeem_WithinBounds() public {
        _annIn(200e18);
        vm.startPrank(ann);
        uint256 pays = vault.previewRedeem(10e18);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinAssets.selector, pays, pays + 1));
        router.redeem(vault, 10e18, ann, pays + 1, EVER);
        vm.assertEq(router.redeem(vault, 10e18, bob, pays, EVER), pays);
        vm.stopPrank();
        vm.assertEq(asset.balanceOf(bob), pays);
        _assertHoldsNothing();
    }

    function test_RO3_RedeemNative_WithinBounds() public {
        _approve();
        vm.startPrank(ann);
        router.depositNative{value: 10e18}(native, 10e18, ann, 0, EVER);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinAssets.selector, 4e18, 4e18 + 1));
        router.redeemNative(native, 4e18, payable(bob), 4e18 + 1, EVER);
        vm.assertEq(router.redeemNative(native, 4e18, payable(bob), 4e18, EVER), 4e18);
        vm.stopPrank();
        vm.assertEq(bob.balance, 4e18);
        _assertHoldsNothing();
    }

    function test_RedeemNative_RevertWhen_TheAssetIsAnother() public {
        _annIn(200e18);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__NotWrappedNative.selector, address(asset)));
        vm.prank(ann);
        router.redeemNative(vault, 10e18, payable(ann), 0, EVER);
    }

    function test_RO3_Exit_PassesTheSkippedAdaptersOn() public {
        _annIn(200e18);
        address[] memory skip = new address[](1);
        skip[0] = address(0xbad);
        vm.startPrank(ann);
        uint256 pays = vault.previewRedeem(10e18);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinAssets.selector, pays, pays + 1));
        router.exit(address(vault), 10e18, bob, pays + 1, skip, EVER);
        vm.assertEq(router.exit(address(vault), 10e18, bob, pays, skip, EVER), pays);
        vm.stopPrank();
        vm.assertEq(vault.skipped(0), address(0xbad));
        vm.assertEq(asset.balanceOf(bob), pays);
    }

    function test_RO3_Migrate_WithinBounds() public {
        _annIn(200e18);
        vm.startPrank(ann);
        uint256 moved = vault.previewRedeem(10e18);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinShares.selector, moved, moved + 1));
        router.migrate(vault, second, 10e18, ann, moved + 1, EVER);
        vm.assertEq(router.migrate(vault, second, 10e18, bob, moved, EVER), moved);
        vm.expectRevert(
            abi.encodeWithSelector(IVaultRouter.VaultRouter__AssetMismatch.selector, address(asset), address(weth))
        );
        router.migrate(vault, native, 10e18, ann, 0, EVER);
        vm.stopPrank();
        vm.assertEq(second.balanceOf(bob), moved);
        _assertHoldsNothing();
    }

    /* EVERYWHERE */

    function test_RO3_EveryCallHasADeadline() public {
        uint256 past = vm.getBlockTimestamp() - 1;
        IVaultRouter.Eip2612 memory none;
        address[] memory skip;
        bytes[10] memory calls = [
            abi.encodeCall(router.deposit, (vault, 1, ann, 0, past)),
            abi.encodeCall(router.depositWithPermit, (vault, 1, ann, 0, past, none)),
            abi.encodeCall(router.depositWithPermit2, (vault, 1, ann, 0, past, 0, "")),
            abi.encodeCall(router.depositNative, (native, 1, ann, 0, past)),
            abi.encodeCall(router.mint, (vault, 1, ann, 1, past)),
            abi.encodeCall(router.withdraw, (vault, 1, ann, 1, past)),
            abi.encodeCall(router.redeem, (vault, 1, ann, 0, past)),
            abi.encodeCall(router.redeemNative, (native, 1, payable(ann), 0, past)),
            abi.encodeCall(router.exit, (address(vault), 1, ann, 0, skip, past)),
            abi.encodeCall(router.migrate, (vault, second, 1, ann, 0, past))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _expectFailure(calls[i], abi.encodeWithSelector(IVaultRouter.VaultRouter__Expired.selector, past));
        }
    }

    function test_RO2_NothingIsEverPaidToTheRouter() public {
        _annIn(200e18);
        vm.prank(ann);
        asset.approve(address(permit2), type(uint256).max);
        address here = address(router);
        address[] memory skip;
        IVaultRouter.Eip2612 memory none;
        bytes memory signature = _permit2(1e18, 7, EVER);
        bytes[9] memory calls = [
            abi.encodeCall(router.deposit, (vault, 1e18, here, 0, EVER)),
            abi.encodeCall(router.depositWithPermit, (vault, 1e18, here, 0, EVER, none)),
            abi.encodeCall(router.depositWithPermit2, (vault, 1e18, here, 0, EVER, 7, signature)),
            abi.encodeCall(router.mint, (vault, 1, here, EVER, EVER)),
            abi.encodeCall(router.withdraw, (vault, 1, here, EVER, EVER)),
            abi.encodeCall(router.redeem, (vault, 1e18, here, 0, EVER)),
            abi.encodeCall(router.redeemNative, (native, 1, payable(here), 0, EVER)),
            abi.encodeCall(router.exit, (address(vault), 1e18, here, 0, skip, EVER)),
            abi.encodeCall(router.migrate, (vault, second, 1e18, here, 0, EVER))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _expectFailure(calls[i], abi.encodeWithSelector(IVaultRouter.VaultRouter__ReceiverIsRouter.selector));
        }
    }

    function test_RO4_RevertWhen_NativeTokensJustArrive() public {
        vm.prank(ann);
        (bool ok, bytes memory reason) = address(router).call{value: 1}("");
        vm.assertFalse(ok);
        vm.assertEq(reason, abi.encodeWithSelector(IVaultRouter.VaultRouter__UnexpectedNative.selector, ann));
    }

    function test_States_WhatItWorksWith() public view {
        vm.assertEq(router.wrappedNative(), address(weth));
        vm.assertEq(router.permit2(), address(permit2));
    }

    /// @dev Nor is anything paid back that nobody sent: a caller that can't be paid needs no payment.
    function test_RO4_ACallerThatCannotBePaidMayCall() public {
        Unpayable caller = new Unpayable();
        asset.mint(address(caller), 10e18);
        caller.run(address(asset), abi.encodeCall(asset.approve, (address(router), 10e18)));
        caller.run(address(router), abi.encodeCall(router.deposit, (vault, 10e18, ann, 0, EVER)));
        vm.assertEq(vault.balanceOf(ann), 10e18);
    }

    /// @dev Anyone can force a wei in here. It is nobody's rest.
    function test_RO2_NativeTokensForcedInStopNobodyAndStay() public {
        vm.deal(address(router), 1);
        test_RO4_ACallerThatCannotBePaidMayCall();
        vm.prank(ann);
        router.depositNative{value: 15e18}(native, 10e18, ann, 10e18, EVER);
        vm.assertEq(ann.balance, 990e18);
        vm.assertEq(address(router).balance, 1);
    }

    function test_RO4_NativeTokensForcedInPayForNobody() public {
        vm.deal(address(router), 5e18);
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(router.depositNative, (native, 3e18, ann, 0, EVER));
        bytes memory short = abi.encodeWithSelector(IVaultRouter.VaultRouter__NativeShort.selector, 4e18, 5e18);
        vm.startPrank(ann);
        vm.expectRevert(short);
        router.depositNative{value: 2e18}(native, 3e18, ann, 0, EVER);
        vm.expectRevert(short);
        router.multicall{value: 2e18}(calls);
        router.multicall{value: 4e18}(calls);
        vm.stopPrank();
        vm.assertEq(ann.balance, 997e18);
        vm.assertEq(address(router).balance, 5e18);
    }

    /// @dev A caller that comes back in the middle of its own call, which brought none, with native tokens.
    function test_RO4_WhatComesInTheMiddleGoesBackToo() public {
        Caller caller = new Caller();
        vm.deal(address(caller), 5e18);
        vm.deal(address(router), 1);
        asset.mint(address(caller), 10e18);
        caller.run(address(asset), 0, abi.encodeCall(asset.approve, (address(router), 10e18)));
        caller.arm(address(router), 5e18, abi.encodeCall(router.depositNative, (native, 2e18, ann, 0, EVER)));
        asset.arm(address(caller), abi.encodeCall(Caller.poke, ()));
        caller.run(address(router), 0, abi.encodeCall(router.deposit, (vault, 10e18, ann, 0, EVER)));
        vm.assertTrue(caller.succeeded());
        vm.assertEq(native.balanceOf(ann), 2e18);
        vm.assertEq(address(caller).balance, 3e18);
        vm.assertEq(address(router).balance, 1);
    }

    function test_RO4_Permit_GivesBackNativeTokens() public {
        IVaultRouter.Eip2612 memory signature = _sign(address(asset), 10e18, EVER);
        vm.prank(ann);
        router.permit{value: 3e18}(address(asset), 10e18, signature);
        vm.assertEq(asset.allowance(ann, address(router)), 10e18);
        vm.assertEq(ann.balance, 1_000e18);
        _assertHoldsNothing();
    }

    /* TOGETHER */

    function test_Multicall_PermitsSharesAndMovesThem() public {
        _annIn(200e18);
        vm.prank(ann);
        vault.approve(address(router), 0);
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(router.permit, (address(vault), 10e18, _sign(address(vault), 10e18, EVER)));
        calls[1] = abi.encodeCall(router.migrate, (vault, second, 10e18, ann, 0, EVER));
        vm.prank(ann);
        bytes[] memory results = router.multicall(calls);
        vm.assertEq(abi.decode(results[1], (uint256)), second.balanceOf(ann));
        _assertHoldsNothing();
    }

    function test_Multicall_RevertsAsAWholeWithTheReason() public {
        _approve();
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(router.deposit, (vault, 10e18, ann, 0, EVER));
        calls[1] = abi.encodeCall(router.deposit, (vault, 10e18, ann, 11e18, EVER));
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinShares.selector, 10e18, 11e18));
        vm.prank(ann);
        router.multicall(calls);
        vm.assertEq(asset.balanceOf(ann), 1_000e18);
    }

    function test_RO4_Multicall_SpendsNativeTokensOnce() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(router.depositNative, (native, 10e18, ann, 0, EVER));
        calls[1] = calls[0];
        vm.startPrank(ann);
        vm.expectRevert();
        router.multicall{value: 10e18}(calls);
        router.multicall{value: 23e18}(calls);
        vm.stopPrank();
        vm.assertEq(native.balanceOf(ann), 20e18);
        vm.assertEq(ann.balance, 980e18); // three came back
        _assertHoldsNothing();
    }

    /// @dev Any amount through any vault price: what comes back is what the vault itself would pay.
    function testFuzz_RO2_InAndOutLeavesNothing(uint256 assets, uint256 gain) public {
        assets = _bound(assets, 1e3, 1e24);
        asset.mint(ann, assets);
        _annIn(1e18);
        asset.mint(address(vault), _bound(gain, 0, 1e24));
        vm.startPrank(ann);
        uint256 shares = router.deposit(vault, assets, ann, vault.previewDeposit(assets), EVER);
        if (shares > 0) {
            uint256 pays = vault.previewRedeem(shares);
            uint256 before = asset.balanceOf(ann);
            vm.assertEq(router.redeem(vault, shares, ann, pays, EVER), pays);
            vm.assertEq(asset.balanceOf(ann) - before, pays);
        }
        vm.stopPrank();
        _assertHoldsNothing();
    }

    function _permit2(uint256 amount, uint256 nonce, uint256 deadline) internal view returns (bytes memory) {
        IPermit2.TokenPermissions memory permitted = IPermit2.TokenPermissions(address(asset), amount);
        bytes32 digest = permit2.digest(IPermit2.PermitTransferFrom(permitted, nonce, deadline), address(router));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(annKey, digest);
        return abi.encodePacked(r, s, v);
    }

    function _expectFailure(bytes memory call_, bytes memory reason) internal {
        vm.prank(ann);
        (bool ok, bytes memory answer) = address(router).call{value: 1}(call_);
        vm.assertFalse(ok);
        vm.assertEq(answer, reason);
    }
}

/// @notice Has no way to receive native tokens.
contract Unpayable {
    error Unpayable__Failed();

    function run(address to, bytes calldata data) external {
        (bool ok, ) = to.call(data);
        require(ok, Unpayable__Failed());
    }
}
