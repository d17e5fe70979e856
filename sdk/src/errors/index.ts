export { EventNotFoundError } from "./EventNotFoundError.ts";
export { getRevert, type Revert } from "./getRevert.ts";
export { PermitDomainError } from "./PermitDomainError.ts";
export { PermitTooSmallError } from "./PermitTooSmallError.ts";
export { RouterMismatchError } from "./RouterMismatchError.ts";
export { SlippageError } from "./SlippageError.ts";
