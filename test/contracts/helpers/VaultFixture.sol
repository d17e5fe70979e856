// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {IVaultFactory} from "../../../contracts/vault/IVaultFactory.sol";
import {Base} from "../Vm.sol";
import {Batch} from "./Batch.sol";
import {HostileAdapter} from "./HostileAdapter.sol";
import {Source4626} from "./Source4626.sol";
import {TestToken} from "./TestToken.sol";

/// @notice A vault as the DAO deploys it: made and seeded by the factory, its functions mapped to roles of one
/// AccessManager. People hold the roles without a delay here; the delays have tests of their own.
/// Amounts in tests are in units of 1 token (`unit`); `V` is the vault's virtual shares.
abstract contract VaultFixture is Base {
    uint64 internal constant CURATOR = 1;
    uint64 internal constant ALLOCATOR = 2;
    uint64 internal constant DERISK = 3;
    uint64 internal constant GUARDIAN = 4;
    uint256 internal constant MAX = type(uint256).max;
    uint256 internal constant NO_CAP = type(uint88).max;
    uint256 internal constant LOCK = 10 days;
    address internal constant DEAD = 0x000000000000000000000000000000000000dEaD;
    uint256 internal constant START = 1_800_000_000;

    uint8 internal immutable decimals;
    uint256 internal immutable unit;
    uint256 internal immutable V;

    TestToken internal token;
    AccessManager internal manager;
    IVaultFactory internal factory;
    ICompoundingVault internal vault;
    Batch internal batch;

    address internal curator = _account("curator");
    address internal allocator = _account("allocator");
    address internal guardian = _account("guardian");
    address internal feeRecipient = _account("fee recipient");
    address internal alice = _account("alice");
    address internal bob = _account("bob");
    address internal carol = _account("carol");
    address internal mallory = _account("mallory");

    constructor(uint8 decimals_) {
        decimals = decimals_;
        unit = 10 ** decimals_;
        V = 10 ** (18 - decimals_);
    }

    /* SET-UP */

    function _setUpVault(uint256 feeBps, uint256 maxRate) internal {
        _setUpVault(new TestToken(decimals), feeBps, maxRate);
    }

    function _setUpVault(TestToken token_, uint256 feeBps, uint256 maxRate) internal {
        vm.warp(START);
        token = token_;
        manager = new AccessManager(address(this));
        bytes memory code = vm.getCode("VaultFactory.sol:VaultFactory");
        factory = IVaultFactory(_create(abi.encodePacked(code, keccak256(_vaultCode()))));
        vault = _createVault(feeBps, maxRate, "vault");
        batch = new Batch();
        manager.grantRole(CURATOR, curator, 0);
        manager.grantRole(ALLOCATOR, allocator, 0);
        manager.grantRole(DERISK, allocator, 0);
        manager.grantRole(DERISK, guardian, 0);
        manager.grantRole(GUARDIAN, guardian, 0);
        manager.setRoleGuardian(CURATOR, GUARDIAN);
        address[5] memory people = [alice, bob, carol, mallory, address(batch)];
        for (uint256 i = 0; i < people.length; i++) {
            _approve(people[i], address(vault), MAX);
        }
    }

    /// @dev The deployed build, not one under the tests' settings.
    function _vaultCode() internal view returns (bytes memory) {
        return vm.getCode("CompoundingVault.sol:CompoundingVault");
    }

    function _createVault(uint256 feeBps, uint256 maxRate, bytes32 salt) internal returns (ICompoundingVault made) {
        uint256 seed = Math.max(1_000, decimals < 6 ? 0 : 10 ** (decimals - 6));
        token.mint(address(this), seed);
        _approve(address(this), address(factory), 0); // some tokens insist
        _approve(address(this), address(factory), seed);
        made = ICompoundingVault(factory.createVault(_parameters(feeBps, maxRate), salt, _vaultCode()));
        _mapRoles(address(made));
    }

    function _parameters(
        uint256 feeBps,
        uint256 maxRate
    ) internal view returns (IVaultFactory.VaultParameters memory) {
        return
            IVaultFactory.VaultParameters({
                asset: address(token),
                name: "Compounding test",
                symbol: "cTEST",
                authority: address(manager),
                feeRecipient: feeRecipient,
                feeBps: feeBps,
                maxRate: maxRate
            });
    }

    function _mapRoles(address target) internal {
        bytes4[] memory selectors = new bytes4[](13);
        selectors[0] = ICompoundingVault.addAdapter.selector;
        selectors[1] = ICompoundingVault.removeAdapter.selector;
        selectors[2] = ICompoundingVault.recall.selector;
        selectors[3] = ICompoundingVault.raiseCap.selector;
        selectors[4] = ICompoundingVault.raiseGroupCap.selector;
        selectors[5] = ICompoundingVault.raiseDepositCap.selector;
        selectors[6] = ICompoundingVault.setFee.selector;
        selectors[7] = ICompoundingVault.setFeeRecipient.selector;
        selectors[8] = ICompoundingVault.setMaxRate.selector;
        selectors[9] = ICompoundingVault.setTipCap.selector;
        selectors[10] = ICompoundingVault.setGate.selector;
        selectors[11] = ICompoundingVault.setAuction.selector;
        selectors[12] = ICompoundingVault.reanchorEntryMark.selector;
        manager.setTargetFunctionRole(target, selectors, CURATOR);
        selectors = new bytes4[](1);
        selectors[0] = ICompoundingVault.resumeDeposits.selector;
        manager.setTargetFunctionRole(target, selectors, CURATOR);
        selectors = new bytes4[](3);
        selectors[0] = ICompoundingVault.allocate.selector;
        selectors[1] = ICompoundingVault.setOrder.selector;
        selectors[2] = ICompoundingVault.setBuffer.selector;
        manager.setTargetFunctionRole(target, selectors, ALLOCATOR);
        selectors = new bytes4[](6);
        selectors[0] = ICompoundingVault.lowerCap.selector;
        selectors[1] = ICompoundingVault.lowerGroupCap.selector;
        selectors[2] = ICompoundingVault.lowerDepositCap.selector;
        selectors[3] = ICompoundingVault.deallocate.selector;
        selectors[4] = ICompoundingVault.emergencyExit.selector;
        selectors[5] = ICompoundingVault.stopDeposits.selector;
        manager.setTargetFunctionRole(target, selectors, DERISK);
    }

    /// @notice An honest ERC-4626 source and the adapter that lends to it, listed without caps.
    function _addSource() internal returns (Source4626 source, IAdapter adapter) {
        source = new Source4626(token);
        adapter = _addSource(source);
    }

    /// @notice Lists it without caps; a foreign depositor is in the source already.
    function _addSource(Source4626 source) internal returns (IAdapter adapter) {
        adapter = _adapterOf(source);
        token.mint(address(this), 1_000 * unit);
        _approve(address(this), address(source), 1_000 * unit);
        source.deposit(1_000 * unit, DEAD);
        _list(adapter);
    }

    function _adapterOf(Source4626 source) internal returns (IAdapter) {
        bytes memory code = vm.getCode("ERC4626Adapter.sol:ERC4626Adapter");
        return IAdapter(_create(abi.encodePacked(code, abi.encode(vault, source))));
    }

    function _addHostile() internal returns (HostileAdapter adapter) {
        adapter = new HostileAdapter(address(token), address(vault), 0, 0);
        _list(adapter);
    }

    function _list(IAdapter adapter) internal {
        vm.startPrank(curator);
        vault.addAdapter(address(adapter));
        vault.raiseCap(address(adapter), NO_CAP);
        (bytes32 first, bytes32 second) = adapter.riskIds();
        if (first != 0 && vault.riskGroup(first).relativeCapBps == 0) vault.raiseGroupCap(first, type(uint128).max, 10_000);
        if (second != 0 && vault.riskGroup(second).relativeCapBps == 0) vault.raiseGroupCap(second, type(uint128).max, 10_000);
        vm.stopPrank();
    }

    /* WHAT PEOPLE DO */

    function _deposit(address who, uint256 assets) internal returns (uint256 shares) {
        token.mint(who, assets);
        vm.prank(who);
        return vault.deposit(assets, who);
    }

    function _redeem(address who, uint256 shares) internal returns (uint256 assets) {
        vm.prank(who);
        return vault.redeem(shares, who, who);
    }

    function _redeemAll(address who) internal returns (uint256 assets) {
        return _redeem(who, vault.balanceOf(who));
    }

    function _exit(address who, uint256 shares, address[] memory skip) internal returns (uint256 assets) {
        vm.prank(who);
        return vault.exit(shares, who, who, 0, skip);
    }

    function _allocate(IAdapter adapter, uint256 assets) internal {
        vm.prank(allocator);
        vault.allocate(address(adapter), assets);
    }

    function _deallocate(IAdapter adapter, uint256 assets) internal returns (uint256) {
        vm.prank(guardian);
        return vault.deallocate(address(adapter), assets);
    }

    /// @notice Tokens in hand and the value of shares at the price now: what a profit is measured by.
    function _wealth(address who) internal view returns (uint256) {
        return token.balanceOf(who) + vault.convertToAssets(vault.balanceOf(who));
    }

    function _none() internal pure returns (address[] memory) {
        return new address[](0);
    }

    function _one(address a) internal pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = a;
    }

    /// @dev Some tokens answer nothing.
    function _approve(address owner, address spender, uint256 amount) internal {
        vm.prank(owner);
        (bool ok, ) = address(token).call(abi.encodeCall(token.approve, (spender, amount)));
        vm.assertTrue(ok, "approve");
    }

    function _call(address target, bytes memory data) internal pure returns (Batch.Call memory) {
        return Batch.Call(target, data);
    }

    /* WHAT THE BOOKS SHOULD SAY, by the specification's formulas */

    /// @notice Idle and what the counted adapters report, each clamped.
    function _gross() internal view returns (uint256 gross) {
        ICompoundingVault.Books memory b = vault.books();
        ICompoundingVault.Entry[] memory entries = vault.entries();
        gross = b.idle;
        for (uint256 i = 0; i < entries.length; i++) {
            if ((b.allocated >> i) & 1 == 0) continue;
            gross += Math.min(IAdapter(entries[i].adapter).realAssets(), type(uint104).max);
        }
    }

    /// @notice What the stored lock still holds at `time`, rounded up.
    function _lockedAt(uint256 time) internal view returns (uint256) {
        ICompoundingVault.Lock memory lock = vault.lock();
        if (time >= lock.end) return 0;
        if (time <= lock.start) return lock.locked;
        return Math.ceilDiv(uint256(lock.locked) * (lock.end - time), lock.end - lock.start);
    }

    /// @notice What the lock would have released since the last accrual if it were not larger than NAV.
    function _late() internal view returns (uint256) {
        ICompoundingVault.Books memory b = vault.books();
        return b.nav + _lockedAt(b.accruedAt) - _lockedAt(block.timestamp) - _fair();
    }

    /// @notice NAV if nothing but time had happened since the last accrual.
    function _fair() internal view returns (uint256) {
        ICompoundingVault.Books memory b = vault.books();
        uint256 released = _lockedAt(b.accruedAt) - _lockedAt(block.timestamp);
        uint256 elapsed = block.timestamp - Math.max(b.accruedAt, vault.lock().start);
        return b.nav + Math.min(released, (b.nav * elapsed) / LOCK);
    }

    /// @notice Price from NAV and supply, 1e18 = par, rounded down.
    function _price(uint256 nav, uint256 supply) internal view returns (uint256) {
        return Math.mulDiv(nav + 1, 1e18 * V, supply + V);
    }

    function _isAllocated(IAdapter adapter) internal view returns (bool) {
        ICompoundingVault.Entry[] memory entries = vault.entries();
        for (uint256 i = 0; i < entries.length; i++)
            if (entries[i].adapter == address(adapter)) return (vault.books().allocated >> i) & 1 == 1;
        return false;
    }
}
