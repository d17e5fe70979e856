export { permit, preparePermit } from "./permit.ts";
export { type Permit, signPermit } from "./signPermit.ts";
