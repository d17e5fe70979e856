// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";

import {IRewardAuction} from "../rewards/IRewardAuction.sol";
import {BoundedCall} from "../vault/BoundedCall.sol";

/// @title Reads every reward that an auction sells, at one block
/// @notice Never deployed: the SDK sends this code along with an `eth_call`. Prices in asset wei per whole token × 1e18.
contract AuctionLens {
    using BoundedCall for address;

    /// @param price Now; 0 without a running lot.
    /// @param balance Reward wei here: what remains of the lot, and what joins the next one.
    struct Sale {
        address token;
        uint256 timestamp;
        uint256 price;
        uint256 balance;
        IRewardAuction.Lot lot;
        IRewardAuction.Listing listing;
    }

    function getSales(IRewardAuction auction) external view returns (Sale[] memory sales) {
        address[] memory tokens = auction.tokens();
        sales = new Sale[](tokens.length);
        for (uint256 i = 0; i < tokens.length; ++i) sales[i] = _sale(auction, tokens[i]);
    }

    /// @dev A token whose balance can't be read hides no other.
    function _sale(IRewardAuction auction, address token) private view returns (Sale memory sale) {
        sale.token = token;
        sale.timestamp = block.timestamp;
        sale.price = auction.price(token);
        sale.lot = auction.lot(token);
        sale.listing = auction.listing(token);
        (bool isRead, uint256 balance) = token.read(abi.encodeCall(IERC20.balanceOf, (address(auction))));
        if (isRead) sale.balance = balance;
    }
}
