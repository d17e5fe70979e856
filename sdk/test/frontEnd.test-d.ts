import type { Account, Chain } from "viem";
import { expectTypeOf, test } from "vitest";
import type * as allocator from "../src/allocator/index.ts";
import type { ReadClient } from "../src/core/index.ts";
import type * as curator from "../src/curator/index.ts";
import type * as extend from "../src/extend/index.ts";
import type * as factory from "../src/factory/index.ts";
import type * as governor from "../src/governor/index.ts";
import type * as insurance from "../src/insurance/index.ts";
import type * as keeper from "../src/keeper/index.ts";
import type * as permit from "../src/permit/index.ts";
import type * as portfolio from "../src/portfolio/index.ts";
import type * as query from "../src/query/index.ts";
import type * as react from "../src/react/index.ts";
import type * as rewards from "../src/rewards/index.ts";
import type * as roles from "../src/roles/index.ts";
import type * as router from "../src/router/index.ts";
import type * as staking from "../src/staking/index.ts";
import type * as token from "../src/token/index.ts";
import type * as treasury from "../src/treasury/index.ts";
import type * as vault from "../src/vault/index.ts";

/** Functions of a module that take a client, by what the compiler knows of them: not by how their source is written. */
type Action<module> = {
  [name in keyof module]: module[name] extends (client: infer first, parameters: infer _) => Promise<unknown>
    ? ReadClient extends first
      ? name
      : never
    : never;
}[keyof module];

test("a client is extended by every action of a room", () => {
  expectTypeOf<keyof extend.AllocatorActions<Chain, Account>>().toEqualTypeOf<Action<typeof allocator>>();
  expectTypeOf<keyof extend.CuratorActions<Chain, Account>>().toEqualTypeOf<Action<typeof curator>>();
  expectTypeOf<keyof extend.FactoryActions<Chain, Account>>().toEqualTypeOf<Action<typeof factory>>();
  expectTypeOf<keyof extend.GovernorActions<Chain, Account>>().toEqualTypeOf<Action<typeof governor>>();
  expectTypeOf<keyof extend.InsuranceActions<Chain, Account>>().toEqualTypeOf<Action<typeof insurance>>();
  expectTypeOf<keyof extend.KeeperActions<Chain, Account>>().toEqualTypeOf<Action<typeof keeper>>();
  expectTypeOf<keyof extend.PermitActions<Chain, Account>>().toEqualTypeOf<Action<typeof permit>>();
  expectTypeOf<keyof extend.PortfolioActions>().toEqualTypeOf<Action<typeof portfolio>>();
  expectTypeOf<keyof extend.RewardsActions<Chain, Account>>().toEqualTypeOf<Action<typeof rewards>>();
  expectTypeOf<keyof extend.RolesActions<Chain, Account>>().toEqualTypeOf<Action<typeof roles>>();
  expectTypeOf<keyof extend.RouterActions<Chain, Account>>().toEqualTypeOf<Action<typeof router>>();
  expectTypeOf<keyof extend.StakingActions<Chain, Account>>().toEqualTypeOf<Action<typeof staking>>();
  expectTypeOf<keyof extend.TokenActions<Chain, Account>>().toEqualTypeOf<Action<typeof token>>();
  expectTypeOf<keyof extend.TreasuryActions<Chain, Account>>().toEqualTypeOf<Action<typeof treasury>>();
  expectTypeOf<keyof extend.VaultActions<Chain, Account>>().toEqualTypeOf<Action<typeof vault>>();
});

type Any =
  | Action<typeof allocator>
  | Action<typeof curator>
  | Action<typeof factory>
  | Action<typeof governor>
  | Action<typeof insurance>
  | Action<typeof keeper>
  | Action<typeof permit>
  | Action<typeof portfolio>
  | Action<typeof rewards>
  | Action<typeof roles>
  | Action<typeof router>
  | Action<typeof staking>
  | Action<typeof token>
  | Action<typeof treasury>
  | Action<typeof vault>;
type Asked<name> = name extends `${infer action}QueryOptions` ? action : never;
type Keyed<name> = name extends `${infer action}QueryKey` ? action : never;
type Done<name> = name extends `${infer action}MutationOptions` ? action : never;
type Hook<action extends string> = action extends "getStake"
  ? "useGetStake"
  : action extends `get${infer what}`
    ? `use${what}`
    : `use${Capitalize<action>}`;

test("every action is a query with a key, or a mutation, and a hook", () => {
  type Options = keyof typeof query;
  expectTypeOf<Asked<Options> | Done<Options>>().toEqualTypeOf<Any>();
  expectTypeOf<Asked<Options> & Done<Options>>().toEqualTypeOf<never>();
  expectTypeOf<Keyed<Options>>().toEqualTypeOf<Asked<Options>>();
  expectTypeOf<keyof typeof react>().toEqualTypeOf<Hook<Any>>();
});
