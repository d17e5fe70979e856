import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./gate.ts";

/** Something wrong, and the gates that must notice it. */
export type Fault = {
  readonly name: string;
  /** Files to write, or how to change what is there. */
  readonly seed: Readonly<Record<string, string | ((text: string) => string)>>;
  /** What runs between seeding and checking, and again when the fault is gone. */
  readonly before?: string;
  readonly checks: readonly {
    readonly gate: string;
    /** The gate's command narrowed to what the fault touches; the gate's other demands stay. */
    readonly instead?: string;
    /** The gate runs after what it needs, as it does in `npm test`. */
    readonly withNeeds?: true;
    /** What the output must say: red for another reason proves nothing. */
    readonly says: RegExp | readonly RegExp[];
  }[];
  /** Takes long. */
  readonly deep?: true;
};

const contract = (pragma: string, ...lines: readonly string[]) =>
  ["// SPDX-License-Identifier: MIT", `pragma solidity ${pragma};`, "", ...lines, ""].join("\n");
const deployable = (...lines: readonly string[]) => contract("0.8.37", ...lines);
const test = (...lines: readonly string[]) => contract("^0.8.28", ...lines);
const SEEDED = "test/contracts/Seeded.t.sol";
const SEEDED_CONTRACT = "contracts/vault/Seeded.sol";
const solhint = "solhint --disc --noPoster --max-warnings 0 -c";
/** T19: mistakes that insurance pools can ship with, and the test that each must fail. */
const mistakes = [
  {
    ...{ name: "no limit for one product", file: "PoolBooks", suite: "UnderwritingPool" },
    ...{ right: "require(live <= capacity_,", wrong: "require(live <= capacity_ || true," },
    fails: /\d\) test_Bind_RevertWhen_MoreThanTheCapacity/,
  },
  {
    ...{ name: "a bucket that ends before the last claim", file: "CoverManager", suite: "CoverManager" },
    ...{ right: "(expiry + GRACE).ceilDiv", wrong: "expiry.ceilDiv" },
    fails: /\d\) test_Buy_BindsArmsAndSplitsThePremium/,
  },
  {
    ...{ name: "a claim that stays open when it is settled", file: "CoverManager", suite: "IncidentModule" },
    ...{ right: "c.claim = ClaimKind.None;", wrong: "" },
    fails: /\d\) test_Close_KeepsTheFirstLossIfItReopensWithinAWeek/,
  },
  {
    ...{ name: "shares rounded up", file: "PoolBooks", suite: "UnderwritingPool" },
    ...{ right: "s.b.assets + _VIRTUAL_ASSETS);", wrong: "s.b.assets + _VIRTUAL_ASSETS, Math.Rounding.Ceil);" },
    fails: /\d\) test_Prices_RoundForThoseWhoStay/,
  },
  {
    ...{ name: "assets rounded up", file: "PoolBooks", suite: "UnderwritingPool" },
    ...{
      right: "s.b.assets + _VIRTUAL_ASSETS, totalSupply() + _VIRTUAL_SHARES);",
      wrong: "s.b.assets + _VIRTUAL_ASSETS, totalSupply() + _VIRTUAL_SHARES, Math.Rounding.Ceil);",
    },
    fails: /\d\) test_Prices_RoundForThoseWhoStay/,
  },
  {
    ...{ name: "a filing that can be settled again", file: "IncidentModule", suite: "IncidentModule" },
    ...{ right: "f.filedIn = 0;", wrong: "" },
    fails: /\d\) test_Settle_PaysTheLossBeyondTheDeductible/,
  },
] as const;
const mistaken = ({ name, file, suite, right, wrong, fails }: (typeof mistakes)[number]): Fault => ({
  ...{ name: `T19: ${name}`, deep: true },
  seed: { [`contracts/insurance/${file}.sol`]: (text) => text.replace(right, wrong) },
  checks: [
    {
      gate: "Solidity tests",
      instead: `hardhat test solidity --test-profile default test/contracts/insurance/${suite}.t.sol`,
      says: fails,
    },
  ],
});
const seededTests = (profile: string) => `hardhat test solidity --test-profile ${profile} ${SEEDED}`;

export const faults: readonly Fault[] = [
  {
    name: "bad formatting, an unused variable",
    seed: { "scripts/seeded.ts": "const  seeded = 1\n" },
    checks: [{ gate: "format and lint", says: [/seeded\.ts format/, /noUnusedVariables/] }],
  },
  {
    name: "an unnamed mapping key",
    seed: {
      [SEEDED_CONTRACT]: deployable("contract Seeded {", "    mapping(address => uint256) public seeded;", "}"),
    },
    checks: [
      {
        gate: "solhint contracts",
        instead: `${solhint} .solhint.json ${SEEDED_CONTRACT}`,
        says: /Seeded\.sol[\s\S]*named-parameters-mapping/,
      },
    ],
  },
  {
    name: "an unused import",
    seed: { [SEEDED]: test('import {Base} from "./Vm.sol";', "", "contract Seeded {}") },
    checks: [
      {
        gate: "solhint tests",
        instead: `${solhint} test/.solhint.json ${SEEDED}`,
        says: /Seeded\.t\.sol[\s\S]*no-unused-import/,
      },
    ],
  },
  {
    name: "a compiler warning",
    seed: {
      [SEEDED_CONTRACT]: deployable(
        "contract Seeded {",
        "    function seeded() external pure {",
        "        uint256 unused;",
        "    }",
        "}",
      ),
    },
    checks: [{ gate: "build, no warnings", instead: "hardhat build", says: /Unused local variable[\s\S]*Seeded\.sol/ }],
  },
  {
    name: "a wrong sum; what one value in a thousand, or the third call, breaks; a handler that reverts",
    seed: { [SEEDED]: failingTests() },
    checks: [
      {
        gate: "Solidity tests",
        instead: seededTests("ci"),
        says: [
          /test_Seeded[\s\S]*unit: 1 != 2/,
          /testFuzz_Seeded\(uint256\)[\s\S]*fuzz: 7 == 7/,
          /invariant_Seeded[\s\S]*invariant/,
          /invariant_HandlerReverts[\s\S]*Seeded__Reverts/,
          /5 failing/,
        ],
      },
      {
        gate: "Solidity tests, fresh seed",
        instead: seededTests("fresh"),
        // A thousand runs of a seed that nobody chose may miss one value in a thousand, and one in fifty never.
        says: [/testFuzz_SeededOften[\s\S]*often: 7 == 7/, /invariant_HandlerReverts/, /[45] failing/],
      },
    ],
  },
  {
    name: "a file without tests",
    seed: { [SEEDED]: test("contract SeededTest {}") },
    checks: [{ gate: "Solidity tests", instead: seededTests("ci"), says: /0 passing/ }],
  },
  {
    name: "tests that are one transaction each",
    seed: { "hardhat.config.ts": (text) => text.replace("isolate: true", "isolate: false") },
    checks: [
      {
        gate: "Solidity tests",
        instead: "hardhat test solidity --test-profile ci --grep Isolation test/contracts/Vm.t.sol",
        says: /isolate is off/,
      },
    ],
  },
  {
    name: "a property that no test asserts",
    seed: {
      "test/contracts/SeededProperties.sol": test(
        "/// @custom:property ZZ1 Nothing is asserted about this.",
        "library SeededProperties {}",
      ),
    },
    checks: [
      { gate: "property index", says: /ZZ1[\s\S]*asserted nowhere/ },
      { gate: "assurance page", says: /assurance\.md is stale/ },
    ],
  },
  {
    name: "a contract that no test deploys",
    seed: {
      [SEEDED_CONTRACT]: deployable(
        "contract Seeded {",
        "    uint256 public count;",
        "",
        "    function set(uint256 count_) external {",
        "        count = count_;",
        "    }",
        "}",
      ),
    },
    checks: [{ gate: "coverage", says: /Seeded\.sol: 0\.0 % of lines are covered; 90 % must be/ }],
    deep: true,
  },
  {
    name: "shares rounded in favour of who enters",
    seed: {
      "contracts/vault/VaultMath.sol": (text) =>
        text.replace(
          "Math.mulDiv(assets, supply + v, nav + 1, rounding)",
          "Math.mulDiv(assets, supply + v, nav + 1, Math.Rounding.Ceil)",
        ),
    },
    checks: [{ gate: "proofs", instead: "node scripts/gates/proofs.ts Deposit", says: /Deposit is not proved/ }],
  },
  ...mistakes.map(mistaken),
  {
    name: "a contract that nobody declared",
    seed: {
      [SEEDED_CONTRACT]: deployable(
        "contract Seeded {",
        "    uint256 public count;",
        "",
        "    function set(uint256 count_) external {",
        "        count = count_;",
        "    }",
        "}",
      ),
    },
    before: "hardhat build",
    checks: [
      { gate: "access walk", says: /Seeded\.set\(uint256\): it is not declared/ },
      { gate: "storage layout", says: /\+ Seeded/ },
    ],
  },
  {
    name: "curators who wait a day",
    seed: { "scripts/deploy/roles.ts": (text) => text.replace("peopleWait: 3n * DAY", "peopleWait: 1n * DAY") },
    checks: [
      { gate: "paths in time", says: /addAdapter\(address\): curator gets there in 1\.0 d, sooner than CURATOR may/ },
    ],
  },
  {
    name: "a generated file edited by hand",
    seed: { "sdk/src/abis/MillToken.ts": (text) => text.replace('"name"', '"nmae"') },
    checks: [{ gate: "generated files", withNeeds: true, says: /stale[\s\S]*MillToken\.ts/ }],
  },
  {
    name: "an action that client.extend lacks",
    seed: { "sdk/src/extend/vaultActions.ts": (text) => text.replace(" maxRedeem,", "") },
    checks: [{ gate: "SDK front end", says: /stale: sdk\/src\/extend\/vaultActions\.ts/ }],
  },
  {
    name: "runtime code above the limit",
    seed: { "artifacts/contracts/governance/MillToken.sol/MillToken.json": inflate },
    checks: [{ gate: "runtime size", says: /MillToken is too large/ }],
  },
  {
    name: "a row that was 2 % cheaper, and costs one gas more than it may",
    seed: {
      "scripts/gas/table.json": (text) =>
        text.replace(/"budget\.spend": (\d+)/, (_, gas) => `"budget.spend": ${Math.round(Number(gas) / 1.02)}`),
      "scripts/gas/budgets.ts": (text) => {
        const { "budget.spend": gas } = JSON.parse(readFileSync(path.join(root, "scripts/gas/table.json"), "utf8"));
        return text.replace(/"budget\.spend": \{ budget: [\d_]+/, `"budget.spend": { budget: ${gas - 1}`);
      },
    },
    checks: [
      {
        gate: "gas",
        instead: "node scripts/gas/index.ts budget",
        says: [/budget\.spend: \d+ has drifted 2\.0 %/, /budget\.spend: \d+ is over its budget of \d+/],
      },
    ],
  },
  {
    name: "a gas table for readers, edited by hand",
    seed: { "docs/gas.md": (text) => text.replace("Morpho", "Morhpo") },
    checks: [{ gate: "gas", instead: "node scripts/gas/index.ts budget", says: /docs\/gas\.md: stale/ }],
  },
  {
    name: "a TypeScript type error",
    seed: { "scripts/seeded.ts": 'export const seeded: number = "1";\n' },
    checks: [{ gate: "types", says: /seeded\.ts.*TS2322/ }],
  },
  {
    name: "an example that no longer compiles, a write that asks for no account",
    seed: {
      "sdk/src/vault/totalAssets.ts": (text) => text.replace("totalAssets(client, { vault })", "totalAssets(client)"),
      "sdk/src/core/write.ts": (text) => text.replace(": { account: Account", ": { account?: Account"),
    },
    checks: [
      {
        gate: "SDK examples",
        says: [/totalAssets\.ts.*TS2554/, /deposit\.rules\.ts.*Unused '@ts-expect-error'/],
      },
    ],
  },
  {
    name: "a module that every bundle keeps",
    seed: {
      "sdk/src/core/call.ts": (text) => `${text}\nconsole.log("${Array.from({ length: 200 }, (_, i) => i ** 3)}");\n`,
    },
    checks: [{ gate: "SDK sizes", says: /deposit.*too large/ }],
  },
  {
    name: "a type error in the SDK",
    seed: { "sdk/src/seeded.ts": 'export const seeded: number = "1";\n' },
    checks: [{ gate: "types of the SDK", says: /seeded\.ts.*TS2322/ }],
  },
  {
    name: "a failing protocol test",
    seed: {
      "test/protocol/seeded.test.ts": [
        'import { strictEqual } from "node:assert";',
        'import { test } from "node:test";',
        'test("seeded", () => strictEqual(1, 2));',
      ].join("\n"),
    },
    checks: [
      {
        gate: "protocol tests",
        instead: "hardhat test nodejs --no-compile test/protocol/seeded.test.ts",
        says: [/seeded/, /1 failing/],
      },
    ],
  },
  {
    name: "a fork that quotes what it does not pay",
    seed: { "test/fork/protocols.test.ts": (text) => text.replace("[quotes[1], 0n]", "[quotes[1] + 1n, 0n]") },
    checks: [
      {
        gate: "fork suite",
        instead: "hardhat test nodejs --no-compile test/fork/protocols.test.ts",
        says: [/Uniswap v2 swaps at what it quotes/, /1 failing/],
      },
    ],
  },
  {
    name: "tests that notice nothing",
    seed: {
      "test/contracts/insurance/PremiumModel.t.sol": test(
        'import {Base} from "../Vm.sol";',
        'import {PremiumModel} from "../../../contracts/insurance/PremiumModel.sol";',
        "",
        "contract PremiumModelTest is Base {",
        "    function test_Seeded() public {",
        "        new PremiumModel(1, 2, 3, 1e17);",
        "    }",
        "}",
      ),
    },
    checks: [
      {
        gate: "mutants",
        instead: "node scripts/gates/mutants.ts --minutes 0.5 --seed 1 premium",
        says: [/nobody noticed, line \d+: contracts\/insurance\/PremiumModel\.sol/, /premium: \d of \d+ noticed/],
      },
    ],
    deep: true,
  },
  {
    name: "a failing SDK test, a wrong SDK type",
    seed: {
      "sdk/test/seeded.test.ts": 'import { expect, test } from "vitest";\ntest("seeded", () => expect(1).toBe(2));\n',
      "sdk/test/seeded.test-d.ts":
        'import { expectTypeOf, test } from "vitest";\ntest("seeded type", () => expectTypeOf<string>().toEqualTypeOf<number>());\n',
    },
    checks: [
      {
        gate: "SDK tests",
        instead: "vitest run test/seeded",
        says: [/expected 1 to be 2/, /seeded\.test-d\.ts/, /2 failed/],
      },
    ],
  },
];

function inflate(artifact: string): string {
  const parsed = JSON.parse(artifact);
  return JSON.stringify({ ...parsed, deployedBytecode: `0x${"00".repeat(24_577)}` });
}

function failingTests(): string {
  return test(
    'import {Base} from "./Vm.sol";',
    "",
    "contract Steps {",
    "    error Seeded__Reverts();",
    "",
    "    uint256 public steps;",
    "    bool internal immutable reverts;",
    "",
    "    constructor(bool reverts_) {",
    "        reverts = reverts_;",
    "    }",
    "",
    "    function step() external {",
    "        require(!reverts, Seeded__Reverts());",
    "        steps += 1;",
    "    }",
    "}",
    "",
    "contract SeededTest is Base {",
    "    function test_Seeded() public pure {",
    '        vm.assertEq(uint256(1), 2, "unit");',
    "    }",
    "",
    "    function testFuzz_Seeded(uint256 value) public pure {",
    '        vm.assertNotEq(value % 1_000, 7, "fuzz");',
    "    }",
    "",
    "    function testFuzz_SeededOften(uint256 value) public pure {",
    '        vm.assertNotEq(value % 50, 7, "often");',
    "    }",
    "}",
    "",
    "contract SeededInvariant is Base {",
    "    Steps internal target = new Steps(false);",
    "",
    "    function targetContracts() public view returns (address[] memory targets) {",
    "        targets = new address[](1);",
    "        targets[0] = address(target);",
    "    }",
    "",
    "    function invariant_Seeded() public view {",
    '        vm.assertLt(target.steps(), 3, "invariant");',
    "    }",
    "}",
    "",
    "contract SeededHandler is Base {",
    "    Steps internal target = new Steps(true);",
    "",
    "    function targetContracts() public view returns (address[] memory targets) {",
    "        targets = new address[](1);",
    "        targets[0] = address(target);",
    "    }",
    "",
    "    function invariant_HandlerReverts() public pure {}",
    "}",
  );
}
