// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IPayrollStreams} from "./IPayrollStreams.sol";

// Of an id, beside the token's address.
uint256 constant NUMBER_BITS = 96;

/// @title Payroll streams
/// @notice The specification is in `IPayrollStreams`.
contract PayrollStreams is IPayrollStreams, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev All that a claim reads: 96 + 96 + 32 + 32. The token is part of the id.
    struct Flow {
        uint96 total;
        uint96 claimed;
        uint32 start;
        uint32 end; // of no stream is it 0
    }

    /// @param cliff Read until the first claim, which is after it.
    struct Terms {
        address recipient;
        uint32 cliff;
        bool cancelled;
        address funder;
        address refundTo;
    }

    /// @inheritdoc IPayrollStreams
    uint256 public streamCount;
    /// @dev By recipient first, so that a claim need not read whose stream it is.
    mapping(address recipient => mapping(uint256 id => Flow flow)) private _flows;
    mapping(uint256 id => Terms terms) private _terms;

    /// @inheritdoc IPayrollStreams
    function create(Plan calldata plan) external nonReentrant returns (uint256 id) {
        require(plan.recipient != address(0) && plan.refundTo != address(0), PayrollStreams__ZeroAddress());
        bool ordered = plan.start <= plan.cliff && plan.cliff <= plan.end && plan.start < plan.end;
        require(
            ordered && plan.end > block.timestamp && plan.end <= type(uint32).max,
            PayrollStreams__BadTimes(plan.start, plan.cliff, plan.end)
        );
        uint256 total = _pull(plan.token, plan.amount);
        id = (uint256(uint160(plan.token)) << NUMBER_BITS) | ++streamCount;
        _terms[id] = Terms(plan.recipient, uint32(plan.cliff), false, msg.sender, plan.refundTo); // cliff ≤ end
        _flows[plan.recipient][id] = Flow(uint96(total), 0, uint32(plan.start), uint32(plan.end)); // start < end
        emit StreamCreated(id, msg.sender, plan.recipient, plan, total);
    }

    /// @inheritdoc IPayrollStreams
    function claim(uint256 id, address receiver) external nonReentrant returns (uint256 amount) {
        require(receiver != address(0), PayrollStreams__ZeroAddress());
        Flow memory flow = _flows[msg.sender][id];
        require(flow.end > 0, PayrollStreams__NotRecipient(id, msg.sender));
        uint256 flowed = _vested(id, flow);
        amount = flowed - flow.claimed;
        require(amount > 0, PayrollStreams__ZeroAmount());
        _flows[msg.sender][id].claimed = uint96(flowed);
        emit StreamClaimed(id, msg.sender, receiver, amount);
        _tokenOf(id).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IPayrollStreams
    function cancel(uint256 id) external nonReentrant returns (uint256 refunded) {
        Terms memory terms = _terms[id];
        require(msg.sender == terms.funder, PayrollStreams__NotFunder(id, msg.sender));
        Flow storage flow = _flows[terms.recipient][id];
        require(block.timestamp < flow.end, PayrollStreams__AlreadyEnded(id));
        uint256 kept = _vested(id, flow);
        refunded = flow.total - kept;
        (flow.total, flow.end) = (uint96(kept), uint32(block.timestamp)); // from now on all of it has flowed
        _terms[id].cancelled = true;
        emit StreamCancelled(id, msg.sender, kept, refunded);
        _tokenOf(id).safeTransfer(terms.refundTo, refunded);
    }

    /// @inheritdoc IPayrollStreams
    function streamOf(uint256 id) external view returns (Stream memory stream) {
        Terms memory terms = _terms[id];
        if (terms.recipient == address(0)) return stream;
        Flow memory flow = _flowOf(id);
        return
            Stream({
                recipient: terms.recipient,
                claimed: flow.claimed,
                token: address(_tokenOf(id)),
                total: flow.total,
                start: flow.start,
                cliff: terms.cliff,
                end: flow.end,
                cancelled: terms.cancelled,
                funder: terms.funder,
                refundTo: terms.refundTo
            });
    }

    /// @inheritdoc IPayrollStreams
    function vested(uint256 id) external view returns (uint256) {
        return _vested(id, _flowOf(id));
    }

    /// @inheritdoc IPayrollStreams
    function claimable(uint256 id) external view returns (uint256) {
        Flow memory flow = _flowOf(id);
        return _vested(id, flow) - flow.claimed;
    }

    /// @dev Measures what arrived, for tokens that take a fee.
    function _pull(address token, uint256 amount) private returns (uint256 received) {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        received = IERC20(token).balanceOf(address(this)) - before;
        require(received > 0, PayrollStreams__ZeroAmount());
        require(received <= type(uint96).max, PayrollStreams__AmountTooLarge(received, type(uint96).max));
    }

    function _flowOf(uint256 id) private view returns (Flow memory) {
        return _flows[_terms[id].recipient][id];
    }

    function _vested(uint256 id, Flow memory flow) private view returns (uint256) {
        if (block.timestamp >= flow.end) return flow.total;
        if (flow.claimed == 0 && block.timestamp < _terms[id].cliff) return 0;
        return (uint256(flow.total) * (block.timestamp - flow.start)) / (flow.end - flow.start);
    }

    function _tokenOf(uint256 id) private pure returns (IERC20) {
        return IERC20(address(uint160(id >> NUMBER_BITS)));
    }
}
