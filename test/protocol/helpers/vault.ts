import type { Replica } from "@millrace/replica";
import type { NetworkConnection } from "hardhat/types/network";
import { type Address, erc20Abi, maxUint256, zeroHash } from "viem";

type Market = {
  readonly viem: NetworkConnection["viem"];
  readonly replica: Pick<Replica, "fund">;
  readonly me: Address;
};

const DEAD = "0x000000000000000000000000000000000000dEaD";
const FEE_BPS = 1_000n;
const MAX_RATE = 30n;
const NO_CAP = { own: 2n ** 88n - 1n, group: 2n ** 128n - 1n, relativeBps: 10_000n };

/** A real vault, seeded, whose every role its maker has. */
export async function deployVault({ viem, me, replica }: Market, asset: Address, feeRecipient: Address) {
  const [user] = await viem.getWalletClients();
  const manager = "@openzeppelin/contracts/access/manager/AccessManager.sol:AccessManager";
  const authority = await viem.deployContract(manager, [me]);
  const parameters = [asset, "Millrace", "mill", authority.address, feeRecipient, FEE_BPS, MAX_RATE] as const;
  const vault = await viem.deployContract("CompoundingVault", [...parameters]);
  const approval = [vault.address, maxUint256] as const;
  await user.writeContract({ address: asset, abi: erc20Abi, functionName: "approve", args: approval });
  const seed = await vault.read.seedAssets();
  await replica.fund({ token: asset, to: me, amount: seed });
  await vault.write.deposit([seed, DEAD]);
  return vault;
}

/** Lists an adapter of its vault, without caps. */
export async function addAdapter(
  vault: Awaited<ReturnType<typeof deployVault>>,
  adapter: { address: Address; read: { riskIds: () => Promise<readonly [`0x${string}`, `0x${string}`]> } },
): Promise<void> {
  await vault.write.addAdapter([adapter.address]);
  await vault.write.raiseCap([adapter.address, NO_CAP.own]);
  for (const id of await adapter.read.riskIds())
    if (id !== zeroHash) await vault.write.raiseGroupCap([id, NO_CAP.group, NO_CAP.relativeBps]);
}
