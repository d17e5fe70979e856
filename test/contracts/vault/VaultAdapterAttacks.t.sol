// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ChefModel} from "../adapters/models/ChefModel.sol";
import {CometModel} from "../adapters/models/CometModel.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice What a stranger can do to holders through the markets that adapters lend to.
contract VaultAdapterAttacksTest is VaultFixture {
    /// @dev `UniswapV2FarmAdapter.Dialect.Receiver`.
    uint256 internal constant RECEIVER = 2;

    CometModel internal comet;
    IAdapter internal lender;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(0, 30);
    }

    /// @dev A farm's rewarder pays all it owes to whom a stake goes: to a leaver of one millionth, it was all of it.
    function test_AD6_ALeaverGetsNothingOfTheRewarders() public {
        (IAdapter farm, TestToken bonus) = _addFarmWithBonus();
        _deposit(alice, 1_000_000 * unit);
        _deposit(mallory, 2 * unit);
        _skip(7 days);
        _redeem(mallory, 1e18);
        uint256 owed = 7 days * 1e18; // the model's token a second
        _report("a week of a farm's second reward, owed to the vault", int256(owed));
        _report("  a leaver of 1 in 1,000,002 takes", int256(bonus.balanceOf(mallory)));
        _report("  and for the auction there is", int256(bonus.balanceOf(address(farm))));
        vm.assertEq(bonus.balanceOf(mallory), 0);
        vm.assertEq(bonus.balanceOf(address(farm)), owed);
    }

    /// @dev An emergency exit's goes where it can be sold, and not to the vault, which has no way out for it.
    function test_AD6_AnEmergencyExitStrandsNoRewardInTheVault() public {
        (IAdapter farm, TestToken bonus) = _addFarmWithBonus();
        _deposit(alice, 1_000 * unit);
        _skip(7 days);
        vm.prank(guardian);
        vm.assertEq(vault.emergencyExit(address(farm)), 1_000 * unit);
        _report("emergency exit: second reward stranded in the vault", int256(bonus.balanceOf(address(vault))));
        vm.assertEq(bonus.balanceOf(address(vault)), 0);
        vm.assertEq(bonus.balanceOf(address(farm)), 7 days * 1e18);
    }

    /// @dev A gift of collateral lets the adapter borrow. A leaver who asks it for more than it has makes it do so; whatever
    /// is lent to it from then on pays the debt, and the vault refuses that.
    function test_AD3_NobodyMakesTheAdapterBorrow() public {
        _addCometAndAnother();
        TestToken gift = comet.collateral();
        gift.mint(mallory, 125); // lent against to 100, the least there is
        vm.startPrank(mallory);
        gift.approve(address(comet), 125);
        comet.supplyTo(address(lender), address(gift), 125);
        vm.stopPrank();
        _deposit(mallory, 950 * unit); // a flash loan: above the cap, so that it stays idle
        vm.prank(mallory);
        vault.withdraw(1_000 * unit + 100, mallory, mallory); // Comet's position and the least that it lends
        _report("a gift of collateral of 125: debt of the adapter", int256(comet.borrowBalanceOf(address(lender))));
        _report("  attacker, but for the gift", int256(_wealth(mallory)) - int256(1_050 * unit));
        _report("  holder of 2,900", int256(_wealth(alice)) - int256(2_900 * unit));
        vm.assertEq(comet.borrowBalanceOf(address(lender)), 0);
        vault.compound();
        _deposit(bob, 10 * unit);
        vm.assertEq(vault.convertToAssets(vault.balanceOf(bob)), 10 * unit);
    }

    /// @dev Newer markets stop lenders' withdrawals alone. Exits then come from elsewhere, whole.
    function test_AD5_AMarketThatStopsLendersHoldsUpNoOthers() public {
        _addCometAndAnother();
        comet.setLendersPaused(true, true);
        vm.assertEq(lender.maxDeallocate(), 0);
        vm.assertEq(lender.maxAllocate(), 0);
        vm.assertEq(_redeem(alice, 1_900e18), 1_900 * unit);
    }

    function _addFarmWithBonus() private returns (IAdapter farm, TestToken bonus) {
        TestToken reward = new TestToken(18);
        bonus = new TestToken(18);
        ChefModel chef = new ChefModel(token, reward, RECEIVER);
        chef.setBonus(bonus);
        bytes memory parameters = abi.encode(vault, chef, chef.PID(), reward, RECEIVER);
        farm = _make("UniswapV2FarmAdapter.sol:UniswapV2FarmAdapter", parameters);
        _list(farm);
    }

    /// @dev Comet first, at its cap of 1,000; 2,000 in another source.
    function _addCometAndAnother() private {
        comet = new CometModel(token);
        token.mint(address(this), 10_000 * unit);
        token.approve(address(comet), MAX);
        comet.supply(address(token), 10_000 * unit);
        lender = _make("CompoundV3Adapter.sol:CompoundV3Adapter", abi.encode(vault, comet, address(0)));
        _list(lender);
        vm.prank(allocator);
        vault.lowerCap(address(lender), 1_000 * unit);
        _deposit(alice, 1_000 * unit);
        (, IAdapter other) = _addSource();
        _deposit(alice, 1_900 * unit);
        _deposit(mallory, 100 * unit);
        _allocate(other, 2_000 * unit);
    }

    /// @dev The deployed build, not one under the tests' settings.
    function _make(string memory artifact, bytes memory parameters) private returns (IAdapter) {
        return IAdapter(_create(abi.encodePacked(vm.getCode(artifact), parameters)));
    }
}
