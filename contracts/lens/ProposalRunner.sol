// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";

import {ICompoundingVault} from "../vault/ICompoundingVault.sol";

/// @title Executes a proposal in an imagined state, and measures before and after
/// @notice Never deployed: the SDK puts this code at an unused address for one `eth_call`, in a state in which the proposal
/// has passed and its time has come. What executes it is the governor's and the timelock's own code.
contract ProposalRunner {
    struct Proposal {
        address[] targets;
        uint256[] values;
        bytes[] calldatas;
        bytes32 descriptionHash;
    }

    /// @param token The zero address is the native token.
    struct Watch {
        address token;
        address account;
    }

    struct Change {
        uint256 before;
        uint256 afterwards;
    }

    /// @param revertData What the execution ended in, when it did not succeed: then nothing changed.
    /// @param prices Share price per vault, 1e18 = par; 0 while it can't be read.
    struct Outcome {
        bool succeeded;
        bytes revertData;
        Change[] prices;
        Change[] balances;
    }

    function run(
        IGovernor governor,
        Proposal calldata proposal,
        ICompoundingVault[] calldata vaults,
        Watch[] calldata watches
    ) external returns (Outcome memory outcome) {
        outcome.prices = new Change[](vaults.length);
        outcome.balances = new Change[](watches.length);
        for (uint256 i = 0; i < vaults.length; ++i) outcome.prices[i].before = _price(vaults[i]);
        for (uint256 i = 0; i < watches.length; ++i) outcome.balances[i].before = _balance(watches[i]);
        try
            governor.execute(proposal.targets, proposal.values, proposal.calldatas, proposal.descriptionHash)
        returns (uint256) {
            outcome.succeeded = true;
        } catch (bytes memory revertData) {
            outcome.revertData = revertData;
        }
        for (uint256 i = 0; i < vaults.length; ++i) outcome.prices[i].afterwards = _price(vaults[i]);
        for (uint256 i = 0; i < watches.length; ++i) outcome.balances[i].afterwards = _balance(watches[i]);
    }

    function _price(ICompoundingVault vault) private view returns (uint256) {
        try vault.pps() returns (uint256 price) {
            return price;
        } catch {
            return 0;
        }
    }

    function _balance(Watch calldata watch) private view returns (uint256) {
        if (watch.token == address(0)) return watch.account.balance;
        return IERC20(watch.token).balanceOf(watch.account);
    }
}
