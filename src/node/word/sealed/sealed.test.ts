import { describe, expect, it } from "vitest";
import { type Contract, score } from "../testing/Score.ts";
import { draft, read } from "../Word.ts";
import { bilingual } from "./Bilingual.ts";
import { chinese } from "./Chinese.ts";
import { english } from "./English.ts";

const contracts: readonly Contract[] = [...chinese, ...english, ...bilingual];

const readings = await Promise.all(
  contracts.map(async (contract) => {
    const document = read(await contract.bytes());
    const { findings, gaps } = draft(document);
    return { contract, document, findings, gaps, result: score(findings, contract.expected) };
  }),
);

describe("contracts that the reader was not built on", () => {
  it("behavior: what is found is right, and most of what is stated is found", () => {
    const expected = sum(({ contract }) => Object.keys(contract.expected).length);
    const missed = sum(({ result }) => result.missed.length);
    const wrong = sum(({ result }) => result.wrong.length);
    // Two right findings of one field count once, so the precision is at most a little too strict.
    const right = expected - missed;
    const faults = readings.map(({ contract, result }) => ({
      contract: contract.name,
      wrong: result.wrong,
      missed: result.missed,
    }));
    const told = JSON.stringify({ expected, right, wrong, faults }, null, 1);
    expect(right / (right + wrong), `precision\n${told}`).toBeGreaterThanOrEqual(0.95);
    expect(right / expected, `recall\n${told}`).toBeGreaterThanOrEqual(0.85);
  });

  it.each(readings)(
    "behavior: contradictions and open points are gaps: $contract.name",
    ({ contract, findings, gaps }) => {
      const open = contract.gaps ?? [];
      const told = gaps.map(({ field }) => field);
      expect(open.filter((field) => !told.includes(field))).toEqual([]);
      expect(findings.filter(({ field }) => open.includes(field))).toEqual([]);
    },
  );

  it.each(readings)("behavior: every finding stands where it says: $contract.name", ({ document, findings }) => {
    const astray = findings.filter(
      ({ place }) => document.blocks[place.block]?.text.slice(place.start, place.end) !== place.text,
    );
    expect(astray).toEqual([]);
  });
});

function sum(count: (reading: (typeof readings)[number]) => number): number {
  return readings.reduce((total, reading) => total + count(reading), 0);
}
