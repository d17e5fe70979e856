// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {ReentrantToken} from "../helpers/HostileTokens.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice What integrators read: exact, and honest in every state.
abstract contract VaultLimits is VaultFixture {
    Source4626[2] internal sources;
    IAdapter[2] internal adapters;
    HostileAdapter internal hostile;

    function setUp() public {
        _setUpVault(1_000, 30);
        for (uint256 i = 0; i < 2; i++) (sources[i], adapters[i]) = _addSource();
        hostile = _addHostile();
        _deposit(alice, 700 * unit);
        _deposit(bob, 300 * unit);
        _deallocate(adapters[0], 600 * unit);
        _allocate(adapters[1], 300 * unit);
        _allocate(hostile, 200 * unit);
    }

    /// @dev Random liquidity everywhere, a price away from par, and a caller with any balance.
    function _disturb(uint256[6] memory seeds) private returns (address who) {
        for (uint256 i = 0; i < 2; i++) sources[i].setLiquidity(_liquidity(seeds[i]));
        hostile.setLiquidity(_liquidity(seeds[2]));
        sources[0].lose((token.balanceOf(address(sources[0])) * (seeds[3] % 100)) / 10_000);
        sources[1].gain(seeds[3] % unit);
        _skip(seeds[4] % 3 days);
        who = seeds[5] % 2 == 0 ? alice : carol;
        if (who == carol) {
            vm.prank(bob);
            vault.transfer(carol, _bound(seeds[5], 0, 300e18));
        }
    }

    function _liquidity(uint256 seed) private view returns (uint256) {
        return seed % 3 == 0 ? type(uint256).max : _bound(seed, 0, 500 * unit);
    }

    function testFuzz_L1_MaxWithdrawIsExact(uint256[6] memory seeds) public {
        address who = _disturb(seeds);
        uint256 max = vault.maxWithdraw(who);
        vm.expectRevert();
        vm.prank(who);
        vault.withdraw(max + 1, who, who);
        if (max == 0) return;
        vm.prank(who);
        vault.withdraw(max, who, who);
        vm.assertEq(token.balanceOf(who), max, "L1");
    }

    /// @notice M2. With liquidity short of the balance, the most shares that still round down to it; one more fails.
    function testFuzz_ReviewM2_L1_MaxRedeemIsExact(uint256[6] memory seeds) public {
        address who = _disturb(seeds);
        uint256 max = vault.maxRedeem(who);
        vm.assertLe(max, vault.balanceOf(who), "L1");
        vm.expectRevert();
        vm.prank(who);
        vault.redeem(max + 1, who, who);
        if (max == 0) return;
        uint256 expected = vault.previewRedeem(max);
        vm.assertEq(_redeem(who, max), expected, "L1");
    }

    function testFuzz_L1_MaxDepositIsExact(uint256 cap, uint256[6] memory seeds, bool byMint) public {
        _disturb(seeds);
        uint256 nav = vault.totalAssets();
        cap = _bound(cap, 0, nav + 1_000 * unit);
        vm.prank(guardian);
        vault.lowerDepositCap(cap);
        uint256 max = byMint ? vault.maxMint(bob) : vault.maxDeposit(bob);
        token.mint(bob, 2_000 * unit);
        vm.startPrank(bob);
        vm.expectRevert();
        byMint ? vault.mint(max + 1, bob) : vault.deposit(max + 1, bob);
        // A market may take a few wei for nothing: such a deposit reverts, and is not what a limit is about.
        if ((byMint ? max / V : max) >= 10) byMint ? vault.mint(max, bob) : vault.deposit(max, bob);
        vm.stopPrank();
    }

    /// @notice A holder of less than an asset wei of shares reads 0, as `redeem` would refuse it.
    function test_ReviewM2_L1_LessThanAWeiOfSharesReadsZero() public {
        vm.prank(bob);
        vault.transfer(carol, V == 1 ? 0 : V / 2);
        vm.assertEq(vault.maxRedeem(carol), 0);
        vm.assertEq(vault.maxWithdraw(carol), 0);
    }

    /// @notice Whatever an adapter does, max* answer 0 and price views revert by name.
    function test_L2_MaxNeverRevertsAndPricesHaveNoHole() public {
        HostileAdapter.Value[4] memory ways = [
            HostileAdapter.Value.Revert,
            HostileAdapter.Value.BurnGas,
            HostileAdapter.Value.Bomb,
            HostileAdapter.Value.Short
        ];
        for (uint256 i = 0; i < 4; i++) {
            hostile.setValue(ways[i], 0);
            vm.assertEq(vault.maxDeposit(alice), 0, "L2");
            vm.assertEq(vault.maxMint(alice), 0, "L2");
            vm.assertEq(vault.maxWithdraw(alice), 0, "L2");
            vm.assertEq(vault.maxRedeem(alice), 0, "L2");
            vm.assertApproxEqAbs(vault.totalAssetsFloor(), 800 * unit, 1e13, "L2: the floor");
            bytes[] memory views = _priceViews();
            for (uint256 k = 0; k < views.length; k++) {
                (bool ok, bytes memory reason) = address(vault).staticcall(views[k]);
                vm.assertFalse(ok, "L2: a price with a hole in it");
                vm.assertEq(
                    reason,
                    abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, hostile)
                );
            }
        }
    }

    /// @notice A caller who withholds gas cannot make an adapter look broken, only the whole call fail.
    function test_L2_WithheldGasFakesNothing() public {
        uint256 floor = vault.totalAssetsFloor();
        uint256 succeeded;
        for (uint256 gas = 20_000; gas < 400_000; gas += 5_000) {
            (bool ok, bytes memory answer) = address(vault).staticcall{gas: gas}(
                abi.encodeCall(vault.totalAssetsFloor, ())
            );
            if (!ok) continue;
            succeeded += 1;
            vm.assertEq(abi.decode(answer, (uint256)), floor, "a starved view counted 0");
        }
        vm.assertGt(succeeded, 0);
        succeeded = 0;
        uint256 max = vault.maxWithdraw(alice);
        for (uint256 gas = 20_000; gas < 400_000; gas += 5_000) {
            (bool ok, bytes memory answer) = address(vault).staticcall{gas: gas}(
                abi.encodeCall(vault.maxWithdraw, (alice))
            );
            if (!ok) continue;
            succeeded += 1;
            vm.assertLe(abi.decode(answer, (uint256)), max, "a starved limit is too high");
        }
        vm.assertGt(succeeded, 0);
    }

    /// @notice The same with a view so dear that what EIP-150 keeps back is enough to go on without it.
    function test_L2_AStarvedHeavyViewIsNotAFailedOne() public {
        hostile.setValue(HostileAdapter.Value.Heavy, 1_000);
        uint256 floor = vault.totalAssetsFloor();
        vm.assertApproxEqAbs(floor, 1_000 * unit, 1e13);
        uint256 before = gasleft();
        hostile.realAssets();
        uint256 perThousand = before - gasleft();
        hostile.setValue(HostileAdapter.Value.Heavy, (1_000 * 900_000) / perThousand); // of the 1,000,000 it may take
        vm.assertEq(vault.totalAssetsFloor(), floor);
        uint256 succeeded;
        for (uint256 gas = 800_000; gas < 1_200_000; gas += 1_000) {
            (bool ok, bytes memory answer) = address(vault).staticcall{gas: gas}(
                abi.encodeCall(vault.totalAssetsFloor, ())
            );
            if (!ok) continue;
            succeeded += 1;
            vm.assertEq(abi.decode(answer, (uint256)), floor, "L2: a starved view counted 0");
        }
        vm.assertGt(succeeded, 0);
    }

    function _priceViews() private view returns (bytes[] memory views) {
        views = new bytes[](10);
        views[0] = abi.encodeCall(vault.totalAssets, ());
        views[1] = abi.encodeCall(vault.convertToAssets, (1e18));
        views[2] = abi.encodeCall(vault.convertToShares, (unit));
        views[3] = abi.encodeCall(vault.previewDeposit, (unit));
        views[4] = abi.encodeCall(vault.previewMint, (1e18));
        views[5] = abi.encodeCall(vault.previewWithdraw, (unit));
        views[6] = abi.encodeCall(vault.previewRedeem, (1e18));
        views[7] = abi.encodeCall(vault.pps, ());
        views[8] = abi.encodeCall(vault.locked, ());
        views[9] = abi.encodeCall(vault.entryMark, ());
    }
}

contract VaultLimits6Test is VaultLimits {
    constructor() VaultFixture(6) {}
}

contract VaultLimits8Test is VaultLimits {
    constructor() VaultFixture(8) {}
}

contract VaultLimits18Test is VaultLimits {
    constructor() VaultFixture(18) {}
}

/// @notice Reads everything at the moment it is called, and tries to get in.
contract Witness {
    ICompoundingVault internal immutable vault;
    uint256 public calls;
    uint256 public told;
    uint256 public supply;
    uint256 public limits;
    uint256 public entered;

    constructor(ICompoundingVault vault_) {
        vault = vault_;
    }

    function look() external {
        calls += 1;
        supply = vault.totalSupply();
        bytes[6] memory prices = [
            abi.encodeCall(vault.pps, ()),
            abi.encodeCall(vault.totalAssets, ()),
            abi.encodeCall(vault.convertToAssets, (1e18)),
            abi.encodeCall(vault.convertToShares, (1e18)),
            abi.encodeCall(vault.previewDeposit, (1e18)),
            abi.encodeCall(vault.previewRedeem, (1e18))
        ];
        for (uint256 i = 0; i < 6; i++) {
            (bool ok, bytes memory answer) = address(vault).staticcall(prices[i]);
            if (ok || bytes4(answer) != ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector) told += 1;
        }
        limits =
            vault.maxDeposit(address(this)) +
            vault.maxMint(address(this)) +
            vault.maxWithdraw(address(this)) +
            vault.maxRedeem(address(this));
        bytes[6] memory doors = [
            abi.encodeCall(vault.deposit, (1, address(this))),
            abi.encodeCall(vault.mint, (1, address(this))),
            abi.encodeCall(vault.withdraw, (1, address(this), address(this))),
            abi.encodeCall(vault.redeem, (1, address(this), address(this))),
            abi.encodeCall(vault.accrue, ()),
            abi.encodeCall(vault.compound, ())
        ];
        for (uint256 i = 0; i < 6; i++) {
            (bool ok, ) = address(vault).call(doors[i]);
            if (ok) entered += 1;
        }
        address[] memory none = new address[](0);
        (bool left, ) = address(vault).call(abi.encodeCall(vault.exit, (1, address(this), address(this), 0, none)));
        if (left) entered += 1;
    }
}

/// @notice An asset that calls back on each transfer.
contract CallbackTest is VaultFixture {
    ReentrantToken internal hooked;
    Witness internal witness;
    Source4626 internal source;
    IAdapter internal adapter;

    constructor() VaultFixture(18) {}

    function setUp() public {
        hooked = new ReentrantToken(18);
        _setUpVault(TestToken(address(hooked)), 1_000, 30);
        (source, adapter) = _addSource();
        _deposit(alice, 1_000 * unit);
        _deallocate(adapter, 300 * unit);
        token.mint(address(vault), 10 * unit);
        vault.compound();
        _deallocate(adapter, 200 * unit);
        _skip(1 days);
        witness = new Witness(vault);
        vm.prank(alice);
        vault.transfer(address(witness), 100e18);
        token.mint(address(witness), 100 * unit);
        token.mint(bob, 500 * unit);
        hooked.arm(address(witness), abi.encodeCall(witness.look, ()));
    }

    /// @notice A4 over every flow: inside no price is told, limits are 0, no door opens, and the supply is that after it.
    function test_A4_ReviewM1_CallbacksAreToldNoPrice() public {
        vm.prank(bob);
        vault.deposit(50 * unit, bob);
        _check("deposit, lent");
        vm.prank(guardian);
        vault.lowerCap(address(adapter), 1);
        vm.prank(bob);
        vault.deposit(50 * unit, bob);
        _check("deposit, idle");
        vm.prank(bob);
        vault.mint(50e18, bob);
        _check("mint");
        vm.prank(alice);
        vault.redeem(20e18, alice, alice);
        _check("redeem, idle");
        vm.prank(alice);
        vault.redeem(450e18, alice, alice);
        _check("redeem, lent");
        vm.prank(alice);
        vault.withdraw(10 * unit, alice, alice);
        _check("withdraw");
        vm.prank(alice);
        vault.exit(10e18, alice, alice, 0, _none());
        _check("exit");
        vm.prank(guardian);
        vault.deallocate(address(adapter), 10 * unit);
        _check("deallocate");
        vm.prank(curator);
        vault.raiseCap(address(adapter), NO_CAP);
        vm.prank(allocator);
        vault.allocate(address(adapter), 10 * unit);
        _check("allocate");
        vault.compound();
        _check("compound");
    }

    function _check(string memory what) private view {
        vm.assertTrue(hooked.succeeded(), string.concat("the witness reverted inside: ", what));
        vm.assertEq(witness.supply(), vault.totalSupply(), string.concat("supply inside: ", what));
        vm.assertEq(witness.told(), 0, string.concat("a price inside: ", what));
        vm.assertEq(witness.limits(), 0, string.concat("max* inside: ", what));
        vm.assertEq(witness.entered(), 0, string.concat("re-entered: ", what));
    }
}
