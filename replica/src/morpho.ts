import {
  type Address,
  encodeAbiParameters,
  type Hex,
  keccak256,
  parseAbi,
  parseAbiParameters,
  parseEther,
  parseUnits,
} from "viem";
import { actors } from "./actors.ts";
import { mainnet } from "./addresses.ts";
import { type Artifacts, pick } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { place } from "./place.ts";
import { approve, mint } from "./tokens.ts";

const morphoAbi = parseAbi([
  "struct Market { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }",
  "function enableIrm(address irm)",
  "function enableLltv(uint256 lltv)",
  "function createMarket(Market market)",
  "function supply(Market market, uint256 assets, uint256 shares, address onBehalf, bytes data) returns (uint256, uint256)",
  "function supplyCollateral(Market market, uint256 assets, address onBehalf, bytes data)",
  "function borrow(Market market, uint256 assets, uint256 shares, address onBehalf, address receiver) returns (uint256, uint256)",
]);
const oracleAbi = parseAbi(["function setPrice(uint256 price)"]);
const owner: Address = "0xcBa28b38103307Ec8dA98377ffF9816C164f9AFa";
const { tokens, morpho } = mainnet;

/**
 * The replica's market: USDC against WETH. Its oracle and its rate model are the ones of Morpho's own tests, at
 * addresses of the replica; a rate of x % a year at a utilisation of x %.
 */
export const morphoMarket = {
  loanToken: tokens.usdc,
  collateralToken: tokens.weth,
  oracle: "0x0000000000000000000000000000000000De0A01",
  irm: "0x0000000000000000000000000000000000DE0a02",
  lltv: 860_000_000_000_000_000n,
} as const;
export const morphoMarketId: Hex = keccak256(
  encodeAbiParameters(parseAbiParameters("address, address, address, address, uint256"), [
    morphoMarket.loanToken,
    morphoMarket.collateralToken,
    morphoMarket.oracle,
    morphoMarket.irm,
    morphoMarket.lltv,
  ]),
);

/** Morpho Blue: the genuine core, with a market in which the lender's 50 million USDC are used at 4 %. */
export async function placeMorpho(chain: Chain, built: Artifacts): Promise<void> {
  const core = { to: morpho.blue, abi: morphoAbi } as const;
  await place(chain, { at: morpho.blue, artifact: pick(built, "Morpho"), args: [owner] });
  await place(chain, { at: morphoMarket.oracle, artifact: pick(built, "OracleMock") });
  await place(chain, { at: morphoMarket.irm, artifact: pick(built, "IrmMock") });
  // 3,000 USDC for an ether, in Morpho's scale of 36 digits more than loan token wei per collateral wei.
  const price = parseUnits("3000", 6 + 36 - 18);
  await chain.send({ from: owner, to: morphoMarket.oracle, abi: oracleAbi, functionName: "setPrice", args: [price] });
  await chain.send({ from: owner, ...core, functionName: "enableIrm", args: [morphoMarket.irm] });
  await chain.send({ from: owner, ...core, functionName: "enableLltv", args: [morphoMarket.lltv] });
  await chain.send({ from: owner, ...core, functionName: "createMarket", args: [morphoMarket] });
  const { lender, borrower } = actors;
  const supplied = parseUnits("50000000", 6);
  await give(chain, tokens.usdc, lender, supplied);
  const supply = [morphoMarket, supplied, 0n, lender, "0x"] as const;
  await chain.send({ from: lender, ...core, functionName: "supply", args: supply });
  const collateral = parseEther("2000");
  await give(chain, tokens.weth, borrower, collateral);
  const deposit = [morphoMarket, collateral, borrower, "0x"] as const;
  await chain.send({ from: borrower, ...core, functionName: "supplyCollateral", args: deposit });
  const borrow = [morphoMarket, parseUnits("2000000", 6), 0n, borrower, borrower] as const;
  await chain.send({ from: borrower, ...core, functionName: "borrow", args: borrow });
}

async function give(chain: Chain, token: Address, to: Address, amount: bigint): Promise<void> {
  await mint(chain, token, to, amount);
  await approve(chain, token, to, morpho.blue, amount);
}
