import {
  type Address,
  encodeAbiParameters,
  type Hex,
  hexToBigInt,
  keccak256,
  numberToHex,
  pad,
  type StateOverride,
  slice,
} from "viem";
import { getProposalId, type Proposal, proposalArgs } from "./defineProposal.ts";

// Where the governor and OpenZeppelin's timelock keep what decides whether a proposal can be executed.
const PROPOSALS = 4n;
const VOTES = 9n;
const RULES = 10n;
const EXTENDED_DEADLINES = 12n;
const TIMELOCK_IDS = 15n;
const TIMESTAMPS = 1n;
/** A proposal that names no code to compare: what it was pinned to is not known before it is proposed. */
const HATCH = 1n << 72n;
/** More than any quorum. */
const ALL_VOTES = 1n << 200n;
/** In the timelock, 1 is done. */
const READY = 2n;

type Slot = { slot: Hex; value: Hex };

/** @internal A state in which a proposal has passed, was queued, and its time came a second ago. */
export function getExecutableState(parameters: {
  governor: Address;
  timelock: Address;
  proposal: Proposal;
  timestamp: bigint;
}): StateOverride {
  const { governor, timelock, proposal, timestamp } = parameters;
  const [targets, values, calldatas, descriptionHash] = proposalArgs(proposal);
  const id = getProposalId(proposal);
  const core = mapped(id, PROPOSALS);
  // Proposer, start of the vote, its duration: it is over since the first second of time.
  const voted = hexToBigInt(governor) | (1n << 160n) | (1n << 208n);
  const salt = slice(
    numberToHex(hexToBigInt(pad(governor, { dir: "right" })) ^ hexToBigInt(descriptionHash), { size: 32 }),
    0,
  );
  const types = [
    { type: "address[]" },
    { type: "uint256[]" },
    { type: "bytes[]" },
    { type: "bytes32" },
    { type: "bytes32" },
  ] as const;
  const operation = keccak256(encodeAbiParameters(types, [targets, values, calldatas, pad("0x"), salt]));
  return [
    {
      address: governor,
      stateDiff: [
        word(core, voted),
        word(core + 1n, timestamp - 1n),
        word(mapped(id, VOTES) + 1n, ALL_VOTES),
        word(mapped(id, RULES), HATCH),
        word(mapped(id, EXTENDED_DEADLINES), 0n),
        word(mapped(id, TIMELOCK_IDS), hexToBigInt(operation)),
      ],
    },
    { address: timelock, stateDiff: [word(mapped(hexToBigInt(operation), TIMESTAMPS), READY)] },
  ];
}

function mapped(key: bigint, slot: bigint): bigint {
  return hexToBigInt(keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [key, slot])));
}

function word(slot: bigint, value: bigint): Slot {
  return { slot: numberToHex(slot, { size: 32 }), value: numberToHex(value, { size: 32 }) };
}
