import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fund } from "@millrace/replica";
import { type Address, erc20Abi, getAddress, keccak256, maxUint256, parseEther, slice, toHex } from "viem";
import { type Fork, mainnetFork } from "./mainnetFork.ts";

export type Connected = Awaited<ReturnType<typeof connect>>;

/** An account that nobody has: the well-known test accounts carry other people's delegations on mainnet. */
export const user: Address = getAddress(slice(keccak256(toHex("a user of the fork suite")), 12));

/** The same tests on each tier. Each starts from the fork as it was opened; those of a tier left out count as skipped. */
export function onEachTier(subject: string, tests: Readonly<Record<string, (on: Connected) => Promise<void>>>): void {
  for (const { name, skip, open } of mainnetFork(process.env))
    describe(`${subject} on a fork of ${name}${skip ? `: left out, ${skip}` : ""}`, () => {
      let fork: Fork | undefined;
      let connected: Connected;
      let restore: (() => Promise<void>) | undefined;
      before(async () => {
        if (skip) return;
        fork = await open();
        connected = await connect(fork);
      });
      beforeEach(async () => {
        restore = (await fork?.connection.networkHelpers.takeSnapshot())?.restore;
      });
      afterEach(() => restore?.());
      after(() => fork?.close());
      for (const [title, test] of Object.entries(tests)) it(title, { skip }, () => test(connected));
    });
}

/** What tests need of a fork, acting for the user. */
export async function connect({ connection }: Fork) {
  const { viem, provider, networkHelpers } = connection;
  await networkHelpers.impersonateAccount(user);
  await networkHelpers.setBalance(user, parseEther("100"));
  const [client, wallet] = await Promise.all([viem.getPublicClient(), viem.getWalletClient(user)]);
  return {
    connection,
    provider,
    viem,
    client,
    wallet,
    as: async (account: Address) => {
      await networkHelpers.impersonateAccount(account);
      return await viem.getWalletClient(account);
    },
    pass: (seconds: number) => networkHelpers.time.increase(seconds),
    balance: (token: Address, owner: Address = user) =>
      client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [owner] }),
    /** Gives the user tokens, which the spender may take. */
    give: async (token: Address, amount: bigint, spender: Address) => {
      await fund(provider, { token, to: user, amount });
      await wallet.writeContract({
        address: token,
        abi: erc20Abi,
        functionName: "approve",
        args: [spender, maxUint256],
      });
    },
  };
}
