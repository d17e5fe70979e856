// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IAdapter} from "../../../contracts/adapters/IAdapter.sol";
import {IMasterChef} from "../../../contracts/adapters/markets/IMasterChef.sol";
import {UniswapV2FarmAdapter} from "../../../contracts/adapters/UniswapV2FarmAdapter.sol";
import {TestToken} from "../helpers/TestToken.sol";
import {AdapterBehaviour} from "./AdapterBehaviour.sol";
import {ChefModel} from "./models/ChefModel.sol";
import {VaultDriver} from "./VaultDriver.sol";

/// @notice Each dialect against a model; SushiSwap's genuine MasterChef is in `test/protocol/adapters.farm.test.ts`.
abstract contract UniswapV2FarmAdapterTest is AdapterBehaviour {
    ChefModel internal chef;
    TestToken internal reward;
    uint256 internal pid;

    function _dialect() internal pure virtual returns (UniswapV2FarmAdapter.Dialect);

    function _market() internal override returns (IAdapter) {
        reward = new TestToken(18);
        chef = new ChefModel(asset, reward, uint256(_dialect()));
        asset.approve(address(chef), type(uint256).max);
        pid = chef.PID();
        _stake(1e24);
        return _adapter();
    }

    function _stake(uint256 amount) private {
        if (_dialect() == UniswapV2FarmAdapter.Dialect.Receiver) chef.deposit(pid, amount, address(this));
        else chef.deposit(pid, amount);
    }

    function _unstake(uint256 amount) private {
        if (_dialect() == UniswapV2FarmAdapter.Dialect.Receiver) chef.withdraw(pid, amount, address(this));
        else chef.withdraw(pid, amount);
    }

    function _adapter() internal returns (IAdapter) {
        return
            new UniswapV2FarmAdapter(address(vault), IMasterChef(address(chef)), pid, address(reward), _dialect());
    }

    function _earn(uint256 percent) internal override {
        _skip(percent * 1 days); // LP tokens earn none of themselves
    }

    function _lendOut(uint256 left) internal override {
        uint256 held = asset.balanceOf(address(chef));
        if (left < held) chef.drain(left);
    }

    function _pause() internal pure override returns (bool) {
        return false;
    }

    function _positionToken() internal pure override returns (address) {
        return address(0);
    }

    function test_Constructor_RevertWhen_TheFarmTakesAnotherToken() public {
        asset = new TestToken(18);
        vault = new VaultDriver(address(asset), address(this));
        vm.expectPartialRevert(IAdapter.Adapter__MarketMismatch.selector);
        _adapter();
    }

    function test_RiskIds_NameFarmAndPair() public view {
        (bytes32 first, bytes32 second) = adapter.riskIds();
        vm.assertEq(first, keccak256(abi.encode("farm", address(chef))));
        vm.assertEq(second, keccak256(abi.encode("pair", address(asset))));
    }

    function test_AD5_AFarmHasNoCap() public view {
        vm.assertEq(adapter.maxAllocate(), type(uint256).max);
    }

    /// @dev LP tokens that left the farm by other ways than exits are out of the value, and none follow them.
    function testFuzz_AD10_ARobbedFarmIsWorthWhatIsLeftOfIt(uint256 left) public {
        vault.deposit(adapter, 100e18);
        _lendOut(100e18); // others lost all they had
        vm.assertEq(adapter.realAssets(), 100e18);
        left = _bound(left, 0, 100e18 - 1);
        _lendOut(left);
        vm.assertEq(adapter.realAssets(), left);
        vm.assertEq(adapter.maxAllocate(), 0);
        vm.assertEq(vault.deposit(adapter, 7e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 7e18);
        vm.assertEq(asset.balanceOf(address(chef)), left);
    }

    /// @dev What another does with a stake of any size moves no value here, while the farm has what was staked.
    function testFuzz_AD10_OtherStakersMoveNothing(uint256 own, uint256 theirs, uint256 part) public {
        vault.deposit(adapter, own = _bound(own, 1, 1e26));
        _stake(theirs = _bound(theirs, 1, 1e26));
        vm.assertEq(adapter.realAssets(), own);
        _unstake(_bound(part, 1, theirs));
        vm.assertEq(adapter.realAssets(), own);
        if (_dialect() == UniswapV2FarmAdapter.Dialect.Receiver) chef.emergencyWithdraw(pid, address(this));
        else chef.emergencyWithdraw(pid);
        vm.assertEq(adapter.realAssets(), own);
        vm.assertEq(adapter.maxAllocate(), type(uint256).max);
    }

    function test_AD6_HarvestsForTheAuction() public {
        vault.setAuction(auction);
        vault.deposit(adapter, 100e18);
        uint256 since = vm.getBlockTimestamp();
        adapter.claimRewards(); // starts the model's clock
        uint256 first = reward.balanceOf(auction);
        _skip(100);
        adapter.claimRewards();
        vm.assertEq(reward.balanceOf(auction) - first, 100e18);
        vm.assertEq(vm.getBlockTimestamp() - since, 100);
        vm.assertEq(reward.balanceOf(address(adapter)), 0);
    }

    /// @dev A farm pays its reward along with a withdrawal: it waits here for the next claim.
    function test_AD6_RewardsOfAWithdrawalAreNotLost() public {
        vault.deposit(adapter, 100e18);
        adapter.claimRewards();
        _skip(100);
        vault.redeem(adapter, 40e18, receiver);
        vault.setAuction(auction);
        adapter.claimRewards();
        vm.assertGe(reward.balanceOf(auction), 100e18);
        vm.assertEq(reward.balanceOf(receiver) + reward.balanceOf(address(vault)), 0);
    }

    /// @dev Finding M12: a reward that cannot be minted locks the stake, but for `emergencyExit`.
    function test_M12_AFailingRewardForfeitsItselfAndNotTheStake() public {
        vault.deposit(adapter, 100e18);
        chef.setRewardFails(true);
        vm.assertEq(vault.deposit(adapter, 50e18), 0);
        vm.assertEq(asset.balanceOf(address(vault)), 50e18);
        vm.expectRevert();
        vault.redeem(adapter, 1, receiver);
        vm.assertEq(vault.emergencyExit(adapter), 100e18);
        vm.assertEq(asset.balanceOf(address(vault)), 150e18);
    }

    function test_H5_ADepositFeeShowsInTheCredit() public {
        chef.setFee(400);
        uint256 before = asset.balanceOf(address(this));
        vm.expectRevert(abi.encodeWithSelector(VaultDriver.Driver__CreditShort.selector, 100e18, 96e18));
        vault.deposit(adapter, 100e18);
        vm.assertEq(asset.balanceOf(address(this)), before);
    }
}

contract FarmPoolInfoTest is UniswapV2FarmAdapterTest {
    function _dialect() internal pure override returns (UniswapV2FarmAdapter.Dialect) {
        return UniswapV2FarmAdapter.Dialect.PoolInfo;
    }
}

contract FarmLpTokenTest is UniswapV2FarmAdapterTest {
    function _dialect() internal pure override returns (UniswapV2FarmAdapter.Dialect) {
        return UniswapV2FarmAdapter.Dialect.LpToken;
    }
}

contract FarmReceiverTest is UniswapV2FarmAdapterTest {
    function _dialect() internal pure override returns (UniswapV2FarmAdapter.Dialect) {
        return UniswapV2FarmAdapter.Dialect.Receiver;
    }
}
