// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {NOTICE} from "../../../contracts/insurance/Modules.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IVaultFactory} from "../../../contracts/vault/IVaultFactory.sol";
import {EnteredSource, Source4626} from "../helpers/Source4626.sol";
import {InsuranceFixture} from "./InsuranceFixture.sol";

/// @notice A pool that insures a real CompoundingVault. 1,000,000 are in it, half in a market that will break, half in one
/// that won't; the holder has 100,000 of them and as much cover, started and seen healthy.
abstract contract RealVaultFixture is InsuranceFixture {
    uint8 internal constant REAL = 2;
    uint256 internal constant HELD = 100_000e6;

    ICompoundingVault internal real;
    EnteredSource internal breaking;
    Source4626 internal steady;
    IAdapter internal doomed;
    IAdapter internal sound;
    uint256 internal id;
    uint256 internal shares;

    function setUp() public virtual override {
        super.setUp();
        real = _makeVault();
        breaking = new EnteredSource(token);
        steady = new Source4626(token);
        doomed = _lendTo(breaking);
        sound = _lendTo(steady);
        shares = _enter(holder, HELD);
        _enter(stranger, 1_000_000e6 - HELD);
        real.deallocate(address(doomed), 500_000e6);
        real.allocate(address(sound), 500_000e6);
        manager.scheduleProduct(REAL, _terms(address(real)));
        _skip(NOTICE);
        manager.applyProduct(REAL);
        id = _cover(holder, HELD, shares);
        _skip(4 days);
        manager.poke(REAL);
    }

    /// @dev The build that is deployed. The test holds every role of its authority.
    function _makeVault() private returns (ICompoundingVault) {
        bytes memory vaultCode = vm.getCode("CompoundingVault.sol:CompoundingVault");
        bytes memory code = vm.getCode("VaultFactory.sol:VaultFactory");
        IVaultFactory factory = IVaultFactory(_create(abi.encodePacked(code, keccak256(vaultCode))));
        token.mint(address(this), 1_000);
        token.approve(address(factory), 1_000);
        IVaultFactory.VaultParameters memory parameters = IVaultFactory.VaultParameters({
            asset: address(token),
            name: "Insured",
            symbol: "INS",
            authority: address(authority),
            feeRecipient: treasury,
            feeBps: 1_000,
            maxRate: 200
        });
        return ICompoundingVault(factory.createVault(parameters, "insured", vaultCode));
    }

    function _lendTo(Source4626 market) private returns (IAdapter adapter) {
        bytes memory code = vm.getCode("ERC4626Adapter.sol:ERC4626Adapter");
        adapter = IAdapter(_create(abi.encodePacked(code, abi.encode(real, market))));
        _fill(market, second, 1_000_000e6); // a foreign depositor
        real.addAdapter(address(adapter));
        real.raiseCap(address(adapter), type(uint88).max);
        (bytes32 risk, ) = adapter.riskIds();
        real.raiseGroupCap(risk, type(uint128).max, 10_000);
    }

    function _enter(address who, uint256 assets) internal returns (uint256 minted) {
        token.mint(who, assets);
        vm.startPrank(who);
        token.approve(address(real), MAX);
        minted = real.deposit(assets, who);
        real.approve(address(manager), MAX);
        vm.stopPrank();
    }

    function _cover(address who, uint256 amount, uint256 armed) internal returns (uint256 policy) {
        (uint256 premium, ) = manager.quote(REAL, amount, 90 days);
        token.mint(who, premium);
        vm.startPrank(who);
        token.approve(address(manager), MAX);
        (policy, ) = manager.buy(_purchase(REAL, amount, 90 days, armed, who));
        vm.stopPrank();
    }

    /// @notice The market is worth `bps` of what it was.
    function _break(uint256 bps) internal {
        breaking.lose((token.balanceOf(address(breaking)) * (10_000 - bps)) / 10_000);
    }

    /// @notice What the policy's owner has: tokens, free shares and armed shares at the vault's price.
    function _worth(address who) internal view returns (uint256) {
        return token.balanceOf(who) + real.convertToAssets(real.balanceOf(who) + nft.armedOf(id));
    }
}
