// `npm run -s bench -- gas [--json]`: gas of whole transactions, calldata included, as contracts/test/Gas.t.sol
// measures them now, beside what we aim at and what others need. The last line is one JSON object.
// Three milestones, a token of 6 decimals, infinite approval, the escrow warm with another open agreement.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { forge } from "../scripts/forge.ts";
import { differences, into } from "../scripts/snapshots.ts";

const root = join(fileURLToPath(import.meta.url), "..", "..");

/** The issue's name of each figure, and the snapshots that add up to it. */
const scenarios = {
  open: ["open"],
  openRelayed: ["openRelayed"],
  deliver: ["deliver"],
  release: ["release"],
  releaseLast: ["releaseLast"],
  threeMilestones: ["threeMilestones"],
  threeMilestonesWithEvidence: ["threeMilestonesWithEvidence"],
  cooperative: ["open", "cooperativeRedeem"],
  silence: ["silence"],
  outcome: ["report", "settleOutcome"],
  disputePanel: ["panelContest", "panelRule"],
  disputeDeposits: ["depositsContest", "depositsAnswer", "depositsRule"],
  disputeAny: ["anyContest", "anyArbitrate", "anyRule", "anyClaim"],
} as const;
type Scenario = keyof typeof scenarios;

/** At most. The sketch that showed what can be had needed a little less. */
const aims: Record<Scenario, number> = {
  open: 85_000,
  openRelayed: 90_000,
  deliver: 33_000,
  release: 52_000,
  releaseLast: 60_000,
  threeMilestones: 245_000,
  threeMilestonesWithEvidence: 337_000,
  cooperative: 148_000,
  silence: 54_000,
  outcome: 122_000,
  disputePanel: 140_000,
  disputeDeposits: 230_000,
  disputeAny: 215_000,
};

/** Of the same lifecycle, measured once and quoted: not run here. `dispute` is dispute + ruling. */
type Peer = {
  name: string;
  quoted: true;
  open?: number;
  release?: number | [least: number, most: number];
  threeMilestones: number;
  threeMilestonesWithEvidence?: number;
  dispute?: number;
  disputeByArbitrator?: number;
};
const peers: Peer[] = [
  { name: "three plain transfers", quoted: true, release: 34_443, threeMilestones: 103_329 },
  {
    name: "unsafe minimum, no signatures, no deadlines",
    quoted: true,
    open: 64_648,
    release: 46_596,
    threeMilestones: 199_603,
    threeMilestonesWithEvidence: 270_763,
    dispute: 82_594,
  },
  {
    name: "Kleros v1",
    quoted: true,
    open: 80_695,
    release: 56_572,
    threeMilestones: 250_387,
    threeMilestonesWithEvidence: 353_632,
    dispute: 477_588,
  },
  { name: "commerce-payments", quoted: true, open: 142_364, release: 57_382, threeMilestones: 314_510 },
  { name: "Kleros v2", quoted: true, open: 165_637, release: 54_094, threeMilestones: 327_600, dispute: 499_270 },
  {
    name: "Smart Invoice",
    quoted: true,
    open: 479_317,
    release: [63_000, 122_000],
    threeMilestones: 732_817,
    dispute: 142_317,
    disputeByArbitrator: 246_329,
  },
  {
    name: "ERC-8183 reference",
    quoted: true,
    open: 395_967,
    release: 69_130,
    threeMilestones: 1_395_291,
    threeMilestonesWithEvidence: 1_582_731,
  },
  {
    name: "TalentLayer",
    quoted: true,
    open: 997_091,
    release: [158_000, 176_000],
    threeMilestones: 1_497_694,
    threeMilestonesWithEvidence: 1_671_574,
    dispute: 556_007,
  },
];

/** Runs the scenarios afresh; contracts/snapshots stays as it is. */
async function measure(): Promise<Record<string, number>> {
  const folder = join(root, "cache", "bench-gas");
  const lines: string[] = [];
  const code = await forge(["test", "--match-path", "contracts/test/Gas.t.sol"], {
    env: into(folder),
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) throw new Error(`forge ended with ${code}\n${lines.join("\n")}`);
  moved = differences(folder);
  return numbers(join(folder, "Gas.json"));
}

function numbers(file: string): Record<string, number> {
  const json: Record<string, string> = JSON.parse(readFileSync(file, "utf8"));
  return Object.fromEntries(Object.entries(json).map(([name, gas]) => [name, Number(gas)]));
}

let moved: string[] = [];
const snapshots = await measure();
const names = Object.keys(scenarios) as Scenario[];
const ours = Object.fromEntries(
  names.map((name) => {
    const parts = scenarios[name].map((part) => {
      const gas = snapshots[part];
      if (gas === undefined) throw new Error(`contracts/test/Gas.t.sol took no snapshot ${part}`);
      return gas;
    });
    return [name, parts.reduce((sum, gas) => sum + gas)];
  }),
) as Record<Scenario, number>;

const figure = (gas: number | undefined, width = 11) => (gas?.toLocaleString("en") ?? "-").padStart(width);
console.log(
  `${"gas of whole transactions".padEnd(30)}${"ours".padStart(11)}${"aim".padStart(11)}${"ours/aim".padStart(11)}`,
);
for (const name of names) {
  const ratio = ours[name] / aims[name];
  console.log(
    `${name.padEnd(30)}${figure(ours[name])}${figure(aims[name])}${ratio.toFixed(3).padStart(11)}${ratio > 1 ? "  over" : ""}`,
  );
}

const columns = ["open", "release", "threeMilestones", "threeMilestonesWithEvidence", "dispute"] as const;
const heads = ["open", "release", "three", "evidence", "dispute"];
console.log(`\n${"peers, quoted".padEnd(46)}${heads.map((head) => head.padStart(11)).join("")}`);
for (const peer of [...peers, { name: "ours", ...ours, dispute: ours.disputePanel }]) {
  const cells = columns.map((column) => {
    const value = peer[column];
    return Array.isArray(value) ? `${value.map((gas) => `${gas / 1000}k`).join("-")}`.padStart(11) : figure(value);
  });
  console.log(`${peer.name.padEnd(46)}${cells.join("")}`);
}

if (moved.length > 0) console.log(`\nnot as committed (npm run snapshots):\n${moved.join("\n")}`);
console.log(`\n${JSON.stringify({ ...ours, peers, aims })}`);
