import { type Address, BaseError } from "viem";

/**
 * A receipt lacks an event that the call it should come from always emits.
 *
 * @example
 * if (error instanceof EventNotFoundError) console.error(error.event, error.emitter);
 */
export class EventNotFoundError extends BaseError {
  declare readonly event: string;
  declare readonly emitter: Address;

  constructor(event: string, emitter: Address) {
    super(`The receipt has no ${event} event.`, {
      name: "EventNotFoundError",
      metaMessages: [`It must come from ${emitter}.`, "Pass the receipt of a call that succeeded there."],
    });
    Object.assign(this, { event, emitter });
  }
}
