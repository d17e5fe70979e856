import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import hre from "hardhat";
import {
  type Address,
  createWalletClient,
  encodeAbiParameters,
  encodeFunctionData,
  http,
  keccak256,
  numberToHex,
  stringToHex,
  toFunctionSelector,
  zeroAddress,
} from "viem";
import { hardhat } from "viem/chains";
import { check } from "../../scripts/deploy/check.ts";
import { addressOf } from "../../scripts/deploy/claim.ts";
import { perform } from "../../scripts/deploy/perform.ts";
import { roles } from "../../scripts/deploy/roles.ts";
import { emptyReplica } from "./helpers/deployment.ts";

const STRANGER = "0x57a46e757a46e757a46e757a46e757a46e757a46";
const DAY = 86_400;

/*
 What is read from the chain after a deployment. Each case changes one thing, as whoever has that power; the check must
 name it.
*/
describe("the check after a deployment", async () => {
  const { connection, parameters, signer, replica, close } = await emptyReplica();
  after(close);
  const { contracts, startBlock } = await perform({ hre, connection, parameters, signer });
  const deployment = { hre, connection, parameters, contracts, deployer: signer, startBlock };
  const at = (name: string): Address => addressOf(contracts, name);
  const timelock = at("TimelockController");
  const { curator, guardian } = parameters.people;
  const contract = {
    manager: await connection.viem.getContractAt("AccessManager", at("AccessManager")),
    timelock: await connection.viem.getContractAt("TimelockController", timelock),
    vault: await connection.viem.getContractAt("CompoundingVault", at("mrUSDC")),
    token: await connection.viem.getContractAt("MillToken", at("MillToken")),
    pool: await connection.viem.getContractAt("UnderwritingPool", at("muUSDC")),
    covers: await connection.viem.getContractAt("CoverManager", at("muUSDC_CoverManager")),
  };

  it("holds for a deployment as it is", async (test) => {
    const claims = await check(deployment);
    assert.ok(claims.length > 110);
    assert.ok(claims.every(({ expected, found }) => expected === found));
    test.diagnostic(`${claims.length} claims`);
  });

  const { CURATOR, GUARDIAN, DERISK } = roles;
  const withManager = (functionName: string, args: readonly unknown[]) => (): Promise<void> =>
    act(timelock, contract.manager, functionName, args);
  const cases: readonly (readonly [what: string, change: () => Promise<void>, named: RegExp])[] = [
    [
      "a stranger with a role",
      withManager("grantRole", [CURATOR.id, STRANGER, 0]),
      /the holders of roles is curator 0x57a46e757a46e757a46e757a46e757a46e757a46 after 0 s, and should be no more/,
    ],
    [
      "the deployer with a role",
      withManager("grantRole", [GUARDIAN.id, signer, 0]),
      new RegExp(`the holders of roles is guardian ${signer} after 0 s`, "i"),
    ],
    [
      "a curator who need not wait",
      withManager("grantRole", [CURATOR.id, curator, 0]),
      /the holders of roles is curator 0x\w+ after 259200 s, and another later/,
    ],
    [
      "a timelock that must wait",
      withManager("grantRole", [CURATOR.id, timelock, DAY]),
      /the holders of roles is curator 0x\w+ after 86400 s, and should be curator 0x\w+ after 0 s/,
    ],
    [
      "a guardian without the role",
      withManager("revokeRole", [GUARDIAN.id, guardian]),
      /the holders of roles is less, and should be guardian/,
    ],
    [
      "a role with another guardian",
      withManager("setRoleGuardian", [CURATOR.id, 0n]),
      /the guardian of CURATOR is 0, and should be 4/,
    ],
    [
      "a role with another admin",
      withManager("setRoleAdmin", [DERISK.id, CURATOR.id]),
      /other changes of the AccessManager is 1, and should be 0/,
    ],
    ["a grant that waits", withManager("setGrantDelay", [DERISK.id, DAY]), /other changes of the AccessManager is 1/],
    [
      "a target that is closed",
      withManager("setTargetClosed", [at("mrUSDC"), true]),
      /other changes of the AccessManager is 1/,
    ],
    [
      "a function for everyone",
      withManager("setTargetFunctionRole", [at("mrUSDC"), [toFunctionSelector("resumeDeposits()")], DERISK.id]),
      /the functions that have a role is 0x\w+ 0x\w{8} 3, and should be 0x\w+ 0x\w{8} 1/,
    ],
    [
      "a function that nobody declared",
      withManager("setTargetFunctionRole", [STRANGER, ["0x12345678"], DERISK.id]),
      /the functions that have a role is 0x57a46e757a46e757a46e757a46e757a46e757a46 0x12345678 3, and should be no more/,
    ],
    [
      "a timelock that anyone may execute",
      () => act(timelock, contract.timelock, "grantRole", [keccak256(stringToHex("EXECUTOR_ROLE")), zeroAddress]),
      /the roles of the timelock is 0x\w{64} 0x0{40}, and should be no more/,
    ],
    [
      "a faster timelock",
      () => act(timelock, contract.timelock, "updateDelay", [0n]),
      /the delay of the timelock is 0, and should be 86400/,
    ],
    [
      "another fee",
      () => act(timelock, contract.vault, "setFee", [5_000n]),
      /the fee of mrUSDC is 5000, and should be 1000/,
    ],
    [
      "stopped deposits",
      () => act(guardian, contract.vault, "stopDeposits", []),
      /deposits stopped of mrUSDC is 1, and should be 0/,
    ],
    [
      "tokens with the deployer",
      () => act(at("Treasury"), contract.token, "transfer", [signer, 1n]),
      /MILL of treasury is 4\d+, and should be 5\d+\.\nMILL of the deployer is 1, and should be 0/,
    ],
    [
      "other code",
      async () =>
        void (await replica.provider.request({
          method: "hardhat_setCode",
          params: [at("mrUSDC_AaveV3Adapter"), "0x00"],
        })),
      /the code of mrUSDC_AaveV3Adapter is other code of 1 bytes, and should be this build's/,
    ],
  ];
  const ofInsurance: typeof cases = [
    [
      "a pool that is not open",
      () => act(guardian, contract.pool, "stopDeposits", []),
      /deposits stopped of muUSDC is true, and should be false/,
    ],
    [
      "purchases that are stopped",
      () => act(guardian, contract.covers, "stopBuys", []),
      /purchases stopped of muUSDC is true, and should be false/,
    ],
    [
      "other fees of cover",
      () => act(timelock, contract.covers, "setFees", [1_000n, 1_000n]),
      /the fees of muUSDC is 1000,1000, and should be 1000,2000/,
    ],
    [
      "a product that nobody asked for",
      () => act(timelock, contract.covers, "scheduleProduct", [1, termsOf(at("mrUSDC"))]),
      /product 1 of muUSDC is 0x\w{40} deductible 200 cap 100 multiplier 1, and should be nothing/,
    ],
    [
      "a product on other terms",
      () => act(timelock, contract.covers, "scheduleProduct", [0, termsOf(at("mrUSDC"))]),
      /product 0 of muUSDC is 0x\w{40} deductible 200 cap 100 multiplier 1, and should be 0x\w{40} deductible 1000/,
    ],
    [
      "a product that is taken back",
      () => act(guardian, contract.covers, "stopProduct", [0]),
      /product 0 of muUSDC is nothing, and should be 0x\w{40} deductible 1000.*\nproduct 0 of muUSDC is stopped is true/,
    ],
    [
      "a claims module that the DAO does not hear",
      () => forget(at("MillGovernor"), at("muUSDC_ClaimsModule")),
      /the governor hears the claims module of muUSDC is false, and should be true/,
    ],
    [
      "cover that starts before what the curator has announced",
      // 259,200 s as an operand, a second less.
      () => rewrite("muUSDC_CoverManager", "6203f480", "6203f47f"),
      /muUSDC waits as long as the curator announces is false, and should be true/,
    ],
    [
      "a DAO that is slower than a claim waits",
      // 1 + 5 + 2 days of voting, 5 and a second, 1 of the class: 14 and a second; of 21, 7 are to be left.
      () => act(timelock, contract.timelock, "updateDelay", [BigInt(5 * DAY + 1)]),
      /a claim on muUSDC waits for the slowest vote and a week is false, and should be true/,
    ],
    [
      "a policy whose manager is another",
      () => rewrite("muUSDC_CoverNFT", at("muUSDC_CoverManager")),
      /what the code of CoverNFT of muUSDC knows is 0x0{24}57a46e\w+ #0, and should be 0x0{24}\w{40} #0/,
    ],
    [
      "premiums that go to another treasury",
      () => rewrite("muUSDC_CoverManager", at("RevenueSplitter")),
      /what the code of CoverManager of muUSDC knows is 0x0{24}57a46e\w+ #0, and should be 0x0{24}\w{40} #0/,
    ],
    [
      "claims before another DAO",
      () => rewrite("muUSDC_ClaimsModule", timelock),
      /what the code of ClaimsModule of muUSDC knows is 0x0{24}57a46e\w+ #0, and should be 0x0{24}\w{40} #0/,
    ],
  ];
  for (const [what, change, named] of [...cases, ...ofInsurance])
    it(`V7 names ${what}`, async () => {
      const snapshot = await replica.provider.request({ method: "evm_snapshot" });
      await change();
      await assert.rejects(check(deployment), (error: Error) => {
        assert.match(error.message, named);
        return true;
      });
      await replica.provider.request({ method: "evm_revert", params: [snapshot] });
    });

  it("names what the parameters say and the governor does not", async () => {
    const governor = { ...parameters.governor, votingPeriod: 3n * 86_400n, proposalThreshold: 1n };
    await assert.rejects(
      check({ ...deployment, parameters: { ...parameters, governor } }),
      /the voting period is 432000, and should be 259200\.\nthe proposal threshold is 1000000000000000000000000, and should be 1\.$/,
    );
  });

  it("names a router that was made with other addresses than the parameters'", async () => {
    const wrappedNative = { ...parameters.router.wrappedNative, address: STRANGER } as const;
    await assert.rejects(
      check({ ...deployment, parameters: { ...parameters, router: { permit2: STRANGER, wrappedNative } } }),
      /the router's Permit2 is 0x000000000022\w+, and should be 0x57a4\w+\.\nthe router's wrapped native token is 0xc02a\w+, and should be 0x57a4\w+\.$/,
    );
  });

  it("takes the product that is in force once its notice is over", async () => {
    const snapshot = await replica.provider.request({ method: "evm_snapshot" });
    await replica.increaseTime(BigInt(24 * DAY));
    await act(STRANGER, contract.covers, "applyProduct", [0]);
    await check(deployment);
    await replica.provider.request({ method: "evm_revert", params: [snapshot] });
  });

  it("is as it was, in the end", async () => {
    await check(deployment);
  });

  /** The least that a product can be. */
  function termsOf(vault: Address) {
    return { vault, deductibleBps: 200, capBps: 100, multiplierBps: 1 };
  }

  /** Other bytes wherever the code of a contract has some: a stranger for an address is what another constructor would write. */
  async function rewrite(name: string, bytes: string, instead = STRANGER): Promise<void> {
    const client = await connection.viem.getPublicClient();
    const code = (await client.getCode({ address: at(name) })) ?? "0x";
    const other = code.replaceAll(bytes.replace("0x", "").toLowerCase(), instead.replace("0x", ""));
    assert.notEqual(other, code);
    await replica.provider.request({ method: "hardhat_setCode", params: [at(name), other] });
  }

  /** Clears what a mapping of a contract says of an account: only a proposal could, which would take the test two weeks. */
  async function forget(address: Address, account: Address): Promise<void> {
    const client = await connection.viem.getPublicClient();
    const word = [{ type: "address" }, { type: "uint256" }] as const;
    const places = Array.from({ length: 40 }, (_, slot) =>
      keccak256(encodeAbiParameters(word, [account, BigInt(slot)])),
    );
    const said = await Promise.all(places.map((slot) => client.getStorageAt({ address, slot })));
    const known = places.filter((_, index) => BigInt(said[index] ?? 0) !== 0n);
    assert.equal(known.length, 1);
    const params = [address, known[0], numberToHex(0, { size: 32 })];
    await replica.provider.request({ method: "hardhat_setStorageAt", params });
  }

  async function act(
    from: Address,
    { address, abi }: { readonly address: Address; readonly abi: unknown },
    functionName: string,
    args: readonly unknown[],
  ): Promise<void> {
    await replica.provider.request({ method: "hardhat_impersonateAccount", params: [from] });
    await replica.provider.request({ method: "hardhat_setBalance", params: [from, numberToHex(10n ** 18n)] });
    const wallet = createWalletClient({ account: from, chain: hardhat, transport: http(replica.url) });
    await wallet.sendTransaction({ to: address, data: encodeFunctionData({ abi, functionName, args } as never) });
  }
});
