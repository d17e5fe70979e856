// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ExcludedVotes} from "../../../contracts/governance/ExcludedVotes.sol";
import {ITreasury} from "../../../contracts/governance/ITreasury.sol";
import {CompanyFixture} from "./CompanyFixture.sol";

abstract contract TreasuryFixture is CompanyFixture {
    bytes32 internal constant RESEARCH = "research";
    uint208 internal constant CAPACITY = 1_000e6;
    uint48 internal constant WINDOW = 30 days;

    function setUp() public virtual override {
        super.setUp();
        reward.mint(address(vaultOfDao), 1_000_000e6);
        vm.deal(address(vaultOfDao), 10 ether);
        _setBudget(_terms());
    }

    function _terms() internal view returns (ITreasury.Terms memory) {
        return
            ITreasury.Terms({
                token: address(reward),
                window: WINDOW,
                expiresAt: uint48(vm.getBlockTimestamp() + 300 days),
                spender: alice,
                capacity: CAPACITY
            });
    }

    function _setBudget(ITreasury.Terms memory terms) internal {
        vm.prank(address(timelock));
        vaultOfDao.setBudget(RESEARCH, terms);
    }

    function _spend(uint256 amount) internal {
        vm.prank(alice);
        vaultOfDao.spend(RESEARCH, carol, amount);
    }
}

contract TreasuryPayTest is TreasuryFixture {
    function test_Pay_TokenAndNative() public {
        vm.startPrank(address(timelock));
        vm.expectEmit(address(vaultOfDao));
        emit ITreasury.Paid(address(reward), carol, 5e6);
        vaultOfDao.pay(address(reward), carol, 5e6);
        vaultOfDao.pay(address(0), carol, 1 ether);
        vm.stopPrank();
        vm.assertEq(reward.balanceOf(carol), 5e6);
        vm.assertEq(carol.balance, 1 ether);
    }

    function test_Pay_RevertWhen_NotTheDao() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, attacker));
        vm.prank(attacker);
        vaultOfDao.pay(address(reward), attacker, 1);
    }

    function test_Pay_RevertWhen_ZeroAddressOrAmount() public {
        vm.startPrank(address(timelock));
        vm.expectRevert(ITreasury.Treasury__ZeroAddress.selector);
        vaultOfDao.pay(address(reward), address(0), 1);
        vm.expectRevert(ITreasury.Treasury__ZeroAmount.selector);
        vaultOfDao.pay(address(reward), carol, 0);
        vm.stopPrank();
    }

    function test_Votes_AreExcludedFromTheFirstSecond() public {
        vm.assertEq(token.delegates(address(vaultOfDao)), ExcludedVotes.DELEGATE);
        uint256 before = governor.votableSupply(vm.getBlockTimestamp() - 1);
        vm.prank(carol);
        require(token.transfer(address(vaultOfDao), 1e24), "transfer");
        _skip(1);
        vm.assertEq(governor.votableSupply(vm.getBlockTimestamp() - 1), before - 1e24);
    }
}

contract TreasuryBudgetTest is TreasuryFixture {
    function test_G10_SpendStaysWithinTheBucket() public {
        _spend(CAPACITY);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__BudgetExceeded.selector, RESEARCH, 1, 0));
        _spend(1);
        // A tenth of the window refills a tenth of the bucket.
        _skip(WINDOW / 10);
        vm.assertEq(vaultOfDao.available(RESEARCH), CAPACITY / 10);
        _spend(CAPACITY / 10);
        vm.assertEq(reward.balanceOf(carol), CAPACITY + CAPACITY / 10);
    }

    /// @notice The burst that is written down: a full bucket at once, and its refill until the window is over.
    function test_G10_BurstIsTwiceTheCapacityAndNoMore() public {
        _spend(CAPACITY);
        for (uint256 i = 0; i < 10; ++i) {
            _skip(WINDOW / 10);
            _spend(CAPACITY / 10);
        }
        vm.assertEq(reward.balanceOf(carol), 2 * uint256(CAPACITY));
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__BudgetExceeded.selector, RESEARCH, 1, 0));
        _spend(1);
    }

    function test_G10_SettingAgainRefillsNothing() public {
        _spend(CAPACITY);
        _setBudget(_terms());
        vm.assertEq(vaultOfDao.available(RESEARCH), 0);
    }

    /// @notice Without `sync` the new rate applies to the past: after half an old window, a tenfold faster bucket is full.
    function test_G10_NewRateDoesNotApplyToThePast() public {
        _spend(CAPACITY);
        _skip(WINDOW / 2);
        ITreasury.Terms memory terms = _terms();
        terms.window = WINDOW / 10;
        _setBudget(terms);
        vm.assertEq(vaultOfDao.available(RESEARCH), CAPACITY / 2);
    }

    function test_G10_LoweredCapacityBindsAtOnce() public {
        _spend(CAPACITY / 2);
        ITreasury.Terms memory terms = _terms();
        terms.capacity = CAPACITY / 4;
        _setBudget(terms);
        vm.assertEq(vaultOfDao.available(RESEARCH), 0);
    }

    function test_Spend_RevertWhen_NotTheSpender() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__NotSpender.selector, RESEARCH, attacker));
        vm.prank(attacker);
        vaultOfDao.spend(RESEARCH, attacker, 1);
    }

    function test_G10_RevokedSpenderCannotSpend() public {
        ITreasury.Terms memory terms = _terms();
        terms.spender = bob;
        _setBudget(terms);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__NotSpender.selector, RESEARCH, alice));
        _spend(1);
    }

    function test_Spend_RevertWhen_Expired() public {
        uint256 expiresAt = _terms().expiresAt;
        vm.warp(expiresAt);
        _spend(1);
        vm.warp(expiresAt + 1);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__BudgetExpired.selector, RESEARCH, expiresAt));
        _spend(1);
    }

    function test_Spend_RevertWhen_ZeroAmountOrAddress() public {
        vm.expectRevert(ITreasury.Treasury__ZeroAmount.selector);
        _spend(0);
        vm.expectRevert(ITreasury.Treasury__ZeroAddress.selector);
        vm.prank(alice);
        vaultOfDao.spend(RESEARCH, address(0), 1);
    }

    function test_Spend_NativeToken() public {
        ITreasury.Terms memory terms = _terms();
        terms.token = address(0);
        vm.prank(address(timelock));
        vaultOfDao.setBudget("native", terms);
        vm.prank(alice);
        vaultOfDao.spend("native", carol, 7);
        vm.assertEq(carol.balance, 7);
    }

    function test_SetBudget_RevertWhen_OutOfBounds() public {
        ITreasury.Terms memory terms = _terms();
        uint256 nowIs = vm.getBlockTimestamp();
        terms.window = 1 days - 1;
        _expectBounds(terms, terms.window, 1 days, 365 days);
        terms.window = 365 days + 1;
        _expectBounds(terms, terms.window, 1 days, 365 days);
        terms.window = 365 days;
        terms.expiresAt = uint48(nowIs - 1);
        _expectBounds(terms, terms.expiresAt, nowIs, nowIs + 365 days);
        terms.expiresAt = uint48(nowIs + 365 days + 1);
        _expectBounds(terms, terms.expiresAt, nowIs, nowIs + 365 days);
        terms.expiresAt = uint48(nowIs + 365 days);
        _setBudget(terms);
    }

    function test_SetBudget_RevertWhen_OtherTokenOrNoSpender() public {
        ITreasury.Terms memory terms = _terms();
        terms.token = address(token);
        vm.expectRevert(
            abi.encodeWithSelector(
                ITreasury.Treasury__OtherToken.selector,
                RESEARCH,
                address(reward),
                address(token)
            )
        );
        _setBudget(terms);
        terms.spender = address(0);
        vm.expectRevert(ITreasury.Treasury__ZeroAddress.selector);
        _setBudget(terms);
    }

    function _expectBounds(ITreasury.Terms memory terms, uint256 value, uint256 minimum, uint256 maximum) private {
        vm.expectRevert(
            abi.encodeWithSelector(ITreasury.Treasury__OutOfBounds.selector, value, minimum, maximum)
        );
        _setBudget(terms);
    }
}

contract TreasuryFreezeTest is TreasuryFixture {
    function test_G10_FreezeIsOneWayUntilTheDaoActs() public {
        vm.prank(guardian);
        vaultOfDao.freezeBudget(RESEARCH);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__BudgetFrozen.selector, RESEARCH));
        _spend(1);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, guardian));
        vm.prank(guardian);
        vaultOfDao.unfreezeBudget(RESEARCH);
        // Changing the terms doesn't thaw it either.
        _setBudget(_terms());
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__BudgetFrozen.selector, RESEARCH));
        _spend(1);
        vm.prank(address(timelock));
        vaultOfDao.unfreezeBudget(RESEARCH);
        _spend(1);
    }

    function test_G10_FreezeOfAllStopsSpendingNotTheDao() public {
        vm.prank(guardian);
        vaultOfDao.freeze();
        vm.assertTrue(vaultOfDao.isFrozen());
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__BudgetFrozen.selector, RESEARCH));
        _spend(1);
        vm.startPrank(address(timelock));
        vaultOfDao.pay(address(reward), carol, 1);
        vaultOfDao.unfreeze();
        vm.stopPrank();
        _spend(1);
    }

    function test_FreezeBudget_RevertWhen_NoBudget() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury__NoBudget.selector, bytes32("other")));
        vm.prank(guardian);
        vaultOfDao.freezeBudget("other");
    }

    function test_BudgetOf_ShowsTheTerms() public {
        (ITreasury.Terms memory terms, bool frozen) = vaultOfDao.budgetOf(RESEARCH);
        vm.assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(_terms())));
        vm.assertFalse(frozen);
    }
}
