// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What holds for every auction
/// @custom:property AU1 The price is 4 × anchor at the start, exactly half after each half-life, never rises within a lot and rests at anchor / 4.
/// @custom:property AU2 Every payment is at least amount × price, rounded up, and all of it reaches the vault.
/// @custom:property AU3 A lot is what was here at its start: it is never topped up, and Σ taken + remaining = initial.
/// @custom:property AU4 A take is at least a tenth of the lot or all that remains.
/// @custom:property AU5 Only what ends moves the anchor; a lot sold out by at most × 4 or ÷ 4, an unsold one to a half.
/// @custom:property AU6 The anchor after a lot is the average price weighted by amount, what is unsold counting at anchor / 2.
/// @custom:property AU7 The asset, the shares and position tokens are never sold.
/// @custom:property AU8 A token that fails blocks no other token, and `startAll` does not revert.
/// @custom:property AU9 The auction holds no asset after any call and nobody but a caller of `take` ever pays.
/// @custom:property AU10 Nothing is started or taken from inside a take.
interface AuctionProperties {}
