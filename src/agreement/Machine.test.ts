import { describe, expect, test } from "vitest";
import type { Act } from "./Act.ts";
import * as Machine from "./Machine.ts";
import { Code, cell, EPOCH, note, pack, unopened } from "./State.ts";
import { books, opened, type Play, play, refusal } from "./testing/Play.ts";
import {
  ARBITRATION,
  ARBITRATOR,
  agreement,
  CLIENT,
  CLIENT_KEY,
  classic,
  DAY,
  NO_ARBITRATION,
  NO_OUTCOME,
  PLATFORM,
  PROVIDER,
  PROVIDER_KEY,
  STRANGER,
  T0,
  tranche,
} from "./testing/Sample.ts";

const open: Act = { verb: "open", by: CLIENT, signers: [PROVIDER], fundNow: 0 };
const deliver = (tranche = 0, round = 0): Act => ({ verb: "deliver", by: PROVIDER, tranche, round });
const reject = (tranche = 0, round = 0): Act => ({ verb: "reject", by: CLIENT, tranche, round });
const accept = (tranches = 1, rounds: number[] = []): Act => ({ verb: "accept", by: CLIENT, tranches, rounds });
const claim = (tranche = 0): Act => ({ verb: "claim", by: STRANGER, tranche });
const contest = (by: "client" | "provider", tranche = 0, round = 0): Act => {
  const byClient = by === "client";
  return { verb: "contest", by: byClient ? CLIENT : PROVIDER, byClient, tranche, round };
};
const answer = (by: typeof CLIENT, tranche = 0, round = 0): Act => ({ verb: "answer", by, tranche, round });
const codes = ({ state }: Play) => state.cells.map(({ code }) => code).filter(Boolean);
const gains = ({ transfers }: Play) => {
  const sums = books(transfers);
  return {
    client: sums[CLIENT] ?? 0n,
    provider: sums[PROVIDER] ?? 0n,
    platform: sums[PLATFORM] ?? 0n,
    escrow: sums.escrow ?? 0n,
  };
};
const one = agreement();
const DUE = T0 + 30 * DAY;
const DEADLINE = DUE + 5 * DAY;

describe("rule 1: both signed", () => {
  test("behavior: opening needs both, before openBy, and once", () => {
    const state = unopened(one);
    expect(refusal(state, T0, { ...open, signers: [] } as Act)).toBe("NotAuthorised");
    expect(refusal(state, T0, { ...open, by: STRANGER, signers: [CLIENT, PROVIDER] } as Act)).toBe("none");
    expect(refusal(state, one.openBy, open)).toBe("PastOpenBy");
    expect(refusal(opened(one, T0), T0, open)).toBe("AlreadyUsed");
  });

  test("behavior: a revoked id never opens", () => {
    const revoked = play(unopened(one), [[T0, { verb: "revoke", by: PROVIDER, byClient: false }]]);
    expect(pack(revoked.state.cells)).toBe(15n);
    expect(refusal(revoked, T0, open)).toBe("AlreadyUsed");
  });

  test("behavior: delegates deliver, accept and reject, until revoked, and nothing else", () => {
    const delivered = play(opened(one, T0), [[T0, { ...deliver(), by: PROVIDER_KEY }]]);
    expect(refusal(delivered, T0, { ...accept(), by: CLIENT_KEY })).toBe("none");
    expect(refusal(delivered, T0, { ...contest("client"), by: CLIENT_KEY })).toBe("NotAuthorised");
    const revoked = play(delivered, [[T0, { verb: "revokeDelegate", by: CLIENT, byClient: true }]]);
    expect(refusal(revoked, T0, { ...accept(), by: CLIENT_KEY })).toBe("NotAuthorised");
  });

  test("error: an expired signature", () => {
    expect(refusal(opened(one, T0), T0, { ...deliver(), validUntil: T0 * 60 - 1 })).toBe("SignatureExpired");
  });
});

describe("rules 2 and 11: funding, termination, extension", () => {
  const staged = agreement([tranche({ fundBy: T0 + 6 * DAY, terminationFee: 1_000n, terminable: true })]);

  test("behavior: a staged tranche opens with its termination fee, and lapses to the provider for it", () => {
    const start = opened(staged, T0);
    expect(codes(start)).toEqual([Code.Unfunded]);
    expect(gains(start)).toEqual({ client: -1_000n, provider: 0n, platform: 0n, escrow: 1_000n });
    expect(refusal(start, T0 + 6 * DAY - 1, claim())).toBe("TooEarly");
    const lapsed = play(start, [[T0 + 6 * DAY, claim()]]);
    expect(gains(lapsed)).toEqual({ client: -1_000n, provider: 990n, platform: 10n, escrow: 0n });
  });

  test("behavior: an unfunded tranche is neither delivered, accepted nor contested", () => {
    const start = opened(staged, T0);
    expect(refusal(start, T0, deliver())).toBe("WrongStage");
    expect(refusal(start, T0, accept())).toBe("NothingToAccept");
    expect(refusal(start, T0 + 7 * DAY, contest("provider"))).toBe("WrongStage");
    const funded = play(start, [[T0 + 6 * DAY - 1, { verb: "fund", by: CLIENT, tranches: 1 }]]);
    expect(codes(funded)).toEqual([Code.Active]);
    expect(gains(funded).escrow).toBe(10_000n);
  });

  test("behavior: the client ends what has not started, delivered or not", () => {
    const terminate: Act = { verb: "terminate", by: CLIENT, tranches: 1 };
    const start = play(opened(staged, T0, 1), [[T0, deliver()]]);
    expect(refusal(start, T0 + 7 * DAY, terminate)).toBe("TooLate");
    const ended = play(start, [[T0 + 7 * DAY - 1, terminate]]);
    expect(gains(ended)).toEqual({ client: -1_000n, provider: 990n, platform: 10n, escrow: 0n });
  });

  test("behavior: an extension moves due once; the provider's price is a discount on which no fee is due", () => {
    const extendable = agreement([tranche({ extender: 2, extensionDays: 10, extensionPrice: 1_000n })]);
    const extend: Act = { verb: "extend", by: PROVIDER, tranche: 0 };
    const start = opened(extendable, T0);
    expect(refusal(start, DUE, extend)).toBe("TooLate");
    const extended = play(start, [[DUE - 1, extend]]);
    expect(refusal(extended, DUE - 1, extend)).toBe("NotExtendable");
    expect(refusal(extended, DEADLINE + 10 * DAY - 1, claim())).toBe("TooEarly");
    const paid = play(extended, [[DUE, accept()]]);
    expect(codes(paid)).toEqual([Code.Ended]);
    expect(cell(paid.state, 0).clock).toBe(10_000);
    expect(gains(paid)).toEqual({ client: -9_000n, provider: 8_910n, platform: 90n, escrow: 0n });
  });

  test("behavior: the client's price reaches the provider at once, less the fee", () => {
    const extendable = agreement([tranche({ extender: 1, extensionDays: 10, extensionPrice: 1_000n })]);
    const extended = play(opened(extendable, T0), [[T0, { verb: "extend", by: CLIENT, tranche: 0 }]]);
    expect(gains(extended)).toEqual({ client: -11_000n, provider: 990n, platform: 10n, escrow: 10_000n });
  });
});

describe("rules 6 to 9: rounds, parts, silence", () => {
  test("behavior: silence of the client pays, at the first minute after review", () => {
    const delivered = play(opened(one, T0), [[T0 + DAY, deliver()]]);
    expect(refusal(delivered, T0 + 11 * DAY, claim())).toBe("TooEarly");
    const paid = play(delivered, [[T0 + 11 * DAY + 1, claim()]]);
    expect(codes(paid)).toEqual([Code.Paid]);
    expect(gains(paid)).toEqual({ client: -10_000n, provider: 9_900n, platform: 100n, escrow: 0n });
  });

  test("behavior: review stands still in a pause", () => {
    const pauses = [{ from: T0 + 2 * DAY, until: T0 + 9 * DAY }];
    const paused = play(opened(agreement(undefined, { work: { pauses } }), T0), [[T0 + DAY, deliver()]]);
    expect(refusal(paused, T0 + 18 * DAY, reject())).toBe("none");
    expect(refusal(paused, T0 + 18 * DAY + 1, reject())).toBe("TooLate");
  });

  test("behavior: silence of the provider refunds, at the deadline", () => {
    const start = opened(one, T0);
    expect(refusal(start, DEADLINE - 1, claim())).toBe("TooEarly");
    expect(gains(play(start, [[DEADLINE, claim()]]))).toEqual({ client: 0n, provider: 0n, platform: 0n, escrow: 0n });
  });

  test("behavior: a late delivery is never paid by silence and never stops a refund", () => {
    const late = play(opened(one, T0), [[DEADLINE, deliver()]]);
    expect(gains(play(late, [[DEADLINE, claim()]])).client).toBe(0n);
    expect(codes(play(late, [[DEADLINE, accept()]]))).toEqual([Code.Paid]);
    const again = play(late, [
      [DEADLINE, reject()],
      [DEADLINE + 1, deliver(0, 1)],
    ]);
    expect(refusal(again, DEADLINE + 1, claim())).toBe("TooEarly");
    expect(note(again.state, 0).lateDays).toBe(5);
  });

  test("behavior: a rejection raises the round; three at the most", () => {
    const thrice = play(opened(one, T0), [
      [T0, deliver()],
      [T0, reject()],
      [T0, deliver(0, 1)],
      [T0, reject(0, 1)],
      [T0, deliver(0, 2)],
      [T0, reject(0, 2)],
      [T0, deliver(0, 3)],
    ]);
    expect(refusal(thrice, T0, reject(0, 3))).toBe("NoRejectionsLeft");
    expect(refusal(thrice, T0, accept(1, [2]))).toBe("NothingToAccept");
    expect(refusal(thrice, T0, accept(1, [3]))).toBe("none");
    expect(refusal(thrice, T0, contest("client", 0, 3))).toBe("none");
  });

  test("behavior: a part is paid at once, the rest by a later acceptance", () => {
    const part: Act = { verb: "acceptPart", by: CLIENT, tranche: 0, round: 0, shareBps: 4_000 };
    const taken = play(opened(one, T0), [
      [T0, deliver()],
      [T0, part],
    ]);
    expect(gains(taken)).toMatchObject({ provider: 3_960n, platform: 40n, escrow: 6_000n });
    expect(codes(taken)).toEqual([Code.Rejected]);
    const lapsed = play(taken, [[T0 + 5 * DAY + 1, claim()]]);
    expect(cell(lapsed.state, 0)).toMatchObject({ code: Code.Ended, clock: 4_000 });
    expect(gains(lapsed)).toEqual({ client: -4_000n, provider: 3_960n, platform: 40n, escrow: 0n });
    const paid = play(taken, [[T0, accept(1, [1])]]);
    expect(gains(paid)).toEqual({ client: -10_000n, provider: 9_900n, platform: 100n, escrow: 0n });
    const again = play(taken, [[T0, deliver(0, 1)]]);
    expect(refusal(again, T0, { ...part, round: 1 } as Act)).toBe("ShareTaken");
  });

  test("behavior: one act accepts several and skips those in another round", () => {
    const two = agreement([tranche(), tranche()]);
    const start = play(opened(two, T0), [
      [T0, deliver()],
      [T0, reject()],
    ]);
    expect(codes(play(start, [[T0, accept(3)]]))).toEqual([Code.Rejected, Code.Paid]);
  });

  test("behavior: fees of tranches paid in one piece wait for the close", () => {
    const two = play(opened(agreement([tranche(), tranche()]), T0), [[T0, accept(1)]]);
    expect(gains(two)).toMatchObject({ provider: 9_900n, platform: 0n, escrow: 10_100n });
    expect(gains(play(two, [[DEADLINE, claim(1)]]))).toEqual({
      client: -10_000n,
      provider: 9_900n,
      platform: 100n,
      escrow: 0n,
    });
  });
});

describe("rule 5: sequential terms", () => {
  const two = agreement([tranche(), tranche()], { work: { sequential: true } });

  test("behavior: the next waits until the one before is delivered, and its deadline moves by the time it was blocked", () => {
    const start = opened(two, T0);
    expect(codes(start)).toEqual([Code.Active, Code.Waiting]);
    expect(refusal(start, T0, deliver(1))).toBe("WrongStage");
    const unblocked = play(start, [[T0 + 20 * DAY, deliver()]]);
    expect(codes(unblocked)).toEqual([Code.Delivered, Code.Active]);
    expect(refusal(unblocked, DEADLINE + 13 * DAY - 1, claim(1))).toBe("TooEarly");
    const second = play(unblocked, [[T0 + 21 * DAY, deliver(1)]]);
    expect(note(second.state, 1).shift).toBe(13 * DAY);
  });

  test("behavior: an unfunded one keeps the minute at which it was unblocked", () => {
    const staged = agreement([tranche(), tranche({ fundBy: T0 + 6 * DAY })], { work: { sequential: true } });
    const fund: Act = { verb: "fund", by: CLIENT, tranches: 2 };
    expect(cell(opened(staged, T0).state, 1).clock).toBe(1);
    expect(codes(play(opened(staged, T0), [[T0, fund]]))).toEqual([Code.Active, Code.Waiting]);
    const unblocked = play(opened(staged, T0), [
      [T0 + DAY, deliver()],
      [T0 + 2 * DAY, fund],
    ]);
    expect(cell(unblocked.state, 1)).toMatchObject({ code: Code.Active, clock: T0 + DAY - EPOCH });
  });
});

describe("rules 14 to 16: disputes", () => {
  const contested = () =>
    play(opened(one, T0), [
      [T0, deliver()],
      [T0, contest("client")],
    ]);
  const disputed = () => play(contested(), [[T0, answer(PROVIDER)]]);
  const ruling = (choice: bigint): Act => ({
    verb: "rulePanel",
    by: ARBITRATOR,
    tranche: 0,
    ruling: choice,
    payees: [STRANGER],
  });

  test("behavior: who contests posts a deposit; silence forfeits to the contester", () => {
    expect(gains(contested()).client).toBe(-10_500n);
    expect(refusal(contested(), T0 + 5 * DAY, claim())).toBe("TooEarly");
    expect(gains(play(contested(), [[T0 + 5 * DAY + 1, claim()]]))).toEqual({
      client: 0n,
      provider: 0n,
      platform: 0n,
      escrow: 0n,
    });
    const byProvider = play(opened(one, T0), [
      [T0, deliver()],
      [T0, reject()],
      [T0, contest("provider", 0, 1)],
    ]);
    expect(gains(play(byProvider, [[T0 + 5 * DAY + 1, claim()]]))).toEqual({
      client: -10_000n,
      provider: 9_900n,
      platform: 100n,
      escrow: 0n,
    });
  });

  test("behavior: silence on an undelivered one gives the fallback share", () => {
    expect(refusal(opened(one, T0), T0 + 7 * DAY - 1, contest("provider"))).toBe("TooEarly");
    const start = play(opened(one, T0), [[T0 + 7 * DAY, contest("provider")]]);
    const ended = play(start, [[T0 + 12 * DAY + 1, claim()]]);
    expect(gains(ended)).toEqual({ client: -5_000n, provider: 4_950n, platform: 50n, escrow: 0n });
  });

  test("behavior: the panel rules and pays; one deposit is its fee, the other is split like the tranche", () => {
    const ruled = play(disputed(), [[T0, ruling(81n)]]);
    expect(cell(ruled.state, 0)).toMatchObject({ code: Code.Ended, clock: 8_000 });
    expect(gains(ruled)).toEqual({ client: -8_400n, provider: 7_920n - 100n, platform: 80n, escrow: 0n });
    expect(books(ruled.transfers)[STRANGER]).toBe(500n);
  });

  test("behavior: a silent arbitrator means the fallback, deposits back", () => {
    expect(refusal(disputed(), T0 + 30 * DAY, claim())).toBe("TooEarly");
    const ended = play(disputed(), [[T0 + 30 * DAY + 1, claim()]]);
    expect(gains(ended)).toEqual({ client: -5_000n, provider: 4_950n, platform: 50n, escrow: 0n });
  });

  test("behavior: who fronts an arbitrator's cost gets a deposit, and the ruling counts when recorded in time", () => {
    const any = agreement(undefined, { arbitration: { ...ARBITRATION, panel: false } });
    const start = play(opened(any, T0), [
      [T0, deliver()],
      [T0, contest("client")],
      [T0, answer(PROVIDER)],
    ]);
    const arbitrate: Act = { verb: "arbitrate", by: STRANGER, tranche: 0, cost: 5n, number: 7n };
    expect(refusal(start, T0, { ...arbitrate, cost: 10n ** 18n } as Act)).toBe("CostOverCap");
    const fronted = play(start, [[T0, arbitrate]]);
    const rule: Act = { verb: "rule", by: ARBITRATOR, number: 7n, ruling: 1n };
    const ruled = play(fronted, [[T0 + 30 * DAY, rule]]);
    expect(refusal(ruled, T0 + 40 * DAY, claim())).toBe("WrongDisputeNumber");
    const ended = play(ruled, [[T0 + 40 * DAY, { ...claim(), number: 7n } as Act]]);
    expect(gains(ended)).toEqual({ client: 0n, provider: -500n, platform: 0n, escrow: 0n });
    const late = play(fronted, [
      [T0 + 30 * DAY + 1, rule],
      [T0 + 40 * DAY, { ...claim(), number: 7n } as Act],
    ]);
    expect(gains(late)).toEqual({ client: -5_250n, provider: 4_950n - 250n, platform: 50n, escrow: 0n });
  });

  test("behavior: a panel that only recorded its ruling is credited", () => {
    const { state } = disputed();
    const rule: Act = { verb: "rule", by: ARBITRATOR, number: Machine.panelNumber(state.id, 0), ruling: 101n };
    const ended = play(disputed(), [
      [T0, rule],
      [T0, claim()],
    ]);
    expect(ended.state.credits).toEqual({ [ARBITRATOR]: 500n });
    expect(gains(ended)).toMatchObject({ client: -10_500n, provider: 9_900n, platform: 100n });
  });

  test("behavior: acceptance after all ends a dispute as if ruled for the provider", () => {
    expect(gains(play(disputed(), [[T0, accept()]]))).toEqual({
      client: -10_000n,
      provider: 9_900n,
      platform: 100n,
      escrow: 0n,
    });
  });

  test("behavior: a tranche under twice the deposit, or without arbitrator, ends by the fallback at once", () => {
    for (const arbitration of [NO_ARBITRATION, { ...ARBITRATION, deposit: 6_000n }]) {
      const ended = play(opened(agreement(undefined, { arbitration }), T0), [
        [T0, deliver()],
        [T0, contest("client")],
      ]);
      expect(gains(ended)).toEqual({ client: -5_000n, provider: 4_950n, platform: 50n, escrow: 0n });
    }
  });

  test("behavior: a ruling on what has ended changes nothing", () => {
    const paid = play(disputed(), [[T0, accept()]]);
    expect(refusal(paid, T0, ruling(1n))).toBe("WrongStage");
    expect(refusal(paid, T0, { verb: "rule", by: ARBITRATOR, number: 1n, ruling: 1n })).toBe("none");
  });
});

describe("rule 13: pay by result, the classic case", () => {
  const report = (value: bigint): Act => ({ verb: "report", by: STRANGER, value, attested: true });
  const MEASURED = T0 + 180 * DAY;

  test.each([
    [45_000n, { client: -70_000n, provider: 69_300n }],
    [50_000n, { client: -100_000n, provider: 99_000n }],
    [60_000n, { client: -115_000n, provider: 113_850n }],
  ])("behavior: %s daily users", (users, expected) => {
    const ended = play(opened(classic(), T0), [
      [T0, accept(7)],
      [MEASURED, report(users)],
      [MEASURED + 10 * DAY + 1, claim(3)],
    ]);
    expect(gains(ended)).toMatchObject({ ...expected, escrow: 0n });
  });

  test("behavior: it is scaled by what was paid of the milestones", () => {
    const start = play(opened(classic(), T0), [
      [T0, deliver(1)],
      [T0, accept(1)],
      [T0, deliver(2)],
    ]);
    const part: Act = { verb: "acceptPart", by: CLIENT, tranche: 1, round: 0, shareBps: 2_500 };
    const paid = play(start, [
      [T0, part],
      [T0, accept(4)],
      [T0 + 5 * DAY + 1, claim(1)],
    ]);
    const ended = play(paid, [
      [MEASURED, report(60_000n)],
      [MEASURED + 10 * DAY + 1, claim(3)],
    ]);
    const milestones = 20_000n + 5_000n + 30_000n;
    expect(gains(ended).client).toBe(-(milestones + (45_000n * milestones) / 70_000n));
  });

  test("behavior: with 45,000 of 70,000 paid, 60,000 users bring 28,928", () => {
    const amounts = [45_000n, 25_000n];
    const milestones = amounts.map((amount) => tranche({ amount }));
    const { work, outcome, arbitration } = classic();
    const last = work.tranches[3] ?? tranche();
    const deal = { ...agreement([...milestones, last], { work: { payByResult: true }, arbitration }), outcome };
    const ended = play(opened(deal, T0), [
      [T0, accept(1)],
      [DEADLINE, claim(1)],
      [MEASURED, report(60_000n)],
      [MEASURED + 10 * DAY + 1, claim(2)],
    ]);
    expect(gains(ended).client).toBe(-73_928n);
  });

  test("behavior: a silent reporter means the default; nothing settles before the milestones", () => {
    const start = opened(classic(), T0);
    expect(refusal(start, T0 + 200 * DAY, claim(3))).toBe("MilestonesOpen");
    const paid = play(start, [[T0, accept(7)]]);
    expect(refusal(paid, T0 + 200 * DAY - 1, claim(3))).toBe("TooEarly");
    expect(gains(play(paid, [[T0 + 200 * DAY, claim(3)]])).client).toBe(-70_000n);
  });

  test("behavior: days late and share accepted need no reporter", () => {
    const points = [
      { value: 0n, pay: 1_000n },
      { value: 2n, pay: 0n },
    ];
    const last = tranche({ amount: 1_000n, cure: 0 });
    const late = agreement([tranche(), last], {
      work: { payByResult: true },
      outcome: { ...NO_OUTCOME, metric: 2, lines: true, points },
    });
    const paid = (minute: number) =>
      play(opened(late, T0), [
        [minute, deliver()],
        [minute, accept()],
        [minute, claim(1)],
      ]);
    expect(gains(paid(DUE)).client).toBe(-11_000n);
    expect(gains(paid(DUE + 1)).client).toBe(-10_500n);
    expect(gains(paid(DUE + DAY + 1)).client).toBe(-10_000n);
    const bySharePoints = [
      { value: 0n, pay: 0n },
      { value: 10_000n, pay: 1_000n },
    ];
    const share = agreement([tranche(), last], {
      work: { payByResult: true },
      outcome: { ...NO_OUTCOME, metric: 3, lines: true, points: bySharePoints },
    });
    const part: Act = { verb: "acceptPart", by: CLIENT, tranche: 0, round: 0, shareBps: 6_000 };
    const half = play(opened(share, T0), [
      [T0, deliver()],
      [T0, part],
      [T0 + 5 * DAY + 1, claim()],
      [T0 + 6 * DAY, claim(1)],
    ]);
    expect(gains(half).client).toBe(-6_600n);
  });
});

describe("rules 10 and 12: change order and settlement", () => {
  const settle = (toProvider: bigint, toClient: bigint, deposits = 0n): Act => {
    return {
      verb: "settle",
      by: CLIENT,
      signers: [PROVIDER],
      toProvider,
      toClient,
      depositsToProvider: 0n,
      depositsToClient: deposits,
    };
  };

  test("behavior: any split of all that is held, deposits included", () => {
    const contested = play(opened(one, T0), [
      [T0, deliver()],
      [T0, contest("client")],
    ]);
    expect(refusal(contested, T0, settle(3_000n, 7_001n, 500n))).toBe("BadSplit");
    const settled = play(contested, [[T0, settle(3_000n, 7_000n, 500n)]]);
    expect(gains(settled)).toEqual({ client: -3_000n, provider: 2_970n, platform: 30n, escrow: 0n });
    expect(refusal(settled, T0, settle(0n, 0n))).toBe("NotOpen");
  });

  test("behavior: a change order takes the money along, refused while contested", () => {
    const start = opened(one, T0);
    const next = agreement([tranche({ amount: 8_000n })], { replaces: start.state.id });
    const amend: Act = {
      verb: "amend",
      by: CLIENT,
      signers: [PROVIDER],
      fundNow: 0,
      next,
      nextId: `0x${"01".repeat(32)}`,
    };
    const change = Machine.decide(start.state, amend, T0);
    expect(change).toMatchObject({
      transfers: [{ amount: 2_000n, part: "client" }],
      next: { id: `0x${"01".repeat(32)}` },
    });
    const contested = play(start, [
      [T0, deliver()],
      [T0, contest("client")],
    ]);
    expect(refusal(contested, T0, amend)).toBe("WrongStage");
    const mismatch = { ...amend, next: agreement([tranche()], { replaces: `0x${"02".repeat(32)}` }) };
    expect(refusal(start, T0, mismatch)).toBe("ReplacesMismatch");
  });
});

describe("rules 17 and 19: payment cannot be blocked, acts are relayed", () => {
  test("behavior: a refused push is a credit of the party, not of its payee, and can be sent elsewhere", () => {
    const token = { refuses: (to: string) => to === STRANGER || to === PROVIDER };
    const paid = play(
      opened(one, T0),
      [
        [T0, { verb: "namePayee", by: PROVIDER, payee: STRANGER }],
        [T0, accept()],
      ],
      token,
    );
    expect(paid.state.credits).toEqual({ [PROVIDER]: 9_900n });
    expect(play(paid, [[T0, { verb: "push", by: STRANGER, owner: PROVIDER }]], token).state.credits).toEqual({
      [PROVIDER]: 9_900n,
    });
    const redirect: Act = { verb: "redirect", by: PROVIDER, owner: PROVIDER, to: PROVIDER_KEY, amount: 9_900n };
    expect(books(play(paid, [[T0, redirect]], token).transfers)[PROVIDER_KEY]).toBe(9_900n);
    expect(refusal(paid, T0, { ...redirect, by: STRANGER } as Act, token)).toBe("NotAuthorised");
    expect(refusal(paid, T0, { ...redirect, amount: 9_901n } as Act, token)).toBe("CreditTooLow");
  });

  test("behavior: money that does not arrive whole changes nothing", () => {
    const taking = { arrives: (_: string, amount: bigint) => amount - 1n };
    expect(refusal(unopened(one), T0, open, taking)).toBe("InexactTransfer");
    expect(refusal(unopened(one), T0, open, { arrives: () => undefined })).toBe("TransferFailed");
  });

  test("behavior: a tip comes out of what the signer is paid, else from its account", () => {
    const tip = { to: STRANGER, amount: 40n };
    const paid = play(opened(one, T0), [
      [T0, { ...deliver(), tip }],
      [T0 + 20 * DAY, claim()],
    ]);
    expect(books(paid.transfers)).toMatchObject({ [STRANGER]: 40n, [PROVIDER]: 9_860n });
    const refunded = play(opened(agreement([tranche({ terminable: true })]), T0), [
      [T0, { verb: "terminate", by: CLIENT, tranches: 1, tip }],
    ]);
    expect(gains(refunded)).toMatchObject({ client: -40n, escrow: 0n });
  });

  test("error: a branch that the act needs is missing", () => {
    expect(refusal(opened(one, T0), T0, { ...accept(), branches: ["parties"] })).toBe("BranchMissing");
  });
});
