// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {RewardAuction} from "../../../contracts/rewards/RewardAuction.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {Base} from "../Vm.sol";

/// @notice Lives with an auction: rewards arrive, lots start, are bought in parts or whole, run out, are listed anew.
/// Beside it a model of its own keeps the average price of the lot as an exact fraction. Each eight calls have each kind
/// of act, in an order that the first of them draws.
contract AuctionHandler is Base {
    enum Act {
        Arrive,
        TakePart,
        TakeTenth,
        TakeAll,
        Wait,
        Start,
        RunOut,
        List
    }

    RewardAuction internal immutable _auction;
    TestToken internal immutable _asset;
    TestToken internal immutable _reward;
    address internal immutable _taker;

    /* THE MODEL */

    uint256 public arrived;
    uint256 public taken;
    uint256 public paid;
    uint256 public anchor;
    /// @dev Σ amount × price of the running lot.
    uint256 public sold;

    /* WHAT HAPPENED */

    uint256 public calls;
    uint256 public partTakes;
    uint256 public soldOut;
    uint256 public ranOut;
    uint256 public ranOutInPart;
    uint256 public listedAnew;
    uint256 private _order;

    constructor(RewardAuction auction, TestToken asset, TestToken reward, address taker, uint256 anchor_) {
        (_auction, _asset, _reward, _taker, anchor) = (auction, asset, reward, taker, anchor_);
        arrived = reward.balanceOf(address(auction));
    }

    function act(uint256 draw, uint256 amount) external {
        if (calls % 8 == 0) _order = draw;
        // An odd stride visits each of the eight once.
        uint256 kind = ((_order >> 8) % 8 + (calls % 8) * (2 * (_order % 4) + 1)) % 8;
        ++calls;
        if (kind == uint256(Act.Arrive)) return _arrive(amount);
        if (kind == uint256(Act.Wait)) return _wait(amount);
        if (kind == uint256(Act.Start)) return _start();
        if (kind == uint256(Act.RunOut)) return _runOut();
        if (kind == uint256(Act.List)) return _list(amount);
        _ensureLot();
        uint256 left = _remaining();
        uint256 tenth = (_initial() + 9) / 10;
        if (kind == uint256(Act.TakeAll) || left <= tenth) return _take(left);
        _take(kind == uint256(Act.TakeTenth) ? tenth : _bound(amount, tenth, left));
    }

    function _arrive(uint256 amount) private {
        amount = _bound(amount, 1, 1e27);
        arrived += amount;
        _reward.mint(address(_auction), amount);
    }

    /// @dev Never past the end of a lot: that is another act.
    function _wait(uint256 duration) private {
        uint256 endsAt = _auction.lot(address(_reward)).endsAt;
        uint256 left = endsAt == 0 ? 90 minutes : endsAt - vm.getBlockTimestamp() - 1;
        _skip(_bound(duration, 0, left < 90 minutes ? left : 90 minutes));
    }

    /// @dev By either door; both leave a running lot alone.
    function _start() private {
        if (_remaining() > 0 || _reward.balanceOf(address(_auction)) <= 10e18) return _auction.startAll();
        if (calls % 2 == 0) _auction.startAll();
        else _auction.start(address(_reward));
        vm.assertEq(_initial() + 1, _reward.balanceOf(address(_auction)), "AU3: a lot is all that is here but a wei");
        vm.assertEq(_anchor(), anchor, "AU5: a start after a lot that was sold moves nothing");
    }

    function _ensureLot() private {
        if (_remaining() > 0) return;
        _arrive(20e18);
        _start();
    }

    function _take(uint256 amount) private {
        IRewardAuction.Lot memory lot = _auction.lot(address(_reward));
        uint256 price = _auction.price(address(_reward));
        vm.assertLe(price, 4 * anchor, "AU1");
        vm.assertGe(price * 4, anchor, "AU1");
        vm.prank(_taker);
        uint256 payment = _auction.take(address(_reward), amount, type(uint256).max, _taker, type(uint256).max, "");
        vm.assertGe(payment * 1e36, amount * price, "AU2: rounded up"); // ≤ 1e29 × 4e40 and < 1e36 × 1e34: both fit
        vm.assertLt((payment - 1) * 1e36, amount * price, "AU2: by less than a wei");
        taken += amount;
        paid += payment;
        sold += amount * price;
        if (amount < lot.remaining) {
            ++partTakes;
            vm.assertEq(_anchor(), anchor, "AU5: a part moves nothing");
        } else {
            ++soldOut;
            _checkMove(sold / lot.initial);
        }
    }

    function _runOut() private {
        _ensureLot();
        IRewardAuction.Lot memory lot = _auction.lot(address(_reward));
        vm.warp(lot.endsAt);
        _arrive(10e18); // a rest below the least lot waits for more
        _auction.start(address(_reward));
        ++ranOut;
        if (lot.remaining < lot.initial) ++ranOutInPart;
        _checkMove((sold + lot.remaining * (anchor / 2)) / lot.initial);
    }

    function _list(uint256 anchor_) private {
        anchor = _bound(anchor_, 1e30, 1e36);
        sold = 0;
        ++listedAnew;
        _auction.list(address(_reward), anchor, 10e18);
    }

    /// @dev AU6, against the exact average: each of the parts of a lot, at most eleven, rounds down by less than one.
    function _checkMove(uint256 average) private {
        uint256 moved = _anchor();
        vm.assertLe(moved, average, "AU6");
        vm.assertGe(moved + 11, average, "AU6");
        vm.assertLe(moved, 4 * anchor, "AU5: by at most x 4");
        vm.assertGe(moved * 4 + 44, anchor, "AU5: by at most / 4");
        anchor = moved < 4 ? 4 : moved;
        sold = 0;
    }

    function _anchor() private view returns (uint256) {
        return _auction.listing(address(_reward)).anchor;
    }

    function _remaining() private view returns (uint256) {
        return _auction.lot(address(_reward)).remaining;
    }

    function _initial() private view returns (uint256) {
        return _auction.lot(address(_reward)).initial;
    }
}
