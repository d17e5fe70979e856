import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import hre from "hardhat";
import {
  type Address,
  createWalletClient,
  encodeFunctionData,
  http,
  keccak256,
  numberToHex,
  stringToHex,
  toFunctionSelector,
  zeroAddress,
} from "viem";
import { hardhat } from "viem/chains";
import { addressOf, check } from "../../scripts/deploy/check.ts";
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
  };

  it("holds for a deployment as it is", async (test) => {
    const claims = await check(deployment);
    assert.ok(claims.length > 60);
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
  for (const [what, change, named] of cases)
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

  it("is as it was, in the end", async () => {
    await check(deployment);
  });

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
