// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {IMorphoBlue} from "../../../contracts/adapters/markets/IMorphoBlue.sol";
import {MorphoBlueAdapter} from "../../../contracts/adapters/MorphoBlueAdapter.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AdapterBehaviour} from "./AdapterBehaviour.sol";
import {MorphoModel, RateModel} from "./models/MorphoModel.sol";

/// @notice Against a model of the singleton; the genuine one is in `test/protocol/adapters.morpho.test.ts`.
contract MorphoBlueAdapterTest is AdapterBehaviour {
    uint256 internal constant RATE = uint256(0.1e18) / 365 days;
    MorphoModel internal morpho;
    IMorphoBlue.MarketParams internal params;
    uint128 internal fee;

    function _market() internal override returns (IAdapter) {
        morpho = new MorphoModel();
        address irm = address(new RateModel(RATE));
        params = IMorphoBlue.MarketParams(address(asset), address(0xc011), address(0x04ac1e), irm, 0.86e18);
        morpho.createMarket(params, fee);
        asset.approve(address(morpho), type(uint256).max);
        morpho.supply(params, 1e24, 0, address(this), "");
        morpho.borrow(params, 1e24 / 2);
        return new MorphoBlueAdapter(address(vault), morpho, params);
    }

    /// @dev Half is lent at 10 % a year, compounded: time does the rest. Borrowers bring what they owe beyond it.
    function _earn(uint256 percent) internal override {
        _skip(percent * 20 days);
    }

    function _lendOut(uint256 left) internal override {
        uint256 held = asset.balanceOf(address(morpho));
        if (left < held) morpho.borrow(params, held - left);
    }

    function _pause() internal pure override returns (bool) {
        return false;
    }

    function _positionToken() internal pure override returns (address) {
        return address(0);
    }

    function test_Constructor_RevertWhen_TheMarketDoesNotExistOrLendsAnotherAsset() public {
        IMorphoBlue.MarketParams memory other = params;
        bytes memory err = abi.encodeWithSelector(
            IAdapter.Adapter__MarketMismatch.selector,
            address(morpho),
            address(asset)
        );
        other.lltv = 0.5e18;
        vm.expectRevert(err);
        new MorphoBlueAdapter(address(vault), morpho, other);
        other.loanToken = address(new TestToken(18));
        morpho.createMarket(other, 0);
        vm.expectRevert(err);
        new MorphoBlueAdapter(address(vault), morpho, other);
    }

    function test_RiskIds_NameProtocolAndCollateral() public view {
        (bytes32 first, bytes32 second) = adapter.riskIds();
        vm.assertEq(first, keccak256(abi.encode("Morpho Blue", address(morpho))));
        vm.assertEq(second, keccak256(abi.encode("collateral", address(0xc011))));
    }

    /// @dev The value before an accrual is what the accrual makes of it, to the wei, with and without a fee.
    function testFuzz_AD2_ValuesTheInterestThatAnAccrualWouldBook(uint256 assets, uint256 time, uint256 fee_) public {
        fee = uint128(_bound(fee_, 0, 0.25e18));
        _deploy(18);
        vault.deposit(adapter, _bound(assets, 1e6, 1e27));
        _skip(_bound(time, 1, 3_650 days));
        uint256 before = adapter.realAssets();
        uint256 liquid = adapter.maxDeallocate();
        uint256 room = adapter.maxAllocate();
        morpho.accrue(params);
        vm.assertEq(adapter.realAssets(), before);
        vm.assertEq(adapter.maxDeallocate(), liquid);
        vm.assertEq(adapter.maxAllocate(), room);
    }

    function test_AD2_AMarketWithoutInterestKeepsItsValue() public {
        params.irm = address(0);
        morpho.createMarket(params, 0);
        MorphoBlueAdapter still = new MorphoBlueAdapter(address(vault), morpho, params);
        vault.deposit(still, 100e18);
        morpho.borrow(params, 60e18);
        _skip(365 days);
        vm.assertEq(still.realAssets(), 100e18);
        vm.assertEq(still.maxDeallocate(), 40e18);
    }

    /// @dev The singleton holds every market's tokens.
    function test_AD4_WhatOtherMarketsHoldIsNotThisOnes() public {
        vault.deposit(adapter, 1e24);
        _lendOut(3e23);
        asset.mint(address(morpho), 5e24);
        vm.assertEq(adapter.maxDeallocate(), 3e23);
    }

    function test_AD2_BadDebtLowersTheValueAtOnce() public {
        vault.deposit(adapter, 1e24); // half of the supply
        morpho.badDebt(params, 2e23);
        vm.assertApproxEqAbs(adapter.realAssets(), 0.9e24, 1);
    }

    function test_AD4_WhatIsFlashLentCannotBePaid() public {
        vault.deposit(adapter, 1_000e18);
        asset.burn(address(morpho), asset.balanceOf(address(morpho)) - 7);
        vm.assertEq(adapter.maxDeallocate(), 7);
    }

    function test_AD5_BeyondTheMarketsCountersNothingIsTaken() public {
        uint256 max = adapter.maxAllocate();
        asset.mint(address(this), max);
        vm.assertEq(vault.deposit(adapter, max + 1e6), 0);
        vm.assertEq(asset.balanceOf(address(vault)), max + 1e6);
        vm.assertGe(vault.deposit(adapter, max) + 2, max);
    }
}
