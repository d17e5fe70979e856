// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {BoundedCall} from "../../../contracts/vault/BoundedCall.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice Pays a reward that costs much to claim.
contract DearReward {
    uint256 private constant _COST = 1_200_000;

    function pay(TestToken token, address receiver) external {
        uint256 end = gasleft() - _COST;
        while (gasleft() > end) {}
        token.mint(receiver, 1e18);
    }
}

contract CompoundTest is VaultFixture {
    Source4626 internal source;
    IAdapter internal adapter;
    HostileAdapter internal hostile;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(1_000, 30);
        (source, adapter) = _addSource();
        hostile = _addHostile();
        _deposit(alice, 1_000 * unit);
    }

    function test_Compound_BooksWhatIsThereButNotInTheBooks() public {
        token.mint(address(vault), 70 * unit);
        uint256 nav = vault.totalAssets();
        uint256 idle = vault.books().idle;
        vm.expectEmit(true, false, false, true, address(vault));
        emit ICompoundingVault.Compounded(mallory, 70 * unit, 0, 70 * unit + idle - 1);
        vm.prank(mallory); // anyone
        vm.assertEq(vault.compound(), 70 * unit);
        vm.assertEq(vault.totalAssets(), nav, "a gain moved the price at once");
        vm.assertEq(vault.locked(), 70 * unit);
        vm.assertEq(vault.books().idle, 1, "what is above the buffer is lent, but for a wei");
        vm.assertEq(vault.config().compoundedAt, block.timestamp);
    }

    /// @notice M11d. The tip is a hundredth of what was skimmed, at most the cap, and nothing on nothing.
    function testFuzz_ReviewM11_TheTip(uint256 gain, uint256 cap) public {
        gain = _bound(gain, 0, 1_000 * unit);
        cap = _bound(cap, 0, 20 * unit);
        vm.prank(curator);
        vault.setTipCap(cap);
        cap -= cap % (unit / 1e6);
        token.mint(address(vault), gain);
        uint256 tip = gain / 100 < cap ? gain / 100 : cap;
        vm.prank(mallory);
        vm.assertEq(vault.compound(), gain - tip);
        vm.assertEq(token.balanceOf(mallory), tip);
        vm.prank(mallory);
        vm.assertEq(vault.compound(), 0);
        vm.assertEq(token.balanceOf(mallory), tip, "a second tip on nothing");
    }

    /// @notice The cap of tips is kept in millionths of the asset, rounded down, in 40 bits.
    function testFuzz_Compound_TheTipCapIsKeptInMillionths(uint256 cap) public {
        uint256 millionth = unit / 1e6;
        uint256 end = 2 ** 40 * millionth;
        cap = _bound(cap, 0, end - 1);
        vm.startPrank(curator);
        vault.setTipCap(cap);
        vm.assertEq(uint256(vault.config().tipCap), cap - (cap % millionth));
        vm.expectRevert(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 40, 2 ** 40));
        vault.setTipCap(end);
        vault.setTipCap(end - 1);
        vm.assertEq(uint256(vault.config().tipCap), end - millionth);
        vm.assertEq(vault.auction(), address(0), "it spilled into its neighbour");
        vm.assertEq(uint256(vault.config().bufferBps), 0, "it spilled into its neighbour");
        vm.stopPrank();
    }

    function test_Compound_LeavesTheBuffer() public {
        vm.prank(allocator);
        vault.setBuffer(1_000);
        _deallocate(adapter, 300 * unit);
        vault.compound();
        vm.assertApproxEqAbs(vault.books().idle, vault.totalAssets() / 10, 1);
        vault.compound();
        vm.assertApproxEqAbs(vault.books().idle, vault.totalAssets() / 10, 1, "again");
    }

    /// @notice It fills only the first adapter, within its caps and what the market takes.
    function test_Compound_PushesWithinCaps() public {
        _deallocate(adapter, 300 * unit);
        uint256 held = adapter.realAssets();
        vm.prank(guardian);
        vault.lowerCap(address(adapter), held + 100 * unit);
        uint256 idle = vault.books().idle;
        vault.compound();
        vm.assertEq(vault.books().idle, idle - 100 * unit, "the room of its cap");
        vm.assertEq(hostile.realAssets(), 0, "it filled another one");
        vm.prank(curator);
        vault.raiseCap(address(adapter), NO_CAP);
        source.setRoom(30 * unit);
        vault.compound();
        vm.assertEq(vault.books().idle, idle - 130 * unit, "what the market takes");
        source.setRoom(0);
        vault.compound();
        vm.assertEq(vault.books().idle, idle - 130 * unit, "a paused market");
        (bytes32 risk, ) = adapter.riskIds();
        source.setRoom(type(uint256).max);
        vm.prank(guardian);
        vault.lowerGroupCap(risk, type(uint128).max, 0);
        vault.compound();
        vm.assertEq(vault.books().idle, idle - 130 * unit, "a group without room");
    }

    /// @notice V5. A wei in hand, of which a market makes nothing, blocks nothing.
    function test_Compound_DustBlocksNothing() public {
        source.gain(500 * unit); // a share is worth more than a wei
        vault.compound();
        token.mint(address(vault), 1);
        vm.assertEq(vault.compound(), 1);
        vm.assertEq(vault.books().idle, 1);
        token.mint(address(vault), vault.seedAssets());
        source.setRoom(1); // nor does a market that has room for a wei
        vault.compound();
        source.setRoom(type(uint256).max);
        vault.compound();
        vm.assertEq(vault.books().idle, 1);
    }

    /// @notice M11c. Each claim in its own call: whatever one does, the others are claimed and the gain is booked.
    function test_ReviewM11_AFailingClaimBlocksNothing() public {
        HostileAdapter.Claim[3] memory ways = [
            HostileAdapter.Claim.Revert,
            HostileAdapter.Claim.BurnGas,
            HostileAdapter.Claim.Bomb
        ];
        HostileAdapter other = _addHostile();
        for (uint256 i = 0; i < 3; i++) {
            hostile.setClaim(ways[i]);
            token.mint(address(vault), unit);
            vm.expectEmit(address(vault));
            emit ICompoundingVault.ClaimFailed(address(hostile));
            vm.expectCall(address(other), abi.encodeCall(other.claimRewards, ()));
            vm.assertEq(vault.compound(), unit);
        }
    }

    /// @notice All eight burn what gas they are given, and a transaction, which may have 2^24 (EIP-7825), has enough.
    function test_Compound_FitsIntoATransactionWhateverClaimsDo() public {
        vault = _createVault(1_000, 30, "burners");
        _approve(alice, address(vault), MAX);
        for (uint256 i = 0; i < 8; i++) {
            hostile = _addHostile();
            hostile.setClaim(HostileAdapter.Claim.BurnGas);
        }
        _deposit(alice, 1_000 * unit);
        token.mint(address(vault), unit);
        vm.assertEq(vault.compound{gas: 2 ** 24 - 21_000}(), unit);
    }

    /// @notice Whoever compounds with little gas makes no claim fail that costs less than it is given: either it pays, or nothing
    /// happens, `compoundedAt` included.
    function test_Compound_WithheldGasSkipsNoClaim() public {
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        hostile.arm(address(new DearReward()), abi.encodeCall(DearReward.pay, (token, address(vault))));
        uint256[2] memory seen;
        for (uint256 gas = 300_000; gas < 4_500_000; gas += 50_000) {
            uint256 snapshot = vm.snapshotState();
            try vault.compound{gas: gas}() returns (uint256 gain) {
                vm.assertEq(gain, 1e18, "skipped");
                ++seen[1];
            } catch (bytes memory reason) {
                vm.assertTrue(bytes4(reason) == BoundedCall.BoundedCall__GasTooLow.selector, "refused by name");
                ++seen[0];
            }
            vm.revertToState(snapshot);
        }
        vm.assertGt(seen[0], 10);
        vm.assertGt(seen[1], 10);
    }

    /// @notice A claim that calls back finds the guard, and the books as they were stored.
    function test_Compound_ReenteringClaim() public {
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        hostile.arm(address(vault), abi.encodeCall(vault.compound, ()));
        token.mint(address(vault), unit);
        vm.assertEq(vault.compound(), unit);
        vm.assertFalse(hostile.reentered(), "compound inside compound");
        hostile.arm(address(vault), abi.encodeCall(vault.redeem, (1, mallory, alice)));
        vault.compound();
        vm.assertFalse(hostile.reentered(), "redeem inside compound");
    }

    /// @notice A reward in the asset itself that arrives during the claim is part of the gain.
    function test_ReviewM11_ARewardInTheAssetGoesToTheLock() public {
        hostile.setClaim(HostileAdapter.Claim.Reenter);
        hostile.arm(address(token), abi.encodeCall(token.mint, (address(vault), 3 * unit)));
        vm.assertEq(vault.compound(), 3 * unit);
        vm.assertEq(vault.locked(), 3 * unit);
    }

    function test_Compound_RevertWhen_AnAdaptersViewFails() public {
        _deallocate(adapter, unit);
        _allocate(hostile, unit);
        hostile.setValue(HostileAdapter.Value.Revert, 0);
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, hostile));
        vault.compound();
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AdapterFailed.selector, hostile));
        vault.accrue();
    }

    function test_Compound_WithoutAdapters() public {
        ICompoundingVault bare = _createVault(0, 30, "bare");
        token.mint(address(bare), unit);
        vm.assertEq(bare.compound(), unit);
        vm.assertEq(bare.books().idle, unit + bare.seedAssets());
    }
}
