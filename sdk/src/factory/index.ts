export { createVault, prepareCreateVault, simulateCreateVault, type VaultTerms } from "./createVault.ts";
export { getVaultAddress } from "./getVaultAddress.ts";
export { getVaultCreatedEvent } from "./getVaultCreatedEvent.ts";
export { getVaults, type VaultSummary } from "./getVaults.ts";
