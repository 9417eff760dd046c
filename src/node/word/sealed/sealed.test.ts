import { beforeAll, describe, expect, test } from "vitest";
import { type Contract, type Score, score } from "../testing/Score.ts";
import * as Word from "../Word.ts";
import { contracts } from "./contracts.ts";

type Read = {
  contract: Contract;
  document: Awaited<ReturnType<typeof Word.read>>;
  draft: ReturnType<typeof Word.draft>;
  score: Score;
};

const all: Read[] = [];

beforeAll(async () => {
  for (const contract of contracts) {
    const document = await Word.read(await contract.bytes());
    const draft = Word.draft(document);
    all.push({ contract, document, draft, score: score(draft.findings, contract.expected) });
  }
});

function read(name: string): Read {
  const found = all.find(({ contract }) => contract.name === name);
  if (!found) throw new Error(`no contract ${name}`);
  return found;
}

describe("contracts that the reader was not written against", () => {
  test("behavior: what is found is right, and most of what is stated is found", () => {
    let right = 0;
    let scored = 0;
    let stated = 0;
    for (const { contract, score } of all) {
      const count = Object.keys(contract.expected).length;
      right += count - score.missed.length;
      scored += count - score.missed.length + score.wrong.length;
      stated += count;
    }
    const faults = all
      .filter(({ score }) => score.wrong.length + score.missed.length > 0)
      .map(({ contract, score }) => ({ contract: contract.name, wrong: score.wrong, missed: score.missed }));
    const shown = JSON.stringify(faults, undefined, 1);
    expect(right / scored, shown).toBeGreaterThanOrEqual(0.95);
    expect(right / stated, shown).toBeGreaterThanOrEqual(0.85);
  });

  test.each(contracts.filter(({ gaps = [] }) => gaps.length > 0))(
    "behavior: $name: what the text leaves open is a gap and not a finding",
    ({ name, gaps = [] }) => {
      const { draft } = read(name);
      const taken = draft.findings.map(({ field }) => field).filter((field) => gaps.includes(field));
      const open = new Set(draft.gaps.map(({ field }) => field));
      expect({ taken, unsaid: gaps.filter((field) => !open.has(field)) }).toEqual({ taken: [], unsaid: [] });
    },
  );

  test.each(contracts)("behavior: $name: each finding points at its words", ({ name }) => {
    const { document, draft } = read(name);
    expect(draft.findings.length).toBeGreaterThan(0);
    const elsewhere = draft.findings.filter(
      ({ place }) => document.blocks[place.block]?.text.slice(place.start, place.end) !== place.text,
    );
    expect(elsewhere).toEqual([]);
  });
});
