// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IRewardAuction} from "../rewards/IRewardAuction.sol";
import {ICompoundingVault} from "../vault/ICompoundingVault.sol";

/// @title Turns revenue into one token and splits it
/// @notice Receives the protocol's fees: shares of vaults, premiums, anything. `convert` redeems vault shares for their
/// asset and sends tokens that the auction lists into it; the auction pays here, in the reward token. `distribute` splits
/// the reward token between stakers, treasury and reserve. Both are open to anyone: nobody can choose where money goes.
///
/// What can be neither redeemed nor sold goes to the treasury in kind, once two calls of `convert` at least 14 days apart
/// failed and none between succeeded; what came in since the first waits for its own two. A market that is empty for a
/// moment diverts nothing, as long as somebody converts each week.
/// @dev Amounts in token wei. Rounding: treasury and reserve down, stakers get the rest.
interface IRevenueSplitter {
    /// @notice Hundredths of a percent, 10,000 together.
    struct Split {
        uint16 stakersBps;
        uint16 treasuryBps;
        uint16 reserveBps;
        address reserve;
    }

    event SplitSet(Split split);
    event AuctionSet(address indexed oldAuction, address indexed newAuction);
    event Redeemed(address indexed vault, address indexed asset, uint256 shares, uint256 assets);
    event SentToAuction(address indexed token, uint256 amount, bool started);
    /// @notice `token` can't be converted now; from `inKindFrom` it goes to the treasury if that stays so.
    event Stranded(address indexed token, uint256 inKindFrom);
    event SentInKind(address indexed token, uint256 amount);
    event RevenueSplit(address indexed caller, uint256 toStakers, uint256 toTreasury, uint256 toReserve);
    /// @notice The staking contract refused; the stakers' part went to the treasury.
    event StakersRefused(uint256 amount);

    error RevenueSplitter__ZeroAddress();
    /// @notice The shares must be 10,000 together, and a reserve with a share needs an address.
    error RevenueSplitter__BadSplit(uint256 sum);
    /// @notice The auction pays elsewhere or in another token.
    error RevenueSplitter__WrongAuction(address auction);
    error RevenueSplitter__Nothing(address token);
    /// @notice The reward token needs no conversion.
    error RevenueSplitter__IsReward(address token);
    error RevenueSplitter__StillStranded(address token, uint256 inKindFrom);
    /// @notice With so little gas a good conversion could fail.
    error RevenueSplitter__GasTooLow(uint256 gasLeft, uint256 needed);

    /// @notice Redeems, sells or strands all of `token` that is here. Anyone. Wants a gas limit above 10 million, which a good
    /// conversion hardly uses: nobody has one fail by sending less.
    /// @dev Reverts with `RevenueSplitter__IsReward`, `RevenueSplitter__Nothing`, `RevenueSplitter__GasTooLow`,
    /// `RevenueSplitter__StillStranded`.
    function convert(address token) external;

    /// @notice Splits the reward token that is here. Anyone. The stakers' part flows through next week.
    /// @dev Reverts with `RevenueSplitter__Nothing`.
    function distribute() external;

    /// @notice Changes the split for what is distributed from now on. The DAO (role ADMIN, the timelock only).
    /// @dev Reverts with `RevenueSplitter__BadSplit`.
    function setSplit(Split calldata newSplit) external;

    /// @notice Sets the auction that sells for this splitter; zero: none. The DAO (role ADMIN).
    /// @dev Reverts with `RevenueSplitter__WrongAuction`.
    function setAuction(IRewardAuction newAuction) external;

    /// @notice The reward token: what the auction is paid in, and so named as it looks for it.
    function asset() external view returns (address);

    /// @notice The staking contract that gets the stakers' part.
    function staking() external view returns (address);

    /// @notice Where the treasury's part and tokens in kind go.
    function treasury() external view returns (address);

    function split() external view returns (Split memory);

    function auction() external view returns (IRewardAuction);

    /// @notice From when `token` goes to the treasury if it still can't be converted; 0: it isn't stranded.
    function inKindFrom(address token) external view returns (uint256);

    /// @notice The auction asks who it sells for, in a vault's words, which adapters' tokens it may not sell: none here.
    function entries() external pure returns (ICompoundingVault.Entry[] memory);
}
