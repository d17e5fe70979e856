import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, it } from "node:test";
import { PROPOSAL_RULES, type ProposalClass } from "@millrace/sdk/math";
import { readDeploymentParameters } from "@nomicfoundation/hardhat-ignition/helpers";
import hre from "hardhat";

const { root } = hre.config.paths;
const TIMELOCK_DAYS = 1;
const PERCENT = 100n;

/* What docs/governance.md says in numbers, beside what every network is deployed with and what the SDK computes with. */
describe("docs/governance.md", async () => {
  const text = await readFile(path.join(root, "docs/governance.md"), "utf8");
  const tableRow = (start: string): readonly string[] => {
    const row = text.split("\n").find((line) => line.startsWith(`| ${start}`));
    assert.ok(row, `no row begins with "${start}"`);
    return row.split("|").map((cell) => cell.trim());
  };
  const networks = (await readdir(path.join(root, "deployments"))).sort();
  const parameters = await Promise.all(
    networks.map(async (name) => {
      const file = path.join(root, "deployments", name, "parameters.json5");
      return { name, ...((await readDeploymentParameters(file)) as Record<string, never>) } as Named;
    }),
  );

  it("gives each class its quorum, majority and days", () => {
    for (const [name, { quorumBps, approvalBps, extraDelay, isEarly }] of Object.entries(PROPOSAL_RULES)) {
      const [, title, , quorum, majority, vote, after, inAll] = tableRow(capitalised(name as ProposalClass));
      const wait = TIMELOCK_DAYS + extraDelay / 86_400;
      assert.equal(title?.toLowerCase(), name);
      assert.equal(quorum, `${quorumBps / PERCENT} %`);
      assert.equal(majority, `more than ${approvalBps / PERCENT} %`);
      assert.equal(vote, isEarly ? "ends early once half of the base is For" : "5 days");
      assert.equal(after, days(wait));
      // A day before the vote.
      assert.equal(inAll, days(1 + (isEarly ? 0 : 5) + wait));
    }
  });

  for (const { name, governor, token } of parameters)
    it(`holds for ${name}`, () => {
      const { votingDelay, votingPeriod, lateQuorumExtension, proposalThreshold, quorumFloor } = governor;
      assert.deepEqual([votingDelay, votingPeriod, lateQuorumExtension], ["1 day", "5 days", "2 days"]);
      tableRow("voting delay 1 day, vote 5 days, extension 2 days");
      assert.equal(proposalThreshold, quorumFloor);
      tableRow(`proposal threshold and quorum floor: ${grouped(quorumFloor)} MILL each`);
      tableRow(`mint at most ${grouped(token.mintPerYear)} MILL, of ${grouped(token.supply)}, in any 365 days`);
    });
});

type Named = {
  readonly name: string;
  readonly governor: Readonly<
    Record<"votingDelay" | "votingPeriod" | "lateQuorumExtension" | "proposalThreshold" | "quorumFloor", string>
  >;
  readonly token: Readonly<Record<"supply" | "mintPerYear", string>>;
};

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function days(count: number): string {
  return `${count} ${count === 1 ? "day" : "days"}`;
}

function grouped(amount: string): string {
  return BigInt(amount).toLocaleString("en");
}
