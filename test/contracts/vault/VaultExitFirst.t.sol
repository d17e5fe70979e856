// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";

import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Batch} from "../helpers/Batch.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice Holds shares as collateral and lends them for a transaction, as Morpho's and a pair's flash loans do: no touch of the vault.
contract ShareLender {
    IERC20 private immutable _share;

    constructor(IERC20 share) {
        _share = share;
    }

    function flash(Batch batch, uint256 shares, Batch.Call[] calldata calls) external {
        _share.transfer(address(batch), shares);
        batch.run(calls);
        _share.transferFrom(address(batch), address(this), shares);
    }
}

/// @notice Sells shares at the price that the vault tells, as pools with a rate provider nearly do.
contract SharePool {
    ICompoundingVault private immutable _vault;
    IERC20 private immutable _asset;

    constructor(ICompoundingVault vault) {
        (_vault, _asset) = (vault, IERC20(vault.asset()));
    }

    function buy(uint256 shares) external {
        _asset.transferFrom(msg.sender, address(this), _vault.convertToAssets(shares));
        _vault.transfer(msg.sender, shares);
    }
}

/// @notice `exit` touches nothing, so the first touch of its transaction comes after it, and may find a lower price. Who left with a
/// flash of shares would buy them back below it: what a loss took from the price, nine tenths of it, from those who did not move.
contract VaultExitFirstTest is VaultFixture {
    Source4626 internal source;
    Source4626 internal dry;
    IAdapter internal adapter;
    IAdapter internal bad;
    ShareLender internal lender;

    constructor() VaultFixture(18) {}

    /// @dev Alice holds 100,000. Bob's 900,000 are collateral that can be flash-lent. A hundredth of all is in a market that is lent out.
    function setUp() public {
        _setUpVault(1_000, 30);
        (source, adapter) = _addSource();
        (dry, bad) = _addSource();
        _deposit(alice, 100_000 * unit);
        uint256 shares = _deposit(bob, 900_000 * unit);
        lender = new ShareLender(vault);
        vm.prank(bob);
        vault.transfer(address(lender), shares);
        vm.prank(address(batch));
        vault.approve(address(lender), MAX);
        _deallocate(adapter, 10_000 * unit);
        _allocate(bad, 10_000 * unit);
        dry.setLiquidity(0);
        _skip(12);
    }

    /// @dev 16,363 for him without any capital, and ten times her part of the loss for her, if he could.
    function test_A2_NobodyBuysBackBelowALoss() public {
        _isRefused(_call(address(dry), abi.encodeCall(dry.lose, (2_000 * unit))), "a loss of 2,000");
    }

    /// @dev The removal of an adapter that is worth something writes it off, and the mark may follow in the same proposal, which
    /// anyone may execute once it has passed: 90,000 for him.
    function test_A2_NobodyBuysBackBelowARemoval() public {
        manager.grantRole(CURATOR, address(batch), 0);
        Batch.Call[] memory proposal = new Batch.Call[](2);
        proposal[0] = _call(address(vault), abi.encodeCall(vault.removeAdapter, (address(bad), MAX)));
        proposal[1] = _call(address(vault), abi.encodeCall(vault.reanchorEntryMark, ()));
        _isRefused(_call(address(batch), abi.encodeCall(batch.run, (proposal))), "an adapter of 10,000 removed");
    }

    /// @dev What the lock released for ten days, of which the first touch takes the fee.
    function test_A2_NobodyBuysBackBelowAFee() public {
        token.mint(address(vault), 20_000 * unit);
        vault.compound();
        _skip(10 days);
        _isRefused(_call(address(vault), abi.encodeCall(vault.accrue, ())), "a fee");
    }

    /// @dev Nor makes a flash of shares the vault small while a gain waits, which would flow in as slowly as into a small one.
    function test_A2_NobodySlowsAGainWithBorrowedShares() public {
        source.gain(1_000 * unit);
        _skip(12);
        vault.accrue();
        token.mint(address(batch), unit);
        _isRefused(_call(address(vault), abi.encodeCall(vault.accrue, ())), "a gain that waits");
    }

    /// @dev Nor from whoever believes the price views: 450,000 flash-lent, bought back from a pool that has as many, which lost 1,484.
    function test_A2_NobodyBuysBackFromAPoolAtTheVaultsPrice() public {
        uint256 shares = vault.balanceOf(address(lender)) / 2;
        SharePool pool = new SharePool(vault);
        vm.prank(address(lender));
        vault.transfer(address(pool), shares);
        vm.prank(address(batch));
        token.approve(address(pool), MAX);
        Batch.Call memory buy = _call(address(pool), abi.encodeCall(pool.buy, (shares)));
        _isRefused(shares, _call(address(dry), abi.encodeCall(dry.lose, (2_000 * unit))), buy, "a loss of 2,000, by a pool");
    }

    /// @dev No view tells of the price behind it, and limits are 0.
    function test_A4_BehindAnExitNoPriceIsTold() public {
        uint256 shares = _deposit(carol, 1_000 * unit);
        vm.prank(carol);
        vault.transfer(address(batch), shares);
        Batch.Call[] memory calls = new Batch.Call[](2);
        calls[0] = _exitOf(100e18);
        bytes[5] memory views = [
            abi.encodeCall(vault.totalAssets, ()),
            abi.encodeCall(vault.convertToAssets, (1e18)),
            abi.encodeCall(vault.previewRedeem, (1e18)),
            abi.encodeCall(vault.previewMint, (1e18)),
            abi.encodeCall(vault.pps, ())
        ];
        for (uint256 i = 0; i < views.length; ++i) {
            calls[1] = _call(address(vault), views[i]);
            vm.expectRevert(ICompoundingVault.CompoundingVault__ExitedBefore.selector);
            batch.run(calls);
        }
        calls[1] = _call(address(vault), abi.encodeCall(vault.maxWithdraw, (address(batch))));
        vm.assertEq(abi.decode(batch.run(calls)[1], (uint256)), 0);
    }

    /// @dev Limits know of it. Who leaves doesn't mind, nor does whoever comes in the next transaction, or left behind a touch.
    function test_A2_OnlyEntriesOfThatTransactionWait() public {
        uint256 shares = _deposit(carol, 1_000 * unit);
        vm.prank(carol);
        vault.transfer(address(batch), shares);
        token.mint(address(batch), 10 * unit);
        Batch.Call[] memory calls = new Batch.Call[](4);
        calls[0] = _exitOf(100e18);
        calls[1] = _exitOf(100e18);
        calls[2] = _call(address(vault), abi.encodeCall(vault.redeem, (100e18, address(batch), address(batch))));
        calls[3] = _call(address(vault), abi.encodeCall(vault.maxDeposit, (address(batch))));
        vm.assertEq(abi.decode(batch.run(calls)[3], (uint256)), 0);
        calls[3] = _call(address(vault), abi.encodeCall(vault.deposit, (unit, address(batch))));
        vm.expectRevert(ICompoundingVault.CompoundingVault__ExitedBefore.selector);
        batch.run(calls);
        (calls[0], calls[2]) = (calls[2], calls[0]);
        batch.run(calls);
        _deposit(alice, unit);
    }

    /// @dev Flash-borrows all that can be, leaves, has `then` happen, and mints the shares again.
    function _isRefused(Batch.Call memory then, string memory what) private {
        uint256 shares = vault.balanceOf(address(lender));
        _isRefused(shares, then, _call(address(vault), abi.encodeCall(vault.mint, (shares, address(batch)))), what);
    }

    function _isRefused(uint256 shares, Batch.Call memory then, Batch.Call memory back, string memory what) private {
        Batch.Call[] memory calls = new Batch.Call[](3);
        (calls[0], calls[1], calls[2]) = (_exitOf(shares), then, back);
        uint256 snapshot = vm.snapshotState();
        batch.run(_only(then));
        _skip(1 days);
        uint256 fair = _wealth(alice);
        vm.revertToState(snapshot);
        uint256 own = token.balanceOf(address(batch));
        bytes4 refusal;
        try lender.flash(batch, shares, calls) {} catch (bytes memory answer) {
            refusal = bytes4(answer);
        }
        if (refusal != 0) batch.run(_only(then));
        _skip(1 days);
        _report(string.concat(what, ": who left before it, without capital"), int256(token.balanceOf(address(batch))) - int256(own));
        _report("  holder of 100,000, less than without him", int256(_wealth(alice)) - int256(fair));
        vm.assertTrue(refusal == ICompoundingVault.CompoundingVault__ExitedBefore.selector);
        vm.assertGe(_wealth(alice), fair);
    }

    function _exitOf(uint256 shares) private view returns (Batch.Call memory) {
        return _call(address(vault), abi.encodeCall(vault.exit, (shares, address(batch), address(batch), 0, _none())));
    }

    function _only(Batch.Call memory call) private pure returns (Batch.Call[] memory calls) {
        calls = new Batch.Call[](1);
        calls[0] = call;
    }
}
