export { permit, preparePermit } from "./permit.ts";
export { type Permit, signPermit } from "./signPermit.ts";
export { type Permit2, signPermit2 } from "./signPermit2.ts";
