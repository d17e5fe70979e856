// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IComet} from "../../../../contracts/adapters/markets/IComet.sol";
import {ICometRewards} from "../../../../contracts/adapters/markets/ICometRewards.sol";
import {TestToken} from "../../helpers/TestToken.sol";

/// @notice A model of a Compound III market's supply side, after its documentation: principals and an index of 1e15 that
/// grows by a rate a second; a withdrawal beyond the balance borrows at least `BORROW_MIN` against collateral, which anyone
/// may supply for anyone, and what is supplied repays first. One collateral at par, lent against to four fifths, and debts
/// without interest. The market's sources are not published as a package; the live fork tests have the real one.
contract CometModel is IComet {
    error CometModel__Refused();

    TestToken internal immutable _base;
    mapping(address account => uint256 principal) public principal;
    mapping(address account => uint256 debt) public borrowBalanceOf;
    mapping(address account => uint256 amount) public collateralOf;
    TestToken public immutable collateral = new TestToken(18);
    uint256 public constant BORROW_MIN = 100;
    uint256 public totalPrincipal;
    uint256 public index = 1e15;
    uint256 public updatedAt = block.timestamp;
    /// @notice Per second, 1e18 = 100 %.
    uint256 public rate;
    bool public isSupplyPaused;
    bool public isWithdrawPaused;
    /// @notice What newer markets have besides.
    bool public isLendersWithdrawPaused;
    bool public isBaseSupplyPaused;

    constructor(TestToken base) {
        _base = base;
    }

    function setRate(uint256 rate_) external {
        _accrue();
        rate = rate_;
    }

    function setPaused(bool supply_, bool withdraw_) external {
        (isSupplyPaused, isWithdrawPaused) = (supply_, withdraw_);
    }

    function setLendersPaused(bool supply_, bool withdraw_) external {
        (isBaseSupplyPaused, isLendersWithdrawPaused) = (supply_, withdraw_);
    }

    /// @notice Anyone supplies collateral for anyone.
    function supplyTo(address to, address asset, uint256 amount) external {
        require(asset == address(collateral), CometModel__Refused());
        collateral.transferFrom(msg.sender, address(this), amount);
        collateralOf[to] += amount;
    }

    /// @notice Borrowers take all but `left`.
    function lendOut(uint256 left) external {
        _base.burn(address(this), _base.balanceOf(address(this)) - left);
    }

    function supply(address asset, uint256 amount) external {
        require(!isSupplyPaused && !isBaseSupplyPaused && asset == address(_base), CometModel__Refused());
        _base.transferFrom(msg.sender, address(this), amount);
        _accrue();
        uint256 repaid = Math.min(amount, borrowBalanceOf[msg.sender]);
        borrowBalanceOf[msg.sender] -= repaid;
        _set(msg.sender, ((balanceOf(msg.sender) + amount - repaid) * 1e15) / index);
    }

    function withdrawTo(address to, address asset, uint256 amount) external {
        require(!isWithdrawPaused && !isLendersWithdrawPaused && asset == address(_base), CometModel__Refused());
        _accrue();
        uint256 balance = balanceOf(msg.sender);
        uint256 borrowed = amount - Math.min(amount, balance);
        if (borrowed > 0) {
            uint256 debt = borrowBalanceOf[msg.sender] += borrowed;
            require(debt >= BORROW_MIN && debt * 5 <= collateralOf[msg.sender] * 4, CometModel__Refused());
        }
        _set(msg.sender, ((balance + borrowed - amount) * 1e15) / index);
        _base.transfer(to, amount);
    }

    function baseToken() external view returns (address) {
        return address(_base);
    }

    function totalSupply() external view returns (uint256) {
        return (totalPrincipal * _indexNow()) / 1e15;
    }

    function balanceOf(address account) public view returns (uint256) {
        return (principal[account] * _indexNow()) / 1e15;
    }

    function _accrue() private {
        (index, updatedAt) = (_indexNow(), block.timestamp);
    }

    function _set(address account, uint256 value) private {
        totalPrincipal = totalPrincipal - principal[account] + value;
        principal[account] = value;
    }

    function _indexNow() private view returns (uint256) {
        return index + (index * rate * (block.timestamp - updatedAt)) / 1e18;
    }
}

/// @notice A model of Compound III's rewards: one token, owed what a test set.
contract CometRewardsModel is ICometRewards {
    address public token;
    uint256 public owed;

    function set(address token_, uint256 owed_) external {
        (token, owed) = (token_, owed_);
    }

    function claimTo(address, address src, address to, bool) external {
        require(msg.sender == src, "not permitted");
        TestToken(token).mint(to, owed);
        owed = 0;
    }

    function claim(address, address src, bool) external {
        TestToken(token).mint(src, owed);
        owed = 0;
    }

    function rewardConfig(address) external view returns (address, uint64, bool) {
        return (token, 1, false);
    }
}
