// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IClaimsModule} from "../../../contracts/insurance/IClaimsModule.sol";
import {ClaimsFixture} from "./ClaimsFixture.sol";

/// @notice One who is underwriter, holder and assessor at once, in a world where no vault loses anything and nobody else acts.
contract AttackLifeTest is ClaimsFixture {
    uint256 internal constant ACTS = 24;

    mapping(uint256 act => uint256 times) internal did;
    address internal liar = _account("liar");
    uint256 internal claimed;
    uint256[] internal requests;
    uint256[] internal covers;

    /// @dev Whatever is done, in whatever order: no more comes back than was brought.
    function testFuzz_U14_NobodyEarnsWhereNothingIsLost(uint256 seed) public {
        _live(seed);
    }

    function test_U14_EveryActIsReached() public {
        uint256 start = vm.snapshotState();
        uint256[12] memory times;
        for (uint256 seed = 0; seed < 16; ++seed) {
            _live(seed);
            for (uint256 act = 0; act < 12; ++act) times[act] += did[act];
            vm.revertToState(start);
        }
        for (uint256 act = 0; act < 12; ++act) vm.assertGt(times[act], 0, vm.toString(act));
    }

    function _live(uint256 seed) internal {
        vm.prank(holder);
        manager.cancel(id); // nobody else pays a premium,
        _skip(140 days); // and what was left of it has streamed
        token.mint(liar, 1_000_000e6);
        vm.startPrank(liar);
        token.approve(address(manager), MAX);
        token.approve(address(claims), MAX);
        token.approve(address(pool), MAX);
        token.approve(address(vault), MAX);
        vault.approve(address(manager), MAX);
        vault.deposit(100_000e6, liar);
        claims.bond(50_000e6);
        uint256 reserved = reserve.available();
        for (uint256 i = 0; i < ACTS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            _act(seed % 13, seed >> 16);
        }
        _takeAllHome();
        vm.stopPrank();
        vm.assertLe(token.balanceOf(liar), 1_000_000e6 + ACTS, "U14: a wei per act");
        vm.assertGe(reserve.available(), reserved, "U14: the reserve");
        _backed();
    }

    /// @dev What is refused changes nothing.
    function _act(uint256 what, uint256 dice) internal {
        if (what < 4) return _underwriting(what, dice);
        if (what == 4) return _insure(dice);
        if (what == 11) return _endClaims();
        if (what == 12 || covers.length == 0) return _skip(dice % 20 days);
        uint256 cover = covers[dice % covers.length];
        bytes memory call;
        if (what == 5) call = abi.encodeCall(manager.extend, (cover, uint40(1 + (dice % 100 days)), MAX));
        if (what == 6) call = abi.encodeCall(manager.cancel, (cover));
        if (what == 7) call = abi.encodeCall(manager.arm, (cover, vault.balanceOf(liar)));
        if (what == 8) call = abi.encodeCall(manager.disarm, (cover, nft.armedOf(cover), liar));
        if (what == 9) call = abi.encodeCall(claims.file, (cover, uint96(1 + (dice % 100_000e6)), EVIDENCE));
        if (what == 10) call = abi.encodeCall(claims.vote, (claimed, false, REASON));
        if (!_try(what, what < 9 ? address(manager) : address(claims), call)) return;
        if (what != 9) return;
        claimed = claims.count();
        if (dice % 5 != 0) _try(10, address(claims), abi.encodeCall(claims.vote, (claimed, false, REASON)));
    }

    function _underwriting(uint256 what, uint256 dice) internal {
        uint256 request = requests.length == 0 ? 0 : requests[dice % requests.length];
        bytes memory call;
        if (what == 0) call = abi.encodeCall(pool.deposit, (1 + (dice % 200_000e6), liar, 0));
        if (what == 1) call = abi.encodeCall(pool.requestRedeem, (dice % (pool.balanceOf(liar) + 1), liar));
        if (what == 2) call = abi.encodeCall(pool.finalizeRedeem, (request, 0));
        if (what == 3) call = abi.encodeCall(pool.cancelRedeem, (request));
        if (_try(what, address(pool), call) && what == 1) requests.push(pool.requestCount());
    }

    function _insure(uint256 dice) internal {
        uint256 shares = dice % 3 == 0 ? 0 : vault.balanceOf(liar) / 2;
        uint256 period = 7 days + (dice % 300 days);
        bytes memory call = abi.encodeCall(
            manager.buy,
            (_purchase(0, 1 + (dice % 300_000e6), period, shares, liar))
        );
        if (_try(4, address(manager), call)) covers.push(nft.count());
    }

    function _try(uint256 what, address target, bytes memory call) internal returns (bool ok) {
        (ok, ) = target.call(call);
        if (ok) ++did[what];
    }

    /// @dev By the assessors if they have decided, else by silence.
    function _endClaims() internal {
        for (uint256 c = 1; c <= claims.count(); ++c) {
            if (claims.claimOf(c).state == IClaimsModule.State.Final) continue;
            _skip(24 days);
            claims.finalize(c);
            if (claims.ballotOf(c, liar).weight != 0) claims.settleBallot(c, liar);
            ++did[11];
        }
        if (claims.owed(liar) != 0) claims.withdraw(liar);
    }

    function _takeAllHome() internal {
        _endClaims();
        for (uint256 i = 0; i < covers.length; ++i) manager.disarm(covers[i], nft.armedOf(covers[i]), liar);
        if (pool.balanceOf(liar) != 0) requests.push(pool.requestRedeem(pool.balanceOf(liar), liar));
        _skip(500 days);
        for (uint256 i = 0; i < requests.length; ++i) {
            if (pool.requestOf(requests[i]).shares != 0) pool.finalizeRedeem(requests[i], 0);
        }
        vault.redeem(vault.balanceOf(liar), liar, liar);
        claims.unbond(50_000e6, liar);
    }
}
