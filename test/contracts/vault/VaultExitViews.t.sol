// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Batch} from "../helpers/Batch.sol";
import {ReentrantToken} from "../helpers/HostileTokens.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice `exit` accrues nothing: the price that is stored while it runs knows of nothing since the last accrual. The asset
/// calls whom it reaches, as ERC-777 does, and `outer` lends to `inner`, which lends to a source.
contract VaultExitViewsTest is VaultFixture {
    ICompoundingVault internal inner;
    ICompoundingVault internal outer;
    Source4626 internal source;
    IAdapter internal adapter;
    IAdapter internal nested;
    ReentrantToken internal hooked;

    constructor() VaultFixture(18) {}

    function setUp() public {
        hooked = new ReentrantToken(18);
        _setUpVault(hooked, 0, 30);
        outer = vault;
        inner = _createVault(0, 30, "inner");
        vault = inner;
        address[5] memory people = [alice, bob, carol, mallory, address(batch)];
        for (uint256 i = 0; i < people.length; i++) _approve(people[i], address(inner), MAX);
        (source, adapter) = _addSource();
        vault = outer;
        nested = _adapterOf(Source4626(address(inner)));
        _list(nested);
    }

    /// @dev Half is lost and nobody has said so. Who asks for the price inside an exit is told none, and limits are 0.
    function test_A4_InsideAnExitThereIsNoPriceFromBeforeALoss() public {
        vault = inner;
        _deposit(alice, 1_000 * unit);
        _depositBatch(inner, 10 * unit);
        _halve();
        hooked.arm(address(inner), abi.encodeCall(inner.pps, ()));
        _exitBatch(unit);
        vm.assertFalse(hooked.succeeded());
        hooked.arm(address(inner), abi.encodeCall(inner.maxRedeem, (alice)));
        _exitBatch(unit);
        vm.assertTrue(hooked.succeeded());
        vm.assertEq(abi.decode(hooked.answer(), (uint256)), 0);
    }

    /// @dev A holder of half of `outer` leaves it from inside of an exit of a wei from `inner`, before the loss shows.
    function test_A4_NobodyLeavesPastALossOfANestedVault() public {
        vm.prank(allocator);
        outer.lowerCap(address(nested), 1_000 * unit);
        _deposit(alice, 1_000 * unit); // into `inner`
        _depositBatch(outer, 1_000 * unit); // idle
        _depositBatch(inner, 2 * unit);
        _halve();
        uint256 fair = outer.convertToAssets(outer.balanceOf(address(batch)));
        uint256 all = outer.balanceOf(address(batch));
        uint256 before = token.balanceOf(address(batch));
        _armBatch(abi.encodeCall(outer.redeem, (all, address(batch), address(batch))));
        _exitBatch(unit);
        hooked.arm(address(0), "");
        uint256 left = outer.balanceOf(address(batch));
        if (left != 0) _redeem(address(batch), left);
        int256 profit = int256(token.balanceOf(address(batch)) - before) - int256(fair);
        _report("leaver, beyond his part", profit);
        _report("holder of 1,000, whose part is 750", int256(_wealth(alice)));
        vm.assertLe(profit, int256(unit));
    }

    /// @dev Nor from inside of a deposit into it, which has settled a price before the loss.
    function test_A4_NorFromInsideOfADeposit() public {
        vm.prank(allocator);
        outer.lowerCap(address(nested), 1_000 * unit);
        _deposit(alice, 1_000 * unit); // into `inner`
        _depositBatch(outer, 1_000 * unit); // idle
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _call(address(source), abi.encodeCall(source.lose, (500 * unit)));
        uint256 all = outer.balanceOf(address(batch));
        calls[1] = _call(address(outer), abi.encodeCall(outer.redeem, (all, address(batch), address(batch))));
        token.mint(bob, unit);
        hooked.arm(address(batch), abi.encodeCall(batch.run, (calls)));
        vm.prank(bob);
        inner.deposit(unit, bob);
        hooked.arm(address(0), "");
        _report("who leaves inside of a deposit a vault that loses a quarter, of 1,000", int256(token.balanceOf(address(batch))));
        vm.assertLe(token.balanceOf(address(batch)), 750 * unit, "left past a loss"); // 0: all of it was refused
    }

    /// @dev `inner` earned for a week and nobody touched it; `outer` did each day. Inside an exit `inner` looked as it did a
    /// week ago, and whoever made `outer` book a loss could buy it.
    function test_A4_NobodyMakesAFallOfANestedVault() public {
        _deposit(alice, 1_000_000 * unit);
        _depositBatch(inner, 10 * unit);
        for (uint256 i = 0; i < 7; ++i) {
            _skip(1 days);
            source.gain(700 * unit);
            outer.accrue();
        }
        _skip(1);
        uint256 alices = _wealth(alice);
        token.mint(address(batch), 100_000_000 * unit);
        _armBatch(abi.encodeCall(outer.deposit, (100_000_000 * unit, address(batch))));
        _exitBatch(unit);
        hooked.arm(address(0), "");
        _skip(1 hours);
        outer.accrue();
        int256 profit = int256(_wealth(address(batch))) - int256(100_000_000 * unit);
        _report("who enters in the fall, after an hour", profit);
        _report("holder of 1,000,000", int256(_wealth(alice)) - int256(alices));
        vm.assertLe(profit, int256(10 * unit)); // an hour of what the source earned
    }

    function _halve() private {
        source.lose((((inner.totalAssets() / 2) * source.totalSupply()) / source.balanceOf(address(adapter))));
    }

    function _armBatch(bytes memory data) private {
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = _call(address(outer), data);
        hooked.arm(address(batch), abi.encodeCall(batch.run, (calls)));
    }

    function _depositBatch(ICompoundingVault into, uint256 assets) private {
        token.mint(address(batch), assets);
        vm.prank(address(batch));
        into.deposit(assets, address(batch));
    }

    function _exitBatch(uint256 shares) private {
        Batch.Call[] memory calls = new Batch.Call[](1);
        calls[0] = _call(address(inner), abi.encodeCall(inner.exit, (shares, address(batch), address(batch), 0, _none())));
        batch.run(calls);
    }
}
