// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IVaultRouter} from "../../../contracts/vault/IVaultRouter.sol";
import {RouterBase} from "./RouterBase.sol";
import {Caller, PermitVault} from "./RouterWorld.sol";

/// @notice Ann has approved the router for everything she owns, for ever. Bob wants it.
contract VaultRouterAttacksTest is RouterBase {
    /// @dev Every function, with Ann's allowances there to be spent and Bob as the receiver of it all.
    function testFuzz_RO1_NobodySpendsAnnsAllowances(uint256 amount, bool asContract) public {
        _annIn(200e18);
        amount = _bound(amount, 1, 100e18);
        address thief = asContract ? address(new Caller()) : bob;
        address[] memory skip;
        IVaultRouter.Eip2612 memory none;
        bytes[] memory calls = new bytes[](8);
        calls[0] = abi.encodeCall(router.deposit, (vault, amount, bob, 0, EVER));
        calls[1] = abi.encodeCall(router.depositWithPermit, (vault, amount, bob, 0, EVER, none));
        calls[2] = abi.encodeCall(router.mint, (vault, amount, bob, EVER, EVER));
        calls[3] = abi.encodeCall(router.withdraw, (vault, amount, bob, EVER, EVER));
        calls[4] = abi.encodeCall(router.redeem, (vault, amount, bob, 0, EVER));
        calls[5] = abi.encodeCall(router.exit, (address(vault), amount, bob, 0, skip, EVER));
        calls[6] = abi.encodeCall(router.migrate, (vault, second, amount, bob, 0, EVER));
        calls[7] = abi.encodeCall(router.redeemNative, (native, amount, payable(bob), 0, EVER));
        for (uint256 i = 0; i < calls.length; ++i) {
            bytes[] memory one = new bytes[](1);
            one[0] = calls[i];
            vm.prank(thief);
            (bool direct, ) = address(router).call(calls[i]);
            vm.prank(thief);
            (bool wrapped, ) = address(router).call(abi.encodeCall(router.multicall, (one)));
            vm.assertFalse(direct || wrapped);
        }
        vm.assertEq(vault.balanceOf(ann), 100e18);
        vm.assertEq(asset.balanceOf(ann), 800e18);
    }

    /// @dev Bob's "vault" is code of his. The router calls it with its own hands: what can it make of that?
    function test_RO1_AVaultOfBobsGetsNothingOfAnns() public {
        _annIn(200e18);
        EvilVault evil = new EvilVault(asset, router, ann);
        vm.startPrank(bob);
        asset.mint(bob, 1e18);
        asset.approve(address(router), type(uint256).max);
        vm.expectRevert(); // it takes more than it was approved for
        router.deposit(evil, 1e18, bob, 0, EVER);
        vm.expectRevert(); // it takes nothing, to find it here later
        router.mint(evil, 1e18, bob, EVER, EVER);
        router.redeem(evil, 1e18, bob, 0, EVER); // answers whatever it likes: nothing moves
        router.migrate(evil, vault, 1e18, bob, 0, EVER); // what it says it paid is not here: nothing moves
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__BelowMinShares.selector, 0, 1));
        router.migrate(evil, vault, 1e18, bob, 1, EVER);
        vm.stopPrank();
        vm.assertEq(asset.balanceOf(ann), 800e18);
        vm.assertEq(vault.balanceOf(ann), 100e18);
        _report("attacker with a vault of his own", int256(asset.balanceOf(bob)) - 1e18);
        vm.assertLe(asset.balanceOf(bob), 1e18);
        _assertHoldsNothing();
    }

    /// @dev No allowance to a vault outlives the call: Bob's vault cannot come back for what Ann moves next.
    function test_RO2_NoAllowanceToAVaultOutlivesTheCall() public {
        GrabbingVault grabber = new GrabbingVault(asset);
        asset.mint(bob, 1e18);
        vm.startPrank(bob);
        asset.approve(address(router), 1e18);
        router.deposit(grabber, 1e18, bob, 0, EVER);
        vm.stopPrank();
        vm.assertEq(asset.allowance(address(router), address(grabber)), 0);
        // Ann's tokens call Bob's vault while they are in the router's hands.
        _approve();
        vm.prank(ann);
        asset.arm(address(grabber), abi.encodeCall(GrabbingVault.grab, (address(router), 100e18)));
        vm.prank(ann);
        router.deposit(vault, 100e18, ann, 100e18, EVER);
        vm.assertFalse(asset.succeeded());
        vm.assertEq(asset.balanceOf(address(grabber)), 1e18);
    }

    /// @dev Two vaults of Bob's: one says that it paid, the other takes nothing. Neither gets a right to what Ann moves next.
    function test_RO2_MigratingBetweenLiarsLeavesNoAllowance() public {
        EvilVault liar = new EvilVault(asset, router, ann);
        GrabbingVault grabber = new GrabbingVault(asset);
        grabber.setUntaken(EVER);
        vm.prank(bob);
        (bool moved, ) = address(router).call(
            abi.encodeCall(router.migrate, (liar, grabber, EVER, bob, 0, EVER))
        );
        vm.assertFalse(moved, "moved what never came");
        _assertHoldsNothing();
        uint256 right = asset.allowance(address(router), address(grabber));
        _report("allowance from the router after migrating between liars", int256(right / 1e18));
        vm.assertEq(right, 0, "RO2: a right to what passes through later");
    }

    /// @dev From inside a mint into one vault of his Bob deposits into another, which takes nothing; the first takes those tokens
    /// with its own allowance, so that none are left, and the second would keep one.
    function test_RO2_ACallFromInsideAMintLeavesNoAllowance() public {
        Ring ring = new Ring(router, asset);
        asset.mint(address(ring), 200e18); // lent for the moment
        bytes4 refusal;
        try ring.mint(100e18) {} catch (bytes memory answer) {
            refusal = bytes4(answer);
        }
        uint256 right = asset.allowance(address(router), address(ring.second()));
        _report("allowance from the router after a call inside a mint", int256(right / 1e18));
        vm.assertEq(right, 0, "RO2: a right to what passes through later");
        vm.assertTrue(refusal == IVaultRouter.VaultRouter__LeftOver.selector);
    }

    /// @dev Ann sends 20 ether along in a multicall. Its first call runs Bob's code, while her ether lies in the router.
    function test_RO5_BobsCallFindsNoEtherOfAnns() public {
        _approve();
        Caller thief = new Caller();
        thief.arm(address(router), 0, abi.encodeCall(router.depositNative, (native, 20e18, bob, 0, EVER)));
        asset.arm(address(thief), abi.encodeCall(Caller.poke, ()));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(router.deposit, (vault, 10e18, ann, 0, EVER));
        calls[1] = abi.encodeCall(router.depositNative, (native, 5e18, ann, 0, EVER));
        vm.prank(ann);
        router.multicall{value: 20e18}(calls);
        vm.assertFalse(thief.succeeded());
        _report("attacker called from inside a multicall", int256(native.balanceOf(bob)));
        vm.assertEq(native.balanceOf(bob), 0);
        vm.assertEq(ann.balance, 995e18); // 5 deposited, 15 given back
        _assertHoldsNothing();
    }

    /// @dev A caller that is a contract comes back while it is paid its rest: that is a call of its own, with its own rest.
    function test_RO4_ACallerThatComesBackGetsItsRestToo() public {
        Caller contract_ = new Caller();
        vm.deal(address(contract_), 10e18);
        contract_.arm(address(router), 3e18, abi.encodeCall(router.depositNative, (native, 1e18, bob, 0, EVER)));
        contract_.run(
            address(router),
            5e18,
            abi.encodeCall(router.depositNative, (native, 2e18, address(contract_), 0, EVER))
        );
        vm.assertTrue(contract_.succeeded());
        vm.assertEq(address(contract_).balance, 7e18);
        vm.assertEq(native.balanceOf(bob), 1e18);
        _assertHoldsNothing();
    }

    /// @dev A receiver of native tokens that refuses them stops only its own call.
    function test_RO2_RevertWhen_TheReceiverRefusesNativeTokens() public {
        _approve();
        vm.startPrank(ann);
        router.depositNative{value: 1e18}(native, 1e18, ann, 0, EVER);
        vm.expectRevert();
        router.redeemNative(native, 1e18, payable(address(asset)), 0, EVER);
        vm.stopPrank();
        vm.assertEq(native.balanceOf(ann), 1e18);
    }
}

/// @notice A "vault" that tries whatever it can when the router calls it.
contract EvilVault is PermitVault {
    IVaultRouter internal immutable _router;
    address internal immutable _victim;

    constructor(IERC20 asset_, IVaultRouter router_, address victim) PermitVault(asset_) {
        (_router, _victim) = (router_, victim);
    }

    function deposit(uint256 assets, address) public override returns (uint256) {
        IERC20(asset()).transferFrom(msg.sender, address(this), assets);
        IERC20(asset()).transferFrom(_victim, address(this), assets);
        return assets;
    }

    function mint(uint256 shares, address) public override returns (uint256) {
        _router.deposit(this, shares, address(this), 0, type(uint256).max);
        return shares;
    }

    function redeem(uint256 shares, address, address) public pure override returns (uint256) {
        return shares;
    }
}

/// @notice Comes back for more.
contract GrabbingVault is PermitVault {
    constructor(IERC20 asset_) PermitVault(asset_) {}

    function grab(address from, uint256 assets) external {
        IERC20(asset()).transferFrom(from, address(this), assets);
    }
}

/// @notice Two vaults that play into each other's hands, and who owns them.
contract Ring {
    IVaultRouter internal immutable _router;
    IERC20 internal immutable _asset;
    RingVault public immutable first;
    RingVault public immutable second;

    constructor(IVaultRouter router, IERC20 asset) {
        (_router, _asset) = (router, asset);
        first = new RingVault(asset, this);
        second = new RingVault(asset, this);
        asset.approve(address(router), type(uint256).max);
    }

    function mint(uint256 assets) external {
        _router.mint(first, assets, address(this), type(uint256).max, type(uint256).max);
    }

    /// @dev By the first, in the middle of its mint.
    function onMint(uint256 assets) external {
        _router.deposit(second, assets, address(this), 0, type(uint256).max);
    }

    /// @dev By the second, in the middle of its deposit.
    function onDeposit(uint256 assets) external {
        first.take(address(_router), assets);
    }
}

contract RingVault is PermitVault {
    Ring internal immutable _ring;

    constructor(IERC20 asset_, Ring ring) PermitVault(asset_) {
        _ring = ring;
    }

    function mint(uint256 shares, address) public override returns (uint256) {
        _ring.onMint(shares);
        return shares;
    }

    function deposit(uint256 assets, address) public override returns (uint256) {
        _ring.onDeposit(assets);
        return assets;
    }

    function take(address from, uint256 assets) external {
        IERC20(asset()).transferFrom(from, address(_ring), assets);
    }
}
