// What the documents say in figures is what the repository says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = join(fileURLToPath(import.meta.url), "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

test.each(["docs/protocol.md", "docs/protocol.zh-CN.md"])("the gas in %s is what the snapshots hold", (file) => {
  const gas: Record<string, string> = JSON.parse(read("contracts/snapshots/Gas.json"));
  const sum = (...names: string[]) => names.reduce((units, name) => units + Number(gas[name]), 0).toLocaleString("en");
  const section = read(file).split("## Gas\n")[1] ?? "";
  const figures = [
    sum("open"),
    sum("openRelayed"),
    sum("deliver"),
    sum("release"),
    sum("releaseLast"),
    sum("threeMilestones"),
    sum("threeMilestonesWithEvidence"),
    sum("open", "cooperativeRedeem"),
    sum("silence"),
    sum("report", "settleOutcome"),
    sum("panelContest", "panelRule"),
    sum("depositsContest", "depositsAnswer", "depositsRule"),
    sum("anyContest", "anyArbitrate", "anyRule", "anyClaim"),
  ];
  expect(figures.filter((figure) => !section.includes(figure))).toEqual([]);
});
