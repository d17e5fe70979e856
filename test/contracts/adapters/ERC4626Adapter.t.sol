// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ERC4626Adapter} from "../../../contracts/adapters/ERC4626Adapter.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AdapterBehaviour} from "./AdapterBehaviour.sol";
import {VaultDriver} from "./VaultDriver.sol";

contract ERC4626AdapterTest is AdapterBehaviour {
    Source4626 internal source;

    function _market() internal override returns (IAdapter) {
        source = new Source4626(asset);
        asset.approve(address(source), type(uint256).max);
        source.deposit(1e24, address(this));
        return new ERC4626Adapter(address(vault), source);
    }

    function _earn(uint256 percent) internal override {
        source.gain((source.totalAssets() * percent) / 100);
    }

    function _lendOut(uint256 left) internal override {
        source.setLiquidity(left);
    }

    function _pause() internal override returns (bool) {
        source.setRoom(0);
        source.setLiquidity(0);
        return true;
    }

    function _positionToken() internal view override returns (address) {
        return address(source);
    }

    function test_Constructor_RevertWhen_SourceTakesAnotherAsset() public {
        Source4626 other = new Source4626(new TestToken(18));
        bytes memory err = abi.encodeWithSelector(
            IAdapter.Adapter__MarketMismatch.selector,
            address(other),
            address(asset)
        );
        vm.expectRevert(err);
        new ERC4626Adapter(address(vault), IERC4626(address(other)));
    }

    function test_RiskIds_NameProtocolAndSource() public view {
        (bytes32 first, bytes32 second) = adapter.riskIds();
        vm.assertEq(first, keccak256(abi.encode("ERC-4626", address(source))));
        vm.assertEq(second, bytes32(0));
    }

    function test_AD5_AFullSourceTakesAllOrNothing() public {
        source.setRoom(50e18);
        vm.assertEq(adapter.maxAllocate(), 50e18);
        vm.assertEq(vault.deposit(adapter, 50e18 + 1), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18 + 1);
        vm.assertEq(vault.deposit(adapter, 50e18), 50e18);
    }

    /// @dev Not even two wei a share, then two: what is lent stays there and can be had, more is not lent.
    function test_AD2_RevertWhen_SharesAreTooCoarse() public {
        vault.deposit(adapter, 100e18);
        uint256 shares = source.totalSupply() + 1; // with the virtual one, as of the assets
        source.gain(2 * shares - 2 - source.totalAssets());
        vm.assertGt(vault.deposit(adapter, 30e18), 0);
        shares = source.totalSupply() + 1;
        source.gain(2 * shares - 1 - source.totalAssets());
        vm.expectRevert(abi.encodeWithSelector(IAdapter.Adapter__TooCoarse.selector, 30e18, 15e18));
        vault.deposit(adapter, 30e18);
        vault.redeem(adapter, 200e18, receiver);
        vm.assertEq(asset.balanceOf(receiver), 200e18);
    }

    /// @dev At whatever price, a deposit is credited but for 2 wei, or refused by name; and a payout of it costs 2 more at
    /// most.
    function testFuzz_AD2_NoPriceRoundsMoreThanTwoWeiAway(uint256 held, uint256 assets, uint256 part) public {
        uint256 shares = source.totalSupply() + 1; // with the virtual one, as of the assets
        held = _bound(held, shares, 4 * shares);
        source.gain(held - 1 - source.totalAssets());
        assets = _bound(assets, 1_001, 1e24);
        // As of after the deposit: what its mint rounds away lifts the price of a share, by less than 2 wei in all.
        bool isCoarse = held + assets >= 2 * (shares + Math.mulDiv(assets, shares, held));
        if (isCoarse) vm.assertGe(held + 2, 2 * shares, "refused below the price");
        if (isCoarse) vm.expectPartialRevert(IAdapter.Adapter__TooCoarse.selector);
        uint256 credited = vault.deposit(adapter, assets); // the driver asks for all but 2 wei
        if (isCoarse) return;
        part = _bound(part, 1, credited);
        uint256 position = adapter.realAssets();
        vault.redeem(adapter, part, receiver);
        vm.assertGe(adapter.realAssets() + part + 2, position);
    }

    /// @dev A share costs 2, more than the deposit: the market would keep it for nothing.
    function test_AD2_RevertWhen_TheMarketMintsNothingForTheAssets() public {
        source.gain(1e24);
        vm.expectRevert();
        vault.deposit(adapter, 1);
        vm.assertEq(asset.balanceOf(address(vault)), 0);
    }

    function test_AD8_EmergencyExitTriesThePositionWhenTheLimitIsAlwaysZero() public {
        ERC4626Adapter blind = new ERC4626Adapter(address(vault), new ZeroLimits(asset));
        vault.deposit(blind, 100e18);
        vm.assertEq(blind.maxDeallocate(), 0);
        vm.assertEq(vault.emergencyExit(blind), 100e18);
    }

    /// @dev The fee goes to those who were there.
    function testFuzz_H5_EntryFeeShowsInTheCredit(uint256 feeBps) public {
        feeBps = _bound(feeBps, 1, 9_999);
        uint256 before = asset.balanceOf(address(this));
        source.setFees(feeBps, 0);
        vm.expectPartialRevert(VaultDriver.Driver__CreditShort.selector);
        vault.deposit(adapter, 100e18);
        vm.assertEq(asset.balanceOf(address(this)), before); // nothing left the depositor
    }

    function test_M13_ExitFeeIsInTheValue() public {
        vault.deposit(adapter, 100e18);
        source.setFees(0, 100);
        vm.assertEq(adapter.realAssets(), 99e18);
    }
}

/// @notice Answers 0 to every limit, as some live vaults do, and pays nevertheless.
contract ZeroLimits is Source4626 {
    constructor(TestToken asset_) Source4626(asset_) {}

    function maxWithdraw(address) public pure override returns (uint256) {
        return 0;
    }

    function maxRedeem(address) public pure override returns (uint256) {
        return 0;
    }

    function redeem(uint256 shares, address to, address owner) public override returns (uint256 assets) {
        assets = previewRedeem(shares);
        _withdraw(msg.sender, to, owner, assets, shares);
    }
}
