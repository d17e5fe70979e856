type Machine = { readonly platform: string; readonly arch: string; readonly version: string };
export declare const MINIMUM_NODE: string;
export declare function refusal(machine: Machine): string | undefined;
export declare function isNewEnough(version: string): boolean;
