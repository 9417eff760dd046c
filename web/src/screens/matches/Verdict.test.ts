import { describe, expect, test } from "vitest";
import * as Brief from "../../../../src/matching/Brief.ts";
import * as Bundle from "../../../../src/matching/Bundle.ts";
import * as Ranking from "../../../../src/matching/Ranking.ts";
import * as Testing from "../../../../src/matching/testing/Market.ts";
import { judge } from "./Verdict.ts";

const at = Testing.TODAY * 86_400;
const inputs = Testing.market(12);
const brief = Brief.parse("A React app with PostgreSQL. Budget USD 90k, start on 2027-02-01, 8 weeks.", Testing.TODAY);
const ranking = Ranking.rank(inputs, Brief.toRequest(brief, { id: "brief", at }), {
  floor: { share: 0.1, seed: "brief" },
});
/** As it comes over the wire. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const bundle = Bundle.of(ranking, inputs, Ranking.weightsFor(inputs));

describe("Verdict", () => {
  test("behavior: what the inputs give is equal", () => {
    expect(judge(sent(bundle), sent(ranking))).toEqual({ equal: true, candidates: ranking.candidates.length });
  });

  test("error: a score that was touched, in what is shown, is found and named", () => {
    const [first, ...rest] = ranking.candidates;
    if (!first) throw new Error("nobody fits");
    const touched = { ...ranking, candidates: [{ ...first, score: first.score + 1 }, ...rest] };
    expect(judge(sent(bundle), sent(touched))).toMatchObject({
      equal: false,
      why: { en: expect.stringContaining("candidates[0].score") },
    });
    const [part] = Object.keys(first.parts);
    const parts = { ...first.parts, [part as string]: 7 };
    expect(judge(sent(bundle), sent({ ...ranking, candidates: [{ ...first, parts }, ...rest] }))).toMatchObject({
      why: { en: expect.stringContaining("candidates[0].parts") },
    });
  });

  test("error: a ranking that its own inputs do not give, whatever the page shows", () => {
    const [first, ...rest] = ranking.candidates;
    if (!first) throw new Error("nobody fits");
    const touched = { ...ranking, candidates: [{ ...first, score: first.score + 1 }, ...rest] };
    expect(judge(sent({ ...bundle, ranking: touched }), sent(touched))).toMatchObject({ equal: false });
  });

  test("error: inputs of another market, and what is no bundle at all", () => {
    const other = Bundle.of(ranking, Testing.market(12, 2), Ranking.weightsFor(inputs));
    expect(judge(sent(other), sent(ranking))).toMatchObject({ equal: false });
    expect(judge({ format: "else" }, sent(ranking))).toMatchObject({ equal: false });
  });
});
