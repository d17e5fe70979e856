import { type Address, getContractAddress, isAddressEqual } from "viem";
import { mainnet } from "./addresses.ts";
import { type Artifact, type Artifacts, pick } from "./artifacts.ts";
import type { Chain } from "./chain.ts";
import { place } from "./place.ts";

// The deterministic deployer, and the salt that its authors mined for Permit2.
const deployer: Address = "0x4e59b44847b379578588920cA78FbF26c0B4956C";
const salt = "0x0000000000000000000000000000000000000000d3af2663da51c10215000000";

/** Permit2: its address is a hash of its code, so a build with that address is the one that runs on every chain. */
export async function placePermit2(chain: Chain, built: Artifacts): Promise<void> {
  const artifact = pick(built, "Permit2");
  const address = permit2AddressOf(artifact);
  if (!isAddressEqual(address, mainnet.permit2))
    throw new Error(`Permit2 was built otherwise: its address is ${address}.`);
  await place(chain, { at: mainnet.permit2, artifact, from: deployer });
}

export function permit2AddressOf({ code }: Artifact): Address {
  return getContractAddress({ opcode: "CREATE2", from: deployer, salt, bytecode: code });
}
