// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AuctionBase} from "./AuctionBase.sol";
import {AuctionHandler} from "./AuctionHandler.sol";

/// @notice Whatever happens, in whatever order: the books of the auction and of the vault it pays agree with a model.
contract AuctionInvariantsTest is AuctionBase {
    AuctionHandler internal handler;

    function setUp() public override {
        super.setUp();
        handler = new AuctionHandler(auction, asset, reward, taker, ANCHOR);
        authority.grantRole(authority.ADMIN_ROLE(), address(handler), 0);
        asset.mint(taker, type(uint256).max - asset.totalSupply());
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() public view returns (FuzzSelector[] memory selectors) {
        selectors = new FuzzSelector[](1);
        selectors[0] = FuzzSelector(address(handler), new bytes4[](1));
        selectors[0].selectors[0] = AuctionHandler.act.selector;
    }

    function invariant_AU2_AU3_AU5_AU9_WhatCameIsHereOrPaidFor() public view {
        vm.assertEq(asset.balanceOf(address(vault)), handler.paid(), "AU2 paid into the vault");
        vm.assertEq(reward.balanceOf(address(auction)) + handler.taken(), handler.arrived(), "AU3 here or taken");
        vm.assertEq(reward.balanceOf(taker), handler.taken(), "AU3 taken");
        vm.assertLe(_remaining(), reward.balanceOf(address(auction)), "AU3 the lot is here");
        vm.assertEq(_anchor(), handler.anchor(), "AU5 the model's anchor");
        vm.assertEq(asset.balanceOf(address(auction)), 0, "AU9 no asset stays");
    }

    function afterInvariant() public view {
        uint256 rounds = handler.calls() / 8;
        if (rounds < 2) return;
        vm.assertGe(handler.soldOut(), rounds, "no lot was sold out");
        vm.assertGe(handler.ranOut(), rounds, "no lot ran out");
        vm.assertGe(handler.listedAnew(), rounds, "nothing was listed anew");
        vm.assertGt(handler.partTakes(), 0, "no lot was sold in part");
    }
}
