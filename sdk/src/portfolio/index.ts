export { getHistory, type HistoryEntry } from "./getHistory.ts";
export { getPortfolio } from "./getPortfolio.ts";
