// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Modules} from "./Modules.sol";

/// @title Claims that a share price proves
/// @notice No vote and no oracle: the insured vault's own price decides.
/// ```
/// open     a live cover's price is below its entry less the deductible, and it had started when the price was last healthy
/// file     within 14 days, for any eligible cover, by anyone
/// record   a reading of the price; slot j = [opened + 1 d + j · 1 d, + 1 d), a slot's value is its highest reading
/// close    after 14 days and the third slot with a reading: the loss price is the median of the first three slots' values
/// settle   a filed cover is paid  min(remaining, armed · (entry · (1 − deductible) − loss price))
/// release  30 days after the close: the pool keeps, of the shares of a paid cover, what the vault has recovered since
/// ```
/// A pushed-down reading is undone by anyone's next one in the slot, and nobody can push a listed vault's price up. A price
/// that can't be read records nothing; if fewer than three slots have a reading 28 days after the opening, the incident
/// lapses: nothing is paid by formula, locks are released, and at least a week is left for an assessed claim.
///
/// The guardian may dispute an incident once, before it is closed. It then waits for the DAO, at most 21 days; silence lets
/// it proceed. Filing doesn't wait, nor does an incident that lapses.
/// @dev Prices are asset wei per share wei · 1e27; times in seconds of pool time.
interface IIncidentModule {
    enum State {
        None,
        Open,
        Closed,
        Lapsed,
        Voided
    }

    /// @notice An incident; five slots: three values; what settlements read, 160 + 40 + 8 + 8; and the rest.
    // solhint-disable-next-line gas-struct-packing
    struct Incident {
        uint160[3] values;
        uint160 price;
        uint40 closedAt;
        uint8 product;
        State state;
        uint40 openedAt;
        /// covers that had expired by then are not eligible; an earlier incident's opening if this one came within 7 days of
        /// its close
        uint40 lossAt;
        uint16 lastSlot;
        /// the last time the price was healthy before
        uint40 healthyAt;
        uint40 disputedAt;
        /// slots with a reading, at most three
        uint8 slots;
        bool disputed;
        bool cleared;
    }

    /// @notice What a paid cover owes if its vault recovers.
    struct Recovery {
        uint96 paid;
        uint160 price;
        uint40 closedAt;
    }

    event IncidentOpened(
        uint256 indexed incident,
        uint8 indexed product,
        uint256 indexed id,
        uint256 price,
        uint256 lossAt,
        uint256 healthyAt
    );
    event PriceRecorded(uint256 indexed incident, uint256 indexed slot, uint256 price, uint256 value);
    event CoverFiled(uint256 indexed incident, uint256 indexed id, address indexed caller, uint256 locked);
    event IncidentClosed(uint256 indexed incident, State state, uint256 price);
    event CoverSettled(uint256 indexed incident, uint256 indexed id, uint256 paid);
    event Disputed(uint256 indexed incident, uint256 until);
    event DisputeResolved(uint256 indexed incident, bool voided);
    event Released(uint256 indexed id, uint256 due, uint256 kept);

    error IncidentModule__WrongAddress(address module);
    error IncidentModule__IncidentOpen(uint256 incident);
    error IncidentModule__NotOpen(uint256 incident);
    error IncidentModule__NotClosed(uint256 incident);
    /// @notice The price is not below `threshold`.
    error IncidentModule__NoLoss(uint256 price, uint256 threshold);
    /// @notice The cover had not started when the price was last healthy, or had expired, or has nothing armed or left.
    error IncidentModule__NotEligible(uint256 id);
    error IncidentModule__FilingOver(uint256 incident, uint256 endedAt);
    /// @notice Readings count from a day after the opening until three slots have one.
    error IncidentModule__NoSlot(uint256 incident);
    error IncidentModule__TooEarly(uint256 incident, uint256 closesAt);
    error IncidentModule__NotFiled(uint256 id);
    error IncidentModule__AlreadyDisputed(uint256 incident);
    error IncidentModule__NotDisputed(uint256 incident);
    error IncidentModule__StillFrozen(uint256 id, uint256 until);

    /// @notice Opens an incident of the product of cover `id`. Purchases, cancellations and disarming stop there. Anyone.
    /// @dev Reverts with `IncidentModule__IncidentOpen`, `__NotEligible`, `__NoLoss`, and if the price can't be read.
    function open(uint256 id) external returns (uint256 incident);

    /// @notice Files cover `id`, for its owner; locks all that remains of it. Anyone.
    /// @dev Reverts with `IncidentModule__NotOpen`, `__FilingOver`, `__NotEligible`, `CoverManager__ClaimOpen`,
    /// `UnderwritingPool__BucketOver`.
    function file(uint256 id) external;

    /// @notice Reads the price for the slot that runs. Anyone, any number of times.
    /// @return value highest reading of the slot
    /// @dev Reverts with `IncidentModule__NotOpen`, `__NoSlot`, and, recording nothing, if the price can't be read.
    function record(uint256 incident) external returns (uint256 value);

    /// @notice Ends an incident. Anyone.
    /// @dev Reverts with `IncidentModule__NotOpen`, `__TooEarly`.
    function close(uint256 incident) external;

    /// @notice Pays a filed cover's owner. Anyone.
    /// @dev Reverts with `IncidentModule__NotFiled`, `__NotClosed`, `UnderwritingPool__ClaimsPaused`.
    function settle(uint256 id) external returns (uint256 paid);

    /// @notice Frees the shares of a paid cover, but for what the vault has recovered beyond a year's growth of 50 % since:
    /// `min(paid, shares · (price − loss price · (1 + growth)))`, in shares rounded up, for the pool. Anyone, 30 days after
    /// the close; after 120 without looking at the price, which may never be readable again. A claim before the assessors
    /// doesn't hold it up.
    /// @dev Reverts with `IncidentModule__StillFrozen`, `CoverManager__NotFrozen`, and `CoverManager__ClaimOpen` while it is filed
    /// in an incident.
    function release(uint256 id) external returns (uint256 kept);

    /// @notice Has the DAO look at an incident. GUARDIAN, once, before it is closed.
    /// @dev Reverts with `IncidentModule__NotOpen`, `__AlreadyDisputed`.
    function dispute(uint256 incident) external;

    /// @notice The DAO's answer, while it is waited for: `voided` pays nothing. ADMIN.
    /// @dev Reverts with `IncidentModule__NotOpen`, `__NotDisputed`.
    function resolveDispute(uint256 incident, bool voided) external;

    /// @notice When `close` is possible by the readings there are; sooner or later if more come. When it was, once it is over.
    function closesAt(uint256 incident) external view returns (uint256);

    function incidentOf(uint256 incident) external view returns (Incident memory);

    /// @notice The last incident of a product; 0 if there was none.
    function lastIncident(uint8 product) external view returns (uint256 incident);

    /// @notice The incident a cover is filed in; 0 if none.
    function filedIn(uint256 id) external view returns (uint256 incident);

    function recoveryOf(uint256 id) external view returns (Recovery memory);

    function count() external view returns (uint256);

    function modules() external view returns (Modules memory);
}
