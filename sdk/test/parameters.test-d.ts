import type {
  CallParameters,
  EstimateGasParameters,
  PrepareTransactionRequestParameters,
  SendTransactionParameters,
} from "viem";
import type { SimulateContractParameters, WriteContractParameters } from "viem/actions";
import { expectTypeOf, test } from "vitest";
import type * as allocator from "../src/allocator/index.ts";
import type * as curator from "../src/curator/index.ts";
import type * as factory from "../src/factory/index.ts";
import type * as governor from "../src/governor/index.ts";
import type * as insurance from "../src/insurance/index.ts";
import type * as keeper from "../src/keeper/index.ts";
import type * as permit from "../src/permit/index.ts";
import type * as rewards from "../src/rewards/index.ts";
import type * as roles from "../src/roles/index.ts";
import type * as router from "../src/router/index.ts";
import type * as staking from "../src/staking/index.ts";
import type * as token from "../src/token/index.ts";
import type * as treasury from "../src/treasury/index.ts";
import type * as vault from "../src/vault/index.ts";

type KeyOf<union> = union extends union ? keyof union : never;
/** What viem reads out of a transaction request, at any step: a parameter of that name would be taken for it. */
type Reserved =
  | KeyOf<CallParameters>
  | KeyOf<EstimateGasParameters>
  | KeyOf<PrepareTransactionRequestParameters>
  | KeyOf<SendTransactionParameters>
  | KeyOf<SimulateContractParameters>
  | KeyOf<WriteContractParameters>
  | "from"
  | "r"
  | "s"
  | "v"
  | "yParity";

/** Functions of a module, with those parameters that viem would take for its own. */
type Clashes<module> = {
  [name in keyof module as name extends `prepare${string}` ? name : never]: module[name] extends (
    parameters: infer parameters,
  ) => unknown
    ? KeyOf<parameters> & Reserved
    : "not a function of parameters";
};
type None<module> = { [name in keyof Clashes<module>]: never };

test("no parameter has the name of a transaction's option", () => {
  expectTypeOf<Clashes<typeof allocator>>().toEqualTypeOf<None<typeof allocator>>();
  expectTypeOf<Clashes<typeof curator>>().toEqualTypeOf<None<typeof curator>>();
  expectTypeOf<Clashes<typeof factory>>().toEqualTypeOf<None<typeof factory>>();
  expectTypeOf<Clashes<typeof governor>>().toEqualTypeOf<None<typeof governor>>();
  expectTypeOf<Clashes<typeof insurance>>().toEqualTypeOf<None<typeof insurance>>();
  expectTypeOf<Clashes<typeof keeper>>().toEqualTypeOf<None<typeof keeper>>();
  expectTypeOf<Clashes<typeof permit>>().toEqualTypeOf<None<typeof permit>>();
  expectTypeOf<Clashes<typeof rewards>>().toEqualTypeOf<None<typeof rewards>>();
  expectTypeOf<Clashes<typeof roles>>().toEqualTypeOf<None<typeof roles>>();
  expectTypeOf<Clashes<typeof router>>().toEqualTypeOf<None<typeof router>>();
  expectTypeOf<Clashes<typeof staking>>().toEqualTypeOf<None<typeof staking>>();
  expectTypeOf<Clashes<typeof token>>().toEqualTypeOf<None<typeof token>>();
  expectTypeOf<Clashes<typeof treasury>>().toEqualTypeOf<None<typeof treasury>>();
  expectTypeOf<Clashes<typeof vault>>().toEqualTypeOf<None<typeof vault>>();
});
