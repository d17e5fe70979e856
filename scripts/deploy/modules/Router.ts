import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Parameters } from "../parameters.ts";

/** What enters and leaves vaults within bounds. It has no owner, no role and nothing to configure. */
export function router({ router: { wrappedNative, permit2 } }: Parameters) {
  return buildModule("Router", (m) => ({
    vaultRouter: m.contract("VaultRouter", [wrappedNative.address, permit2]),
  }));
}
