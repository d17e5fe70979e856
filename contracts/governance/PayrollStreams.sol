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

    /// @dev Two slots: 160 + 96 · 96 + 40 + 40 + 40 + 8. All that a claim reads.
    struct Flow {
        address token;
        uint96 total;
        uint96 claimed;
        uint40 start;
        uint40 cliff;
        uint40 end; // of no stream is it 0
        bool cancelled;
    }

    struct Parties {
        address recipient;
        address funder;
        address refundTo;
    }

    /// @inheritdoc IPayrollStreams
    uint256 public streamCount;
    /// @dev By recipient first, so that a claim need not read whose stream it is.
    mapping(address recipient => mapping(uint256 id => Flow flow)) private _flows;
    mapping(uint256 id => Parties parties) private _parties;

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
        _parties[id] = Parties(plan.recipient, msg.sender, plan.refundTo);
        _flows[plan.recipient][id] = Flow({
            token: plan.token,
            total: uint96(total),
            claimed: 0,
            start: plan.start,
            cliff: plan.cliff,
            end: plan.end,
            cancelled: false
        });
        emit StreamCreated(id, msg.sender, plan.recipient, plan, total);
    }

    /// @inheritdoc IPayrollStreams
    function claim(uint256 id, address receiver) external nonReentrant returns (uint256 amount) {
        require(receiver != address(0), PayrollStreams__ZeroAddress());
        Flow memory flow = _flows[msg.sender][id];
        require(flow.end > 0, PayrollStreams__NotRecipient(id, msg.sender));
        uint256 flowed = _vested(flow);
        amount = flowed - flow.claimed;
        require(amount > 0, PayrollStreams__ZeroAmount());
        _flows[msg.sender][id].claimed = uint96(flowed);
        emit StreamClaimed(id, msg.sender, receiver, amount);
        IERC20(flow.token).safeTransfer(receiver, amount);
    }

    /// @inheritdoc IPayrollStreams
    function cancel(uint256 id) external nonReentrant returns (uint256 refunded) {
        Parties memory parties = _parties[id];
        require(msg.sender == parties.funder, PayrollStreams__NotFunder(id, msg.sender));
        Flow storage flow = _flows[parties.recipient][id];
        require(!flow.cancelled && block.timestamp < flow.end, PayrollStreams__AlreadyEnded(id));
        uint256 kept = _vested(flow);
        refunded = flow.total - kept;
        (flow.total, flow.cancelled) = (uint96(kept), true);
        emit StreamCancelled(id, msg.sender, kept, refunded);
        IERC20(flow.token).safeTransfer(parties.refundTo, refunded);
    }

    /// @inheritdoc IPayrollStreams
    function streamOf(uint256 id) external view returns (Stream memory) {
        Parties memory parties = _parties[id];
        Flow memory flow = _flowOf(id);
        return
            Stream({
                recipient: parties.recipient,
                claimed: flow.claimed,
                token: flow.token,
                total: flow.total,
                start: flow.start,
                cliff: flow.cliff,
                end: flow.end,
                cancelled: flow.cancelled,
                funder: parties.funder,
                refundTo: parties.refundTo
            });
    }

    /// @inheritdoc IPayrollStreams
    function vested(uint256 id) external view returns (uint256) {
        return _vested(_flowOf(id));
    }

    /// @inheritdoc IPayrollStreams
    function claimable(uint256 id) external view returns (uint256) {
        Flow memory flow = _flowOf(id);
        return _vested(flow) - flow.claimed;
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
        return _flows[_parties[id].recipient][id];
    }

    function _vested(Flow memory flow) private view returns (uint256) {
        if (flow.cancelled || block.timestamp >= flow.end) return flow.total;
        if (block.timestamp < flow.cliff) return 0;
        return (uint256(flow.total) * (block.timestamp - flow.start)) / (flow.end - flow.start);
    }
}
