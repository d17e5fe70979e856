// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IClaimsModule} from "../../../contracts/insurance/IClaimsModule.sol";
import {ICoverManager} from "../../../contracts/insurance/ICoverManager.sol";
import {ICoverNFT} from "../../../contracts/insurance/ICoverNFT.sol";
import {IIncidentModule} from "../../../contracts/insurance/IIncidentModule.sol";
import {IUnderwritingPool} from "../../../contracts/insurance/IUnderwritingPool.sol";
import {Modules} from "../../../contracts/insurance/Modules.sol";
import {Puppet} from "../governance/Puppets.sol";

/// @notice Several accounts that act on a pool one after another in one transaction, whatever comes of each act; and all
/// that a model is compared with, in one call.
contract InsuranceRunner {
    Puppet[] public puppets;

    /// @notice A word for each act: 31 bytes of the last that it returned, or, with the highest bit set, the selector of its error.
    event Ran(uint256[] outcomes);

    constructor(uint256 count) {
        for (uint256 i = 0; i < count; ++i) puppets.push(new Puppet());
    }

    /// @param acts One after another: who (1 byte), at what (20), with how many bytes (2), and these.
    function run(uint256 count, bytes calldata acts) external {
        uint256[] memory outcomes = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 end = 23 + uint16(bytes2(acts[21:23]));
            address target = address(bytes20(acts[1:21]));
            (bool ok, bytes memory result) = puppets[uint8(acts[0])].act(target, acts[23:end]);
            outcomes[i] = ok ? _last(result) & type(uint248).max : (1 << 255) | uint32(bytes4(result));
            acts = acts[end:];
        }
        emit Ran(outcomes);
    }

    /// @param ids Of products, covers, requests and claims.
    function look(
        Modules calldata m,
        IERC20[] calldata tokens,
        address[] calldata accounts,
        uint256[][] calldata ids
    ) external view returns (uint256[] memory words) {
        words = new uint256[](1_500);
        uint256 n = _lookPool(words, m, tokens);
        for (uint256 i = 0; i < accounts.length; ++i) n = _lookAccount(words, n, m, tokens, accounts[i]);
        for (uint256 i = 0; i < ids[0].length; ++i) n = _lookProduct(words, n, m, uint8(ids[0][i]));
        for (uint256 i = 0; i < ids[1].length; ++i) n = _lookCover(words, n, m, ids[1][i]);
        for (uint256 i = 0; i < ids[2].length; ++i) n = _lookRequest(words, n, m, ids[2][i]);
        for (uint256 i = 0; i < ids[3].length; ++i) n = _lookClaim(words, n, m, ids[3][i]);
        // Shortens the list to what was written: nothing behind it is used.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(words, n)
        }
    }

    function broken(IUnderwritingPool pool) external view returns (uint256) {
        return pool.checkInvariants();
    }

    function _lookPool(
        uint256[] memory w,
        Modules calldata m,
        IERC20[] calldata tokens
    ) private view returns (uint256 n) {
        IUnderwritingPool pool = IUnderwritingPool(m.pool);
        IUnderwritingPool.Books memory b = pool.books();
        (w[n++], w[n++], w[n++], w[n++]) = (pool.poolTime(), b.assets, b.unearned, b.live);
        (w[n++], w[n++], w[n++], w[n++]) = (b.rate, b.locked, b.accruedAt, b.incidents);
        (w[n++], w[n++], w[n++]) = (b.queued, b.depositsStopped ? 1 : 0, b.retired ? 1 : 0);
        (w[n++], w[n++]) = (pool.totalSupply(), pool.capacity());
        (w[n++], w[n++], w[n++]) = (pool.freeAssets(), pool.exposure(), pool.totalOwed());
        (w[n++], w[n++], w[n++]) = (pool.requestCount(), ICoverNFT(m.nft).count(), IIncidentModule(m.incidents).count());
        IClaimsModule claims = IClaimsModule(m.claims);
        (w[n++], w[n++], w[n++]) = (claims.count(), claims.held(), claims.totalBonds());
        address[4] memory holders = [m.pool, m.reserve, m.claims, m.nft];
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 j = 0; j < tokens.length; ++j) w[n++] = tokens[j].balanceOf(holders[i]);
        }
        for (uint256 j = 1; j < tokens.length; ++j) {
            (w[n++], w[n++]) = (tokens[0].balanceOf(address(tokens[j])), tokens[j].totalSupply());
        }
    }

    function _lookAccount(
        uint256[] memory w,
        uint256 n,
        Modules calldata m,
        IERC20[] calldata tokens,
        address account
    ) private view returns (uint256) {
        IClaimsModule claims = IClaimsModule(m.claims);
        IClaimsModule.Assessor memory a = claims.assessorOf(account);
        for (uint256 j = 0; j < tokens.length; ++j) w[n++] = tokens[j].balanceOf(account);
        (w[n++], w[n++]) = (IERC20(m.pool).balanceOf(account), IUnderwritingPool(m.pool).owed(account));
        (w[n++], w[n++], w[n++]) = (claims.owed(account), a.bond, a.bondedAt);
        (w[n++], w[n++]) = (a.ballots, a.lockedUntil);
        return n;
    }

    function _lookProduct(
        uint256[] memory w,
        uint256 n,
        Modules calldata m,
        uint8 product
    ) private view returns (uint256) {
        ICoverManager.Product memory p = ICoverManager(m.manager).productOf(product);
        (w[n++], w[n++], w[n++]) = (p.deductibleBps, p.capBps, p.multiplierBps);
        (w[n++], w[n++], w[n++]) = (p.stopped ? 1 : 0, p.incident ? 1 : 0, p.hwm);
        (w[n++], w[n++], w[n++]) = (p.hwmAt, p.healthyAt, p.lowAt);
        w[n++] = ICoverManager(m.manager).markCount(product);
        w[n++] = IUnderwritingPool(m.pool).liveOf(product);
        uint256 last = IIncidentModule(m.incidents).lastIncident(product);
        IIncidentModule.Incident memory i = IIncidentModule(m.incidents).incidentOf(last);
        (w[n++], w[n++], w[n++], w[n++]) = (last, i.values[0], i.values[1], i.values[2]);
        (w[n++], w[n++], w[n++], w[n++]) = (i.price, i.openedAt, i.lossAt, i.lastSlot);
        (w[n++], w[n++], w[n++]) = (i.healthyAt, i.closedAt, i.disputedAt);
        (w[n++], w[n++], w[n++], w[n++]) = (uint256(i.state), i.slots, i.disputed ? 1 : 0, i.cleared ? 1 : 0);
        return n;
    }

    function _lookCover(
        uint256[] memory w,
        uint256 n,
        Modules calldata m,
        uint256 id
    ) private view returns (uint256) {
        ICoverManager.Cover memory c = ICoverManager(m.manager).coverOf(id);
        (w[n++], w[n++], w[n++], w[n++]) = (c.amount, c.remaining, c.product, c.deductibleBps);
        (w[n++], w[n++], w[n++], w[n++]) = (c.bucket, uint256(c.claim), c.entry, c.start);
        (w[n++], w[n++], w[n++], w[n++]) = (c.expiry, c.rate, c.premium, c.frozen ? 1 : 0);
        (w[n++], w[n++]) = (ICoverNFT(m.nft).armedOf(id), uint160(IERC721(m.nft).ownerOf(id)));
        (w[n++], w[n++]) = (ICoverManager(m.manager).refundOf(id), IIncidentModule(m.incidents).filedIn(id));
        IIncidentModule.Recovery memory r = IIncidentModule(m.incidents).recoveryOf(id);
        (w[n++], w[n++], w[n++]) = (r.paid, r.price, r.closedAt);
        return n;
    }

    function _lookRequest(
        uint256[] memory w,
        uint256 n,
        Modules calldata m,
        uint256 id
    ) private view returns (uint256) {
        IUnderwritingPool.Request memory r = IUnderwritingPool(m.pool).requestOf(id);
        (w[n++], w[n++], w[n++], w[n++]) = (r.shares, r.assets, uint160(r.receiver), r.requestedAt);
        w[n++] = IUnderwritingPool(m.pool).redeemable(id);
        return n;
    }

    function _lookClaim(
        uint256[] memory w,
        uint256 n,
        Modules calldata m,
        uint256 claim
    ) private view returns (uint256) {
        IClaimsModule.Claim memory c = IClaimsModule(m.claims).claimOf(claim);
        (w[n++], w[n++], w[n++], w[n++]) = (c.id, uint160(c.claimant), c.amount, c.deposit);
        (w[n++], w[n++], w[n++]) = (uint256(c.state), c.accepted ? 1 : 0, c.valid ? 1 : 0);
        (w[n++], w[n++], w[n++]) = (c.result ? 1 : 0, c.overturned ? 1 : 0, c.extensions);
        (w[n++], w[n++], w[n++]) = (c.filedAt, c.endsAt, c.escalatedAt);
        (w[n++], w[n++], w[n++], w[n++]) = (c.accepting, c.denying, c.bonds, c.pot);
        w[n++] = uint160(c.challenger);
        return n;
    }

    function _last(bytes memory result) private pure returns (uint256 word) {
        if (result.length < 32) return 0;
        // The last 32 bytes lie within the result.
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            word := mload(add(result, mload(result)))
        }
    }
}
