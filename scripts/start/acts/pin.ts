import { mnemonic } from "@millrace/replica";
import { getRevert } from "@millrace/sdk/errors";
import { execute, prepareExecute } from "@millrace/sdk/governor";
import { type Address, createWalletClient, http, zeroAddress } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import type { World } from "../world.ts";
import { type Proposed, type Standing, standingOf, untilExecutable } from "./proposals.ts";

/** One of the replica's accounts that nobody else plays with. */
const CHAMELEON = mnemonicToAccount(mnemonic, { addressIndex: 11 });

export type Refused = Standing & {
  /** The account that the proposal calls. */
  readonly target: Address;
  /** The error that execution ends in, as the SDK names it. */
  readonly error: { readonly name: string; readonly pinned: bigint; readonly found: bigint };
};

/** Has the account run a contract's code, as every account can (EIP-7702), and as often as it likes. */
export async function runCodeOf({ mined, replica }: World, contract: Address): Promise<Address> {
  const account = CHAMELEON;
  const wallet = createWalletClient({ account, chain: hardhat, transport: http(replica.url, { retryCount: 0 }) });
  const authorization = await wallet.signAuthorization({ contractAddress: contract, executor: "self" });
  // Where a transaction goes that only carries an authorization does not matter.
  await mined(await wallet.sendTransaction({ to: zeroAddress, authorizationList: [authorization] }));
  return account.address;
}

/**
 * The proposal has passed, its time has come, and anyone could execute it. Now the account that it calls runs other code:
 * that of WETH, which takes any call and does nothing with it. It would leave the account with an approval for the DAO's
 * tokens, and no stream. The governor compares the code with what it was when the proposal was made.
 */
export async function refuseChangedCode(world: World, { unsafe }: { readonly unsafe: Proposed }): Promise<Refused> {
  const { at, client, replica, who } = world;
  const governor = at("MillGovernor");
  await untilExecutable(world, unsafe);
  const { to, data } = prepareExecute({ governor, proposal: unsafe.proposal });
  await client.call({ account: who.keeper.account, to, data }); // throws if it could not be executed
  const target = await runCodeOf(world, replica.addresses.tokens.weth);
  const revert = await execute(who.keeper, { governor, proposal: unsafe.proposal }).then(() => undefined, getRevert);
  if (revert?.name !== "MillGovernor__TargetCodeChanged") throw new Error("Code that nobody voted for was called.");
  const [, pinned, found] = revert.args;
  return { ...(await standingOf(world, unsafe)), target, error: { name: revert.name, pinned, found } };
}
