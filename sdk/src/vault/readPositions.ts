import type { Address } from "viem";
import {
  allowance,
  asset,
  balanceOf,
  convertToAssets,
  decimals,
  maxDeposit,
  maxRedeem,
  maxWithdraw,
} from "../abis/CompoundingVault.ts";
import { answer, readLens } from "../core/lens.ts";
import type { ReadClient, ReadOptions } from "../core/read.ts";
import type { Position } from "./getPosition.ts";

const STEPS = 9;

/** @internal What an account has in vaults, in their order. */
export async function readPositions(
  client: ReadClient,
  vaults: readonly Address[],
  owner: Address,
  options: ReadOptions,
): Promise<readonly Position[]> {
  const steps = vaults.flatMap((vault, index) => stepsOf(vault, owner, index * STEPS));
  const { timestamp, answers } = await readLens(client, steps, options);
  return vaults.map((vault, index) => {
    const own = answers.slice(index * STEPS) as unknown as Answers; // flattened, steps lose their places
    const [token, shares, assets = 0n, enter, withdrawn, redeemed, assetDecimals, assetBalance, approved] = own;
    return {
      vault,
      asset: token,
      assetDecimals,
      timestamp,
      shares,
      assets,
      maxDeposit: enter,
      maxWithdraw: withdrawn,
      maxRedeem: redeemed,
      assetBalance,
      allowance: approved,
    };
  });
}

type Answers = readonly [Address, bigint, bigint | undefined, bigint, bigint, bigint, number, bigint, bigint];

/** The asset is a token like the vault's shares: it has the same views. */
function stepsOf(vault: Address, owner: Address, start: number) {
  const token = answer(start);
  return [
    [asset, vault, []],
    [balanceOf, vault, [owner]],
    [convertToAssets, vault, [BigInt(answer(start + 1))], true],
    [maxDeposit, vault, [owner]],
    [maxWithdraw, vault, [owner]],
    [maxRedeem, vault, [owner]],
    [decimals, token, []],
    [balanceOf, token, [owner]],
    [allowance, token, [owner, vault]],
  ] as const;
}
