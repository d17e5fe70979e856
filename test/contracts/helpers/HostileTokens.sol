// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {TestToken} from "./TestToken.sol";

/// @notice Keeps a fee of each transfer.
contract FeeOnTransferToken is TestToken {
    uint256 public feeBps = 100;

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function setFeeBps(uint256 feeBps_) external {
        feeBps = feeBps_;
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 kept = from == address(0) || to == address(0) ? 0 : (value * feeBps) / 10_000;
        if (kept != 0) super._update(from, address(0), kept);
        super._update(from, to, value - kept);
    }
}

/// @notice Says `false` and moves nothing, once armed.
contract FalseReturningToken is TestToken {
    bool public armed;

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function arm(bool armed_) external {
        armed = armed_;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        return armed ? false : super.transfer(to, value);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        return armed ? false : super.transferFrom(from, to, value);
    }
}

/// @notice Says `true` and moves nothing, once armed.
contract SilentToken is TestToken {
    bool public armed;

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function arm(bool armed_) external {
        armed = armed_;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (!armed) super._update(from, to, value);
    }
}

/// @notice Answers nothing, like USDT, and wants an allowance to be 0 before it changes.
contract NoReturnToken is TestToken {
    error NoReturnToken__AllowanceNotZero();

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function transfer(address to, uint256 value) public override returns (bool) {
        super.transfer(to, value);
        _answerNothing();
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        super.transferFrom(from, to, value);
        _answerNothing();
    }

    function approve(address spender, uint256 value) public override returns (bool) {
        require(value == 0 || allowance(msg.sender, spender) == 0, NoReturnToken__AllowanceNotZero());
        super.approve(spender, value);
        _answerNothing();
    }

    function _answerNothing() private pure {
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}

/// @notice Refuses some accounts, like USDC, and everyone while paused.
contract BlocklistToken is TestToken {
    mapping(address account => bool blocked) public blocked;
    bool public paused;

    error BlocklistToken__Blocked(address account);
    error BlocklistToken__Paused();

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function setBlocked(address account, bool blocked_) external {
        blocked[account] = blocked_;
    }

    function setPaused(bool paused_) external {
        paused = paused_;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!paused, BlocklistToken__Paused());
        require(!blocked[from], BlocklistToken__Blocked(from));
        require(!blocked[to], BlocklistToken__Blocked(to));
        super._update(from, to, value);
    }
}

/// @notice Every balance is multiplied by an index, like stETH or AMPL.
contract RebasingToken is TestToken {
    uint256 public index = 1e18;

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function rebase(uint256 index_) external {
        index = index_;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * index) / 1e18;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, (value * 1e18) / index);
    }
}

/// @notice Calls somebody after each transfer, like an ERC-777 token: `target.call(data)` from inside the vault's calls.
contract ReentrantToken is TestToken {
    address public target;
    bytes public data;
    bool public succeeded;
    bytes public answer;
    bool private _entered;

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function arm(address target_, bytes calldata data_) external {
        target = target_;
        data = data_;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (target == address(0) || _entered) return;
        _entered = true;
        (succeeded, answer) = target.call(data);
        _entered = false;
    }
}

/// @notice Calls who receives it, once, if that has asked for it, as ERC-777 does: `receiver.call(data)`.
contract ReceiverToken is TestToken {
    mapping(address receiver => bytes data) private _hooks;

    constructor(uint8 decimals_) TestToken(decimals_) {}

    function callMe(bytes calldata data) external {
        _hooks[msg.sender] = data;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        bytes memory data = _hooks[to];
        if (data.length == 0) return;
        delete _hooks[to];
        (bool ok, bytes memory answer) = to.call(data);
        require(ok, string(answer));
    }
}
