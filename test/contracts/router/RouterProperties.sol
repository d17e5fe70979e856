// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @title What holds for the router
/// @custom:property RO1 Only its caller ever pays: no allowance and no signature of anybody else is spent.
/// @custom:property RO2 After every call it holds no asset, no share and no native token that was not there before, and no allowance of it is left.
/// @custom:property RO3 What a call moves is within the caller's bounds and deadline, or nothing moves.
/// @custom:property RO4 Native tokens sent along are spent once; what is left goes back to the caller.
/// @custom:property RO5 While a call is under way, nobody else's call gets in.
interface RouterProperties {}
