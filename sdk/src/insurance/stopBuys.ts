import type { Account, Address, Chain, Client, Hash, Transport } from "viem";
import { stopBuys as abi } from "../abis/CoverManager.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type WriteOptions, write } from "../core/write.ts";

/**
 * Stops purchases and extensions of cover. DERISK: the guardian, at once.
 *
 * @example
 * const hash = await stopBuys(client, { coverManager });
 */
export function stopBuys<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: stopBuys.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareStopBuys(parameters), parameters);
}

/**
 * Encodes {@link stopBuys}.
 *
 * @example
 * const call = prepareStopBuys({ coverManager });
 */
export function prepareStopBuys({ coverManager }: prepareStopBuys.Parameters): Call<typeof abi> {
  return defineCall(abi, coverManager, []);
}

export declare namespace prepareStopBuys {
  type Parameters = {
    coverManager: Address;
  };
}

export declare namespace stopBuys {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareStopBuys.Parameters & WriteOptions<chain, account>;
}
