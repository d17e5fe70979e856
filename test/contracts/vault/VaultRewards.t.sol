// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardAuction} from "../../../contracts/rewards/IRewardAuction.sol";
import {ICompoundingVault} from "../../../contracts/vault/ICompoundingVault.sol";
import {HostileAdapter} from "../helpers/HostileAdapter.sol";
import {Source4626} from "../helpers/Source4626.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {VaultFixture} from "../helpers/VaultFixture.sol";

/// @notice The life of a reward: claimed, sold, paid to the vault, locked, in the price. What buyers can push is the
/// auction's own (see `RewardAuctionAttacks`); here is what reaches the holders.
contract VaultRewardsTest is VaultFixture {
    Source4626 internal source;
    HostileAdapter internal farm;
    TestToken internal reward;
    IRewardAuction internal auction;

    constructor() VaultFixture(18) {}

    function setUp() public {
        _setUpVault(0, 30);
        (source, ) = _addSource();
        farm = _addHostile();
        reward = new TestToken(18);
        auction = IRewardAuction(
            _create(abi.encodePacked(vm.getCode("RewardAuction.sol:RewardAuction"), abi.encode(vault)))
        );
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (IRewardAuction.list.selector, IRewardAuction.delist.selector);
        manager.setTargetFunctionRole(address(auction), selectors, CURATOR);
        vm.startPrank(curator);
        vault.setAuction(address(auction));
        auction.list(address(reward), 2e36, 10 * unit); // 2 assets per reward
        vm.stopPrank();
        reward.mint(address(auction), 1); // the wei that no lot takes
        _deposit(alice, 1_000 * unit);
        // Claiming mints 100 rewards to the auction.
        farm.setClaim(HostileAdapter.Claim.Reenter);
        farm.arm(address(reward), abi.encodeCall(reward.mint, (address(auction), 100 * unit)));
        token.mint(mallory, 10_000 * unit);
        vm.prank(mallory);
        token.approve(address(auction), MAX);
    }

    function _take(uint256 amount) private returns (uint256 payment) {
        vm.prank(mallory);
        return auction.take(address(reward), amount, MAX, mallory, block.timestamp, "");
    }

    function test_A5_TheLifeOfAReward() public {
        uint256 nav = vault.totalAssets();
        vm.assertEq(vault.compound(), 0);
        vm.assertEq(uint256(auction.lot(address(reward)).remaining), 100 * unit, "a lot has started");
        _skip(1 hours); // 4 × the anchor, halved twice: the anchor itself
        vm.assertEq(_take(100 * unit), 200 * unit);
        vm.assertEq(token.balanceOf(address(vault)) - vault.books().idle, 200 * unit, "paid straight to the vault");
        vm.assertEq(vault.totalAssets(), nav, "the price moved before it was booked");
        vm.assertEq(vault.compound(), 200 * unit);
        vm.assertEq(vault.locked(), 200 * unit);
        _skip(LOCK);
        vm.assertApproxEqAbs(vault.totalAssets(), nav + 200 * unit, 10);
    }

    /// @notice A5. However the buyer times it, a lot pays at least a quarter of the anchor, and the next one at least a
    /// quarter of what a clear at that price leaves.
    function testFuzz_A5_TheFloorHolds(uint256 wait) public {
        vault.compound();
        wait = _bound(wait, 0, 1 days - 1);
        _skip(wait);
        uint256 payment = _take(100 * unit);
        vm.assertGe(payment, 50 * unit, "A5: below a quarter of the anchor");
        vm.assertLe(payment, 800 * unit);
        uint256 before = vault.locked();
        vault.compound();
        vm.assertEq(vault.locked(), before + payment, "the holders don't have what was paid");
    }

    /// @notice The asset, the shares and what adapters hold can't be listed.
    function test_A5_PositionTokensAreRefused() public {
        address[3] memory bad = [address(token), address(vault), address(source)];
        vm.startPrank(curator);
        for (uint256 i = 0; i < 3; i++) {
            vm.expectRevert(abi.encodeWithSelector(IRewardAuction.RewardAuction__ProtectedToken.selector, bad[i]));
            auction.list(bad[i], 1e36, 1);
        }
        vm.stopPrank();
    }

    function test_SetAuction_RevertWhen_AnothersAuction() public {
        ICompoundingVault other = _createVault(0, 30, "other");
        vm.expectRevert(abi.encodeWithSelector(ICompoundingVault.CompoundingVault__AuctionMismatch.selector, auction));
        vm.prank(curator);
        other.setAuction(address(auction));
    }

    /// @notice A reward that fails, and an auction that burns all gas, leave compounding alive.
    function test_Compound_ABrokenAuctionBlocksNothing() public {
        reward.burn(address(auction), reward.balanceOf(address(auction)));
        vm.etch(address(auction), hex"fe");
        token.mint(address(vault), unit);
        vm.assertEq(vault.compound(), unit);
    }
}
