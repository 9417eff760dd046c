/** What the model does, told as the ledger's facts, is a course without gaps that leads to the model's own stages. */
import { describe, expect, test } from "vitest";
import type { Agreement } from "../../src/agreement/Agreement.ts";
import * as Machine from "../../src/agreement/Machine.ts";
import * as Refusal from "../../src/agreement/Refusal.ts";
import { type State, unopened } from "../../src/agreement/State.ts";
import { type Course, follow } from "../../src/ledger/Course.ts";
import { CAUSES, type Cause, type Happening } from "../../src/ledger/Fact.ts";
import { type Sequence, type Step, sequence } from "./Generate.ts";

const ID = `0x${"00".repeat(32)}` as const;
type Played = { agreement: Agreement; state: State; acts: (readonly Happening[])[] };

/** Every agreement of a sequence, with the facts of each act. */
function play({ agreements, ids, steps }: Sequence): readonly Played[] {
  const played = agreements.map(
    (agreement, k): Played => ({ agreement, state: unopened(agreement, ids[k]), acts: [] }),
  );
  for (const { act, now, on, expected, token, next } of steps) {
    const own = played[on];
    if (expected !== "ok" || !own) continue;
    const { tip: _, ...plain } = act as typeof act & { tip?: unknown };
    const refuses = (to: string) => token.refuses.includes(to as never);
    const change = Machine.decide(own.state, plain as typeof act, now, { refuses });
    if (Refusal.is(change)) throw new Error(change.refused);
    own.acts.push(told(own.state, act, change));
    own.state = change.state;
    const later = next && played[next.on];
    if (!later || !change.next) continue;
    later.state = change.next;
    later.acts.push([opened(later.agreement)]);
  }
  return played;
}

const opened = ({ parties, document }: Agreement): Happening => ({
  kind: "opened",
  agreement: ID,
  client: parties.client,
  provider: parties.provider,
  document,
});

/** In the contract's order: what happened, what was paid, and what follows from that. */
function told(before: State, act: Step["act"], { events, transfers }: Machine.Change): readonly Happening[] {
  const at = { agreement: ID };
  const round = (tranche: number) => before.cells[tranche]?.round ?? 0;
  const first: Happening[] = [];
  const last: Happening[] = [];
  for (const { name, tranche = 0 } of events) {
    if (name === "Opened") first.push(opened(before.agreement));
    if (name === "Revoked") first.push({ kind: "revoked", ...at, by: act.by });
    if (name === "Replaced") first.push({ kind: "replaced", ...at, by: ID });
    if (name === "Extended") first.push({ kind: "extended", ...at, tranche });
    if (name === "Answered") first.push({ kind: "answered", ...at, tranche });
    if (name === "PayeeNamed" && act.verb === "namePayee") first.push({ kind: "payeeNamed", ...at, payee: act.payee });
    if (name === "DelegateRevoked") first.push({ kind: "delegateRevoked", ...at, delegate: act.by });
    if (name === "Delivered") first.push({ kind: "delivered", ...at, tranche, round: round(tranche), deliverable: ID });
    if (name === "Reported" && act.verb === "report") first.push({ kind: "reported", ...at, value: act.value });
    if (name === "Contested" && act.verb === "contest")
      first.push({ kind: "contested", ...at, tranche, byClient: act.byClient, reasons: ID });
    if (name === "Arbitrated") first.push({ kind: "dispute", arbitrator: act.by, number: 0n, case: BigInt(tranche) });
    if (name === "Rejected") last.push({ kind: "rejected", ...at, tranche, round: round(tranche), reasons: ID });
    if (name === "Closed") last.push({ kind: "closed", ...at });
  }
  if (act.verb === "fund") {
    const amount = transfers.reduce((sum, leg) => (leg.to === "escrow" ? sum + leg.amount : sum), 0n);
    first.push({ kind: "funded", ...at, tranches: act.tranches, amount });
  }
  const money = transfers.flatMap(({ from, part, cause, tranche = 0, amount, fee = 0n }): Happening[] => {
    if (from !== "escrow" || !(CAUSES as readonly string[]).includes(cause)) return [];
    const leg = { ...at, tranche, cause: cause as Cause, amount: amount + fee };
    if (part === "provider") return [{ kind: "paid", ...leg, fee, onTime: true, disputed: false }];
    return part === "client" ? [{ kind: "refunded", ...leg }] : [];
  });
  return [...first, ...money, ...last];
}

const courseOf = (agreement: Agreement, facts: readonly Happening[]): Course => follow(agreement, facts, Number);

describe("the course of facts", () => {
  test("behavior: no gap in what the rules allow, after every act, and the stages that the model has", () => {
    let courses = 0;
    for (let seed = 0; seed < 600; seed++) {
      for (const { agreement, state, acts } of play(sequence(seed, { hostile: seed % 3 === 0 }))) {
        if (acts.length === 0 || acts.flat()[0]?.kind === "delegateRevoked") continue;
        courses += 1;
        const course = courseOf(agreement, acts.flat());
        expect(course.gaps, `seed ${seed}`).toEqual([]);
        for (const [k, { codes, round, extended }] of course.tranches.entries()) {
          const { code, round: found } = state.cells[k] ?? { code: 0, round: 0 };
          expect(codes, `seed ${seed}, part ${k + 1}`).toContain(code);
          expect(round, `seed ${seed}, part ${k + 1}`).toBe(found);
          expect(extended, `seed ${seed}, part ${k + 1}`).toBe(state.notes[k]?.extended ?? false);
        }
        expect(course.payee).toBe(state.payee);
      }
    }
    expect(courses).toBeGreaterThan(500);
  });

  test("behavior: most acts that are left out leave a gap", () => {
    let dropped = 0;
    let noticed = 0;
    for (let seed = 0; seed < 200; seed++) {
      for (const { agreement, acts } of play(sequence(seed))) {
        // What comes last leaves none.
        for (let k = 0; k < acts.length - 1; k++) {
          if (acts[k]?.length === 0) continue;
          dropped += 1;
          if (courseOf(agreement, acts.toSpliced(k, 1).flat()).gaps.length > 0) noticed += 1;
        }
      }
    }
    expect(noticed / dropped).toBeGreaterThan(0.5);
  });
});
