// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IMerklDistributor} from "../../../../contracts/adapters/markets/IMerklDistributor.sol";

/// @notice A model of Merkl's distributor: grants only ever grow, a leaf is a user's whole grant of a token, and nobody
/// claims for another unless he is the transaction's sender. Operators and disputes are left out.
contract MerklModel is IMerklDistributor {
    using SafeERC20 for IERC20;

    bytes32 public root;
    mapping(address user => mapping(address token => uint256 amount)) public claimed;

    function setRoot(bytes32 root_) external {
        root = root_;
    }

    function claim(
        address[] calldata users,
        address[] calldata tokens,
        uint256[] calldata amounts,
        bytes32[][] calldata proofs
    ) external {
        uint256 count = users.length;
        bool fits = count > 0 && count == tokens.length && count == amounts.length && count == proofs.length;
        require(fits, InvalidLengths());
        for (uint256 i = 0; i < count; ++i) {
            // Merkl's own rule.
            // solhint-disable-next-line avoid-tx-origin
            require(msg.sender == users[i] || tx.origin == users[i], NotWhitelisted());
            bytes32 leaf = keccak256(abi.encode(users[i], tokens[i], amounts[i]));
            require(MerkleProof.verifyCalldata(proofs[i], root, leaf), InvalidProof());
            uint256 due = amounts[i] - claimed[users[i]][tokens[i]];
            claimed[users[i]][tokens[i]] = amounts[i];
            if (due > 0) IERC20(tokens[i]).safeTransfer(users[i], due);
        }
    }
}

/// @notice Called as a distributor, it tries what an adapter's vault alone may do, and sends on what it finds there.
contract HostileDistributor is IMerklDistributor {
    uint256 public refused;

    function claim(
        address[] calldata users,
        address[] calldata,
        uint256[] calldata,
        bytes32[][] calldata
    ) external {
        (bool ok, ) = users[0].call(abi.encodeWithSignature("deallocate(uint256,address)", 1, address(this)));
        if (!ok) ++refused;
        (ok, ) = users[0].call(abi.encodeWithSignature("emergencyExit()"));
        if (!ok) ++refused;
        (ok, ) = users[0].call(abi.encodeWithSignature("allocate(uint256)", 1));
        if (!ok) ++refused;
    }
}
