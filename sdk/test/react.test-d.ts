import { type Address, type Hash, http } from "viem";
import { base, mainnet } from "viem/chains";
import { describe, expectTypeOf, test } from "vitest";
import { createConfig } from "wagmi";
import type { Ballot } from "../src/governor/index.ts";
import {
  useDeposit,
  useGetStake,
  usePosition,
  usePreviewDeposit,
  useSignVote,
  useSimulateDeposit,
  useStake,
  useVault,
} from "../src/react/index.ts";
import type { Stake } from "../src/staking/index.ts";
import type { Position, VaultState } from "../src/vault/index.ts";

const [vault, owner, receiver] = ["0x01", "0x02", "0x03"] as const;
const how = { vault, assets: 1n, receiver, minShares: 1n } as const;
const config = createConfig({ chains: [mainnet, base], transports: { [mainnet.id]: http(), [base.id]: http() } });

describe("hooks of reads", () => {
  test("give what the read gives", () => {
    expectTypeOf(usePosition({ vault, owner }).data).toEqualTypeOf<Position | undefined>();
    expectTypeOf(useGetStake({ staking: vault, owner }).data).toEqualTypeOf<Stake | undefined>();
    expectTypeOf(useVault({ vault, query: { select: ({ pps }) => pps } }).data).toEqualTypeOf<bigint | undefined>();
    expectTypeOf(useVault({ vault, query: { select: (state: VaultState) => state.name } }).data).toEqualTypeOf<
      string | undefined
    >();
    const position = usePosition({ vault, owner });
    if (position.isSuccess) expectTypeOf(position.data).toEqualTypeOf<Position>();
  });

  test("a simulation needs no account: wagmi has one", () => {
    const { data } = useSimulateDeposit({ vault, assets: 1n, receiver });
    expectTypeOf(data?.shares).toEqualTypeOf<bigint | undefined>();
    // @ts-expect-error a number is no amount
    void useSimulateDeposit({ vault, assets: 1, receiver });
  });

  test("wait for what is not known, and take the read's own", () => {
    const owned: Address | undefined = undefined;
    void usePosition({ vault, owner: owned });
    // @ts-expect-error a number is no amount
    void usePreviewDeposit({ vault, assets: 1 });
    // @ts-expect-error no such parameter
    void usePosition({ vault, holder: owner });
    void useVault({ vault, chainId: 5 });
    void useVault({ config, vault, chainId: base.id });
    // @ts-expect-error not one of the config's
    void useVault<typeof config>({ config, vault, chainId: 5 });
  });
});

describe("hooks of writes", () => {
  test("take what the write takes: the wallet is wagmi's", () => {
    const { mutate, mutateAsync, data } = useDeposit();
    expectTypeOf(data).toEqualTypeOf<Hash | undefined>();
    expectTypeOf(mutateAsync(how)).resolves.toEqualTypeOf<Hash>();
    mutate(how);
    mutate({ ...how, account: owner, gas: 1n, chainId: 1 });
    // @ts-expect-error a bound that protects money has no default
    mutate({ vault, assets: 1n, receiver });
    // @ts-expect-error a number is no amount
    mutate({ ...how, assets: 1 });
    // @ts-expect-error the chain is one of the config's, by its id
    mutate({ ...how, chain: mainnet });
    useDeposit({ config }).mutate({ ...how, chainId: base.id });
    // @ts-expect-error not one of the config's
    useDeposit<typeof config>({ config }).mutate({ ...how, chainId: 5 });
    expectTypeOf(useSignVote().data).toEqualTypeOf<Ballot | undefined>();
    useStake().mutate({ staking: vault, assets: 1n, delegatee: owner });
  });

  test("callbacks know the call and its answer", () => {
    void useDeposit({
      mutation: {
        onSuccess: (hash, { assets }) => {
          expectTypeOf(hash).toEqualTypeOf<Hash>();
          expectTypeOf(assets).toEqualTypeOf<bigint>();
        },
      },
    });
    // @ts-expect-error the function is the write's
    void useDeposit({ mutation: { mutationFn: async () => "0x" } });
  });
});
