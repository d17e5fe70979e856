export { getAuctions, type Sale } from "./getAuctions.ts";
export { getLotStartedEvent } from "./getLotStartedEvent.ts";
export { getLotTakenEvent } from "./getLotTakenEvent.ts";
export { getTakeCalls } from "./getTakeCalls.ts";
export { type AuctionQuote, quoteAuction } from "./quoteAuction.ts";
export { prepareStartAuction, simulateStartAuction, startAuction } from "./startAuction.ts";
export { prepareStartAuctions, startAuctions } from "./startAuctions.ts";
export { prepareTakeAuction, simulateTakeAuction, takeAuction } from "./takeAuction.ts";
