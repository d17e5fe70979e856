// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @dev Seconds of pool time. Capital leaves a cooldown after it was asked for.
uint256 constant COOLDOWN = 21 days;
/// @dev What raises the underwriters' risk takes effect so much after it was scheduled: whoever dislikes it can leave.
uint256 constant NOTICE = COOLDOWN + 3 days;
/// @dev A cover can be claimed on, and binds capital, so long after it expired.
uint256 constant GRACE = 35 days;
/// @dev A cover starts so long after it was bought: what its buyer knew then has happened by then.
uint256 constant WAIT = 3 days;
/// @dev Covers end in buckets of so long.
uint256 constant BUCKET = 7 days;
uint256 constant MIN_PERIOD = 7 days;
uint256 constant MAX_PERIOD = 365 days;
/// @dev Claims on an incident can be filed so long after it was opened.
uint256 constant CLAIM_WINDOW = 14 days;
/// @dev Prices are asset wei per share wei, times this.
uint256 constant RAY = 1e27;
uint256 constant BPS = 10_000;
uint256 constant YEAR = 365 days;
/// @dev What a reference price may rise by in a year: faster is a donation.
uint256 constant GROWTH_BPS = 5_000;
/// @dev Insured vaults of one pool.
uint256 constant MAX_PRODUCTS = 8;

/// @notice The contracts of one pool. Each is built with the addresses of all, before they exist: `ModuleDeployer` says
/// where they will be, so that no role and no setter ties them together.
struct Modules {
    address pool;
    address manager;
    address nft;
    address incidents;
    address claims;
    address reserve;
}
