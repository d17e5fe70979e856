import { type Address, getContract, keccak256, parseAbi, parseEventLogs, zeroHash } from "viem";
import { writeContract } from "viem/actions";
import { VaultFactory } from "../src/abis/index.ts";
import { artifact, type TestChain } from "./chain.ts";

const tokenAbi = parseAbi([
  "function mint(address account, uint256 amount)",
  "function approve(address spender, uint256 amount) returns (bool)",
]);
const sourceAbi = parseAbi([
  "function gain(uint256 assets)",
  "function lose(uint256 assets)",
  "function setLiquidity(uint256 liquidity)",
  "function setRoom(uint256 room)",
]);

const FEE_BPS = 1_000n;
const MAX_RATE = 30n;

/** A vault as it is deployed: made and seeded by the factory, lending to one source, run by the first account. */
export async function deployVault(chain: TestChain, { decimals = 6 }: { decimals?: number } = {}) {
  const client = chain.wallet(0);
  const admin = client.account.address;
  const asset = await chain.deploy("TestToken", [decimals]);
  const token = getContract({ abi: tokenAbi, address: asset, client });
  const manager = await chain.deploy("AccessManager", [admin]);
  const { bytecode: code } = artifact("CompoundingVault");
  const factory = await chain.deploy("VaultFactory", [keccak256(code)]);
  await token.write.mint([admin, 10n ** BigInt(decimals + 9)]);
  await token.write.approve([factory, 10n ** BigInt(decimals)]);
  const vault = await createVault(chain, { factory, asset, manager, code });
  const sourceAddress = await chain.deploy("Source4626", [asset]);
  return {
    admin,
    asset,
    token,
    manager,
    factory,
    vault,
    source: getContract({ abi: sourceAbi, address: sourceAddress, client }),
    adapter: await chain.deploy("ERC4626Adapter", [vault, sourceAddress]),
    auction: await chain.deploy("RewardAuction", [vault]),
  };
}

async function createVault(
  chain: TestChain,
  { factory, asset, manager, code }: { factory: Address; asset: Address; manager: Address; code: `0x${string}` },
): Promise<Address> {
  const terms = {
    asset,
    name: "Millrace test",
    symbol: "mTEST",
    authority: manager,
    feeRecipient: chain.wallet(9).account.address,
    feeBps: FEE_BPS,
    maxRate: MAX_RATE,
  };
  const { abi } = VaultFactory;
  const args = [terms, zeroHash, code] as const;
  const hash = await writeContract(chain.wallet(0), { abi, address: factory, functionName: "createVault", args });
  const { logs } = await chain.receipt(hash);
  const [created] = parseEventLogs({ abi: [VaultFactory.VaultCreated], logs });
  if (!created) throw new Error("The factory made no vault.");
  return created.args.vault;
}
