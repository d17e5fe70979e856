// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice A vault with an honest market first, a hostile one second, and something idle.
abstract contract ExitFixture is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;
    HostileAdapter internal hostile;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(1_000, 30);
        (source, adapter) = _addSource();
        hostile = _addHostile();
        _deposit(alice, 500 * unit);
        _deposit(bob, 500 * unit);
        _deallocate(adapter, 500 * unit);
        _allocate(hostile, 400 * unit); // 100 idle and the seed, 500, 400
    }
}

/// @notice What withdraw and redeem have in common is tested on redeem.
contract RedeemTest is ExitFixture {
    function test_Redeem_IdleAndTheMarketPayTheReceiver() public {
        uint256 idle = vault.books().idle;
        uint256 shares = vault.previewWithdraw(200 * unit);
        vm.expectEmit(address(vault)); // written down before anything moves
        emit IERC4626.Withdraw(alice, carol, alice, 200 * unit, shares);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(source), carol, 200 * unit - idle);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(vault), carol, idle);
        vm.prank(alice);
        vault.withdraw(200 * unit, carol, alice);
        vm.assertEq(token.balanceOf(carol), 200 * unit);
    }

    function test_Redeem_SpendsAllowance() public {
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, mallory, 0, 1e18)
        );
        vm.prank(mallory);
        vault.redeem(1e18, mallory, alice);
        vm.expectRevert();
        vm.prank(mallory);
        vault.exit(1e18, mallory, alice, 0, _none());
        vm.prank(alice);
        vault.approve(mallory, 3e18);
        vm.startPrank(mallory);
        vault.redeem(1e18, mallory, alice);
        vault.exit(1e18, mallory, alice, 0, _none());
        vault.withdraw(unit / 2, mallory, alice);
        vm.stopPrank();
        vm.assertApproxEqAbs(vault.allowance(alice, mallory), 5e17, 10);
    }

    function test_Redeem_RevertWhen_BadReceiverOrTooMuch() public {
        vm.startPrank(alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ZeroAddress.selector);
        vault.redeem(1e18, address(0), alice);
        vm.expectRevert(ICompoundingVault.CompoundingVault__ReceiverIsVault.selector);
        vault.withdraw(unit, address(vault), alice);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        vault.redeem(501e18, alice, alice);
        vm.expectRevert();
        vault.redeem(MAX, alice, alice);
        vm.expectRevert();
        vault.withdraw(MAX, alice, alice);
        vm.stopPrank();
    }

    /// @notice C2. What was given to an adapter that is not lent to counts nothing, and pays nobody; and if it is broken, it
    /// stops nobody.
    function test_C2_AnAdapterThatIsNotLentToPaysNobody() public {
        (Source4626 gifted, IAdapter never) = _addSource();
        HostileAdapter broken = _addHostile();
        token.mint(address(this), 1_000 * unit);
        _approve(address(this), address(gifted), 1_000 * unit);
        gifted.deposit(1_000 * unit, address(never));
        broken.setValue(HostileAdapter.Value.Revert, 0);
        address[] memory order = new address[](4);
        (order[0], order[1], order[2], order[3]) = (address(never), address(broken), address(adapter), address(hostile));
        vm.prank(allocator);
        vault.setOrder(order);
        uint256 gift = never.realAssets();
        vm.assertEq(_redeemAll(alice), 500 * unit); // idle, then two markets
        vm.assertEq(never.realAssets(), gift, "C2: paid by a gift");
        order[0] = address(broken);
        order[1] = address(never);
        vm.prank(allocator);
        vault.setOrder(order);
        vm.assertEq(_redeemAll(bob), 500 * unit);
        vm.assertEq(never.realAssets(), gift, "C2: paid by a gift");
    }

    function test_Redeem_RevertWhen_Illiquid() public {
        source.setLiquidity(0);
        hostile.setLiquidity(50 * unit);
        uint256 liquid = vault.books().idle + 50 * unit;
        vm.assertEq(vault.maxWithdraw(alice), liquid);
        vm.expectRevert(
            abi.encodeWithSelector(ICompoundingVault.CompoundingVault__InsufficientLiquidity.selector, liquid + 1, 1)
        );
        vm.prank(alice);
        vault.withdraw(liquid + 1, alice, alice);
        vm.prank(alice);
        vault.withdraw(liquid, alice, alice);
    }

    /// @notice An adapter that says that it paid less than it was asked for ends the call.
    function test_Redeem_C3_AnAdapterMustAnswerTheAmount() public {
        hostile.setPay(HostileAdapter.Pay.AnswerLess);
        source.setLiquidity(0);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__TransferShort.selector);
        _redeem(alice, 300e18);
        address[] memory order = new address[](2);
        (order[0], order[1]) = (address(hostile), address(adapter));
        vm.prank(allocator);
        vault.setOrder(order);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__TransferShort.selector);
        _redeem(alice, 300e18);
    }

    /// @notice A first adapter that reverts is passed by when the others can pay.
    function test_Redeem_AFailingPayerIsPassedBy() public {
        source.setLiquidity(100 * unit);
        _redeem(alice, 450e18); // 100 idle, 100 of the first, 250 of the second
        vm.assertEq(vault.books().idle, 0);
        vm.assertApproxEqAbs(adapter.realAssets(), 400 * unit, 1e13);
    }

    /// @notice Adapters that lie about what they paid cheat the leaver alone, and no more than what they hold.
    function test_C3_APayerThatLiesCheatsNobodyWhoStays() public {
        hostile.setPay(HostileAdapter.Pay.Nothing);
        source.setLiquidity(0);
        uint256 price = vault.pps();
        _redeem(alice, 300e18); // 100 idle, and 200 that never come
        vm.assertApproxEqAbs(token.balanceOf(alice), 100 * unit, 1e13);
        vm.assertGe(vault.pps(), price, "those who stay paid for it");
    }
}

contract ExitTest is ExitFixture {
    function test_Exit_PaysWhatRedeemPays() public {
        uint256 expected = vault.previewRedeem(100e18);
        vm.assertApproxEqAbs(_exit(alice, 100e18, _none()), expected, 1);
    }

    function test_Exit_EmitsBoth() public {
        uint256 full = vault.previewRedeem(500e18);
        vm.expectEmit(true, true, true, false, address(vault));
        emit IERC4626.Withdraw(alice, carol, alice, 0, 500e18);
        vm.expectEmit(true, false, false, false, address(vault));
        emit ICompoundingVault.Exited(alice, 0);
        vm.prank(alice);
        uint256 assets = vault.exit(500e18, carol, alice, 0, _one(address(hostile)));
        vm.assertApproxEqAbs(assets, 300 * unit, 1e13);
        vm.assertEq(vault.locked(), full - assets, "what is forgone stays for the others");
    }

    function test_Exit_DoesNotCallWhomItSkips() public {
        hostile.setValue(HostileAdapter.Value.BurnGas, 0);
        hostile.setPay(HostileAdapter.Pay.Revert);
        vm.expectCall(address(hostile), abi.encodeCall(hostile.realAssets, ()), 0);
        vm.expectCall(address(hostile), abi.encodeCall(hostile.maxDeallocate, ()), 0);
        _exit(alice, 500e18, _one(address(hostile)));
    }

    /// @notice L3. Stopped, capped, gated by nobody, a view that fails, a market that pays nothing: the rest is there.
    function test_L3_ExitWorksWhateverIsBroken() public {
        vm.startPrank(guardian);
        vault.stopDeposits();
        vault.lowerDepositCap(0);
        vault.lowerCap(address(adapter), 0);
        vault.lowerCap(address(hostile), 0);
        vm.stopPrank();
        manager.setTargetClosed(address(vault), true); // every role is silenced
        HostileAdapter.Value[4] memory ways = [
            HostileAdapter.Value.Revert,
            HostileAdapter.Value.BurnGas,
            HostileAdapter.Value.Bomb,
            HostileAdapter.Value.Short
        ];
        for (uint256 i = 0; i < 4; i++) {
            hostile.setValue(ways[i], 0);
            vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, hostile));
            vm.prank(alice);
            vault.redeem(1e18, alice, alice);
            vm.assertApproxEqAbs(_exit(alice, 10e18, _one(address(hostile))), 6 * unit, 1e13);
        }
        source.setLiquidity(0);
        address[] memory both = new address[](2);
        (both[0], both[1]) = (address(hostile), address(adapter));
        vm.assertGt(_exit(bob, 10e18, both), 0, "the idle part");
    }

    /// @notice All eight adapters burn their gas: a holder who names them pays for none of it.
    function test_L3_ExitPastEightGasBurners() public {
        address[] memory skip = new address[](7);
        skip[0] = address(hostile);
        hostile.setValue(HostileAdapter.Value.BurnGas, 0);
        for (uint256 i = 1; i < 7; i++) {
            HostileAdapter burner = _addHostile();
            skip[i] = address(burner);
            burner.setValue(HostileAdapter.Value.BurnGas, 0);
        }
        _exit(alice, 100e18, skip);
        vm.assertLt(vm.lastCallGas().gasTotalUsed, 300_000, "an exit cost what it skipped");
    }

    function test_Exit_RevertWhen_BelowMinAssets() public {
        uint256 assets = (uint256(100e18) * vault.totalAssets()) / (vault.totalSupply() + V);
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__BelowMinAssets.selector);
        vm.prank(alice);
        vault.exit(100e18, alice, alice, assets + 1, _none());
        vm.prank(alice);
        vault.exit(100e18, alice, alice, assets, _none());
    }

    function test_Exit_RevertWhen_TheRestIsIlliquid() public {
        source.setLiquidity(10 * unit);
        uint256 liquid = vault.books().idle + 10 * unit;
        vm.expectPartialRevert(ICompoundingVault.CompoundingVault__InsufficientLiquidity.selector);
        _exit(alice, 500e18, _one(address(hostile)));
        // Less, or past the illiquid one too.
        vm.assertLe(_exit(alice, 100e18, _one(address(hostile))), liquid);
    }

    function test_Exit_StrangersInSkipDoNoHarm() public {
        address[] memory skip = new address[](4);
        (skip[0], skip[1], skip[2], skip[3]) = (address(0), mallory, address(vault), address(hostile));
        vm.assertApproxEqAbs(_exit(alice, 500e18, skip), 300 * unit, 1e13);
    }

    /// @notice The room that silence earned for unmeasured gains is still there after somebody's exit.
    function test_Exit_SpendsNoRoomForGains() public {
        source.gain(20 * unit);
        _skip(3 days);
        uint256 at = vault.books().accruedAt;
        uint256 before = vault.convertToAssets(1e18);
        _exit(alice, 100e18, _none());
        vm.assertEq(vault.books().accruedAt, at);
        vm.assertApproxEqAbs(vault.convertToAssets(1e18), before, 2, "the price of those who stay moved");
    }

    /// @notice The lock goes on from where it was.
    function test_Exit_KeepsTheLockOnItsLine() public {
        token.mint(address(vault), 100 * unit);
        vault.compound();
        _skip(2 days);
        uint256 locked = vault.locked();
        uint256 end = vault.lock().end;
        _exit(alice, 100e18, _none());
        // What an exit at the price of time alone forgoes is a rounding.
        vm.assertApproxEqAbs(vault.locked(), locked, 2);
        vm.assertEq(vault.lock().end, end);
        _skip(2 days + 12 hours);
        vm.assertApproxEqAbs(vault.locked(), 55 * unit, 1e13, "100 in ten days, after four and a half");
    }

    /// @notice `totalAssetsFloor` previews it: what fails counts 0, and it does not revert.
    function test_Exit_FloorPreviewsIt() public {
        vm.assertEq(vault.totalAssetsFloor(), vault.totalAssets());
        hostile.setValue(HostileAdapter.Value.Revert, 0);
        vm.assertApproxEqAbs(vault.totalAssetsFloor(), 600 * unit, 1e13);
        uint256 expected = (uint256(500e18) * vault.totalAssetsFloor()) / (vault.totalSupply() + V);
        vm.assertEq(_exit(alice, 500e18, _one(address(hostile))), expected);
        hostile.setValue(HostileAdapter.Value.BurnGas, 0);
        vm.assertLe(vault.totalAssetsFloor(), 301 * unit);
    }
}
