import { type Address, parseEther } from "viem";
import { readContract, writeContract } from "viem/actions";
import { TimelockFactory } from "../src/abis/index.ts";
import type { TestChain } from "./chain.ts";

const DAY = 86_400;

/** The DAO as it is deployed: a timelock that only the governor commands, and everything owned by the timelock. */
export async function deployDao(
  chain: TestChain,
  { holder, claimsModules = [] }: { holder: Address; claimsModules?: readonly Address[] },
) {
  const factory = { abi: TimelockFactory.abi, address: await chain.deploy("TimelockFactory") };
  const timelock = await readContract(chain.client, { ...factory, functionName: "timelock" });
  const token = await chain.deploy("MillToken", [timelock, holder, parseEther("1000000"), parseEther("50000")]);
  const staking = await chain.deploy("VoteStaking", [token, token]);
  const policy = await chain.deploy("ProposalPolicy", [[], [timelock]]);
  const governor = await chain.deploy("MillGovernor", [
    {
      token,
      staking,
      timelock,
      policy,
      guardian: holder,
      quorumFloor: parseEther("1000"),
      proposalThreshold: parseEther("1000"),
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      lateQuorumExtension: 2 * DAY,
      daoURI: "ipfs://dao",
      claimsModules,
    },
  ]);
  await writeContract(chain.wallet(0), { ...factory, functionName: "deploy", args: [governor] });
  return { timelock, token, staking, policy, governor };
}
