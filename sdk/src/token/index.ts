export { allowance } from "./allowance.ts";
export { approve, prepareApprove } from "./approve.ts";
export { balanceOf } from "./balanceOf.ts";
export { getMissingApproval } from "./getMissingApproval.ts";
