// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20, ERC4626, IERC20} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice An ERC-4626 source that misbehaves in one way at a time.
contract HostileSource is ERC4626 {
    enum Fault {
        None,
        ViewReverts,
        ViewBurnsGas,
        ViewSaysHuge,
        DepositReverts,
        DepositBurnsGas,
        DepositMintsNothing,
        WithdrawPaysLess,
        WithdrawPaysNothing,
        WithdrawReenters,
        DepositReenters
    }

    error HostileSource__Broken();

    Fault public fault;
    address public target;
    bytes public payload;
    bool public reentrySucceeded;

    constructor(IERC20 asset_) ERC20("Hostile", "HOST") ERC4626(asset_) {}

    function set(Fault fault_) external {
        fault = fault_;
    }

    function setReentry(address target_, bytes calldata payload_) external {
        (target, payload) = (target_, payload_);
    }

    function previewRedeem(uint256 shares) public view override returns (uint256) {
        require(fault != Fault.ViewReverts, HostileSource__Broken());
        if (fault == Fault.ViewBurnsGas) _burnGas();
        return fault == Fault.ViewSaysHuge ? 2 ** 255 : super.previewRedeem(shares);
    }

    function deposit(uint256 assets, address receiver) public override returns (uint256) {
        require(fault != Fault.DepositReverts, HostileSource__Broken());
        if (fault == Fault.DepositBurnsGas) _burnGas();
        if (fault == Fault.DepositReenters) _reenter();
        if (fault == Fault.DepositMintsNothing) {
            IERC20(asset()).transferFrom(msg.sender, address(this), assets);
            return 0;
        }
        return super.deposit(assets, receiver);
    }

    function withdraw(uint256 assets, address receiver, address owner) public override returns (uint256) {
        if (fault == Fault.WithdrawReenters) _reenter();
        if (fault == Fault.WithdrawPaysNothing) return assets;
        if (fault == Fault.WithdrawPaysLess) super.withdraw(assets - 1, receiver, owner);
        else return super.withdraw(assets, receiver, owner);
        return assets;
    }

    function _reenter() private {
        (reentrySucceeded, ) = target.call(payload);
    }

    function _burnGas() private pure {
        while (true) {}
    }
}
