// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IBatchVoteRelay} from "../../../contracts/governance/IBatchVoteRelay.sol";
import {MillGovernor} from "../../../contracts/governance/MillGovernor.sol";
import {MillToken} from "../../../contracts/governance/MillToken.sol";
import {BatchVoteRelay} from "../../../contracts/governance/BatchVoteRelay.sol";
import {CompanyFixture} from "./CompanyFixture.sol";
import {Wallet1271} from "./Wallet1271.sol";

abstract contract SignatureFixture is CompanyFixture {
    bytes32 internal constant DOMAIN =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 internal constant BALLOT = keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");
    bytes32 internal constant EXTENDED =
        keccak256(
            "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
        );
    bytes32 internal constant DELEGATION = keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");
    bytes32 internal constant PERMIT =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    /// @dev Order of secp256k1.
    uint256 internal constant N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    address internal signer;
    uint256 internal key;
    Proposal internal proposal;

    function setUp() public virtual override {
        super.setUp();
        (signer, key) = _signer("signer");
        _move(carol, signer, 1e25);
        vm.prank(signer);
        token.delegate(signer);
        _skip(1);
        proposal = _propose(alice, _setBox(1));
        _open(proposal);
    }

    function _digest(string memory name, address verifier, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256(bytes(name)), keccak256("1"), block.chainid, verifier)
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _ballot(address voter, uint8 support, uint256 nonce) internal view returns (bytes32) {
        return
            _digest(
                "Millrace Governor",
                address(governor),
                keccak256(abi.encode(BALLOT, proposal.id, support, voter, nonce))
            );
    }

    function _extended(
        address voter,
        uint8 support,
        uint256 nonce,
        string memory reason,
        bytes memory params
    ) internal view returns (bytes32) {
        bytes32 structHash = keccak256(
            abi.encode(EXTENDED, proposal.id, support, voter, nonce, keccak256(bytes(reason)), keccak256(params))
        );
        return _digest("Millrace Governor", address(governor), structHash);
    }

    /// @notice The nonce of a voter for this proposal: its key is the proposal.
    function _nonce(address voter) internal view returns (uint256) {
        return governor.nonces(voter, uint192(proposal.id));
    }

    function _signed(bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @notice The other valid form of the same signature: s' = n − s.
    function _malleated(bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, bytes32(N - uint256(s)), v == 27 ? 28 : 27);
    }

    /// @notice EIP-2098: 64 bytes.
    function _compact(bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }
}

contract BallotSignatureTest is SignatureFixture {
    function _refused(address voter, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, voter));
        governor.castVoteBySig(proposal.id, FOR, voter, signature);
    }

    function _refusedExtended(
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    ) private {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, voter));
        governor.castVoteWithReasonAndParamsBySig(proposal.id, support, voter, reason, params, signature);
    }

    function test_G13_GA9_BallotCountsOnce() public {
        bytes memory signature = _signed(_ballot(signer, FOR, _nonce(signer)));
        governor.castVoteBySig(proposal.id, FOR, signer, signature);
        vm.assertEq(governor.usedVotes(proposal.id, signer), 1e25);
        _refused(signer, signature);
    }

    function test_G13_GA9_BallotOfAnotherChain() public {
        bytes memory signature = _signed(_ballot(signer, FOR, _nonce(signer)));
        vm.chainId(block.chainid + 1);
        _refused(signer, signature);
    }

    function test_G13_GA9_BallotOfAnotherContract() public {
        MillGovernor other = _newGovernor(_config());
        bytes32 structHash = keccak256(abi.encode(BALLOT, proposal.id, FOR, signer, _nonce(signer)));
        _refused(signer, _signed(_digest("Millrace Governor", address(other), structHash)));
    }

    function test_G13_GA9_BallotOfAnotherNonceVoterOrSupport() public {
        _refused(signer, _signed(_ballot(signer, FOR, _nonce(signer) + 1)));
        _refused(signer, _signed(_ballot(alice, FOR, _nonce(alice))));
        _refused(alice, _signed(_ballot(alice, FOR, _nonce(alice))));
        _refused(signer, _signed(_ballot(signer, AGAINST, _nonce(signer))));
    }

    function test_G13_BallotInAnotherForm() public {
        bytes32 digest = _ballot(signer, FOR, _nonce(signer));
        _refused(signer, _malleated(digest));
        _refused(signer, _compact(digest));
        _refused(signer, "");
        _refused(address(0), new bytes(65));
        governor.castVoteBySig(proposal.id, FOR, signer, _signed(digest));
    }

    /// @notice Parts of one weight by signature: each its own nonce, none twice.
    function test_G13_ExtendedBallotsOfParts() public {
        bytes memory params = abi.encodePacked(uint128(1e24), uint128(2e24), uint128(0));
        bytes memory signature = _signed(_extended(signer, 255, _nonce(signer), "half", params));
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, signer));
        governor.castVoteWithReasonAndParamsBySig(proposal.id, 255, signer, "other", params, signature);
        governor.castVoteWithReasonAndParamsBySig(proposal.id, 255, signer, "half", params, signature);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, signer));
        governor.castVoteWithReasonAndParamsBySig(proposal.id, 255, signer, "half", params, signature);
        vm.assertEq(governor.usedVotes(proposal.id, signer), 3e24);
    }

    function test_G13_GA9_ExtendedBallotOfAnotherChainOrContract() public {
        MillGovernor other = _newGovernor(_config());
        bytes32 structHash = keccak256(
            abi.encode(EXTENDED, proposal.id, FOR, signer, _nonce(signer), keccak256("because"), keccak256(""))
        );
        _refusedExtended(FOR, signer, "because", "", _signed(_digest("Millrace Governor", address(other), structHash)));
        bytes memory signature = _signed(_extended(signer, FOR, _nonce(signer), "because", ""));
        uint256 chainId = block.chainid;
        vm.chainId(chainId + 1);
        _refusedExtended(FOR, signer, "because", "", signature);
        vm.chainId(chainId);
        governor.castVoteWithReasonAndParamsBySig(proposal.id, FOR, signer, "because", "", signature);
        _refusedExtended(FOR, signer, "because", "", signature);
    }

    function test_G13_GA9_ExtendedBallotOfAnotherNonceVoterOrContent() public {
        uint256 nonce = _nonce(signer);
        bytes memory third = abi.encodePacked(uint128(1), uint128(1), uint128(1));
        bytes memory signature = _signed(_extended(signer, 255, nonce, "because", third));
        _refusedExtended(255, signer, "because", third, _signed(_extended(signer, 255, nonce + 1, "because", third)));
        _refusedExtended(255, alice, "because", third, _signed(_extended(alice, 255, _nonce(alice), "because", third)));
        _refusedExtended(255, alice, "because", third, signature);
        _refusedExtended(FOR, signer, "because", third, signature);
        _refusedExtended(255, signer, "because", abi.encodePacked(uint128(1), uint128(1), uint128(2)), signature);
        // A ballot without reason and parameters is not one with empty ones.
        _refusedExtended(FOR, signer, "", "", _signed(_ballot(signer, FOR, nonce)));
        governor.castVoteWithReasonAndParamsBySig(proposal.id, 255, signer, "because", third, signature);
        vm.assertEq(governor.usedVotes(proposal.id, signer), 3);
    }

    function test_G13_ExtendedBallotInAnotherForm() public {
        bytes32 digest = _extended(signer, FOR, _nonce(signer), "because", "");
        _refusedExtended(FOR, signer, "because", "", _malleated(digest));
        _refusedExtended(FOR, signer, "because", "", _compact(digest));
        _refusedExtended(FOR, signer, "because", "", "");
        governor.castVoteWithReasonAndParamsBySig(proposal.id, FOR, signer, "because", "", _signed(digest));
    }

    /// @notice A ballot has no deadline of its own: it is the vote's.
    function test_G13_BallotsCountInTheLastSecondAndNotAfter() public {
        bytes memory signature = _signed(_ballot(signer, FOR, _nonce(signer)));
        bytes memory extended = _signed(_extended(signer, FOR, _nonce(signer), "because", ""));
        _close(proposal);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        governor.castVoteBySig(proposal.id, FOR, signer, signature);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        governor.castVoteWithReasonAndParamsBySig(proposal.id, FOR, signer, "because", "", extended);
        vm.warp(governor.proposalDeadline(proposal.id));
        governor.castVoteBySig(proposal.id, FOR, signer, signature);
    }

    /// @notice Two proposals have two nonces: ballots signed for both count in either order.
    function test_G13_NoncesAreKeyedByProposal() public {
        Proposal memory first = proposal;
        bytes memory one = _signed(_ballot(signer, FOR, _nonce(signer)));
        proposal = _propose(bob, _setBox(2));
        _open(proposal);
        governor.castVoteBySig(proposal.id, FOR, signer, _signed(_ballot(signer, FOR, _nonce(signer))));
        governor.castVoteBySig(first.id, FOR, signer, one);
        // The plain nonce of OpenZeppelin works too.
        bytes memory plain = _signed(_ballot(signer, FOR, governor.nonces(signer)));
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, signer));
        governor.castVoteBySig(proposal.id, FOR, signer, plain);
    }

    function test_G13_WalletsSign() public {
        Wallet1271 wallet = new Wallet1271(signer);
        vm.prank(alice);
        require(token.transfer(address(wallet), 1e24), "transfer");
        wallet.act(address(token), abi.encodeCall(IVotes.delegate, (address(wallet))));
        _skip(1);
        _close(proposal);
        proposal = _propose(alice, _setBox(3));
        _open(proposal);
        bytes32 digest = _ballot(address(wallet), FOR, _nonce(address(wallet)));
        wallet.setMood(Wallet1271.Mood.WrongAnswer);
        _refused(address(wallet), _signed(digest));
        wallet.setMood(Wallet1271.Mood.Reverting);
        _refused(address(wallet), _signed(digest));
        wallet.setMood(Wallet1271.Mood.Good);
        _refused(address(wallet), _signed(_ballot(signer, FOR, _nonce(signer))));
        // Half of the weight with parameters, the rest without: the wallet is asked about each.
        bytes memory half = abi.encodePacked(uint128(0), uint128(5e23), uint128(0));
        bytes memory extended = _signed(_extended(address(wallet), 255, _nonce(address(wallet)), "half", half));
        _refusedExtended(255, address(wallet), "all", half, extended);
        governor.castVoteWithReasonAndParamsBySig(proposal.id, 255, address(wallet), "half", half, extended);
        _refused(address(wallet), _signed(digest)); // the nonce is used
        digest = _ballot(address(wallet), FOR, _nonce(address(wallet)));
        governor.castVoteBySig(proposal.id, FOR, address(wallet), _signed(digest));
        vm.assertEq(governor.usedVotes(proposal.id, address(wallet)), 1e24);
    }
}

contract DelegationSignatureTest is SignatureFixture {
    function _delegation(
        string memory name,
        address verifier,
        uint256 nonce,
        uint256 expiry
    ) private view returns (uint8 v, bytes32 r, bytes32 s) {
        return vm.sign(key, _digest(name, verifier, keccak256(abi.encode(DELEGATION, bob, nonce, expiry))));
    }

    function test_G13_GA9_DelegationOfTokenAndStake() public {
        vm.startPrank(signer);
        token.approve(address(staking), 1e24);
        staking.stake(1e24, signer);
        vm.stopPrank();
        _checkAll("Mill", IVotes(address(token)));
        _checkAll("Millrace Staking", IVotes(address(staking)));
    }

    function _checkAll(string memory name, IVotes votes) private {
        uint256 expiry = vm.getBlockTimestamp();
        (uint8 v, bytes32 r, bytes32 s) = _delegation(name, address(votes), 0, expiry);
        // Late by a second.
        vm.warp(expiry + 1);
        vm.expectRevert(abi.encodeWithSelector(IVotes.VotesExpiredSignature.selector, expiry));
        votes.delegateBySig(bob, 0, expiry, v, r, s);
        vm.warp(expiry);
        // The other s.
        vm.expectPartialRevert(ECDSA.ECDSAInvalidSignatureS.selector);
        votes.delegateBySig(bob, 0, expiry, v == 27 ? 28 : 27, r, bytes32(N - uint256(s)));
        // Another chain, another contract: somebody else is recovered, who has no votes to give.
        uint256 snapshot = vm.snapshotState();
        vm.chainId(block.chainid + 1);
        votes.delegateBySig(bob, 0, expiry, v, r, s);
        vm.assertEq(votes.delegates(signer), signer);
        vm.revertToState(snapshot);
        IVotes other = IVotes(address(votes) == address(token) ? address(staking) : address(token));
        uint256 votesOfBob = other.getVotes(bob);
        other.delegateBySig(bob, 0, expiry, v, r, s);
        vm.assertEq(other.getVotes(bob), votesOfBob);
        vm.revertToState(snapshot);
        // A nonce that is not the next one.
        (uint8 laterV, bytes32 laterR, bytes32 laterS) = _delegation(name, address(votes), 1, expiry);
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, signer, 0));
        votes.delegateBySig(bob, 1, expiry, laterV, laterR, laterS);
        votes.delegateBySig(bob, 0, expiry, v, r, s);
        vm.assertEq(votes.delegates(signer), bob);
        // Again.
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, signer, 1));
        votes.delegateBySig(bob, 0, expiry, v, r, s);
    }
}

contract PermitSignatureTest is SignatureFixture {
    function _permit(uint256 value, uint256 deadline) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 structHash = keccak256(
            abi.encode(PERMIT, signer, address(staking), value, token.nonces(signer), deadline)
        );
        return vm.sign(key, _digest("Mill", address(token), structHash));
    }

    function test_G13_StakeWithPermit() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(1e24, vm.getBlockTimestamp());
        vm.prank(signer);
        staking.stakeWithPermit(1e24, bob, vm.getBlockTimestamp(), v, r, s);
        vm.assertEq(staking.stakeOf(signer), 1e24);
        vm.assertEq(staking.getVotes(bob), 1e24);
    }

    /// @notice Whoever uses the permit first, to make the stake fail, only does the staker's work.
    function test_G13_StakeWithAPermitThatWasUsed() public {
        (uint8 v, bytes32 r, bytes32 s) = _permit(1e24, vm.getBlockTimestamp());
        vm.prank(attacker);
        token.permit(signer, address(staking), 1e24, vm.getBlockTimestamp(), v, r, s);
        vm.prank(signer);
        staking.stakeWithPermit(1e24, signer, vm.getBlockTimestamp(), v, r, s);
        vm.assertEq(staking.stakeOf(signer), 1e24);
    }

    function test_G13_GA9_PermitOfAnotherChainContractOrNonce() public {
        uint256 deadline = vm.getBlockTimestamp();
        (uint8 v, bytes32 r, bytes32 s) = _permit(1e24, deadline);
        uint256 chainId = block.chainid;
        vm.chainId(chainId + 1);
        _refusedPermit(token, deadline, v, r, s);
        vm.chainId(chainId);
        _refusedPermit(new MillToken(address(timelock), signer, SUPPLY, MAX_MINT), deadline, v, r, s);
        token.permit(signer, address(staking), 1e24, deadline, v, r, s);
        vm.assertEq(token.allowance(signer, address(staking)), 1e24);
        // Again: its nonce is used.
        _refusedPermit(token, deadline, v, r, s);
    }

    function _refusedPermit(MillToken asked, uint256 deadline, uint8 v, bytes32 r, bytes32 s) private {
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        asked.permit(signer, address(staking), 1e24, deadline, v, r, s);
    }

    function test_G13_PermitLateOrMalleable() public {
        uint256 deadline = vm.getBlockTimestamp();
        (uint8 v, bytes32 r, bytes32 s) = _permit(1e24, deadline);
        vm.expectPartialRevert(ECDSA.ECDSAInvalidSignatureS.selector);
        token.permit(signer, address(staking), 1e24, deadline, v == 27 ? 28 : 27, r, bytes32(N - uint256(s)));
        vm.expectPartialRevert(ERC20Permit.ERC2612InvalidSigner.selector);
        token.permit(signer, attacker, 1e24, deadline, v, r, s);
        _skip(1);
        vm.expectRevert(abi.encodeWithSelector(ERC20Permit.ERC2612ExpiredSignature.selector, deadline));
        token.permit(signer, address(staking), 1e24, deadline, v, r, s);
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientAllowance(address,uint256,uint256)")));
        vm.prank(signer);
        staking.stakeWithPermit(1e24, signer, deadline, v, r, s);
    }
}

contract BatchVoteRelayTest is SignatureFixture {
    function _paper(address voter, bytes memory signature) private view returns (IBatchVoteRelay.Ballot memory) {
        return IBatchVoteRelay.Ballot(proposal.id, FOR, voter, "", "", signature);
    }

    /// @notice Good, signed wrongly, gas-burning wallet, good again: two are counted, two reported.
    function test_Relay_ABadBallotStopsNoOther() public {
        Wallet1271 wallet = new Wallet1271(signer);
        wallet.setMood(Wallet1271.Mood.Burning);
        (address second, uint256 secondKey) = _signer("second");
        vm.prank(carol);
        token.delegate(second);
        _skip(1);
        _close(proposal);
        proposal = _propose(alice, _setBox(4));
        _open(proposal);
        IBatchVoteRelay.Ballot[] memory ballots = new IBatchVoteRelay.Ballot[](4);
        ballots[0] = _paper(signer, _signed(_ballot(signer, FOR, _nonce(signer))));
        ballots[1] = _paper(alice, _signed(_ballot(signer, FOR, _nonce(signer))));
        ballots[2] = _paper(address(wallet), _signed(_ballot(address(wallet), FOR, _nonce(address(wallet)))));
        ballots[3] = _paper(second, "");
        ballots[3].reason = "because";
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secondKey, _extended(second, FOR, _nonce(second), "because", ""));
        ballots[3].signature = abi.encodePacked(r, s, v);
        vm.expectEmit(address(relay));
        emit IBatchVoteRelay.BallotRelayed(proposal.id, signer, attacker);
        vm.expectEmit(address(relay));
        emit IBatchVoteRelay.BallotFailed(proposal.id, alice, attacker, IGovernor.GovernorInvalidSignature.selector);
        vm.expectEmit(address(relay));
        emit IBatchVoteRelay.BallotFailed(proposal.id, address(wallet), attacker, bytes4(0));
        vm.expectEmit(address(relay));
        emit IBatchVoteRelay.BallotRelayed(proposal.id, second, attacker);
        vm.prank(attacker);
        uint256 relayed = relay.relay(ballots);
        vm.assertEq(relayed, 2);
        vm.assertEq(governor.usedVotes(proposal.id, second), (SUPPLY * 5) / 100 - 1e25);
        vm.assertLt(uint256(vm.lastCallGas().gasTotalUsed), 4 * relay.BALLOT_GAS());
    }

    function test_Relay_ReportsWhatWasCastAlready() public {
        IBatchVoteRelay.Ballot[] memory ballots = new IBatchVoteRelay.Ballot[](2);
        ballots[0] = _paper(signer, _signed(_ballot(signer, FOR, _nonce(signer))));
        ballots[1] = ballots[0];
        vm.assertEq(relay.relay(ballots), 1);
        vm.assertEq(governor.usedVotes(proposal.id, signer), 1e25);
    }

    /// @notice Else a relayer who sends too little gas would have good ballots reported as bad.
    function test_Relay_RevertWhen_GasIsTooLow() public {
        IBatchVoteRelay.Ballot[] memory ballots = new IBatchVoteRelay.Ballot[](1);
        ballots[0] = _paper(signer, _signed(_ballot(signer, FOR, _nonce(signer))));
        vm.expectPartialRevert(IBatchVoteRelay.BatchVoteRelay__GasTooLow.selector);
        relay.relay{gas: 600_000}(ballots);
        relay.relay{gas: 700_000}(ballots);
    }

    function test_Relay_RevertWhen_ThereIsNothing() public {
        vm.expectRevert(IBatchVoteRelay.BatchVoteRelay__NoBallots.selector);
        relay.relay(new IBatchVoteRelay.Ballot[](0));
        vm.expectRevert(abi.encodeWithSelector(IBatchVoteRelay.BatchVoteRelay__NotAContract.selector, carol));
        new BatchVoteRelay(carol);
    }
}
