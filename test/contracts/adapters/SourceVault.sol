// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice An ERC-4626 source with what real ones have: fees, a cap, lent-out liquidity, a pause. Honest in all of it.
contract SourceVault is ERC4626 {
    error SourceVault__Refused();

    uint256 public entryFeeBps;
    uint256 public exitFeeBps;
    uint256 public cap = type(uint256).max;
    /// @notice Assets that are lent out and not here.
    uint256 public lentOut;
    bool public paused;

    constructor(IERC20 asset_) ERC20("Source", "SRC") ERC4626(asset_) {}

    function setFees(uint256 entryBps, uint256 exitBps) external {
        (entryFeeBps, exitFeeBps) = (entryBps, exitBps);
    }

    function setCap(uint256 cap_) external {
        cap = cap_;
    }

    function setPaused(bool paused_) external {
        paused = paused_;
    }

    /// @notice Moves assets out, as if borrowed; they still count.
    function lend(uint256 assets) external {
        lentOut += assets;
        IERC20(asset()).transfer(address(0xdead), assets);
    }

    /// @notice A borrower defaults.
    function lose(uint256 assets) external {
        lentOut -= assets;
    }

    function totalAssets() public view override returns (uint256) {
        return super.totalAssets() + lentOut;
    }

    function maxDeposit(address) public view override returns (uint256) {
        return paused ? 0 : Math.saturatingSub(cap, totalAssets());
    }

    function maxMint(address account) public view override returns (uint256) {
        return convertToShares(maxDeposit(account));
    }

    function maxWithdraw(address owner) public view virtual override returns (uint256) {
        return paused ? 0 : Math.min(previewRedeem(balanceOf(owner)), super.totalAssets());
    }

    function maxRedeem(address owner) public view virtual override returns (uint256) {
        return paused ? 0 : Math.min(balanceOf(owner), convertToShares(super.totalAssets()));
    }

    function previewDeposit(uint256 assets) public view override returns (uint256) {
        return super.previewDeposit(assets - _fee(assets, entryFeeBps));
    }

    function previewRedeem(uint256 shares) public view override returns (uint256) {
        uint256 assets = super.previewRedeem(shares);
        return assets - _fee(assets, exitFeeBps);
    }

    function previewWithdraw(uint256 assets) public view override returns (uint256) {
        return super.previewWithdraw(Math.mulDiv(assets, 10_000, 10_000 - exitFeeBps, Math.Rounding.Ceil));
    }

    function _fee(uint256 assets, uint256 feeBps) private pure returns (uint256) {
        return Math.mulDiv(assets, feeBps, 10_000, Math.Rounding.Ceil);
    }
}
