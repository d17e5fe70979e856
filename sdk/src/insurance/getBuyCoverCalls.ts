import type { Address } from "viem";
import { modules, productOf } from "../abis/CoverManager.ts";
import { asset } from "../abis/UnderwritingPool.ts";
import type { Call } from "../core/call.ts";
import { answer, readLens } from "../core/lens.ts";
import type { ReadClient } from "../core/read.ts";
import { getMissingApproval } from "../token/getMissingApproval.ts";
import { prepareBuyCover } from "./buyCover.ts";

/**
 * Lists the calls of buying cover, for a wallet that sends several at once or one by one: approvals only where the cover
 * manager may not take `maxPremium` of the asset, or `shares` of the vault, of the owner yet.
 *
 * @example
 * const calls = await getBuyCoverCalls(client, {
 *   ...{ coverManager, product: 0, amount: 1_000_000_000n, period: 90 * 86_400, shares: 10n ** 18n },
 *   ...{ maxPremium: 50_000_000n, receiver, owner },
 * });
 */
export async function getBuyCoverCalls(
  client: ReadClient,
  { owner, resetsFirst = false, ...parameters }: getBuyCoverCalls.Parameters,
): Promise<readonly Call[]> {
  const { coverManager: spender, product, shares, maxPremium } = parameters;
  const steps = [
    [modules, spender, []],
    [asset, answer(0), []],
    [productOf, spender, [product]],
  ] as const;
  const { answers } = await readLens(client, steps, {});
  const [, token, { vault }] = answers;
  const [ofAsset, ofVault] = await Promise.all([
    getMissingApproval(client, { token, owner, spender, amount: maxPremium, resetsFirst }),
    getMissingApproval(client, { token: vault, owner, spender, amount: shares }),
  ]);
  return [...ofAsset, ...ofVault, prepareBuyCover(parameters)];
}

export declare namespace getBuyCoverCalls {
  type Parameters = prepareBuyCover.Parameters & {
    /** Pays the premium, and has the shares. */
    owner: Address;
    /** The asset takes a new approval only when the old one is 0, as USDT on mainnet does. */
    resetsFirst?: boolean;
  };
}
