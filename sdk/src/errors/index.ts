export { EventNotFoundError } from "./EventNotFoundError.ts";
export { getRevert, type Revert } from "./getRevert.ts";
export { PermitDomainError } from "./PermitDomainError.ts";
export { SlippageError } from "./SlippageError.ts";
