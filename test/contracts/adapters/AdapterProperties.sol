// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What holds for every adapter
/// @custom:property AD1 Only the vault moves funds, also from inside a market's call.
/// @custom:property AD2 Credited is what the market's mint can be redeemed for, and never more than was lent.
/// @custom:property AD3 A payout reaches the receiver exactly, or the call reverts; nothing of it stays in the adapter.
/// @custom:property AD4 `maxDeallocate` succeeds, one wei more fails.
/// @custom:property AD5 A market that is full, frozen or paused hands all tokens to the vault and credits 0.
/// @custom:property AD6 Rewards reach the vault (the asset) or its auction (any other token) and nobody else.
/// @custom:property AD7 A position token never leaves as a reward.
/// @custom:property AD8 `emergencyExit` brings all that the market can pay to the vault.
/// @custom:property AD9 Without gains and losses, what was lent is paid or left, but for 3 wei an operation.
/// @custom:property AD10 What a market no longer has is out of the value at once, and nothing more is lent to it.
interface AdapterProperties {}
