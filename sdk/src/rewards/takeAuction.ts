import type { Account, Address, Chain, Client, Hash, Hex, Transport } from "viem";
import { take as abi } from "../abis/RewardAuction.ts";
import { type Call, defineCall } from "../core/call.ts";
import { type Simulation, simulate, type WriteOptions, write } from "../core/write.ts";

/**
 * Buys rewards out of the running lot, at a price that falls until somebody does.
 *
 * @example
 * const hash = await takeAuction(client, { auction, token, amount: 10n ** 18n, maxPayment: 5_000_000n, receiver, deadline });
 */
export function takeAuction<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: takeAuction.Parameters<chain, account>,
): Promise<Hash> {
  return write(client, prepareTakeAuction(parameters), parameters);
}

/**
 * Tries {@link takeAuction} and says how much it would cost, in asset wei.
 *
 * @example
 * const { payment, request } = await simulateTakeAuction(client, { auction, token, amount: 10n ** 18n, maxPayment: 5_000_000n, receiver, deadline });
 */
export async function simulateTakeAuction<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: prepareTakeAuction.Parameters & WriteOptions<chain, account>,
): Promise<{ payment: bigint; request: Simulation<typeof abi>["request"] }> {
  const { result, request } = await simulate(client, prepareTakeAuction(parameters), parameters);
  return { payment: result, request };
}

/**
 * Encodes {@link takeAuction}.
 *
 * @example
 * const call = prepareTakeAuction({ auction, token, amount: 10n ** 18n, maxPayment: 5_000_000n, receiver, deadline });
 */
export function prepareTakeAuction({
  auction,
  token,
  amount,
  maxPayment,
  receiver,
  deadline,
  callbackData = "0x",
}: prepareTakeAuction.Parameters): Call<typeof abi> {
  return defineCall(abi, auction, [token, amount, maxPayment, receiver, deadline, callbackData]);
}

export declare namespace prepareTakeAuction {
  type Parameters = {
    auction: Address;
    /** The reward. */
    token: Address;
    /** Reward wei: all that remains of the lot, or at least a tenth of it. */
    amount: bigint;
    /** Most asset wei paid. The auction itself enforces it. */
    maxPayment: bigint;
    /** Gets the reward. */
    receiver: Address;
    /** Last second at which the call is valid. */
    deadline: bigint;
    /** Not empty: the sender is called back before it pays (`IAuctionTaker`). */
    callbackData?: Hex;
  };
}

export declare namespace takeAuction {
  type Parameters<
    chain extends Chain | undefined = Chain | undefined,
    account extends Account | undefined = Account | undefined,
  > = prepareTakeAuction.Parameters & WriteOptions<chain, account>;
}
