import type { ArgumentType } from "@nomicfoundation/ignition-core";
import {
  type Abi,
  type Address,
  encodeAbiParameters,
  type Hex,
  keccak256,
  parseAbi,
  parseEther,
  zeroAddress,
} from "viem";
import type { AdapterParameters } from "./parameters.ts";

export type Adapter = {
  readonly contract: string;
  /** What its constructor takes after the vault. */
  readonly args: readonly ArgumentType[];
  /** Contracts that must exist, by the name of their parameter. */
  readonly needs: Readonly<Record<string, Address>>;
  /** What its market must answer. */
  readonly market: Question;
  /** What it shares risks with, in the words of the contract's `riskIds`. */
  readonly risks: readonly Hex[];
};

/** Tells a contract from others by what it answers: an address in one word of it. */
export type Question = {
  /** Of those in `needs`. */
  readonly parameter: string;
  readonly abi: Abi;
  readonly args: readonly unknown[];
  readonly word: number;
  /** Any but 0 where it isn't given. */
  readonly answer?: Address;
  /** What it is else. */
  readonly problem: string;
};

/** How parameters become an adapter of a vault that takes `asset`. */
export function define(adapter: AdapterParameters, asset: Address): Adapter {
  switch (adapter.kind) {
    case "AaveV3": {
      const { pool } = adapter;
      const abi = parseAbi(["function getReserveData(address)"]);
      const problem = "is no Aave v3 pool with a reserve of the vault's asset";
      const market = { parameter: "pool", abi, args: [asset], word: 8, problem }; // the aToken
      return { contract: "AaveV3Adapter", args: [pool], needs: { pool }, market, risks: [riskId("Aave v3", pool)] };
    }
    case "CompoundV3": {
      const { comet, rewards } = adapter;
      const args = [comet, rewards === "none" ? zeroAddress : rewards];
      const needs = { comet, ...(rewards === "none" ? {} : { rewards }) };
      const abi = parseAbi(["function baseToken()"]);
      const problem = "is no Comet whose base token is the vault's asset";
      const market = { parameter: "comet", abi, args: [], word: 0, answer: asset, problem };
      return { contract: "CompoundV3Adapter", args, needs, market, risks: [riskId("Compound III", comet)] };
    }
    case "MorphoBlue": {
      const { morpho, collateralToken, oracle, irm } = adapter;
      const lent = { loanToken: asset, collateralToken, oracle, irm, lltv: parseEther(adapter.lltv) };
      const abi = parseAbi(["function idToMarketParams(bytes32)"]);
      const problem = "is no Morpho Blue with that market of the vault's asset";
      const market = { parameter: "morpho", abi, args: [marketId(lent)], word: 0, answer: asset, problem };
      const risks = [riskId("Morpho Blue", morpho), riskId("collateral", collateralToken)];
      return {
        contract: "MorphoBlueAdapter",
        args: [morpho, lent],
        needs: { morpho, collateralToken, oracle },
        market,
        risks,
      };
    }
    case "ERC4626": {
      const { source } = adapter;
      const problem = "is no ERC-4626 vault of the vault's asset";
      const abi = parseAbi(["function asset()"]);
      const market = { parameter: "source", abi, args: [], word: 0, answer: asset, problem };
      return {
        contract: "ERC4626Adapter",
        args: [source],
        needs: { source },
        market,
        risks: [riskId("ERC-4626", source)],
      };
    }
    case "UniswapV2Farm": {
      const { chef, pid, rewardToken, dialect } = adapter;
      const args = [chef, pid, rewardToken, DIALECTS.indexOf(dialect)];
      const risks = [riskId("farm", chef), riskId("pair", asset)];
      const abi = parseAbi([dialect === "PoolInfo" ? "function poolInfo(uint256)" : "function lpToken(uint256)"]);
      const problem = `is no farm of the dialect ${dialect} whose pool ${pid} takes the vault's asset`;
      const market = { parameter: "chef", abi, args: [pid], word: 0, answer: asset, problem };
      return { contract: "UniswapV2FarmAdapter", args, needs: { chef, rewardToken }, market, risks };
    }
  }
}

/** How a farm answers which token a pool takes: the positions of the contract's enum. */
export const DIALECTS = ["PoolInfo", "LpToken", "Receiver"] as const;

type Market = { loanToken: Address; collateralToken: Address; oracle: Address; irm: Address; lltv: bigint };

/** Of Morpho Blue: the digest of the parameters in their order. */
function marketId({ loanToken, collateralToken, oracle, irm, lltv }: Market): Hex {
  const types = ["address", "address", "address", "address", "uint256"].map((type) => ({ type }));
  return keccak256(encodeAbiParameters(types, [loanToken, collateralToken, oracle, irm, lltv]));
}

function riskId(protocol: string, market: Address): Hex {
  return keccak256(encodeAbiParameters([{ type: "string" }, { type: "address" }], [protocol, market]));
}
