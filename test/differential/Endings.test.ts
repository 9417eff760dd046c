import { describe, expect, test } from "vitest";
import type { Act } from "../../src/agreement/Act.ts";
import * as Endings from "../../src/agreement/Endings.ts";
import { count } from "../../src/agreement/endings/Explore.ts";
import * as Machine from "../../src/agreement/Machine.ts";
import * as Clock from "../../src/agreement/machine/Clock.ts";
import * as Refusal from "../../src/agreement/Refusal.ts";
import { cell, isClosed, isTerminal, isUsed, type State, unopened } from "../../src/agreement/State.ts";
import { agreement as randomAgreement, START } from "./Agreements.ts";
import { CAST, choose, sequence } from "./Generate.ts";
import type { Scene } from "./Propose.ts";
import { seeded } from "./Random.ts";

const RUNS = process.env.COMMENDA_DEEP === "1" ? 10_000 : 300;
const DOMAIN = { chainId: 31_337, verifyingContract: `0x${"ee".repeat(20)}` } as const;

type Run = { state: State; now: number; opened: number; transfers: Machine.Transfer[]; events: Machine.Event[] };

const claim = (state: State, tranche: number): Act => ({
  verb: "claim",
  by: CAST.stranger,
  tranche,
  number: state.cases[tranche]?.number ?? 0n,
});

function apply(run: Run, act: Act, now: number): boolean {
  const change = Machine.decide(run.state, act, now);
  if (Refusal.is(change)) return false;
  run.state = change.state;
  run.now = now;
  run.transfers.push(...change.transfers);
  run.events.push(...change.events);
  return true;
}

/** The next claim that anyone can make, and when: in the first minute in which it is not refused. */
function nextClaim({ state, now }: Run): { act: Act; at: number } | undefined {
  const open = [...state.agreement.work.tranches.keys()].filter((i) => !isTerminal(cell(state, i)));
  const options = open.flatMap((i) => {
    const act = claim(state, i);
    const times = [now, Math.max(now, Clock.claimableAt(state, i) ?? now)];
    const at = times.find((minute) => !Refusal.is(Machine.decide(state, act, minute)));
    return at === undefined ? [] : [{ act, at }];
  });
  return options.reduce<(typeof options)[number] | undefined>(
    (first, one) => (first && first.at <= one.at ? first : one),
    undefined,
  );
}

/** Rule 18: claims alone bring everything to an end. */
function drain(run: Run) {
  while (!isClosed(run.state)) {
    const next = nextClaim(run);
    if (!next) throw new Error(`stuck: ${JSON.stringify(run.state.cells)}`);
    apply(run, next.act, next.at);
  }
}

function within(run: Run, found: Endings.Endings, seed: number) {
  for (const { ending, tranche } of run.events) {
    if (!ending || tranche === undefined) continue;
    const listed = found.endings.find((one) => one.tranche === tranche && one.kind === ending);
    expect(listed, `seed ${seed}: tranche ${tranche} ended ${ending}`).toBeDefined();
    const sums = count(run.transfers.filter((transfer) => transfer.tranche === tranche));
    for (const party of ["client", "provider", "platform"] as const) {
      const range = listed?.[party];
      const inside = range !== undefined && sums[party] >= range.min && sums[party] <= range.max;
      expect(
        inside,
        `seed ${seed}: tranche ${tranche} ${ending} ${party} ${sums[party]} in ${range?.min}..${range?.max}`,
      ).toBe(true);
    }
  }
  const totals = count(run.transfers);
  for (const party of ["client", "provider", "platform"] as const) {
    const { worst, best } = found[party];
    const inside = totals[party] >= worst.sums[party] && totals[party] <= best.sums[party];
    expect(inside, `seed ${seed}: ${party} ${totals[party]} in ${worst.sums[party]}..${best.sums[party]}`).toBe(true);
  }
}

function inEscrow(transfers: readonly Machine.Transfer[]): bigint {
  return transfers.reduce(
    (sum, { from, to, amount }) => sum + (to === "escrow" ? amount : 0n) - (from === "escrow" ? amount : 0n),
    0n,
  );
}

describe("every random run", () => {
  test(`behavior: ends in a listed ending within the listed bounds, and empties the escrow (${RUNS} runs)`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const { agreements, steps } = sequence(seed, { alone: true, legal: 0.95 });
      const [agreement] = agreements;
      if (!agreement) continue;
      const run: Run = { state: unopened(agreement), now: 0, opened: 0, transfers: [], events: [] };
      for (const { act, now } of steps) apply(run, act, now);
      if (!isUsed(run.state) || steps.some(({ act, expected }) => act.verb === "revoke" && expected === "ok")) continue;
      drain(run);
      expect(inEscrow(run.transfers), `seed ${seed}`).toBe(0n);
      within(run, Endings.endings(agreement), seed);
    }
  });

  test(`behavior: with diligent claims no money stays longer than the longest lock (${RUNS} runs)`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = seeded(seed);
      const agreement = randomAgreement(random, CAST);
      const scene: Scene = {
        random,
        cast: CAST,
        state: unopened(agreement),
        now: START - 100,
        alone: true,
      };
      const run: Run = { state: scene.state, now: scene.now, opened: 0, transfers: [], events: [] };
      apply(run, { verb: "open", by: CAST.client, signers: [CAST.provider], fundNow: random.int(0, 255) }, scene.now);
      const { lock } = Endings.endings(agreement, { from: run.now });
      for (let k = 0; k < 60 && !isClosed(run.state); k++) {
        const { act, now } = choose({ ...scene, state: run.state, now: run.now }, {}, true, DOMAIN);
        const due = nextClaim(run);
        if (due && due.at <= now) apply(run, due.act, due.at);
        else apply(run, act, now);
      }
      drain(run);
      expect(run.now <= lock.until, `seed ${seed}: ended ${run.now}, longest lock ${lock.until}`).toBe(true);
    }
  });
});
