export { cancelCall, prepareCancelCall } from "./cancelCall.ts";
export { executeCall, prepareExecuteCall } from "./executeCall.ts";
export { type CallSchedule, getCallSchedule, getOperationId } from "./getCallSchedule.ts";
export { getScheduledCalls, type ScheduledCall } from "./getScheduledCalls.ts";
export { grantRole, prepareGrantRole } from "./grantRole.ts";
export { prepareRenounceRole, renounceRole } from "./renounceRole.ts";
export { prepareRevokeRole, revokeRole } from "./revokeRole.ts";
export { prepareScheduleCall, scheduleCall } from "./scheduleCall.ts";
export { prepareSetTargetFunctionRole, setTargetFunctionRole } from "./setTargetFunctionRole.ts";
