// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IPayrollStreams} from "./IPayrollStreams.sol";

/// @title Payroll streams
/// @notice The specification is in `IPayrollStreams`.
contract PayrollStreams is IPayrollStreams, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @inheritdoc IPayrollStreams
    uint256 public streamCount;
    mapping(uint256 id => Stream stream) private _streams;

    /// @inheritdoc IPayrollStreams
    function create(Plan calldata plan) external nonReentrant returns (uint256 id) {
        require(plan.recipient != address(0) && plan.refundTo != address(0), PayrollStreams__ZeroAddress());
        bool ordered = plan.start <= plan.cliff && plan.cliff <= plan.end && plan.start < plan.end;
        require(
            ordered && plan.end > block.timestamp,
            PayrollStreams__BadTimes(plan.start, plan.cliff, plan.end)
        );
        uint256 total = _pull(plan.token, plan.amount);
        id = ++streamCount;
        _streams[id] = Stream({
            recipient: plan.recipient,
            claimed: 0,
            token: plan.token,
            total: uint96(total),
            start: plan.start,
            cliff: plan.cliff,
            end: plan.end,
            cancelled: false,
            funder: msg.sender,
            refundTo: plan.refundTo
        });
        emit StreamCreated(id, msg.sender, plan.recipient, plan, total);
    }

    /// @inheritdoc IPayrollStreams
    function claim(uint256 id, address receiver) external nonReentrant returns (uint256 amount) {
        require(receiver != address(0), PayrollStreams__ZeroAddress());
        Stream storage stream = _streams[id];
        require(msg.sender == stream.recipient, PayrollStreams__NotRecipient(id, msg.sender));
        uint256 claimed = stream.claimed;
        amount = _vested(stream) - claimed;
        require(amount > 0, PayrollStreams__ZeroAmount());
        stream.claimed = uint96(claimed + amount);
        emit StreamClaimed(id, msg.sender, receiver, amount);
        IERC20(stream.token).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IPayrollStreams
    function cancel(uint256 id) external nonReentrant returns (uint256 refunded) {
        Stream storage stream = _streams[id];
        require(msg.sender == stream.funder, PayrollStreams__NotFunder(id, msg.sender));
        require(!stream.cancelled && block.timestamp < stream.end, PayrollStreams__AlreadyEnded(id));
        uint256 kept = _vested(stream);
        refunded = stream.total - kept;
        (stream.total, stream.cancelled) = (uint96(kept), true);
        emit StreamCancelled(id, msg.sender, kept, refunded);
        IERC20(stream.token).safeTransfer(stream.refundTo, refunded);
    }

    /// @inheritdoc IPayrollStreams
    function streamOf(uint256 id) external view returns (Stream memory) {
        return _streams[id];
    }

    /// @inheritdoc IPayrollStreams
    function vested(uint256 id) external view returns (uint256) {
        return _vested(_streams[id]);
    }

    /// @inheritdoc IPayrollStreams
    function claimable(uint256 id) external view returns (uint256) {
        return _vested(_streams[id]) - _streams[id].claimed;
    }

    /// @dev Measures what arrived, for tokens that take a fee.
    function _pull(address token, uint256 amount) private returns (uint256 received) {
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        received = IERC20(token).balanceOf(address(this)) - before;
        require(received > 0, PayrollStreams__ZeroAmount());
        require(received <= type(uint96).max, PayrollStreams__AmountTooLarge(received, type(uint96).max));
    }

    function _vested(Stream storage stream) private view returns (uint256) {
        uint256 total = stream.total;
        if (stream.cancelled || block.timestamp >= stream.end) return total;
        if (block.timestamp < stream.cliff) return 0;
        uint256 start = stream.start;
        return (total * (block.timestamp - start)) / (stream.end - start);
    }
}
