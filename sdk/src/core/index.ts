export type { Action, Args, Call, Fragment, Result } from "./call.ts";
export type { EventArgs, Receipt } from "./event.ts";
export type { ReadClient, ReadOptions } from "./read.ts";
export type { Simulation, WriteOptions } from "./write.ts";
