// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20, Math} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {TestToken} from "./TestToken.sol";

/// @notice Called by a source with the tokens of a flash loan, while the source is entered.
interface IFlashBorrower {
    function onFlashLoan(uint256 assets, bytes calldata data) external;
}

/// @notice An honest ERC-4626 yield source whose price, liquidity, room and fees a test sets.
contract Source4626 is ERC4626 {
    using Math for uint256;

    uint256 public liquidity = type(uint256).max;
    uint256 public room = type(uint256).max;
    uint256 public entryFeeBps;
    uint256 public exitFeeBps;

    constructor(TestToken token) ERC20("Source", "SRC") ERC4626(token) {}

    /// @notice The source earns.
    function gain(uint256 assets) external {
        TestToken(asset()).mint(address(this), assets);
    }

    /// @notice The source loses.
    function lose(uint256 assets) external {
        TestToken(asset()).burn(address(this), assets);
    }

    /// @param liquidity_ Most that leaves per call.
    function setLiquidity(uint256 liquidity_) external {
        liquidity = liquidity_;
    }

    /// @param room_ Most that enters per call; 0 = paused.
    function setRoom(uint256 room_) external {
        room = room_;
    }

    /// @notice Fees stay in the source, for its other holders.
    function setFees(uint256 entryFeeBps_, uint256 exitFeeBps_) external {
        entryFeeBps = entryFeeBps_;
        exitFeeBps = exitFeeBps_;
    }

    function maxDeposit(address) public view virtual override returns (uint256) {
        return room;
    }

    function maxMint(address) public view virtual override returns (uint256) {
        return room == type(uint256).max ? room : previewDeposit(room);
    }

    function maxWithdraw(address owner) public view virtual override returns (uint256) {
        return Math.min(previewRedeem(balanceOf(owner)), liquidity);
    }

    function maxRedeem(address owner) public view virtual override returns (uint256) {
        if (liquidity == type(uint256).max) return balanceOf(owner);
        return Math.min(balanceOf(owner), previewWithdraw(liquidity));
    }

    function previewDeposit(uint256 assets) public view virtual override returns (uint256) {
        return super.previewDeposit(assets - (assets * entryFeeBps) / 10_000);
    }

    function previewRedeem(uint256 shares) public view virtual override returns (uint256) {
        uint256 assets = super.previewRedeem(shares);
        return assets - assets.mulDiv(exitFeeBps, 10_000, Math.Rounding.Ceil);
    }

    function previewWithdraw(uint256 assets) public view virtual override returns (uint256) {
        return super.previewWithdraw(assets.mulDiv(10_000, 10_000 - exitFeeBps, Math.Rounding.Ceil));
    }
}

/// @notice Views revert while it is entered and flash loans call the borrower, as in Euler's EVK: whoever borrows makes
/// the source's price unreadable for the length of his callback.
contract EnteredSource is Source4626 {
    using SafeERC20 for IERC20;

    bool private transient _entered;

    error EnteredSource__Entered();

    constructor(TestToken token) Source4626(token) {}

    modifier viewGuard() {
        require(!_entered, EnteredSource__Entered());
        _;
    }

    function flashLoan(uint256 assets, bytes calldata data) external viewGuard {
        _entered = true;
        IERC20 token = IERC20(asset());
        token.safeTransfer(msg.sender, assets);
        IFlashBorrower(msg.sender).onFlashLoan(assets, data);
        token.safeTransferFrom(msg.sender, address(this), assets);
        _entered = false;
    }

    function totalAssets() public view override viewGuard returns (uint256) {
        return super.totalAssets();
    }

    function balanceOf(address account) public view override(ERC20, IERC20) viewGuard returns (uint256) {
        return super.balanceOf(account);
    }

    function maxDeposit(address owner) public view override viewGuard returns (uint256) {
        return super.maxDeposit(owner);
    }
}
