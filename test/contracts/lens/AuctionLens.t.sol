// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AuctionLens} from "../../../contracts/lens/AuctionLens.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AuctionBase} from "../rewards/AuctionBase.sol";
import {BrokenToken} from "../rewards/BrokenToken.sol";

contract AuctionLensTest is AuctionBase {
    function test_Lens_ShowsEachSale() public {
        AuctionLens lens = new AuctionLens();
        TestToken second = new TestToken(6);
        auction.list(address(second), 3e24, 1e6);
        _lot(20e18);
        reward.mint(address(auction), 5e18); // joins the next lot
        _skip(1 hours);
        AuctionLens.Sale[] memory sales = lens.getSales(auction);
        vm.assertEq(sales.length, 2);
        vm.assertEq(sales[0].token, address(reward));
        vm.assertEq(sales[0].timestamp, block.timestamp);
        vm.assertEq(sales[0].price, _price());
        vm.assertGt(sales[0].price, 0);
        vm.assertEq(sales[0].balance, 25e18);
        vm.assertEq(abi.encode(sales[0].lot), abi.encode(auction.lot(address(reward))));
        vm.assertEq(abi.encode(sales[0].listing), abi.encode(auction.listing(address(reward))));
        vm.assertEq(sales[1].token, address(second));
        vm.assertEq(sales[1].price, 0, "no lot");
        vm.assertEq(sales[1].balance, 0);
    }

    function test_Lens_ABrokenTokenHidesNoOther() public {
        AuctionLens lens = new AuctionLens();
        BrokenToken broken = new BrokenToken();
        auction.list(address(broken), ANCHOR, MIN_LOT);
        reward.mint(address(auction), 5e18);
        for (uint8 mode = 1; mode <= uint8(type(BrokenToken.Mode).max); mode++) {
            broken.set(BrokenToken.Mode(mode));
            AuctionLens.Sale[] memory sales = lens.getSales(auction);
            vm.assertEq(sales[1].balance, 0);
            vm.assertEq(sales[0].balance, 5e18);
        }
    }
}
