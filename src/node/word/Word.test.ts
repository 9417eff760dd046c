import { describe, expect, test } from "vitest";
import * as Field from "../../agreement/Field.ts";
import * as Terms from "../../agreement/Terms.ts";
import { contracts as own } from "./testing/contracts.ts";
import { contracts as drafters } from "./testing/drafters/contracts.ts";
import { contracts as earlier } from "./testing/earlier/contracts.ts";
import { contracts as offices } from "./testing/offices/contracts.ts";
import { contracts as others } from "./testing/others/contracts.ts";
import { type Contract, score } from "./testing/Score.ts";
import { contracts as strangers } from "./testing/strangers/contracts.ts";
import * as Word from "./Word.ts";

const known = new Map<Contract, { document: Word.Document; draft: Word.Draft }>();

async function readOnce(contract: Contract): Promise<{ document: Word.Document; draft: Word.Draft }> {
  const document = known.get(contract)?.document ?? Word.read(await contract.bytes());
  const read = known.get(contract) ?? { document, draft: Word.draft(document) };
  known.set(contract, read);
  return read;
}

const sets = { own, others, strangers, earlier, offices, drafters };

describe.each(["own", "others", "strangers", "earlier", "offices", "drafters"] as const)(
  "a contract of the set %s becomes draft terms",
  (set) => {
    for (const contract of sets[set]) {
      test(`behavior: ${contract.name} is read with a precision of 95 % and a recall of 85 %`, async () => {
        const { draft } = await readOnce(contract);
        const { precision, recall, wrong, missed } = score(draft.findings, contract.expected);
        expect({ wrong, missed: recall < 0.85 ? missed : [] }).toEqual({
          wrong: precision < 0.95 ? [] : wrong,
          missed: [],
        });
        const fields = new Set(draft.findings.map(({ field }) => field));
        const gaps = new Set(draft.gaps.map(({ field }) => field));
        for (const field of contract.gaps ?? [])
          expect([field, fields.has(field), gaps.has(field)]).toEqual([field, false, true]);
      });

      test(`behavior: every value of ${contract.name} shows its place and fits the schema`, async () => {
        const document = Word.read(await contract.bytes());
        const { terms, findings } = Word.draft(document);
        for (const { place } of findings) {
          expect(document.blocks[place.block]?.text.slice(place.start, place.end)).toBe(place.text);
          expect(place.text).not.toBe("");
        }
        const checked = Terms.check(terms);
        const problems = "problems" in checked ? checked.problems.map(({ field }) => field) : [];
        for (const { field, value } of findings) {
          if (field === "total" || field === "signed") continue;
          expect(problems).not.toContain(field);
          expect(Field.valueAt(terms, Field.stepsOf(field))).toBe(value);
        }
      });
    }
  },
);
