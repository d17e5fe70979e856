// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC4626} from "@openzeppelin/contracts/interfaces/IERC4626.sol";

import {ERC4626Adapter} from "../../../contracts/adapters/ERC4626Adapter.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Base} from "../Vm.sol";
import {VaultDriver} from "./VaultDriver.sol";

/// @notice An honest ERC-4626 source: what is lent is worth what was lent, comes back exactly, and stops where it says.
contract ERC4626AdapterTest is Base {
    TestToken internal asset;
    Source4626 internal source;
    VaultDriver internal vault;
    ERC4626Adapter internal adapter;
    address internal receiver;
    address internal auction;

    function setUp() public {
        _deploy(18);
    }

    /* WHO */

    function test_AD1_OnlyTheVaultMovesFunds() public {
        bytes memory notVault = abi.encodeWithSelector(IAdapter.Adapter__NotVault.selector, address(this));
        vm.expectRevert(notVault);
        adapter.allocate(1);
        vm.expectRevert(notVault);
        adapter.deallocate(1, address(this));
        vm.expectRevert(notVault);
        adapter.emergencyExit();
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
        bytes32[] memory ids = adapter.riskIds();
        vm.assertEq(ids.length, 1);
        vm.assertEq(ids[0], keccak256(abi.encode("ERC-4626", address(source))));
    }

    /* IN AND OUT */

    function testFuzz_AD2_CreditsWhatIsWorthWhatWasLent(uint256 assets, uint256 gain, uint8 decimals) public {
        _deploy(decimals % 3 == 0 ? 6 : decimals % 3 == 1 ? 8 : 18);
        _seedForeign(gain);
        assets = _bound(assets, 4, 1e30); // a share costs less than 3 wei here
        uint256 credited = vault.deposit(adapter, assets);
        vm.assertEq(credited, source.previewRedeem(source.balanceOf(address(adapter))));
        vm.assertEq(adapter.realAssets(), credited);
        vm.assertLe(credited, assets);
        vm.assertEq(asset.balanceOf(address(adapter)), 0);
    }

    function testFuzz_AD3_PaysExactlyAndStraightToTheReceiver(uint256 assets, uint256 part, uint256 gain) public {
        _seedForeign(gain);
        vault.deposit(adapter, _bound(assets, 1e3, 1e30));
        part = _bound(part, 1, adapter.maxDeallocate());
        uint256 position = adapter.realAssets();
        vm.assertEq(vault.redeem(adapter, part, receiver), part);
        vm.assertEq(asset.balanceOf(receiver), part);
        vm.assertEq(asset.balanceOf(address(adapter)) + asset.balanceOf(address(vault)), 0);
        vm.assertLe(adapter.realAssets(), position - part);
        vm.assertApproxEqAbs(adapter.realAssets(), position - part, 2);
    }

    function testFuzz_AD4_MaxDeallocateIsExact(uint256 assets, uint256 liquidity, uint256 gain) public {
        _seedForeign(gain);
        assets = _bound(assets, 1e3, 1e30);
        vault.deposit(adapter, assets);
        source.setLiquidity(_bound(liquidity, 0, 2 * assets));
        uint256 max = adapter.maxDeallocate();
        vm.expectRevert();
        vault.redeem(adapter, max + 1, receiver);
        if (max > 0) vault.redeem(adapter, max, receiver);
        vm.assertEq(asset.balanceOf(receiver), max);
    }

    function test_AD5_FullOrPausedMarketHandsTheTokensToTheVault() public {
        source.setRoom(0);
        source.setLiquidity(0);
        vm.assertEq(adapter.maxAllocate(), 0);
        vm.assertEq(vault.deposit(adapter, 100e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 100e18);
        vm.assertEq(adapter.maxDeallocate(), 0);
        source.setRoom(50e18);
        vm.assertEq(adapter.maxAllocate(), 50e18);
        vm.assertEq(vault.deposit(adapter, 50e18 + 1), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 150e18 + 1);
        vm.assertEq(vault.deposit(adapter, 50e18), 50e18);
        vm.assertEq(asset.balanceOf(address(adapter)), 0);
    }

    /// @dev A share costs more than the deposit: the market would keep it for nothing.
    function test_AD2_RevertWhen_TheMarketMintsNothingForTheAssets() public {
        _seedForeign(1e24);
        vm.expectRevert();
        vault.deposit(adapter, 1);
        vm.assertEq(asset.balanceOf(address(vault)), 0);
    }

    /* REWARDS AND STRAY TOKENS */

    function test_AD6_ForwardSendsTheAssetToTheVaultAndOthersToTheAuction() public {
        TestToken reward = new TestToken(18);
        reward.mint(address(adapter), 7e18);
        asset.mint(address(adapter), 3e18);
        adapter.forward(address(asset));
        vm.assertEq(asset.balanceOf(address(vault)), 3e18);
        adapter.forward(address(reward)); // no auction yet: stays, is not lost
        vm.assertEq(reward.balanceOf(address(adapter)), 7e18);
        vault.setAuction(auction);
        adapter.forward(address(reward));
        vm.assertEq(reward.balanceOf(auction), 7e18);
    }

    function test_AD7_PositionTokenNeverLeavesAsAReward() public {
        vault.setAuction(auction);
        vault.deposit(adapter, 100e18);
        vm.expectRevert(abi.encodeWithSelector(IAdapter.Adapter__ProtectedToken.selector, address(source)));
        adapter.forward(address(source));
        adapter.claimRewards();
        vm.assertTrue(adapter.isPositionToken(address(source)));
        vm.assertEq(source.balanceOf(auction), 0);
        vm.assertEq(adapter.realAssets(), 100e18);
    }

    /* EMERGENCY */

    function test_AD8_EmergencyExitTakesAllThatThereIs() public {
        vault.deposit(adapter, 100e18);
        source.setLiquidity(60e18);
        vm.assertEq(vault.emergencyExit(adapter), 60e18);
        vm.assertEq(asset.balanceOf(address(vault)), 60e18);
        vm.assertEq(adapter.realAssets(), 40e18);
    }

    function test_AD8_EmergencyExitTriesThePositionWhenTheLimitIsAlwaysZero() public {
        vault.deposit(adapter, 100e18);
        ZeroLimits blind = new ZeroLimits(asset);
        ERC4626Adapter other = new ERC4626Adapter(address(vault), blind);
        vault.deposit(other, 100e18);
        vm.assertEq(other.maxDeallocate(), 0);
        vm.assertEq(vault.emergencyExit(other), 100e18);
    }

    /* FEES */

    function testFuzz_H5_EntryFeeShowsInTheCredit(uint256 feeBps) public {
        _seedForeign(0); // the fee goes to those who were there
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

    function _deploy(uint8 decimals) internal {
        asset = new TestToken(decimals);
        source = new Source4626(asset);
        vault = new VaultDriver(address(asset), address(this));
        adapter = new ERC4626Adapter(address(vault), source);
        receiver = _account("receiver");
        auction = _account("auction");
        asset.mint(address(this), type(uint128).max);
        asset.approve(address(vault), type(uint256).max);
    }

    /// @dev A foreign depositor and a price that is no round number.
    function _seedForeign(uint256 gain) internal {
        asset.mint(address(this), 2e24);
        asset.approve(address(source), type(uint256).max);
        source.deposit(1e24, address(this));
        asset.transfer(address(source), _bound(gain, 0, 1e24));
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
