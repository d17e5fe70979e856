// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

import {BUCKET, COOLDOWN, GRACE, Modules} from "../../../contracts/insurance/Modules.sol";
import {ModuleDeployer} from "../../../contracts/insurance/ModuleDeployer.sol";
import {RiskReserve} from "../../../contracts/insurance/RiskReserve.sol";
import {UnderwritingPool} from "../../../contracts/insurance/UnderwritingPool.sol";
import {Base} from "../Vm.sol";
import {TestToken} from "../helpers/TestToken.sol";

/// @notice The capital without the modules in front of it: the test itself is the cover manager.
abstract contract PoolFixture is Base {
    uint64 internal constant CURATOR = 1;
    uint64 internal constant DERISK = 3;
    uint256 internal constant START = 1_800_000_000;
    uint256 internal constant ALL = 10_000;

    TestToken internal token;
    AccessManager internal authority;
    UnderwritingPool internal pool;
    RiskReserve internal reserve;

    address internal alice = _account("alice");
    address internal bob = _account("bob");
    address internal carol = _account("carol");
    address internal holder = _account("holder");
    address internal guardian = _account("guardian");

    function _deployPool(TestToken token_) internal {
        vm.warp(START);
        token = token_;
        authority = new AccessManager(address(this));
        ModuleDeployer deployer = new ModuleDeployer();
        Modules memory m = Modules({
            pool: deployer.addressOf(0),
            manager: address(this),
            nft: deployer.addressOf(2),
            incidents: deployer.addressOf(3),
            claims: deployer.addressOf(4),
            reserve: deployer.addressOf(1)
        });
        bytes memory args = abi.encode(token, "Millrace underwriting", "mU", authority, m);
        pool = UnderwritingPool(deployer.deploy(abi.encodePacked(type(UnderwritingPool).creationCode, args)));
        args = abi.encode(token, m);
        reserve = RiskReserve(deployer.deploy(abi.encodePacked(type(RiskReserve).creationCode, args)));
        bytes4[] memory selectors = new bytes4[](2);
        selectors[0] = UnderwritingPool.pauseClaims.selector;
        selectors[1] = UnderwritingPool.stopDeposits.selector;
        authority.setTargetFunctionRole(address(pool), selectors, DERISK);
        selectors[0] = UnderwritingPool.resumeClaims.selector;
        selectors[1] = UnderwritingPool.resumeDeposits.selector;
        authority.setTargetFunctionRole(address(pool), selectors, CURATOR);
        authority.grantRole(DERISK, guardian, 0);
        authority.grantRole(CURATOR, address(this), 0);
        pool.resumeDeposits();
    }

    /* WHAT PEOPLE DO */

    function _deposit(address who, uint256 assets) internal returns (uint256 shares) {
        token.mint(who, assets);
        vm.startPrank(who);
        token.approve(address(pool), assets);
        shares = pool.deposit(assets, who, 0);
        vm.stopPrank();
    }

    function _request(address who, uint256 shares) internal returns (uint256 id) {
        vm.prank(who);
        return pool.requestRedeem(shares, who);
    }

    function _finalize(address who, uint256 id) internal returns (uint256 assets) {
        vm.prank(who);
        return pool.finalizeRedeem(id, 0);
    }

    function _requestAll(address who) internal returns (uint256 id) {
        return _request(who, pool.balanceOf(who));
    }

    /* WHAT THE MANAGER DOES */

    /// @notice The bucket of a cover that expires `period` from now.
    function _bucketIn(uint256 period) internal view returns (uint256) {
        return (pool.poolTime() + period + GRACE + BUCKET - 1) / BUCKET;
    }

    function _bind(uint8 product, uint256 bucket, uint256 amount, uint256 net) internal returns (uint256 rate) {
        token.mint(address(pool), net);
        return pool.bindCover(product, bucket, amount, net, ALL);
    }

    function _pause(uint256 duration) internal {
        vm.prank(guardian);
        pool.pauseClaims(duration);
    }

    /// @notice To the moment a request made now can be finalised.
    function _cool() internal {
        _skip(COOLDOWN);
    }

    function _worth(address who) internal view returns (uint256) {
        return token.balanceOf(who) + pool.convertToAssets(pool.balanceOf(who));
    }
}
