// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {MillGovernor} from "../../../contracts/governance/MillGovernor.sol";
import {MillToken} from "../../../contracts/governance/MillToken.sol";
import {VoteStaking} from "../../../contracts/governance/VoteStaking.sol";

/// @notice Borrows votes, uses them and gives them back, all in one transaction. `lender` has approved it.
contract FlashVoter {
    MillToken private immutable token;
    VoteStaking private immutable staking;
    MillGovernor private immutable governor;
    address private immutable lender;

    constructor(MillToken token_, VoteStaking staking_, MillGovernor governor_, address lender_) {
        (token, staking, governor, lender) = (token_, staking_, governor_, lender_);
        token_.delegate(address(this));
        token_.approve(address(staking_), type(uint256).max);
    }

    /// @notice The borrowed amount itself; true if any vote was counted.
    function vote(uint256 id, uint256 amount) external returns (bool counted) {
        require(token.transferFrom(lender, address(this), amount), "borrow");
        try governor.castVote(id, 1) returns (uint256 weight) {
            counted = weight > 0;
        } catch {}
        require(token.transfer(lender, amount), "repay");
    }

    /// @notice Lock, vote, free: staked votes instead of the token's.
    function stakeAndVote(uint256 id, uint256 amount) external {
        require(token.transferFrom(lender, address(this), amount), "borrow");
        staking.stake(amount, address(this));
        try governor.castVote(id, 1) {} catch {}
        uint256 request = staking.requestUnstake(amount);
        staking.withdraw(request, address(this));
        require(token.transfer(lender, amount), "repay");
    }

    /// @notice Beanstalk: propose and pass in one transaction.
    function propose(address[] memory targets, uint256[] memory values, bytes[] memory calldatas, uint256 amount) external {
        require(token.transferFrom(lender, address(this), amount), "borrow");
        governor.propose(targets, values, calldatas, "gift");
        require(token.transfer(lender, amount), "repay");
    }

    /// @notice Queue and execute as soon as voting has begun, within one transaction.
    function rush(uint256 id, address[] memory targets, uint256[] memory values, bytes[] memory calldatas) external {
        governor.castVote(id, 1);
        governor.queue(targets, values, calldatas, keccak256("rush"));
        governor.execute(targets, values, calldatas, keccak256("rush"));
    }
}

/// @notice Puts code of its choice at an address that it knows beforehand.
contract Metamorph {
    function put(bytes memory code, bytes32 salt) external returns (address made) {
        assembly ("memory-safe") {
            made := create2(0, add(code, 0x20), mload(code), salt)
        }
        require(made != address(0), "create2");
    }
}

/// @notice What was shown to the voters.
contract HarmlessTarget {
    function run() external pure returns (bool) {
        return true;
    }
}

/// @notice What was put in its place: it takes what its caller holds.
contract HarmfulTarget {
    address private immutable loot;
    address private immutable thief;

    constructor(address loot_, address thief_) {
        (loot, thief) = (loot_, thief_);
    }

    function run() external returns (bool) {
        return MillToken(loot).transferFrom(msg.sender, thief, 1);
    }
}

/// @notice A reward token that calls whom it goes to.
contract CallbackToken is ERC20("Callback", "CALL") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && to.code.length > 0 && to != msg.sender) Reenterer(to).received();
    }
}

/// @notice Calls back when it receives, and remembers what it met.
contract Reenterer {
    address private target;
    bytes private data;
    bool public wasRefused;
    bytes4 public reason;

    function plan(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function act(address to, bytes calldata payload) external {
        (bool ok, ) = to.call(payload);
        require(ok, "call");
    }

    function received() external {
        if (data.length == 0) return;
        (bool ok, bytes memory result) = target.call(data);
        wasRefused = !ok;
        reason = bytes4(result);
    }
}
