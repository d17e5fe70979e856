import { type Address, maxUint256, parseAbi, parseEther, parseUnits } from "viem";
import { mainnet } from "./addresses.ts";
import { published } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { place } from "./place.ts";
import { approve, mint } from "./tokens.ts";

const routerAbi = parseAbi([
  "function addLiquidity(address, address, uint256, uint256, uint256, uint256, address, uint256) returns (uint256, uint256, uint256)",
]);
const positionsAbi = parseAbi([
  "struct Mint { address token0; address token1; uint24 fee; int24 tickLower; int24 tickUpper; uint256 amount0Desired; uint256 amount1Desired; uint256 amount0Min; uint256 amount1Min; address recipient; uint256 deadline; }",
  "function createAndInitializePoolIfNecessary(address, address, uint24, uint160) payable returns (address)",
  "function mint(Mint) payable returns (uint256, uint128, uint256, uint256)",
]);
const { tokens, uniswapV2, uniswapV3, uniswapTimelock } = mainnet;
// A constructor argument of mainnet's position manager, part of its code.
const positionDescriptor = "0xEe6A57eC80ea46401049E92587E52f5Ec1c24785";

/** One side of a pool. Its provider is given what it puts in. */
type Side = { readonly token: Address; readonly amount: bigint };

/** Uniswap v2 and v3: byte for byte the code that runs on mainnet. */
export async function placeUniswap(chain: Chain): Promise<void> {
  const { weth } = tokens;
  await place(chain, {
    at: uniswapV2.factory,
    artifact: published("@uniswap/v2-core", "build/UniswapV2Factory.json"),
    args: [uniswapTimelock],
  });
  await place(chain, {
    at: uniswapV2.router,
    artifact: published("@uniswap/v2-periphery", "build/UniswapV2Router02.json"),
    args: [uniswapV2.factory, weth],
  });
  const core = "artifacts/contracts/UniswapV3Factory.sol/UniswapV3Factory.json";
  await place(chain, {
    at: uniswapV3.factory,
    artifact: published("@uniswap/v3-core", core),
    from: uniswapTimelock,
  });
  const periphery = (file: string) => published("@uniswap/v3-periphery", `artifacts/contracts/${file}`);
  const args = [uniswapV3.factory, weth];
  await place(chain, { at: uniswapV3.router, artifact: periphery("SwapRouter.sol/SwapRouter.json"), args });
  await place(chain, { at: uniswapV3.quoter, artifact: periphery("lens/QuoterV2.sol/QuoterV2.json"), args });
  await place(chain, {
    at: uniswapV3.positions,
    artifact: periphery("NonfungiblePositionManager.sol/NonfungiblePositionManager.json"),
    args: [...args, positionDescriptor],
  });
}

/** Pools around 3,000 USDC for an ether and 200 USDC for an AAVE. */
export async function addPools(chain: Chain, provider: Address): Promise<void> {
  const usdc = (amount: string): Side => ({ token: tokens.usdc, amount: parseUnits(amount, 6) });
  const weth = (amount: string): Side => ({ token: tokens.weth, amount: parseEther(amount) });
  const aave = (amount: string): Side => ({ token: tokens.aave, amount: parseEther(amount) });
  await addV2(chain, provider, [usdc("30000000"), weth("10000")]);
  await addV3(chain, provider, { fee: 500, sides: [usdc("60000000"), weth("20000")] });
  await addV3(chain, provider, { fee: 3_000, sides: [aave("100000"), usdc("20000000")] });
  await addV3(chain, provider, { fee: 3_000, sides: [aave("150000"), weth("10000")] });
}

export async function addV2(chain: Chain, provider: Address, [a, b]: readonly [Side, Side]): Promise<void> {
  const to = uniswapV2.router;
  for (const { token, amount } of [a, b]) await give(chain, token, provider, to, amount);
  const args = [a.token, b.token, a.amount, b.amount, 0n, 0n, provider, maxUint256] as const;
  await chain.send({ from: provider, to, abi: routerAbi, functionName: "addLiquidity", args });
}

/** Over the full range, so that the pool quotes at any price. `sides` in the order of the token addresses. */
async function addV3(
  chain: Chain,
  provider: Address,
  { fee, sides: [a, b] }: { readonly fee: 500 | 3_000; readonly sides: readonly [Side, Side] },
): Promise<void> {
  const spacing = fee === 500 ? 10 : 60;
  const tickUpper = Math.floor(887_272 / spacing) * spacing;
  const manager = { from: provider, to: uniswapV3.positions, abi: positionsAbi } as const;
  for (const { token, amount } of [a, b]) await give(chain, token, provider, manager.to, amount);
  await chain.send({
    ...manager,
    functionName: "createAndInitializePoolIfNecessary",
    args: [a.token, b.token, fee, sqrtPriceX96(a.amount, b.amount)],
  });
  const position = {
    ...{ token0: a.token, token1: b.token, fee, tickLower: -tickUpper, tickUpper },
    ...{ amount0Desired: a.amount, amount1Desired: b.amount, amount0Min: 0n, amount1Min: 0n },
    ...{ recipient: provider, deadline: maxUint256 },
  };
  await chain.send({ ...manager, functionName: "mint", args: [position] });
}

async function give(chain: Chain, token: Address, to: Address, spender: Address, amount: bigint): Promise<void> {
  await mint(chain, token, to, amount);
  await approve(chain, token, to, spender, amount);
}

/** √(amount1 / amount0) in 96 binary digits, rounded down. */
function sqrtPriceX96(amount0: bigint, amount1: bigint): bigint {
  const square = (amount1 << 192n) / amount0;
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
