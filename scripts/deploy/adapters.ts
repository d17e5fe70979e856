import type { ArgumentType } from "@nomicfoundation/ignition-core";
import { type Address, encodeAbiParameters, type Hex, keccak256, parseEther, zeroAddress } from "viem";
import type { AdapterParameters } from "./parameters.ts";

export type Adapter = {
  readonly contract: string;
  /** What its constructor takes after the vault. */
  readonly args: readonly ArgumentType[];
  /** Contracts that must exist, by the name of their parameter. */
  readonly needs: Readonly<Record<string, Address>>;
  /** What it shares risks with, in the words of the contract's `riskIds`. */
  readonly risks: readonly Hex[];
};

/** How parameters become an adapter of a vault that takes `asset`. */
export function define(adapter: AdapterParameters, asset: Address): Adapter {
  switch (adapter.kind) {
    case "AaveV3": {
      const { pool } = adapter;
      return { contract: "AaveV3Adapter", args: [pool], needs: { pool }, risks: [riskId("Aave v3", pool)] };
    }
    case "CompoundV3": {
      const { comet, rewards } = adapter;
      const args = [comet, rewards === "none" ? zeroAddress : rewards];
      const needs = { comet, ...(rewards === "none" ? {} : { rewards }) };
      return { contract: "CompoundV3Adapter", args, needs, risks: [riskId("Compound III", comet)] };
    }
    case "MorphoBlue": {
      const { morpho, collateralToken, oracle, irm } = adapter;
      const market = { loanToken: asset, collateralToken, oracle, irm, lltv: parseEther(adapter.lltv) };
      const risks = [riskId("Morpho Blue", morpho), riskId("collateral", collateralToken)];
      return {
        contract: "MorphoBlueAdapter",
        args: [morpho, market],
        needs: { morpho, collateralToken, oracle },
        risks,
      };
    }
    case "ERC4626": {
      const { source } = adapter;
      return { contract: "ERC4626Adapter", args: [source], needs: { source }, risks: [riskId("ERC-4626", source)] };
    }
    case "UniswapV2Farm": {
      const { chef, pid, rewardToken, dialect } = adapter;
      const args = [chef, pid, rewardToken, DIALECTS.indexOf(dialect)];
      const risks = [riskId("farm", chef), riskId("pair", asset)];
      return { contract: "UniswapV2FarmAdapter", args, needs: { chef, rewardToken }, risks };
    }
  }
}

/** How a farm answers which token a pool takes: the positions of the contract's enum. */
export const DIALECTS = ["PoolInfo", "LpToken", "Receiver"] as const;

function riskId(protocol: string, market: Address): Hex {
  return keccak256(encodeAbiParameters([{ type: "string" }, { type: "address" }], [protocol, market]));
}
