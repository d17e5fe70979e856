// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {CoverManager} from "../../../contracts/insurance/CoverManager.sol";
import {CoverNFT} from "../../../contracts/insurance/CoverNFT.sol";
import {ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {IncidentModule} from "../../../contracts/insurance/IncidentModule.sol";
import {COOLDOWN, NOTICE, RAY} from "../../../contracts/insurance/Modules.sol";
import {PoolDeployer} from "../../../contracts/insurance/PoolDeployer.sol";
import {PremiumModel} from "../../../contracts/insurance/PremiumModel.sol";
import {RiskReserve} from "../../../contracts/insurance/RiskReserve.sol";
import {UnderwritingPool} from "../../../contracts/insurance/UnderwritingPool.sol";
import {Base} from "../Vm.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";

/// @notice A pool with all its modules and two insured vaults, as the DAO deploys it. Underwriters bring 1,000,000 tokens.
abstract contract InsuranceFixture is Base {
    uint64 internal constant ADMIN = 0;
    uint64 internal constant CURATOR = 1;
    uint64 internal constant DERISK = 3;
    uint64 internal constant GUARDIAN = 4;
    uint256 internal constant START = 1_800_000_000;
    uint256 internal constant MAX = type(uint256).max;

    TestToken internal token;
    AccessManager internal authority;
    UnderwritingPool internal pool;
    CoverManager internal manager;
    CoverNFT internal nft;
    IncidentModule internal incidents;
    RiskReserve internal reserve;
    Source4626 internal vault;
    Source4626 internal other;

    address internal underwriter = _account("underwriter");
    address internal second = _account("second underwriter");
    address internal holder = _account("holder");
    address internal stranger = _account("stranger");
    address internal guardian = _account("guardian");
    address internal treasury = _account("treasury");

    function setUp() public virtual {
        _deployAll();
        _underwrite(underwriter, 1_000_000e6);
        vault = new Source4626(token);
        other = new Source4626(token);
        _fill(vault, stranger, 1_000_000e6);
        _fill(other, stranger, 1_000_000e6);
        manager.scheduleProduct(0, _terms(address(vault)));
        manager.scheduleProduct(1, _terms(address(other)));
        _skip(NOTICE);
        manager.applyProduct(0);
        manager.applyProduct(1);
    }

    function _deployAll() internal {
        vm.warp(START);
        token = new TestToken(6);
        authority = new AccessManager(address(this));
        PoolDeployer d = new PoolDeployer();
        bytes memory code = type(UnderwritingPool).creationCode;
        pool = UnderwritingPool(d.deployPool(code, token, "Millrace underwriting", "mU", address(authority)));
        manager = CoverManager(d.deployManager(type(CoverManager).creationCode, _config()));
        nft = CoverNFT(d.deployNft(type(CoverNFT).creationCode));
        incidents = IncidentModule(d.deployIncidents(type(IncidentModule).creationCode, address(authority)));
        reserve = RiskReserve(d.deployReserve(type(RiskReserve).creationCode, address(token)));
        _deployClaims(d);
        _mapRoles();
        pool.resumeDeposits();
    }

    /// @dev 2 % at rest, 6 % at a utilisation of 80 %, 30 % at full; a tenth to the DAO, a fifth to the reserve.
    function _config() internal returns (CoverManager.Config memory) {
        return
            CoverManager.Config({
                authority: address(authority),
                model: new PremiumModel(0.02e18, 0.06e18, 0.3e18, 0.8e18),
                treasury: treasury,
                minPremium: 1e6,
                daoFeeBps: 1_000,
                reserveFeeBps: 2_000
            });
    }

    function _terms(address vault_) internal pure returns (ICoverManager.Terms memory) {
        return ICoverManager.Terms(vault_, 1_000, 5_000, 10_000);
    }

    /// @notice Where claims are decided by people; the tests of the other modules leave its place empty.
    function _deployClaims(PoolDeployer) internal virtual {}

    function _mapRoles() internal virtual {
        bytes4[] memory s = new bytes4[](2);
        (s[0], s[1]) = (UnderwritingPool.pauseClaims.selector, UnderwritingPool.stopDeposits.selector);
        authority.setTargetFunctionRole(address(pool), s, DERISK);
        (s[0], s[1]) = (UnderwritingPool.resumeClaims.selector, UnderwritingPool.resumeDeposits.selector);
        authority.setTargetFunctionRole(address(pool), s, CURATOR);
        s = new bytes4[](3);
        (s[0], s[1]) = (ICoverManager.stopBuys.selector, ICoverManager.stopProduct.selector);
        s[2] = ICoverManager.lowerProductCap.selector;
        authority.setTargetFunctionRole(address(manager), s, DERISK);
        s = new bytes4[](1);
        s[0] = ICoverManager.resumeBuys.selector;
        authority.setTargetFunctionRole(address(manager), s, CURATOR);
        s[0] = IncidentModule.dispute.selector;
        authority.setTargetFunctionRole(address(incidents), s, GUARDIAN);
        authority.grantRole(DERISK, guardian, 0);
        authority.grantRole(GUARDIAN, guardian, 0);
        authority.grantRole(CURATOR, address(this), 0);
    }

    /* WHAT PEOPLE DO */

    function _underwrite(address who, uint256 assets) internal returns (uint256 shares) {
        token.mint(who, assets);
        vm.startPrank(who);
        token.approve(address(pool), assets);
        shares = pool.deposit(assets, who, 0);
        vm.stopPrank();
    }

    function _fill(Source4626 source, address who, uint256 assets) internal returns (uint256 shares) {
        token.mint(who, assets);
        vm.startPrank(who);
        token.approve(address(source), MAX);
        shares = source.deposit(assets, who);
        source.approve(address(manager), MAX);
        token.approve(address(manager), MAX);
        vm.stopPrank();
    }

    /// @notice `who` holds `assets` in the vault, insures `amount` of it and arms all.
    function _buy(address who, uint256 amount, uint256 assets) internal returns (uint256 id) {
        return _buy(who, amount, assets, 90 days);
    }

    function _buy(address who, uint256 amount, uint256 assets, uint256 period) internal returns (uint256 id) {
        uint256 shares = assets == 0 ? 0 : _fill(vault, who, assets);
        (uint256 premium, ) = manager.quote(0, amount, period);
        token.mint(who, premium);
        vm.startPrank(who);
        token.approve(address(manager), MAX);
        (id, ) = manager.buy(_purchase(0, amount, period, shares, who));
        vm.stopPrank();
    }

    function _purchase(
        uint8 product,
        uint256 amount,
        uint256 period,
        uint256 shares,
        address receiver
    ) internal pure returns (ICoverManager.Purchase memory) {
        return ICoverManager.Purchase(product, uint96(amount), uint40(period), shares, MAX, receiver);
    }

    /// @notice The vault's price becomes `bps` of what it is.
    function _fall(Source4626 source, uint256 bps) internal {
        source.lose((source.totalAssets() * (10_000 - bps)) / 10_000);
    }

    function _poke() internal {
        manager.poke(0);
    }

    /// @notice An incident that cover `id` opens; the price is as it is.
    function _open(uint256 id) internal returns (uint256) {
        return incidents.open(id);
    }

    /// @notice Readings in the next three slots, from a day after the opening on.
    function _recordThree(uint256 incident) internal {
        for (uint256 i = 0; i < 3; ++i) {
            _skip(1 days);
            incidents.record(incident);
        }
    }

    /// @notice From open to closed by the price as it is.
    function _close(uint256 incident) internal {
        _recordThree(incident);
        _skip(11 days);
        incidents.close(incident);
    }

    /// @notice What a policy's owner has: tokens, free shares and armed shares at the vault's price.
    function _wealth(address who, uint256 id) internal view returns (uint256) {
        return token.balanceOf(who) + vault.convertToAssets(vault.balanceOf(who) + nft.armedOf(id));
    }

    function _requestAll(address who) internal returns (uint256 id) {
        uint256 shares = pool.balanceOf(who);
        vm.prank(who);
        return pool.requestRedeem(shares, who);
    }

    function _finalize(address who, uint256 id) internal returns (uint256) {
        vm.prank(who);
        return pool.finalizeRedeem(id, 0);
    }

    function _cool() internal {
        _skip(COOLDOWN);
    }

    function _entryOf(uint256 id) internal view returns (uint256) {
        return manager.coverOf(id).entry;
    }

    function _sound() internal view {
        vm.assertEq(pool.checkInvariants(), 0, "IN1: the books");
    }

    /// @dev A price of `hundredths` of a hundredth: a share of the test vaults began at one asset wei.
    function _price(uint256 bps) internal pure returns (uint256) {
        return (RAY * bps) / 10_000;
    }
}
