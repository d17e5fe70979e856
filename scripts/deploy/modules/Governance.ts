import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { toFunctionSelector } from "viem";
import type { Parameters } from "../parameters.ts";
import { classes, proposalClasses } from "../roles.ts";
import type { authority } from "./Authority.ts";
import { type insurance, placeOf } from "./Insurance.ts";
import type { treasury } from "./Treasury.ts";
import type { Target, vault } from "./Vaults.ts";

/** The governor with its table of classes and, last, the timelock that is born with the governor as its only master. */
export function governance(
  { governor, people }: Parameters,
  needed: {
    readonly authority: ReturnType<typeof authority>;
    readonly treasury: ReturnType<typeof treasury>;
    readonly vault: readonly ReturnType<typeof vault>[];
    readonly insurance: readonly ReturnType<typeof insurance>[];
  },
) {
  return buildModule("Governance", (m) => {
    const { timelockFactory, timelock, manager } = m.useModule(needed.authority);
    const { millToken, voteStaking, treasury, revenueAuction } = m.useModule(needed.treasury);
    const ofVaults = needed.vault.flatMap((one) => Object.values(m.useModule(one)));
    const pools = needed.insurance.map((one) => m.useModule(one));
    const ofPools = pools.flatMap(({ underwritingPool, coverManager, incidentModule }): Target[] => [
      ...[underwritingPool, coverManager, incidentModule],
    ]);
    const governed: readonly Target[] = [treasury, revenueAuction, ...ofVaults, ...ofPools];
    const table = governed.flatMap((target) =>
      Object.entries(classes(target.contractName)).map(([signature, name]) => ({
        ...{ target, selector: toFunctionSelector(signature), class: proposalClasses.indexOf(name) },
      })),
    );
    const proposalPolicy = m.contract("ProposalPolicy", [table, [timelock, manager]]);
    const millGovernor = m.contract("MillGovernor", [
      {
        ...{ token: millToken, staking: voteStaking, timelock, policy: proposalPolicy, guardian: people.guardian },
        ...{ quorumFloor: governor.quorumFloor, proposalThreshold: governor.proposalThreshold },
        ...{ votingDelay: governor.votingDelay, votingPeriod: governor.votingPeriod },
        ...{ lateQuorumExtension: governor.lateQuorumExtension, daoURI: governor.daoURI },
        // Foretold: each reads the governor when it is made.
        claimsModules: pools.map(({ poolDeployer }, index) =>
          m.staticCall(poolDeployer, "addressOf", [placeOf("ClaimsModule")], 0, { id: `claimsModule${index}` }),
        ),
      },
    ]);
    const deployTimelock = m.call(timelockFactory, "deploy", [millGovernor], { id: "deployTimelock" });
    const batchVoteRelay = m.contract("BatchVoteRelay", [millGovernor], { after: [deployTimelock] });
    return { proposalPolicy, millGovernor, batchVoteRelay };
  });
}
