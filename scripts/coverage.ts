// `npm run coverage`: lines and branches of contracts/src that the tests reach, by file, and those they do not reach.
// Ends with 1 if one of the escrow, its annex or their core is not reached and contracts/test/coverage.reasons.json does
// not say why.
// Arguments go on to forge. `--ir-minimum`: without the IR pipeline the escrow's stack is too deep to compile at all.
// The tests deploy the committed artifacts, which forge cannot trace back to source: a copy of the project deploys what
// this run compiled instead.
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { forge } from "./forge.ts";
import { into } from "./snapshots.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const lane = join(root, "cache", "coverage");
const strict = ["Escrow", "Annex", "EscrowCore"].map((name) => `contracts/src/${name}.sol`);
const reasonsFile = join(root, "contracts", "test", "coverage.reasons.json");

/** Of one file: how often each line ran, and each branch, by line. */
type Coverage = { lines: Map<number, number>; branches: { line: number; side: number; taken: number }[] };
/** `source` is the trimmed line: numbers move. */
type Reason = { source: string; what: "line" | "branch"; reason: string };

function parse(lcov: string): Map<string, Coverage> {
  const files = new Map<string, Coverage>();
  let here: Coverage = { lines: new Map(), branches: [] };
  for (const record of lcov.split("\n")) {
    const [key = "", value = ""] = record.split(/:(.*)/s);
    const [first = 0, second = 0, third = 0, fourth = 0] = value
      .split(",")
      .map((part) => (part === "-" ? 0 : Number(part)));
    if (key === "SF") {
      here = { lines: new Map(), branches: [] };
      files.set(value, here);
    } else if (key === "DA") here.lines.set(first, second);
    else if (key === "BRDA") here.branches.push({ line: first, side: third, taken: fourth });
  }
  return files;
}

const deployed = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Panel} from "../src/Panel.sol";
import {RehearsalToken} from "../src/RehearsalToken.sol";
import {SignedReports} from "../src/SignedReports.sol";
import {IEscrow} from "../src/interfaces/IEscrow.sol";
import {Vm} from "./Vm.sol";

/// The same names as the tests' own, for what forge compiled and can trace.
library Deployed {
    Vm private constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    function escrow() internal returns (IEscrow) {
        return IEscrow(vm.deployCode("Escrow.sol:Escrow", abi.encode(vm.deployCode("Annex.sol:Annex"))));
    }

    function panel(address[] memory members, uint256 quorum) internal returns (Panel) {
        return Panel(vm.deployCode("Panel.sol:Panel", abi.encode(members, quorum)));
    }

    function reports(address[] memory reporters, uint256 quorum) internal returns (SignedReports) {
        return SignedReports(vm.deployCode("SignedReports.sol:SignedReports", abi.encode(reporters, quorum)));
    }

    function token(uint8 decimals) internal returns (RehearsalToken) {
        return RehearsalToken(vm.deployCode("RehearsalToken.sol:RehearsalToken", abi.encode(decimals)));
    }
}
`;
rmSync(lane, { recursive: true, force: true });
for (const path of ["foundry.toml", "contracts/src", "contracts/test", "contracts/artifacts"]) {
  cpSync(join(root, path), join(lane, path), { recursive: true });
}
// The contracts are traced here, so none is left out.
const config = readFileSync(join(root, "foundry.toml"), "utf8").replace(/^skip = .*\n/m, "");
writeFileSync(join(lane, "foundry.toml"), config);
for (const path of ["node_modules", "scripts"]) symlinkSync(join(root, path), join(lane, path), "dir");
writeFileSync(join(lane, "contracts", "test", "Deployed.sol"), deployed);
const code = await forge(
  [
    ...["coverage", "--ir-minimum", "--report", "lcov", "--report-file", "lcov.info"],
    // Gas is not what coverage builds measure; the differential test needs sequences that the model writes.
    ...["--no-match-path", "contracts/test/{Gas.t.sol,differential/*}"],
    ...process.argv.slice(2),
  ],
  {
    cwd: lane,
    env: { ...into(join(lane, "snapshots")), FOUNDRY_FUZZ_RUNS: "64", FOUNDRY_INVARIANT_RUNS: "16" },
    // Passed tests are not what is asked here.
    onLine: (line) => {
      if (/FAIL|^Ran \d+ test suites|Error/.test(line)) console.log(line);
    },
  },
);

let reasons: Reason[] = [];
try {
  reasons = JSON.parse(readFileSync(reasonsFile, "utf8"));
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
}

const files = [...parse(readFileSync(join(lane, "lcov.info"), "utf8"))]
  .filter(([path]) => path.startsWith("contracts/src/"))
  .sort();
const share = (hit: number, all: number) =>
  `${hit}/${all} ${all === 0 ? "" : `${((100 * hit) / all).toFixed(1)} %`}`.padStart(18);
console.log(`\n${"file".padEnd(44)}${"lines".padStart(18)}${"branches".padStart(18)}`);
const missing: string[] = [];
let unexplained = 0;
for (const [path, { lines, branches }] of files) {
  const source = readFileSync(join(root, path), "utf8").split("\n");
  const hitLines = [...lines.values()].filter((count) => count > 0).length;
  const hitBranches = branches.filter(({ taken }) => taken > 0).length;
  console.log(`${path.padEnd(44)}${share(hitLines, lines.size)}${share(hitBranches, branches.length)}`);
  const miss = (line: number, what: "line" | "branch", note: string) => {
    const text = source[line - 1]?.trim() ?? "";
    const reason = reasons.find((given) => given.source === text && given.what === what)?.reason;
    if (reason === undefined && strict.includes(path)) unexplained++;
    missing.push(`${path}:${line} ${note}: ${text}${reason === undefined ? "" : `\n    reason: ${reason}`}`);
  };
  for (const [line, count] of lines) if (count === 0) miss(line, "line", "line");
  for (const { line, side, taken } of branches) {
    // A line that never ran says it all.
    if (taken === 0 && lines.get(line) !== 0) miss(line, "branch", side === 0 ? "never taken" : "always taken");
  }
}
if (missing.length > 0) console.log(`\nnot reached:\n${missing.join("\n")}`);
console.log(`\n${strict.join(", ")}: ${unexplained} lines and branches neither reached nor explained`);
process.exitCode = code !== 0 || unexplained > 0 ? 1 : 0;
