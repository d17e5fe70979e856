import { mainnet, type Replica, type ReplicaOptions, startReplica } from "@millrace/replica";
import { network } from "hardhat";
import { type Address, erc20Abi, parseAbi } from "viem";

export const MAX = 2n ** 256n - 1n;
/** Two accounts that hold nothing. */
export const receiver: Address = "0x00000000000000000000000000000000000000aa";
export const auction: Address = "0x00000000000000000000000000000000000000bb";

const driverAbi = parseAbi([
  "function deposit(address adapter, uint256 assets) returns (uint256 credited)",
  "function redeem(address adapter, uint256 assets, address receiver) returns (uint256)",
  "function emergencyExit(address adapter) returns (uint256)",
  "function setAuction(address auction)",
]);

/** A replica, a driver that plays the vault of `asset`, and what tests of adapters do with them. */
export async function startMarket(asset: Address, options: ReplicaOptions = {}) {
  const connection = await network.create("mainnetReplica");
  const replica: Replica<typeof connection> = await startReplica({ ...options, connection });
  const { viem, networkHelpers } = connection;
  const client = await viem.getPublicClient();
  const [user] = await viem.getWalletClients();
  const me = user.account.address;
  const driver = await viem.deployContract("VaultDriver", [asset, me]);
  const vault = { address: driver.address, abi: driverAbi } as const;
  await user.writeContract({ address: asset, abi: erc20Abi, functionName: "approve", args: [driver.address, MAX] });
  return {
    ...{ connection, replica, viem, client, user, me, asset, vault: driver.address },
    snapshot: () => networkHelpers.takeSnapshot(),
    balance: (token: Address, owner: Address) =>
      client.readContract({ address: token, abi: erc20Abi, functionName: "balanceOf", args: [owner] }),
    /** Credits what the adapter says, or 0 when the tokens were handed to the vault. */
    deposit: async (adapter: Address, assets: bigint): Promise<bigint> => {
      const call = { ...vault, functionName: "deposit", args: [adapter, assets] } as const;
      const { result } = await client.simulateContract({ ...call, account: me });
      await user.writeContract(call);
      return result;
    },
    redeem: (adapter: Address, assets: bigint) =>
      user.writeContract({ ...vault, functionName: "redeem", args: [adapter, assets, receiver] }),
    emergencyExit: (adapter: Address) =>
      user.writeContract({ ...vault, functionName: "emergencyExit", args: [adapter] }),
    setAuction: () => user.writeContract({ ...vault, functionName: "setAuction", args: [auction] }),
    /** A wallet of any account, with an ether. */
    as: async (account: Address) => {
      await networkHelpers.impersonateAccount(account);
      await networkHelpers.setBalance(account, 10n ** 18n);
      return await viem.getWalletClient(account);
    },
  };
}

export { mainnet };
