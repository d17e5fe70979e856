// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IRevenueSplitter} from "../../../contracts/governance/IRevenueSplitter.sol";
import {RevenueSplitter} from "../../../contracts/governance/RevenueSplitter.sol";
import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {RewardAuction} from "../../../contracts/rewards/RewardAuction.sol";
import {CompanyFixture} from "./CompanyFixture.sol";
import {FeeVault} from "./FeeVault.sol";
import {ReenteringShares} from "./ReenteringShares.sol";
import {RewardToken} from "./RewardToken.sol";
import {SilentToken} from "./SilentToken.sol";

abstract contract SplitterFixture is CompanyFixture {
    FeeVault internal vault;
    RewardToken internal other;
    RewardAuction internal auction;

    function setUp() public virtual override {
        super.setUp();
        vm.prank(alice);
        staking.stake(1e24, alice);
        vault = new FeeVault(reward);
        other = new RewardToken();
        auction = new RewardAuction(address(splitter));
        vm.startPrank(address(timelock));
        splitter.setAuction(auction);
        // One dollar for one whole token.
        auction.list(address(other), 1e6 * 1e18, 100e6);
        vm.stopPrank();
        other.mint(address(auction), 1); // the wei that no lot takes
    }

    /// @notice Fees of a vault: shares that the splitter holds.
    function _fees(uint256 assets) internal {
        reward.mint(address(this), assets);
        reward.approve(address(vault), assets);
        vault.deposit(assets, address(splitter));
    }
}

contract DistributeTest is SplitterFixture {
    function test_Revenue_FromVaultFeesToStakers() public {
        _fees(1_000e6);
        splitter.convert(address(vault));
        vm.assertEq(reward.balanceOf(address(splitter)), 1_000e6);
        vm.expectEmit(address(splitter));
        emit IRevenueSplitter.RevenueSplit(carol, 600e6, 300e6, 100e6);
        vm.prank(carol);
        splitter.distribute();
        vm.assertEq(reward.balanceOf(address(vaultOfDao)), 300e6);
        vm.assertEq(reward.balanceOf(reserve), 100e6);
        _skip(14 days);
        vm.assertApproxEqAbs(staking.claimable(alice), 600e6, 1);
    }

    function test_Revenue_FromAnAuctionToStakers() public {
        other.mint(address(splitter), 500e6);
        splitter.convert(address(other));
        vm.assertEq(other.balanceOf(address(auction)), 500e6 + 1);
        // After four half-lives the price rests at a quarter of the anchor.
        _skip(2 hours);
        reward.mint(bob, 1_000e6);
        vm.startPrank(bob);
        reward.approve(address(auction), type(uint256).max);
        auction.take(address(other), 500e6, type(uint256).max, bob, vm.getBlockTimestamp(), "");
        vm.stopPrank();
        vm.assertEq(reward.balanceOf(address(splitter)), 125e6);
        splitter.distribute();
        vm.assertEq(reward.balanceOf(address(staking)), 75e6);
    }

    function testFuzz_Distribute_GivesAllAway(uint96 amount, uint16 stakers, uint16 dao) public {
        amount = uint96(_bound(amount, 1, type(uint96).max));
        stakers = uint16(_bound(stakers, 0, 10_000));
        dao = uint16(_bound(dao, 0, 10_000 - stakers));
        vm.prank(address(timelock));
        splitter.setSplit(_splitOf(stakers, dao, 10_000 - stakers - dao));
        reward.mint(address(splitter), amount);
        splitter.distribute();
        uint256 toStakers = reward.balanceOf(address(staking));
        vm.assertEq(reward.balanceOf(address(splitter)), 0);
        vm.assertEq(toStakers + reward.balanceOf(address(vaultOfDao)) + reward.balanceOf(reserve), amount);
        vm.assertGe(toStakers, (uint256(amount) * stakers) / 10_000);
        if (stakers == 0) vm.assertEq(toStakers, 0);
    }

    /// @notice Staking whose lifetime counter is full refuses; treasury and reserve are paid all the same.
    function test_Distribute_StakersRefuse() public {
        uint256 most = type(uint96).max;
        reward.mint(address(this), most);
        reward.approve(address(staking), most);
        staking.notifyReward(most);
        reward.mint(address(splitter), 1_000e6);
        splitter.distribute();
        vm.assertEq(reward.balanceOf(address(vaultOfDao)), 900e6);
        vm.assertEq(reward.balanceOf(reserve), 100e6);
        vm.assertEq(reward.allowance(address(splitter), address(staking)), 0);
    }

    /// @notice What staking gets is tried, and goes to the treasury when that fails: no choice of gas makes it fail alone,
    /// since the 64th that is left (EIP-150) pays no transfer.
    function test_Distribute_NoGasLimitCheatsTheStakers() public {
        reward.mint(address(splitter), 1_000e6);
        uint256 done = 0;
        for (uint256 limit = 30_000; limit < 400_000; limit += 2_000) {
            uint256 id = vm.snapshotState();
            (bool ok, ) = address(splitter).call{gas: limit}(abi.encodeCall(splitter.distribute, ()));
            uint256 expected = ok ? 300e6 : 0;
            vm.assertEq(reward.balanceOf(address(vaultOfDao)), expected, "the stakers' part went to the treasury");
            if (ok) ++done;
            vm.revertToState(id);
        }
        _report("stakers, of 600 they are due, whatever the caller's gas", 600e6);
        vm.assertTrue(done > 20 && done < 185, "both outcomes were reached");
    }

    /// @notice A token that answers every call, with nothing: it is no vault, and is stranded instead of stuck.
    function test_Convert_ATokenWithASilentFallbackIsNoVault() public {
        SilentToken silent = new SilentToken();
        silent.mint(address(splitter), 5e18);
        splitter.convert(address(silent));
        vm.assertEq(splitter.inKindFrom(address(silent)), block.timestamp + 14 days);
        _skip(14 days);
        splitter.convert(address(silent));
        vm.assertEq(silent.balanceOf(address(vaultOfDao)), 5e18);
    }

    /// @notice A "vault" that anyone made runs its code while the splitter converts: nothing else starts meanwhile.
    function test_Convert_LetsNothingInMeanwhile() public {
        reward.mint(address(splitter), 1_000e6);
        other.mint(address(splitter), 500e6);
        ReenteringShares shares = new ReenteringShares(address(reward));
        bytes[2] memory calls = [
            abi.encodeCall(splitter.distribute, ()),
            abi.encodeCall(splitter.convert, (address(other)))
        ];
        for (uint256 i = 0; i < 2; ++i) {
            shares.arm(calls[i]);
            splitter.convert(address(shares));
            vm.assertTrue(shares.tried() && !shares.succeeded(), "entered");
        }
        vm.assertEq(reward.balanceOf(address(splitter)), 1_000e6);
        vm.assertEq(other.balanceOf(address(splitter)), 500e6);
    }

    function test_Distribute_RevertWhen_Nothing() public {
        vm.expectRevert(abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__Nothing.selector, address(reward)));
        splitter.distribute();
    }

    function test_SetSplit_RevertWhen_WrongOrNotTheDao() public {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, attacker));
        vm.prank(attacker);
        splitter.setSplit(_splitOf(0, 0, 10_000));
        vm.startPrank(address(timelock));
        vm.expectRevert(abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__BadSplit.selector, 9_999));
        splitter.setSplit(_splitOf(5_000, 4_000, 999));
        vm.expectRevert(abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__BadSplit.selector, 10_000));
        splitter.setSplit(IRevenueSplitter.Split(5_000, 4_000, 1_000, address(0)));
        splitter.setSplit(IRevenueSplitter.Split(5_000, 5_000, 0, address(0)));
        vm.stopPrank();
        vm.assertEq(splitter.split().treasuryBps, 5_000);
        vm.expectRevert(IRevenueSplitter.RevenueSplitter__ZeroAddress.selector);
        new RevenueSplitter(address(authority), staking, address(0), _splitOf(10_000, 0, 0));
    }

    function test_SetAuction_RevertWhen_ItPaysElsewhere() public {
        RevenueSplitter second = new RevenueSplitter(address(authority), staking, carol, _splitOf(10_000, 0, 0));
        vm.startPrank(address(timelock));
        vm.expectRevert(
            abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__WrongAuction.selector, address(auction))
        );
        second.setAuction(auction);
        splitter.setAuction(IRewardAuction(address(0)));
        vm.stopPrank();
        vm.assertEq(address(splitter.auction()), address(0));
    }
}

contract ConvertTest is SplitterFixture {
    function test_Convert_RedeemsWhatTheVaultPays() public {
        _fees(1_000e6);
        vault.setLiquidity(400e6);
        splitter.convert(address(vault));
        vm.assertEq(reward.balanceOf(address(splitter)), 400e6);
        vm.assertEq(vault.balanceOf(address(splitter)), 600e6);
    }

    /// @notice A market that is empty for a moment, by a flash loan say, diverts nothing from the stakers.
    function test_Convert_AMomentWithoutLiquidityDivertsNothing() public {
        _fees(1_000e6);
        vault.setLiquidity(0);
        uint256 from = vm.getBlockTimestamp() + 14 days;
        vm.expectEmit(address(splitter));
        emit IRevenueSplitter.Stranded(address(vault), from);
        splitter.convert(address(vault));
        vm.assertEq(splitter.inKindFrom(address(vault)), from);
        vm.expectRevert(
            abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__StillStranded.selector, address(vault), from)
        );
        splitter.convert(address(vault));
        // Any success in between starts it over.
        vault.setLiquidity(1e6);
        splitter.convert(address(vault));
        vault.setLiquidity(0);
        vm.warp(from);
        splitter.convert(address(vault));
        vm.assertEq(vault.balanceOf(address(vaultOfDao)), 0);
        vm.assertEq(vault.balanceOf(address(splitter)), 999e6);
    }

    /// @notice A vault tells no limits behind somebody's `exit`, and pays: nobody strands its shares, or has them auctioned, by that.
    function test_Convert_AVaultThatOnlySaysItPaysNothingDivertsNothing() public {
        _fees(1_000e6);
        vault.setShy(true);
        splitter.convert(address(vault));
        vm.assertEq(reward.balanceOf(address(splitter)), 1_000e6);
        vm.assertEq(splitter.inKindFrom(address(vault)), 0);
    }

    function test_Convert_WhatCannotBeSoldGoesToTheTreasuryInKind() public {
        _fees(1_000e6);
        vault.setBroken(true);
        splitter.convert(address(vault));
        _skip(14 days - 1);
        vm.expectPartialRevert(IRevenueSplitter.RevenueSplitter__StillStranded.selector);
        splitter.convert(address(vault));
        _skip(1);
        splitter.convert(address(vault));
        vm.assertEq(vault.balanceOf(address(vaultOfDao)), 1_000e6);
        vm.assertEq(splitter.inKindFrom(address(vault)), 0);
    }

    /// @notice Who empties a market at two moments diverts no more than what was there at the first.
    function test_Convert_WhatCameSinceWaitsForItsOwnTime() public {
        _fees(400e6);
        vault.setLiquidity(0);
        splitter.convert(address(vault));
        vault.setLiquidity(type(uint256).max);
        _skip(14 days);
        _fees(600e6);
        vault.setLiquidity(0);
        vm.expectEmit(address(splitter));
        emit IRevenueSplitter.SentInKind(address(vault), 400e6);
        splitter.convert(address(vault));
        vm.assertEq(vault.balanceOf(address(vaultOfDao)), 400e6);
        vault.setLiquidity(type(uint256).max);
        splitter.convert(address(vault));
        vm.assertEq(reward.balanceOf(address(splitter)), 600e6);
        vm.assertEq(vault.balanceOf(address(splitter)), 0);
    }

    function test_Convert_AnUnlistedTokenWaitsForAListing() public {
        RewardToken third = new RewardToken();
        third.mint(address(splitter), 500e6);
        splitter.convert(address(third));
        vm.prank(address(timelock));
        auction.list(address(third), 1e6 * 1e18, 100e6);
        splitter.convert(address(third));
        vm.assertEq(third.balanceOf(address(auction)), 500e6);
        vm.assertEq(splitter.inKindFrom(address(third)), 0);
    }

    function test_Convert_ARunningLotKeepsItsSize() public {
        other.mint(address(splitter), 500e6);
        splitter.convert(address(other));
        other.mint(address(splitter), 300e6);
        vm.expectEmit(address(splitter));
        emit IRevenueSplitter.SentToAuction(address(other), 300e6, false);
        splitter.convert(address(other));
        vm.assertEq(uint256(auction.lot(address(other)).remaining), 500e6);
    }

    /// @notice A caller who sends so little gas that the redemption fails could strand what is good.
    function test_Convert_RevertWhen_GasIsTooLow() public {
        _fees(1_000e6);
        vm.expectPartialRevert(IRevenueSplitter.RevenueSplitter__GasTooLow.selector);
        splitter.convert{gas: 2_900_000}(address(vault));
    }

    function test_Convert_RevertWhen_NothingOrReward() public {
        vm.expectRevert(abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__Nothing.selector, address(other)));
        splitter.convert(address(other));
        reward.mint(address(splitter), 1);
        vm.expectRevert(abi.encodeWithSelector(IRevenueSplitter.RevenueSplitter__IsReward.selector, address(reward)));
        splitter.convert(address(reward));
    }
}
