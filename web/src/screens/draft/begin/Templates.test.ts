import { describe, expect, test } from "vitest";
import * as Terms from "../../../../../src/agreement/Terms.ts";
import * as Time from "../../../../../src/agreement/Time.ts";
import * as Paper from "../../../agreement/Paper.ts";
import { KINDS, template } from "./Templates.ts";

const now = Time.parse("2027-01-04T09:30Z");
const given = { now, side: "provider", organisation: "Harbour Software", person: "Tomas Berg" } as const;
const ADDRESSES = { client: `0x${"c1".repeat(20)}`, provider: `0x${"d2".repeat(20)}`, token: `0x${"70".repeat(20)}` };

/** With what only the parties and the node know. */
function completed(paper: Paper.Paper): Paper.Paper {
  const other = Terms.example().parties.client;
  const whole: [string, unknown][] = [
    ["parties.client", other],
    ["parties.provider.country", "CN"],
    ["parties.provider.address", ADDRESSES.provider],
    ["currency.token", ADDRESSES.token],
    ["registrar", Terms.example().registrar],
    ["salt", Terms.example().salt],
  ];
  if (paper.outcome) whole.push(["outcome.source", `0x${"5c".repeat(20)}`]);
  return whole.reduce((next, [field, value]) => Paper.put(next, field, value), paper);
}

describe.each(KINDS)("%s", (kind) => {
  test("behavior: nothing is wrong once the parties are known", () => {
    const checked = Terms.check(completed(template(kind, given)), { now });
    expect("problems" in checked ? checked.problems.map(({ message }) => message) : []).toEqual([]);
  });

  test("behavior: before, only what the parties and the node know is missing", () => {
    const checked = Terms.check(template(kind, given), { now });
    const fields = "problems" in checked ? checked.problems.map(({ field }) => field) : [];
    expect(fields.filter((field) => !/^(parties|registrar|salt|currency\.token|outcome\.source)/.test(field))).toEqual(
      [],
    );
  });
});
