import type { Address } from "viem";

const lender: Address = "0x1E4De41E4dE41e4DE41E4dE41E4dE41E4DE41e4d";
const borrower: Address = "0xB0440E4B0440E4B0440E4B0440E4B0440E4B0440";

/** The replica's own actors, impersonated: nobody has their keys. */
export const actors = { lender, borrower } as const;
