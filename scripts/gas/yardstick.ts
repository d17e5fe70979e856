import type { Address } from "viem";
import { bounds } from "./budgets.ts";
import { abi, endow, plainGround } from "./world.ts";

/** Calldata has a zero byte more or less. */
const TOLERANCE = 0.001;

/**
 * Measures OpenZeppelin's ERC-4626 itself. Its figures were measured with the peers' own, so as long as they come out the
 * same, ours can be compared with theirs.
 */
export async function yardstick(): Promise<readonly string[]> {
  const ground = await plainGround(1);
  const { chain, unit, sources } = ground;
  const [, alice, bob, carol] = chain.accounts as [Address, Address, Address, Address];
  const source = { to: sources[0] as Address, abi } as const;
  for (const user of [alice, bob]) await endow(ground, user, source.to);
  const deposit = async (from: Address, whole: bigint): Promise<number> =>
    (await chain.send({ from, ...source, functionName: "deposit", args: [whole * unit, from] })).gasUsed;
  const transfer = async (): Promise<number> =>
    (await chain.send({ from: alice, ...source, functionName: "transfer", args: [carol, 100n * unit] })).gasUsed;
  await deposit(bob, 1_000n);
  const measured = {
    "vault.deposit.idle.new": await deposit(alice, 1_000n),
    "vault.deposit.idle.repeat": await deposit(alice, 100n),
    "vault.transfer.new": await transfer(),
    "vault.transfer.old": await transfer(),
  };
  await chain.close();
  return Object.entries(measured).flatMap(([name, gas]) => {
    const floor = bounds[name]?.floor ?? 0;
    const fits = Math.abs(gas / floor - 1) <= TOLERANCE;
    return fits ? [] : [`${name}: the floor came out as ${gas}, not ${floor}: the yardstick is another`];
  });
}
