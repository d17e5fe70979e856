// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {
    GovernorPreventLateQuorum
} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IClaimResolver} from "../governance/IClaimResolver.sol";
import {IMillGovernor} from "../governance/IMillGovernor.sol";
import {IClaimsModule} from "./IClaimsModule.sol";
import {ClaimKind, ICoverManager} from "./ICoverManager.sol";
import {IUnderwritingPool} from "./IUnderwritingPool.sol";
import {BPS, GRACE, Modules} from "./Modules.sol";

/// @title Claims module
/// @notice The specification is in `IClaimsModule`.
contract ClaimsModule is IClaimsModule, ReentrancyGuardTransient {
    using Math for uint256;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /// @inheritdoc IClaimsModule
    uint256 public constant RESOLVE_WINDOW = 21 days;
    uint256 private constant _VOTING = 3 days;
    /// @dev A lead that changes so shortly before the end adds as much, so often at most.
    uint256 private constant _EXTENSION = 1 days;
    uint256 private constant _MAX_EXTENSIONS = 3;
    uint256 private constant _CHALLENGE = 2 days;
    uint256 private constant _BOND_LOCK = 14 days;
    uint256 private constant _DEPOSIT_BPS = 50;
    /// @dev Of bonds, one in so many has to vote.
    uint256 private constant _QUORUM = 5;
    /// @dev Of a bond, one in so many is lost, and counts as security for a claim.
    uint256 private constant _SLASH = 2;
    /// @dev The class of a claim proposal waits so long beyond the timelock's delay.
    uint256 private constant _ROUTINE_DELAY = 1 days;
    uint256 private constant _DAO_MARGIN = 7 days;

    IUnderwritingPool private immutable _pool;
    ICoverManager private immutable _manager;
    IERC721 private immutable _nft;
    address private immutable _reserve;
    IERC20 private immutable _asset;
    IMillGovernor private immutable _governor;
    address private immutable _timelock;
    /// @inheritdoc IClaimsModule
    uint256 public immutable minDeposit;

    /// @inheritdoc IClaimsModule
    uint256 public count;
    /// @inheritdoc IClaimsModule
    uint256 public totalBonds;
    /// @inheritdoc IClaimsModule
    uint256 public held;
    mapping(uint256 claim => Claim data) private _claims;
    mapping(address account => Assessor assessor) private _assessors;
    mapping(uint256 claim => mapping(address assessor => Ballot ballot)) private _ballots;
    /// @inheritdoc IClaimsModule
    mapping(address account => uint256 assets) public owed;

    /// @dev Made last: it checks that all modules are where they were to be and name each other.
    constructor(Modules memory modules, address governor, uint256 minDeposit_) {
        require(modules.claims == address(this), ClaimsModule__WrongAddress(modules.claims));
        _pool = IUnderwritingPool(modules.pool);
        _manager = ICoverManager(modules.manager);
        _nft = IERC721(modules.nft);
        _reserve = modules.reserve;
        _asset = IERC20(_pool.asset());
        (_governor, minDeposit) = (IMillGovernor(governor), minDeposit_);
        _timelock = GovernorTimelockControl(payable(governor)).timelock();
        bytes32 expected = keccak256(abi.encode(modules));
        address[3] memory others = [modules.pool, modules.manager, modules.incidents];
        for (uint256 i = 0; i < 3; ++i) {
            bool agrees = keccak256(abi.encode(ICoverManager(others[i]).modules())) == expected;
            require(agrees, ClaimsModule__ModulesDisagree(others[i]));
        }
        uint256 slowest = IGovernor(governor).votingDelay() +
            IGovernor(governor).votingPeriod() +
            GovernorPreventLateQuorum(payable(governor)).lateQuorumVoteExtension() +
            TimelockController(payable(_timelock)).getMinDelay() +
            _ROUTINE_DELAY;
        uint256 most = RESOLVE_WINDOW - _DAO_MARGIN;
        require(slowest <= most, ClaimsModule__DaoTooSlow(slowest, most));
    }

    /* ASSESSORS */

    /// @inheritdoc IClaimsModule
    function bond(uint96 assets) external nonReentrant {
        _requireWithin(assets, 1, type(uint96).max);
        Assessor storage a = _assessors[msg.sender];
        require(a.ballots == 0, ClaimsModule__BondLocked(msg.sender, a.ballots, a.lockedUntil));
        a.bond += assets;
        // What counts in a quorum stays for a while: a bond of one block would put every quorum out of reach.
        uint256 time = _pool.poolTime();
        (a.bondedAt, a.lockedUntil) = (uint40(time), uint40(time + _BOND_LOCK));
        totalBonds += assets;
        emit Bonded(msg.sender, assets, a.bond);
        _pull(assets);
    }

    /// @inheritdoc IClaimsModule
    function unbond(uint96 assets, address receiver) external nonReentrant {
        Assessor storage a = _assessors[msg.sender];
        bool free = a.ballots == 0 && _pool.poolTime() >= a.lockedUntil;
        require(free, ClaimsModule__BondLocked(msg.sender, a.ballots, a.lockedUntil));
        _requireWithin(assets, 1, a.bond);
        a.bond -= assets;
        totalBonds -= assets;
        emit Unbonded(msg.sender, receiver, assets);
        _push(receiver, assets);
    }

    /// @inheritdoc IClaimsModule
    function vote(uint256 claim, bool accept, bytes32 reason) external nonReentrant {
        Claim storage c = _inState(claim, State.Voting);
        require(reason != 0, ClaimsModule__NoEvidence());
        uint256 time = _pool.poolTime();
        require(time < c.endsAt, ClaimsModule__VotingOver(claim, c.endsAt));
        Assessor storage a = _assessors[msg.sender];
        // Bonds that came with the claim could be borrowed for it; those before are in its quorum.
        require(a.bond != 0 && a.bondedAt < c.filedAt, ClaimsModule__NoWeight(claim, msg.sender));
        require(_ballots[claim][msg.sender].weight == 0, ClaimsModule__AlreadyVoted(claim, msg.sender));
        _ballots[claim][msg.sender] = Ballot(a.bond, accept, false);
        ++a.ballots;
        uint256 lead = _leadOf(c);
        if (accept) c.accepting += a.bond;
        else c.denying += a.bond;
        emit VoteCast(claim, msg.sender, accept, a.bond, reason);
        bool late = time + _EXTENSION >= c.endsAt;
        if (!late || lead == _leadOf(c) || c.extensions == _MAX_EXTENSIONS) return;
        ++c.extensions;
        c.endsAt += uint40(_EXTENSION);
        emit VotingExtended(claim, c.endsAt);
    }

    /// @inheritdoc IClaimsModule
    function settleBallot(uint256 claim, address assessor) external nonReentrant {
        Claim memory c = _claims[claim];
        Ballot storage b = _ballots[claim][assessor];
        bool due = c.state == State.Final && b.weight != 0 && !b.settled;
        require(due, ClaimsModule__NotSettleable(claim, assessor));
        b.settled = true;
        Assessor storage a = _assessors[assessor];
        --a.ballots;
        a.lockedUntil = uint40(_pool.poolTime() + _BOND_LOCK);
        uint256 fee = uint256(c.pot).mulDiv(b.weight, uint256(c.accepting) + c.denying); // down: the sum is there
        uint256 slashed = c.overturned && b.accept == c.result ? Math.min(b.weight / _SLASH, a.bond) : 0;
        emit BallotSettled(claim, assessor, fee, slashed);
        owed[assessor] += fee;
        if (slashed == 0) return;
        a.bond -= uint96(slashed);
        totalBonds -= slashed;
        owed[c.challenger] += slashed / 2;
        _push(_reserve, slashed - slashed / 2);
    }

    /* CLAIMANTS AND CHALLENGERS */

    /// @inheritdoc IClaimsModule
    function file(uint256 id, uint96 amount, bytes32 evidence) external nonReentrant returns (uint256 claim) {
        require(_nft.ownerOf(id) == msg.sender, ClaimsModule__NotOwner(id, msg.sender));
        require(evidence != 0, ClaimsModule__NoEvidence());
        ICoverManager.Cover memory cover = _manager.coverOf(id);
        uint256 time = _pool.poolTime();
        require(time >= cover.start && time < cover.expiry + GRACE, ClaimsModule__NotCovered(id));
        _requireWithin(amount, 1, cover.remaining);
        uint256 deposit = uint256(cover.remaining).mulDiv(_DEPOSIT_BPS, BPS, Math.Rounding.Ceil).max(minDeposit);
        claim = ++count;
        Claim storage c = _claims[claim];
        (c.id, c.claimant, c.amount, c.deposit) = (id, msg.sender, amount, deposit.toUint96());
        (c.state, c.filedAt, c.endsAt) = (State.Voting, uint40(time), uint40(time + _VOTING));
        (c.bonds, c.evidence) = (totalBonds.toUint128(), evidence);
        emit ClaimFiled(claim, id, msg.sender, amount, deposit, evidence);
        _pull(deposit);
        _manager.openClaim(id, ClaimKind.Assessed);
    }

    /// @inheritdoc IClaimsModule
    function challenge(uint256 claim) external nonReentrant returns (uint256 proposal) {
        Claim storage c = _voted(claim);
        (c.valid, c.result) = _resultOf(c);
        require(c.valid, ClaimsModule__WrongState(claim, c.state));
        uint256 until = c.endsAt + _CHALLENGE;
        require(_pool.poolTime() < until, ClaimsModule__TooLate(claim, until));
        c.challenger = msg.sender;
        emit ClaimChallenged(claim, msg.sender, c.deposit);
        _pull(c.deposit);
        return _escalate(claim, c);
    }

    /// @inheritdoc IClaimsModule
    function escalate(uint256 claim) external nonReentrant returns (uint256 proposal) {
        Claim storage c = _voted(claim);
        (bool valid, ) = _resultOf(c);
        require(!valid, ClaimsModule__WrongState(claim, c.state));
        return _escalate(claim, c);
    }

    /// @inheritdoc IClaimsModule
    function finalize(uint256 claim) external nonReentrant {
        Claim storage c = _claims[claim];
        if (c.state == State.Voting) _decideByAssessors(claim, c);
        else if (c.state == State.Escalated) _decideBySilence(claim, c);
        require(c.state == State.Decided, ClaimsModule__WrongState(claim, c.state));
        c.state = State.Final;
        uint256 paid = c.accepted ? c.amount : 0;
        _payPot(c);
        emit ClaimFinalized(claim, c.accepted, paid, c.pot);
        _manager.closeClaim(c.id, ClaimKind.Assessed, paid);
    }

    /// @inheritdoc IClaimsModule
    function withdraw(address receiver) external nonReentrant returns (uint256 assets) {
        assets = owed[msg.sender];
        require(assets != 0, ClaimsModule__NothingOwed(msg.sender));
        owed[msg.sender] = 0;
        emit Withdrawn(msg.sender, receiver, assets);
        _push(receiver, assets);
    }

    /* THE DAO */

    /// @inheritdoc IClaimResolver
    function resolveClaim(uint256 claim) external {
        require(msg.sender == _timelock, ClaimsModule__NotTimelock(msg.sender));
        Claim storage c = _inState(claim, State.Escalated);
        uint256 until = c.escalatedAt + RESOLVE_WINDOW;
        require(_pool.poolTime() < until, ClaimsModule__TooLate(claim, until));
        // A valid result is overturned; without one the claim is accepted.
        (c.state, c.overturned) = (State.Decided, c.valid);
        c.accepted = c.valid ? !c.result : true;
        emit ClaimResolved(claim, c.accepted, c.overturned);
    }

    /* VIEWS */

    /// @inheritdoc IClaimsModule
    function claimOf(uint256 claim) external view returns (Claim memory) {
        return _claims[claim];
    }

    /// @inheritdoc IClaimsModule
    function assessorOf(address account) external view returns (Assessor memory) {
        return _assessors[account];
    }

    /// @inheritdoc IClaimsModule
    function ballotOf(uint256 claim, address assessor) external view returns (Ballot memory) {
        return _ballots[claim][assessor];
    }

    function _escalate(uint256 claim, Claim storage c) private returns (uint256 proposal) {
        (c.state, c.escalatedAt) = (State.Escalated, uint40(_pool.poolTime()));
        proposal = _governor.proposeClaim(claim);
        emit ClaimEscalated(claim, proposal);
    }

    /// @dev Without a valid result, and nobody who would or could ask the DAO (it may not admit this module), it is denied when
    /// the DAO's time would be over: else policy, shares and capital were locked for good.
    function _decideByAssessors(uint256 claim, Claim storage c) private {
        (uint256 time, uint256 ends) = (_pool.poolTime(), c.endsAt + _CHALLENGE);
        require(time >= ends, ClaimsModule__TooEarly(claim, ends));
        (c.valid, c.result) = _resultOf(c);
        require(c.valid || time >= c.endsAt + RESOLVE_WINDOW, ClaimsModule__WrongState(claim, c.state));
        (c.state, c.accepted) = (State.Decided, c.valid && c.result);
    }

    /// @dev The DAO said nothing: the assessors' result stands; without one nothing is paid.
    function _decideBySilence(uint256 claim, Claim storage c) private {
        uint256 ends = c.escalatedAt + RESOLVE_WINDOW;
        require(_pool.poolTime() >= ends, ClaimsModule__TooEarly(claim, ends));
        (c.state, c.accepted) = (State.Decided, c.valid && c.result);
    }

    /// @dev Deposit and challenger's bond find their owners; what voters share is half of a deposit, be the claim accepted or
    /// denied, and the bond of a challenger who was wrong. Without votes nothing is shared, and nothing where nobody decided:
    /// else who files and votes alone, claim after claim, is paid by the reserve. So is who accepts a wei of one's own: the bonds
    /// secure what a claim pays, and the reserve pays its voters no more than that.
    function _payPot(Claim storage c) private {
        uint256 fee = uint256(c.accepting) + c.denying == 0 ? 0 : c.deposit / 2;
        uint256 pot;
        if (c.accepted) {
            pot = _manager.drawReserve(fee.min(c.amount), address(this));
            held += pot;
        } else if (c.valid) {
            pot = fee;
            _push(_reserve, c.deposit - fee);
        }
        if (c.accepted || !c.valid) owed[c.claimant] += c.deposit;
        if (c.challenger != address(0)) {
            if (c.overturned) owed[c.challenger] += c.deposit;
            else pot += c.deposit;
        }
        c.pot = pot.toUint128();
    }

    function _pull(uint256 assets) private {
        held += assets;
        _asset.safeTransferFrom(msg.sender, address(this), assets);
    }

    function _push(address receiver, uint256 assets) private {
        held -= assets;
        if (assets != 0) _asset.safeTransfer(receiver, assets);
    }

    /// @dev A claim whose vote is over and which nobody has taken further.
    function _voted(uint256 claim) private view returns (Claim storage c) {
        c = _inState(claim, State.Voting);
        require(_pool.poolTime() >= c.endsAt, ClaimsModule__TooEarly(claim, c.endsAt));
    }

    function _inState(uint256 claim, State state) private view returns (Claim storage c) {
        c = _claims[claim];
        require(c.state == state, ClaimsModule__WrongState(claim, c.state));
    }

    /// @dev Who leads: 0 nobody, 1 those who accept, 2 those who deny.
    function _leadOf(Claim storage c) private view returns (uint256) {
        if (c.accepting == c.denying) return 0;
        return c.accepting > c.denying ? 1 : 2;
    }

    /// @dev Quorum and security both rounded against the result.
    function _resultOf(Claim storage c) private view returns (bool valid, bool result) {
        (uint256 accepting, uint256 denying) = (c.accepting, c.denying);
        result = accepting > denying;
        bool quorum = (accepting + denying) * _QUORUM >= c.bonds && accepting != denying;
        valid = quorum && accepting.max(denying) / _SLASH >= c.amount;
    }

    function _requireWithin(uint256 value, uint256 minimum, uint256 maximum) private pure {
        require(value >= minimum && value <= maximum, ClaimsModule__OutOfBounds(value, minimum, maximum));
    }
}
