// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {IPermit2} from "../../../contracts/vault/IPermit2.sol";
import {IVaultRouter} from "../../../contracts/vault/IVaultRouter.sol";
import {RealVaultFixture} from "../insurance/RealVaultFixture.sol";
import {Permit2Model, PermitToken, PermitVault, WrappedNative} from "./RouterWorld.sol";

/// @notice The router as it is deployed, before a real vault and its insurance. Ann has 200,000 and no policy.
abstract contract InsuredDeposits is RealVaultFixture {
    uint256 internal constant DEPOSIT = 50_000e6;
    uint96 internal constant AMOUNT = 40_000e6;

    IVaultRouter internal router;
    Permit2Model internal permit2;
    address internal ann;
    uint256 internal annKey;
    address internal bob;
    uint256 internal premium;

    function setUp() public virtual override {
        super.setUp();
        permit2 = new Permit2Model();
        bytes memory args = abi.encode(new WrappedNative(), permit2);
        router = IVaultRouter(_create(abi.encodePacked(vm.getCode("VaultRouter.sol:VaultRouter"), args)));
        (ann, annKey) = _signer("ann");
        bob = _account("bob");
        token.mint(ann, 200_000e6);
        (premium, ) = manager.quote(REAL, AMOUNT, 90 days);
    }

    function _terms() internal view returns (IVaultRouter.InsuredDeposit memory) {
        return
            IVaultRouter.InsuredDeposit({
                vault: IERC4626(address(real)),
                assets: DEPOSIT,
                receiver: ann,
                minShares: real.previewDeposit(DEPOSIT),
                manager: manager,
                product: REAL,
                amount: AMOUNT,
                period: 90 days,
                maxPremium: premium
            });
    }

    function _approve(address who) internal {
        vm.startPrank(who);
        token.approve(address(router), MAX);
        real.approve(address(router), MAX);
        vm.stopPrank();
    }

    function _sign(IVaultRouter.InsuredDeposit memory terms, uint256 nonce) internal view returns (bytes memory) {
        IPermit2.TokenPermissions memory most = IPermit2.TokenPermissions(
            address(token),
            terms.assets + terms.maxPremium
        );
        bytes32 digest = permit2.digest(IPermit2.PermitTransferFrom(most, nonce, MAX), address(router));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(annKey, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev RO2, for everyone that a call may have allowed something.
    function _assertHoldsNothing(address manager_) internal view {
        IERC20[2] memory tokens = [IERC20(token), IERC20(address(real))];
        for (uint256 i = 0; i < 2; ++i) {
            vm.assertEq(tokens[i].balanceOf(address(router)), 0, "RO2: held");
            vm.assertEq(tokens[i].allowance(address(router), address(real)), 0, "RO2: the vault's allowance");
            vm.assertEq(tokens[i].allowance(address(router), manager_), 0, "RO2: the manager's allowance");
        }
    }
}

/// @notice What is bought, within bounds.
contract DepositAndInsureTest is InsuredDeposits {
    function test_RO2_DepositAndInsure_MintsIntoAPolicy() public {
        _approve(ann);
        uint256 covers = nft.count();
        IVaultRouter.InsuredDeposit memory terms = _terms();
        vm.prank(ann);
        (uint256 minted, uint256 policy, uint256 paid) = router.depositAndInsure(terms, vm.getBlockTimestamp());
        vm.assertEq(minted, terms.minShares);
        vm.assertEq(policy, covers + 1);
        vm.assertEq(paid, premium);
        vm.assertEq(nft.ownerOf(policy), ann);
        vm.assertEq(nft.armedOf(policy), minted);
        vm.assertEq(real.balanceOf(ann), 0, "the shares are in the policy");
        vm.assertEq(token.balanceOf(ann), 200_000e6 - DEPOSIT - premium);
        ICoverManager.Cover memory cover = manager.coverOf(policy);
        vm.assertEq(cover.amount, AMOUNT);
        vm.assertEq(cover.premium, premium);
        _assertHoldsNothing(address(manager));
        _sound();
    }

    /// @dev As if Ann had done it in three steps: the same shares, premium and entry.
    function test_DepositAndInsure_IsWorthTheStepsItReplaces() public {
        _approve(ann);
        IVaultRouter.InsuredDeposit memory terms = _terms();
        uint256 snapshot = vm.snapshotState();
        vm.startPrank(ann);
        token.approve(address(real), MAX);
        token.approve(address(manager), MAX);
        real.approve(address(manager), MAX);
        uint256 minted = real.deposit(DEPOSIT, ann);
        (uint256 policy, uint256 paid) = manager.buy(_purchase(REAL, AMOUNT, 90 days, minted, ann));
        ICoverManager.Cover memory one = manager.coverOf(policy);
        vm.revertToState(snapshot);
        vm.startPrank(ann);
        (uint256 routed, uint256 routedPolicy, uint256 routedPaid) = router.depositAndInsure(terms, MAX);
        vm.stopPrank();
        vm.assertEq(routed, minted);
        vm.assertEq(routedPolicy, policy);
        vm.assertEq(routedPaid, paid);
        vm.assertEq(keccak256(abi.encode(manager.coverOf(routedPolicy))), keccak256(abi.encode(one)));
    }

    function test_RO3_DepositAndInsure_WithinBounds() public {
        _approve(ann);
        IVaultRouter.InsuredDeposit memory terms = _terms();
        uint256 now_ = vm.getBlockTimestamp();
        vm.startPrank(ann);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__Expired.selector, now_ - 1));
        router.depositAndInsure(terms, now_ - 1);
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__Expired.selector, now_ - 1));
        router.depositAndInsureWithPermit2(terms, now_ - 1, 7, "");
        terms.maxPremium = premium - 1;
        vm.expectRevert(
            abi.encodeWithSelector(IVaultRouter.VaultRouter__AboveMaxPremium.selector, premium, premium - 1)
        );
        router.depositAndInsure(terms, now_);
        terms.maxPremium = premium;
        terms.minShares += 1;
        vm.expectRevert(
            abi.encodeWithSelector(
                IVaultRouter.VaultRouter__BelowMinShares.selector,
                terms.minShares - 1,
                terms.minShares
            )
        );
        router.depositAndInsure(terms, now_);
        terms.minShares -= 1;
        terms.receiver = address(router);
        vm.expectRevert(IVaultRouter.VaultRouter__ReceiverIsRouter.selector);
        router.depositAndInsure(terms, now_);
        vm.assertEq(token.balanceOf(ann), 200_000e6, "RO3: nothing moved");
        terms.receiver = bob;
        terms.maxPremium = MAX - DEPOSIT;
        (, uint256 policy, uint256 paid) = router.depositAndInsure(terms, now_);
        vm.stopPrank();
        vm.assertEq(nft.ownerOf(policy), bob);
        vm.assertEq(paid, premium, "no more than is asked");
    }

    /// @dev Product 0 insures another vault: these shares cannot stand for it.
    function test_RO3_DepositAndInsure_RevertWhen_TheProductIsAnotherVaults() public {
        _approve(ann);
        IVaultRouter.InsuredDeposit memory terms = _terms();
        (terms.product, terms.maxPremium) = (0, MAX - DEPOSIT);
        vm.expectRevert();
        vm.prank(ann);
        router.depositAndInsure(terms, MAX);
        vm.assertEq(token.balanceOf(ann), 200_000e6);
    }

    function test_RO1_DepositAndInsureWithPermit2_TakesWhatIsAskedOfWhatWasSigned() public {
        IVaultRouter.InsuredDeposit memory terms = _terms();
        terms.maxPremium = premium + 5e6;
        bytes memory signature = _sign(terms, 7);
        token.mint(bob, 200_000e6);
        _approvePermit2(bob);
        _approvePermit2(ann);
        vm.expectRevert(); // it serves nobody but Ann
        vm.prank(bob);
        router.depositAndInsureWithPermit2(terms, MAX, 7, signature);
        vm.startPrank(ann);
        (, uint256 policy, ) = router.depositAndInsureWithPermit2(terms, MAX, 7, signature);
        vm.assertEq(nft.ownerOf(policy), ann);
        vm.assertEq(token.balanceOf(ann), 200_000e6 - DEPOSIT - premium);
        vm.expectRevert(); // each nonce once
        router.depositAndInsureWithPermit2(terms, MAX, 7, signature);
        vm.stopPrank();
        vm.assertEq(token.allowance(ann, address(router)), 0);
        _assertHoldsNothing(address(manager));
    }

    function test_RO2_WhatWasHereBeforeStaysAndStopsNobody() public {
        _approve(ann);
        token.mint(address(router), 5);
        _enter(bob, 1_000e6);
        vm.prank(bob);
        real.transfer(address(router), 7);
        IVaultRouter.InsuredDeposit memory terms = _terms();
        vm.prank(ann);
        router.depositAndInsure(terms, MAX);
        vm.assertEq(token.balanceOf(address(router)), 5);
        vm.assertEq(real.balanceOf(address(router)), 7);
    }

    function _approvePermit2(address who) private {
        vm.prank(who);
        token.approve(address(permit2), MAX);
    }
}

/// @notice Ann has approved the router for all she owns. Bob brings cover managers and vaults of his own.
contract DepositAndInsureAttacksTest is InsuredDeposits {
    function setUp() public override {
        super.setUp();
        _approve(ann);
        _enter(ann, 10_000e6); // free shares of hers, approved too
        token.mint(bob, 100_000e6);
        _approve(bob);
    }

    /// @dev Bob has what he needs himself, but for the tokens: with Ann's allowance there, it must fail.
    function test_RO1_NobodySpendsAnnsAllowance() public {
        IVaultRouter.InsuredDeposit memory terms = _terms();
        terms.receiver = bob;
        terms.minShares = 0;
        address poor = _account("bob without tokens");
        vm.startPrank(poor);
        token.approve(address(router), MAX);
        vm.expectRevert();
        router.depositAndInsure(terms, MAX);
        vm.stopPrank();
        vm.assertEq(token.balanceOf(ann), 200_000e6);
    }

    /// @dev A manager of Bob's, called by the router: takes Ann's tokens by the router's name, more than it was allowed, or
    /// comes back as a caller; or it leaves the premium or the shares here, to find them later.
    function test_RO1_AManagerOfBobsGetsNothingOfAnns() public {
        uint256 shares_ = real.balanceOf(ann);
        EvilManager evil = _bobsManager(IERC20(address(real)));
        IVaultRouter.InsuredDeposit memory terms = _bobs(evil);
        EvilManager.Mode[3] memory refused = [
            EvilManager.Mode.FromAnn,
            EvilManager.Mode.More,
            EvilManager.Mode.ComesBack
        ];
        for (uint256 i = 0; i < 3; ++i) {
            evil.set(refused[i], premium);
            vm.expectRevert();
            vm.prank(bob);
            router.depositAndInsure(terms, MAX);
        }
        vm.startPrank(bob);
        evil.set(EvilManager.Mode.LeavesPremium, premium);
        bytes4 left = IVaultRouter.VaultRouter__LeftOver.selector;
        vm.expectRevert(abi.encodeWithSelector(left, address(token), premium));
        router.depositAndInsure(terms, MAX);
        evil.set(EvilManager.Mode.LeavesShares, premium);
        vm.expectRevert(abi.encodeWithSelector(left, address(real), real.previewDeposit(DEPOSIT)));
        router.depositAndInsure(terms, MAX);
        vm.stopPrank();
        _report("attacker with a cover manager of his own", int256(token.balanceOf(bob)) - 100_000e6);
        vm.assertEq(token.balanceOf(bob), 100_000e6);
        vm.assertEq(token.balanceOf(ann), 200_000e6);
        vm.assertEq(real.balanceOf(ann), shares_);
        _assertHoldsNothing(address(evil));
    }

    /// @dev The same by a signature, which its own check must catch.
    function test_RO2_RevertWhen_AManagerLeavesASignedPremium() public {
        EvilManager evil = _bobsManager(IERC20(address(real)));
        evil.set(EvilManager.Mode.LeavesPremium, premium);
        IVaultRouter.InsuredDeposit memory terms = _bobs(evil);
        vm.prank(ann);
        token.approve(address(permit2), MAX);
        bytes memory signature = _sign(terms, 1);
        vm.expectRevert(
            abi.encodeWithSelector(IVaultRouter.VaultRouter__LeftOver.selector, address(token), premium)
        );
        vm.prank(ann);
        router.depositAndInsureWithPermit2(terms, MAX, 1, signature);
    }

    /// @dev It takes exactly what it was allowed, which was Bob's, and is allowed nothing after.
    function test_RO2_NoAllowanceToAManagerOutlivesTheCall() public {
        EvilManager evil = _bobsManager(IERC20(address(real)));
        evil.set(EvilManager.Mode.Exactly, premium);
        IVaultRouter.InsuredDeposit memory terms = _bobs(evil);
        vm.prank(bob);
        router.depositAndInsure(terms, MAX);
        _assertHoldsNothing(address(evil));
        _report("who chose a manager that gives no policy", -int256(DEPOSIT + premium));
        vm.assertEq(token.balanceOf(bob), 100_000e6 - DEPOSIT - premium, "his own choice, his own loss");
        vm.assertEq(token.balanceOf(address(evil)), premium);
        vm.assertEq(token.balanceOf(ann), 200_000e6);
    }

    /// @dev Bob's "vault" says that it minted; the manager's policy then holds shares of nothing, which no loss is paid on.
    function test_RO1_AVaultOfBobsBuysNoCoverOfARealOne() public {
        PermitVault fake = new PermitVault(token);
        IVaultRouter.InsuredDeposit memory terms = _terms();
        (terms.vault, terms.receiver, terms.minShares) = (fake, bob, 0);
        vm.expectRevert(); // the manager takes shares of the product's vault, of which nothing is allowed
        vm.prank(bob);
        router.depositAndInsure(terms, MAX);
        vm.assertEq(token.balanceOf(bob), 100_000e6);
    }

    /// @dev A vault that keeps a wei of the deposit back would leave it here for the next caller.
    function test_RO2_RevertWhen_TheVaultTakesLess() public {
        PermitVault fake = new PermitVault(token);
        fake.setUntaken(1);
        EvilManager evil = _bobsManager(fake);
        evil.set(EvilManager.Mode.Exactly, premium);
        IVaultRouter.InsuredDeposit memory terms = _bobs(evil);
        terms.vault = fake;
        vm.expectRevert(abi.encodeWithSelector(IVaultRouter.VaultRouter__LeftOver.selector, address(token), 1));
        vm.prank(bob);
        router.depositAndInsure(terms, MAX);
    }

    function _bobsManager(IERC20 shares_) private returns (EvilManager) {
        return new EvilManager(token, shares_, router, ann);
    }

    function _bobs(EvilManager evil) private view returns (IVaultRouter.InsuredDeposit memory terms) {
        terms = _terms();
        (terms.manager, terms.receiver, terms.minShares) = (ICoverManager(address(evil)), bob, 0);
    }
}

/// @notice Ann's tokens call Bob's manager while they lie in the router.
contract DepositAndInsureCallbackTest is InsuredDeposits {
    /// @dev Of a token that calls: neither Bob's manager, which had an allowance once, nor Bob as a caller gets at them.
    function test_RO5_WhatIsCalledWhileAnnsTokensAreHereGetsNone() public {
        PermitToken calling = new PermitToken();
        PermitVault fake = new PermitVault(calling);
        EvilManager evil = new EvilManager(calling, fake, router, ann);
        evil.set(EvilManager.Mode.Exactly, premium);
        IVaultRouter.InsuredDeposit memory terms = _terms();
        (terms.vault, terms.manager) = (fake, ICoverManager(address(evil)));
        (terms.receiver, terms.minShares) = (bob, 0);
        address[2] memory both = [bob, ann];
        for (uint256 i = 0; i < 2; ++i) {
            calling.mint(both[i], 200_000e6);
            vm.prank(both[i]);
            calling.approve(address(router), MAX);
        }
        vm.prank(bob);
        router.depositAndInsure(terms, MAX);
        bytes[2] memory attempts = [
            abi.encodeCall(EvilManager.grab, (address(router), 1)),
            abi.encodeCall(EvilManager.enter, (terms))
        ];
        for (uint256 i = 0; i < 2; ++i) {
            calling.arm(address(evil), attempts[i]);
            vm.prank(ann);
            router.deposit(fake, DEPOSIT, ann, 0, MAX);
            vm.assertFalse(calling.succeeded());
        }
        vm.assertEq(calling.balanceOf(ann), 200_000e6 - 2 * DEPOSIT);
        vm.assertEq(calling.balanceOf(address(evil)), premium);
    }
}

/// @notice A "cover manager" that tries what it can when the router calls it.
contract EvilManager {
    enum Mode {
        Exactly,
        FromAnn,
        More,
        ComesBack,
        LeavesPremium,
        LeavesShares
    }

    IERC20 internal immutable _token;
    IERC20 internal immutable _shares;
    IVaultRouter internal immutable _router;
    address internal immutable _victim;
    Mode public mode;
    uint256 public premium;

    constructor(IERC20 token, IERC20 shares, IVaultRouter router, address victim) {
        (_token, _shares, _router, _victim) = (token, shares, router, victim);
    }

    function set(Mode mode_, uint256 premium_) external {
        (mode, premium) = (mode_, premium_);
    }

    function buy(ICoverManager.Purchase calldata purchase) external returns (uint256, uint256) {
        uint256 taken = purchase.maxPremium + (mode == Mode.More ? 1 : 0);
        if (mode != Mode.LeavesPremium) _token.transferFrom(msg.sender, address(this), taken);
        if (mode != Mode.LeavesShares) _shares.transferFrom(msg.sender, address(this), purchase.shares);
        if (mode == Mode.FromAnn) _token.transferFrom(_victim, address(this), 1);
        if (mode == Mode.ComesBack) _router.redeem(IERC4626(address(_shares)), 1, address(this), 0, type(uint256).max);
        return (1, purchase.maxPremium);
    }

    function grab(address from, uint256 amount) external {
        _token.transferFrom(from, address(this), amount);
    }

    function enter(IVaultRouter.InsuredDeposit calldata terms) external {
        _router.depositAndInsure(terms, type(uint256).max);
    }

    function quote(uint8, uint256, uint256) external view returns (uint256, uint256) {
        return (premium, 0);
    }
}
