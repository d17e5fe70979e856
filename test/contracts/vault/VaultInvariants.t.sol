// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";
import {VaultActions} from "./VaultActions.sol";

/// @notice Sequences of random actions; each action checks what holds across it (see `VaultActions`), the invariants
/// what holds between them, and the end that everyone can leave with what the books owe.
abstract contract VaultInvariants is VaultActions {
    function setUp() public {
        _setUpActions();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    /// @dev Flows are listed more often than what roles and markets do.
    function targetSelectors() public view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), _selectors());
    }

    function invariant_I1_I2_I3_I4_I5_I6_I7_F1_F2_C1_C2_L1_TheBooksBalance() public view {
        vm.assertLe(vault.books().idle, token.balanceOf(address(vault)), "I2: idle exceeds the tokens held");
        uint256 sum = vault.balanceOf(DEAD) + vault.balanceOf(feeRecipient) + vault.balanceOf(address(batch));
        for (uint256 i = 0; i < 4; i++) sum += vault.balanceOf(_person(i));
        vm.assertEq(sum, vault.totalSupply(), "I3: balances do not sum to the supply");
        vm.assertEq(vault.balanceOf(address(vault)), 0, "I3: the vault holds its own shares");
        _sanity(_look());
    }

    /// @notice Everyone leaves: past what is broken, then the rest when it works again. What is left is the seed's, the
    /// roundings' and what leavers forwent.
    function afterInvariant() public {
        for (uint256 i = 0; i < SOURCES; i++) sources[i].setLiquidity(type(uint256).max);
        hostile.setLiquidity(type(uint256).max);
        if (_broken()) {
            exit(0, MAX, 0);
            hostile.setValue(HostileAdapter.Value.Honest, 0);
        }
        hostile.setValue(HostileAdapter.Value.Honest, 0);
        vault.accrue();
        uint256 price = vault.pps();
        for (uint256 i = 0; i < 5; i++) {
            address who = i < 4 ? _person(i) : feeRecipient;
            uint256 owed = vault.convertToAssets(vault.balanceOf(who));
            if (owed == 0) continue;
            uint256 before = token.balanceOf(who);
            vm.assertEq(vault.maxWithdraw(who), owed, "L1: liquid, but not all can be withdrawn");
            _redeemAll(who);
            vm.assertEq(token.balanceOf(who), before + owed, "a leaver was paid another amount");
        }
        vm.assertGe(vault.pps() + _roundings(), price, "A7: leaving lowered the price of those who stay");
    }

    /// @dev Price of 5 exits' roundings in as many markets, over the seed's shares alone.
    function _roundings() private view returns (uint256) {
        return (25 * DUST * 1e18 * V) / (vault.totalSupply() + V) + 1;
    }

    function _selectors() internal pure returns (bytes4[] memory list) {
        list = new bytes4[](32);
        list[0] = this.deposit.selector;
        list[1] = this.deposit.selector;
        list[2] = this.mint.selector;
        list[3] = this.withdraw.selector;
        list[4] = this.redeem.selector;
        list[5] = this.redeem.selector;
        list[6] = this.beyondMax.selector;
        list[7] = this.exit.selector;
        list[8] = this.exit.selector;
        list[9] = this.transferShares.selector;
        list[10] = this.roundTrip.selector;
        list[11] = this.accrue.selector;
        list[12] = this.compound.selector;
        list[13] = this.compound.selector;
        list[14] = this.donate.selector;
        list[15] = this.warp.selector;
        list[16] = this.warp.selector;
        list[17] = this.warp.selector;
        list[18] = this.gain.selector;
        list[19] = this.lose.selector;
        list[20] = this.gift.selector;
        list[21] = this.lie.selector;
        list[22] = this.honest.selector;
        list[23] = this.breakHostile.selector;
        list[24] = this.setLiquidity.selector;
        list[25] = this.setRoom.selector;
        list[26] = this.allocate.selector;
        list[27] = this.deallocate.selector;
        list[28] = this.reorder.selector;
        list[29] = this.setCap.selector;
        list[30] = this.reanchor.selector;
        list[31] = this.removeOrRecall.selector;
    }
}

contract VaultInvariants6Test is VaultInvariants {
    constructor() VaultFixture(6) {}
}

contract VaultInvariants8Test is VaultInvariants {
    constructor() VaultFixture(8) {}
}

contract VaultInvariants18Test is VaultInvariants {
    constructor() VaultFixture(18) {}
}

/// @notice Each rare path of the actions, reached by a script: that the actions can, and that what they check holds there.
contract VaultActionsReachTest is VaultActions {
    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpActions();
    }

    function test_Reach_LossFromWaitingThenLockThenPrice() public {
        gain(0, 20 * unit);
        lose(0, 4); // 0.04 %, less than what waits
        _reached(Rare.LossFromWaiting);
        donate(100 * unit);
        compound(0);
        _reached(Rare.Donated);
        lose(0, 100); // 1 %
        _reached(Rare.LossFromLock);
        lose(0, 3_000);
        _reached(Rare.LossFromPrice);
    }

    function test_Reach_FeeMinted() public {
        gain(0, 20 * unit);
        warp(5 days);
        accrue();
        _reached(Rare.FeeMinted);
    }

    function test_Reach_RefusedBelowMarkThenRecoveredThenReanchored() public {
        lose(0, 3_000);
        deposit(0, unit);
        _reached(Rare.RefusedBelowMark);
        accrue(); // realised, so that what comes back waits
        sources[0].gain(400 * unit);
        warp(1 days);
        _reached(Rare.Recovered);
        reanchor();
        _reached(Rare.Reanchored);
        warp(1 days); // at the mark, with what waited
        accrue();
        sources[0].gain(unit);
        warp(1 days);
        _reached(Rare.MarkReached);
    }

    function test_Reach_CapsAndFullMarkets() public {
        setDepositCap(1);
        deposit(0, unit);
        _reached(Rare.RefusedByCap);
        setDepositCap(0);
        setCap(0, 901 * unit + 1);
        deposit(0, 100 * unit);
        _reached(Rare.KeptIdleByCap);
        setCap(0, 3);
        setRoom(0, 1); // paused
        deposit(0, 100 * unit);
        _reached(Rare.KeptIdleByMarket);
    }

    function test_Reach_PaidBySeveralOrShort() public {
        setLiquidity(0, 100 * unit + 1);
        redeem(0, 400e18);
        _reached(Rare.PaidBySeveral);
        setLiquidity(1, 100 * unit + 1);
        setLiquidity(2, 100 * unit + 1);
        beyondMax(0);
        _reached(Rare.ShortOfLiquidity);
    }

    function test_Reach_ExitPastBroken() public {
        exit(0, 100e18, 2);
        _reached(Rare.ExitForgone);
        breakHostile(0);
        deposit(0, unit);
        _reached(Rare.BrokenRefused);
        exit(0, 100e18, 0);
        _reached(Rare.ExitPastBroken);
    }

    function test_Reach_LieHeldBackAndRoundTrip() public {
        lie(301);
        _reached(Rare.LieHeldBack);
        roundTrip(10 * unit, 0);
        _reached(Rare.SameTransaction);
    }

    function test_Reach_RemovedThenRecalledThenGifted() public {
        removeOrRecall(2);
        _reached(Rare.Removed);
        gift(2, unit);
        removeOrRecall(0);
        _reached(Rare.Recalled);
        gift(2, unit); // listed again, nothing allocated yet
        _reached(Rare.GiftToUnallocated);
    }

    function test_Reach_HeldBack() public {
        gain(0, 20 * unit);
        accrue();
        deposit(2, 2_000 * unit);
        warp(1 days);
        _reached(Rare.HeldBack);
    }

    function _reached(Rare what) private view {
        vm.assertGt(reached[what], 0, string.concat("not reached: ", vm.toString(uint256(what))));
    }
}
