import { type Address, getAddress, parseEther } from "viem";
import type { TestChain } from "./chain.ts";

const DAY = 86_400;

/** The DAO as it is deployed: a timelock that only the governor commands, and everything owned by the timelock. */
export async function deployDao(chain: TestChain, { holder }: { holder: Address }) {
  const factory = await chain.deploy("TimelockFactory");
  const timelock = await factory.read.timelock();
  const token = await chain.deploy("MillToken", [timelock, holder, parseEther("1000000"), parseEther("50000")]);
  const staking = await chain.deploy("VoteStaking", [token.address, token.address]);
  const policy = await chain.deploy("ProposalPolicy", [[], [timelock]]);
  const governor = await chain.deploy("MillGovernor", [
    {
      token: token.address,
      staking: staking.address,
      timelock,
      policy: policy.address,
      guardian: holder,
      quorumFloor: parseEther("1000"),
      proposalThreshold: parseEther("1000"),
      votingDelay: DAY,
      votingPeriod: 5 * DAY,
      lateQuorumExtension: 2 * DAY,
      daoURI: "ipfs://dao",
    },
  ]);
  await factory.write.deploy([governor.address]);
  return {
    timelock: getAddress(timelock),
    token: getAddress(token.address),
    staking: getAddress(staking.address),
    policy: getAddress(policy.address),
    governor: getAddress(governor.address),
  };
}
