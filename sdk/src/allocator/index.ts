export { allocate, prepareAllocate } from "./allocate.ts";
export { deallocate, prepareDeallocate, simulateDeallocate } from "./deallocate.ts";
export { emergencyExit, prepareEmergencyExit, simulateEmergencyExit } from "./emergencyExit.ts";
export { lowerCap, prepareLowerCap } from "./lowerCap.ts";
export { lowerDepositCap, prepareLowerDepositCap } from "./lowerDepositCap.ts";
export { lowerGroupCap, prepareLowerGroupCap } from "./lowerGroupCap.ts";
export { prepareSetBuffer, setBuffer } from "./setBuffer.ts";
export { prepareSetOrder, setOrder } from "./setOrder.ts";
export { prepareStopDeposits, stopDeposits } from "./stopDeposits.ts";
