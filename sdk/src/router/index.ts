export { depositAndInsure, prepareDepositAndInsure, simulateDepositAndInsure } from "./depositAndInsure.ts";
export {
  depositAndInsureWithPermit2,
  prepareDepositAndInsureWithPermit2,
  simulateDepositAndInsureWithPermit2,
} from "./depositAndInsureWithPermit2.ts";
export { getRouteDepositCalls } from "./getRouteDepositCalls.ts";
export { getRouter, type Router } from "./getRouter.ts";
export { migrate, prepareMigrate, simulateMigrate } from "./migrate.ts";
export { prepareRouteCalls, routeCalls } from "./routeCalls.ts";
export { prepareRouteDeposit, routeDeposit, simulateRouteDeposit } from "./routeDeposit.ts";
export { prepareRouteDepositNative, routeDepositNative, simulateRouteDepositNative } from "./routeDepositNative.ts";
export {
  prepareRouteDepositWithPermit,
  routeDepositWithPermit,
  simulateRouteDepositWithPermit,
} from "./routeDepositWithPermit.ts";
export {
  prepareRouteDepositWithPermit2,
  routeDepositWithPermit2,
  simulateRouteDepositWithPermit2,
} from "./routeDepositWithPermit2.ts";
export { prepareRouteExit, routeExit, simulateRouteExit } from "./routeExit.ts";
export { prepareRouteMint, routeMint, simulateRouteMint } from "./routeMint.ts";
export { prepareRoutePermit, routePermit } from "./routePermit.ts";
export { prepareRouteRedeem, routeRedeem, simulateRouteRedeem } from "./routeRedeem.ts";
export { prepareRouteRedeemNative, routeRedeemNative, simulateRouteRedeemNative } from "./routeRedeemNative.ts";
export { prepareRouteWithdraw, routeWithdraw, simulateRouteWithdraw } from "./routeWithdraw.ts";
