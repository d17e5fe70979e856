// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title Excluded votes
/// @notice The delegate of tokens that nobody may vote with: what is delegated to it leaves the base of every quorum.
/// Without it a treasury that holds most of the supply would put the Critical quorum out of reach for ever.
library ExcludedVotes {
    /// @notice No key is known for this address, so its votes are never cast.
    address internal constant DELEGATE = 0x000000000000000000000000000000000000dEaD;
}
