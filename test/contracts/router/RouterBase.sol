// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IVaultRouter} from "../../../contracts/vault/IVaultRouter.sol";
import {VaultRouter} from "../../../contracts/vault/VaultRouter.sol";
import {Base} from "../Vm.sol";
import {Permit2Model, PermitToken, PermitVault, WrappedNative} from "./RouterWorld.sol";

/// @notice A router, two vaults of one asset, one of the wrapped native token, and Ann, who has approved nothing yet.
abstract contract RouterBase is Base {
    uint256 internal constant EVER = type(uint256).max;

    PermitToken internal asset;
    WrappedNative internal weth;
    Permit2Model internal permit2;
    VaultRouter internal router;
    PermitVault internal vault;
    PermitVault internal second;
    PermitVault internal native;
    address internal ann;
    uint256 internal annKey;
    address internal bob;

    function setUp() public virtual {
        vm.warp(1_700_000_000);
        asset = new PermitToken();
        weth = new WrappedNative();
        permit2 = new Permit2Model();
        router = new VaultRouter(weth, permit2);
        vault = _vaultOf(asset);
        second = _vaultOf(asset);
        native = _vaultOf(weth);
        (ann, annKey) = _signer("ann");
        bob = _account("bob");
        asset.mint(ann, 1_000e18);
        vm.deal(ann, 1_000e18);
    }

    function _vaultOf(IERC20 token) internal returns (PermitVault made) {
        return new PermitVault(token);
    }

    function _approve() internal {
        vm.startPrank(ann);
        asset.approve(address(router), type(uint256).max);
        vault.approve(address(router), type(uint256).max);
        second.approve(address(router), type(uint256).max);
        native.approve(address(router), type(uint256).max);
        vm.stopPrank();
    }

    /// @dev Ann's shares: `assets` in the vault, at 2 assets a share.
    function _annIn(uint256 assets) internal {
        _approve();
        vm.startPrank(ann);
        asset.approve(address(vault), assets);
        vault.deposit(assets / 2, ann);
        asset.transfer(address(vault), assets / 2);
        vm.stopPrank();
    }

    function _sign(address token, uint256 value, uint256 deadline) internal view returns (IVaultRouter.Eip2612 memory) {
        bytes32 content = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                ann,
                address(router),
                value,
                IERC20Permit(token).nonces(ann),
                deadline
            )
        );
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", IERC20Permit(token).DOMAIN_SEPARATOR(), content));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(annKey, digest);
        return IVaultRouter.Eip2612(deadline, v, r, s);
    }

    function _assertHoldsNothing() internal view {
        IERC20[5] memory tokens = [IERC20(asset), weth, vault, second, native];
        PermitVault[3] memory vaults = [vault, second, native];
        for (uint256 i = 0; i < 5; ++i) {
            vm.assertEq(tokens[i].balanceOf(address(router)), 0);
            for (uint256 j = 0; j < 3; ++j) vm.assertEq(tokens[i].allowance(address(router), address(vaults[j])), 0);
        }
        vm.assertEq(address(router).balance, 0);
    }
}
