// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Adapter} from "./Adapter.sol";
import {IAdapter} from "./IAdapter.sol";
import {IMasterChef} from "./markets/IMasterChef.sol";

/// @title Stakes LP tokens of a Uniswap v2 pair in a farm of the MasterChef family
/// @notice The asset is the LP token; the position is the stake, counted in LP tokens, so that no trade in the pair moves
/// its value here; or what the farm still has of them, when that is less: then nothing more is lent to it. While LP tokens
/// leave a farm as stakes only, it has all that are staked, and nobody can lower the value. So a farm that pays rewards in its
/// own LP token out of the stakes, or that puts LP tokens elsewhere, must not be listed.
/// A farm that charges a fee on deposits is refused by the vault at each deposit. When the farm cannot mint its reward,
/// deposits stay idle, withdrawals revert, and `emergencyExit` takes the stake without the reward. A farm that is funded
/// beforehand and forgets what it cannot pay must not be listed: anyone can have it pay while it is dry.
contract UniswapV2FarmAdapter is Adapter {
    using SafeERC20 for IERC20;

    /// @param PoolInfo SushiSwap's and PancakeSwap's first MasterChef: LP token in `poolInfo`, calls serve the caller.
    /// @param LpToken PancakeSwap's MasterChefV2: LP token in `lpToken`, calls serve the caller.
    /// @param Receiver SushiSwap's MasterChefV2 and MiniChef: LP token in `lpToken`, calls name a receiver.
    enum Dialect {
        PoolInfo,
        LpToken,
        Receiver
    }

    /// @notice The farm's contract.
    IMasterChef public immutable chef;
    /// @notice The farm in it.
    uint256 public immutable pid;
    /// @notice What the farm pays; others that it may add go through `forward`.
    address public immutable rewardToken;
    /// @notice How the farm's contract is spoken to.
    Dialect public immutable dialect;

    /// @param vault_ The vault whose LP tokens are staked.
    /// @param pid_ Its LP token must be the vault's asset, else `Adapter__MarketMismatch`.
    constructor(
        address vault_,
        IMasterChef chef_,
        uint256 pid_,
        address rewardToken_,
        Dialect dialect_
    ) Adapter(vault_) {
        address lpToken = dialect_ == Dialect.PoolInfo ? chef_.poolInfo(pid_) : chef_.lpToken(pid_);
        require(lpToken == asset, Adapter__MarketMismatch(address(chef_), asset));
        chef = chef_;
        pid = pid_;
        rewardToken = rewardToken_;
        dialect = dialect_;
        IERC20(asset).forceApprove(address(chef_), type(uint256).max); // holds no assets between calls
    }

    /// @inheritdoc IAdapter
    function claimRewards() external {
        if (dialect == Dialect.Receiver) chef.harvest(pid, address(this));
        else chef.deposit(pid, 0);
        forward(rewardToken);
    }

    /// @inheritdoc IAdapter
    function realAssets() external view returns (uint256) {
        return _backed();
    }

    /// @inheritdoc IAdapter
    function maxDeallocate() external view returns (uint256) {
        return _backed();
    }

    /// @inheritdoc IAdapter
    function maxAllocate() external view returns (uint256) {
        return _isRobbed(_staked()) ? 0 : type(uint256).max;
    }

    /// @inheritdoc IAdapter
    function riskIds() external view returns (bytes32 first, bytes32 second) {
        return (_riskId("farm", address(chef)), _riskId("pair", asset));
    }

    /// @inheritdoc Adapter
    function isPositionToken(address) public pure override returns (bool) {
        return false; // a stake is no token
    }

    /// @inheritdoc Adapter
    function _lend(uint256 assets) internal override returns (uint256 credited) {
        uint256 before = _staked();
        if (!_isRobbed(before) && _stakes(assets)) credited = _staked() - before;
    }

    /// @inheritdoc Adapter
    /// @dev By way of this contract: a farm's rewarder pays all it owes to whom the stake goes.
    function _redeem(uint256 assets, address receiver) internal override {
        if (dialect == Dialect.Receiver) chef.withdraw(pid, assets, address(this));
        else chef.withdraw(pid, assets);
        IERC20(asset).safeTransfer(receiver, assets);
    }

    /// @inheritdoc Adapter
    function _redeemAll() internal override {
        uint256 backed = _backed();
        if (dialect == Dialect.Receiver) {
            try chef.withdraw(pid, backed, address(this)) {} catch {
                chef.emergencyWithdraw(pid, address(this));
            }
        } else {
            try chef.withdraw(pid, backed) {} catch {
                chef.emergencyWithdraw(pid);
            }
        }
        IERC20(asset).safeTransfer(vault, IERC20(asset).balanceOf(address(this)));
    }

    /// @return accepted False when the farm reverts, as it does when its reward cannot be minted.
    function _stakes(uint256 assets) private returns (bool accepted) {
        if (dialect == Dialect.Receiver) {
            try chef.deposit(pid, assets, address(this)) {
                return true;
            } catch {
                return false;
            }
        }
        try chef.deposit(pid, assets) {
            return true;
        } catch {
            return false;
        }
    }

    /// @dev All stakes share the farm's LP tokens: those who leave a farm that was robbed first are paid in full.
    function _backed() private view returns (uint256) {
        return Math.min(_staked(), _held());
    }

    function _isRobbed(uint256 staked) private view returns (bool) {
        return _held() < staked;
    }

    function _held() private view returns (uint256) {
        return IERC20(asset).balanceOf(address(chef));
    }

    function _staked() private view returns (uint256) {
        return chef.userInfo(pid, address(this));
    }
}
