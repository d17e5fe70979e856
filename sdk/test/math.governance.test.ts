import type { Address } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quorumFloor as floorAbi, quorum as quorumAbi, votableSupply as supplyAbi } from "../src/abis/MillGovernor.ts";
import { classify as classifyAbi } from "../src/abis/ProposalPolicy.ts";
import { price as priceAbi, quote as quoteAbi } from "../src/abis/RewardAuction.ts";
import { read } from "../src/core/read.ts";
import { readMany } from "../src/core/readMany.ts";
import {
  auctionPayment,
  auctionPrice,
  classify,
  type PolicyEntry,
  PROPOSAL_RULES,
  type ProposalClass,
  quorum,
} from "../src/math/index.ts";
import { startChain, type TestChain } from "./chain.ts";
import { deployDao } from "./dao.ts";
import { randomFrom } from "./random.ts";
import { itemsOf, ofAddress, packed } from "./storage.ts";
import { deployVault } from "./vaults.ts";

const STATES = 5_000;
const DAY = 86_400n;
const EXCLUDED = "0x000000000000000000000000000000000000dEaD";
const CLASSES: readonly ProposalClass[] = ["emergency", "routine", "treasury", "critical"];

describe("math mirrors the auction, the governor and its policy", () => {
  let chain: TestChain;
  beforeAll(async () => {
    chain = await startChain();
  });
  afterAll(() => chain.stop());

  test(`${STATES} prices and payments of a lot`, async () => {
    const { auction, asset } = await deployVault(chain);
    const random = randomFrom(1n);
    const timestamp = await chain.now();
    for (let run = 0; run < STATES; run++) {
      const anchor = random.within(1n, 2n ** 144n - 1n) >> BigInt(random.below(120));
      const decimals = random.below(25);
      const elapsed = random.within(0n, 3n * 3_600n);
      const amount = random.uint(104);
      const stateDiff = [
        packed(ofAddress(asset, 9n), [
          [anchor, 144],
          [1n, 104],
          [BigInt(decimals), 8],
        ]),
        packed(ofAddress(asset, 10n), [
          [timestamp - elapsed, 48],
          [1n, 104],
          [1n, 104],
        ]),
      ];
      const calls = [
        [priceAbi, auction, [asset]],
        [quoteAbi, auction, [asset, amount]],
      ] as const;
      const stateOverride = [{ address: auction, stateDiff }];
      const [price, payment] = await readMany(chain.client, calls, { stateOverride });
      expect(auctionPrice({ anchor, elapsed })).toBe(price);
      expect(auctionPayment({ amount, price, decimals })).toBe(payment);
    }
  });

  test(`${STATES} quorums, with votes that nobody may cast and a floor`, async () => {
    const { governor, token } = await deployDao(chain, { holder: chain.wallet(0).account.address });
    const random = randomFrom(2n);
    const timepoint = (await chain.now()) - DAY;
    const floor = await read(chain.client, floorAbi, governor, [], {});
    const seen = { floor: 0, share: 0 };
    for (let run = 0; run < STATES; run++) {
      const supply = random.uint(208);
      const excluded = random.within(0n, supply);
      const trace = ofAddress(EXCLUDED, 9n);
      const stateDiff = [...checkpoints(10n, timepoint, supply), ...checkpoints(trace, timepoint, excluded)];
      const calls = [
        [quorumAbi, governor, [timepoint]],
        [supplyAbi, governor, [timepoint]],
      ] as const;
      const [votes, votableSupply] = await readMany(chain.client, calls, {
        stateOverride: [{ address: token, stateDiff }],
      });
      expect(votableSupply).toBe(supply - excluded);
      expect(quorum({ votableSupply, quorumBps: PROPOSAL_RULES.routine.quorumBps, floor })).toBe(votes);
      seen.floor += Number(votes === floor);
      seen.share += Number(votes > floor);
    }
    for (const [branch, times] of Object.entries(seen)) expect(times, branch).toBeGreaterThan(STATES / 20);
  });

  test(`${STATES} proposals, classified`, async () => {
    const random = randomFrom(3n);
    const targets = Array.from({ length: 4 }, random.address);
    const selectors = Array.from({ length: 4 }, () => random.bytes(4));
    const table: readonly PolicyEntry[] = targets.flatMap((target) =>
      selectors.map((selector) => ({ target, selector, class: random.pick(CLASSES) })),
    );
    const entries = table.map((entry) => ({ ...entry, class: CLASSES.indexOf(entry.class) }));
    const policy: Address = await chain.deploy("ProposalPolicy", [entries, []]);
    const seen = { emergency: 0, routine: 0, treasury: 0, critical: 0 };
    for (let run = 0; run < STATES; run++) {
      const call = () => ({
        to: random.pick([...targets, ...targets, ...targets, random.address()]),
        data: random.pick([...selectors, ...selectors, "0x" as const, random.bytes(random.below(8))]),
        value: random.pick([0n, 0n, 0n, random.uint(256)]),
      });
      const calls = [call(), ...random.list(2, call)];
      const args = [calls.map(({ to }) => to), calls.map(({ value }) => value), calls.map(({ data }) => data)] as const;
      const expected = CLASSES[await read(chain.client, classifyAbi, policy, args, {})] as ProposalClass;
      expect(classify({ table, calls })).toBe(expected);
      seen[expected] += 1;
    }
    for (const [branch, times] of Object.entries(seen)) expect(times, branch).toBeGreaterThan(STATES / 50);
  });
});

/** One checkpoint in a trace: 48 bits of time, 208 of votes. */
function checkpoints(slot: bigint, timepoint: bigint, votes: bigint) {
  return [
    packed(slot, [[1n, 256]]),
    packed(itemsOf(slot), [
      [timepoint, 48],
      [votes, 208],
    ]),
  ];
}
