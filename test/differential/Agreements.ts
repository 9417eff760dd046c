/** Random agreements that are valid, with every clause in use somewhere. */
import type { Address, Agreement, Arbitration, Hex, Outcome, Pause, Tranche } from "../../src/agreement/Agreement.ts";
import { validateAgreement } from "../../src/agreement/Validity.ts";
import type { Random } from "./Random.ts";

/** Who plays. */
export type Cast = {
  client: Address;
  provider: Address;
  clientDelegate: Address;
  providerDelegate: Address;
  /** Panel speaking the escrow's own interface. */
  panel: Address;
  /** ERC-792 arbitrator. */
  arbitrator: Address;
  source: Address;
  token: Address;
  platform: Address;
  payee: Address;
  stranger: Address;
};

export const ZERO: Address = `0x${"00".repeat(20)}`;
const NO_ID: Hex = `0x${"00".repeat(32)}`;
/** 2027-03-01T00:00Z in Unix minutes: no agreement starts before. */
export const START = 30_064_320;
export const MIN_WINDOW = 4320;
const DAY = 1440;

/** @param from Minute before which it does not close for opening. */
export function agreement(random: Random, cast: Cast, from = START, replaces: Hex = NO_ID): Agreement {
  for (;;) {
    const candidate = attempt(random, cast, from, replaces);
    if (validateAgreement(candidate).length === 0) return candidate;
  }
}

function attempt(random: Random, cast: Cast, from: number, replaces: Hex): Agreement {
  const { int, chance, pick } = random;
  const openBy = from + int(1, 4 * DAY);
  const milestones = chance(0.1) ? int(4, 7) : int(1, 3);
  const feeBps = chance(0.15) ? 0 : int(1, 300);
  const scale = pick([100n, 10_000n, 10n ** 9n, 10n ** 24n]);
  let start = openBy + int(-2 * DAY, 10 * DAY);
  const tranches = Array.from({ length: milestones }, () => {
    const one = milestone(random, { openBy, start, scale });
    start += int(0, 20 * DAY);
    return one;
  });
  const payByResult = chance(0.55);
  if (payByResult)
    tranches.push(outcomeTranche(random, { openBy, start, scale, last: tranches.at(-1)?.start ?? start }));
  return {
    parties: {
      client: cast.client,
      provider: cast.provider,
      clientDelegate: chance(0.7) ? cast.clientDelegate : ZERO,
      providerDelegate: chance(0.7) ? cast.providerDelegate : ZERO,
    },
    document: `0x${random
      .big(1n, 2n ** 62n)
      .toString(16)
      .padStart(64, "0")}`,
    replaces,
    openBy,
    work: {
      token: cast.token,
      feeRecipient: cast.platform,
      feeBps,
      sequential: chance(0.5),
      payByResult,
      tranches,
      pauses: chance(0.4) ? pauses(random, from) : [],
    },
    arbitration: arbitration(random, cast, scale),
    outcome: payByResult ? outcome(random, cast, tranches.at(-1)?.amount ?? 1n) : NO_OUTCOME,
  };
}

const NO_OUTCOME: Outcome = { source: ZERO, metric: 0, lines: false, defaultValue: 0n, points: [] };

function milestone({ int, big, chance, pick }: Random, at: { openBy: number; start: number; scale: bigint }): Tranche {
  const amount = big(1n, at.scale) + 100n;
  const due = Math.max(at.openBy, at.start) + int(0, 20 * DAY);
  const extender = pick([0, 0, 1, 2] as const);
  const canFundLater = at.start >= at.openBy;
  return {
    amount,
    start: at.start,
    due,
    review: int(MIN_WINDOW, 12 * DAY),
    cure: int(MIN_WINDOW, 8 * DAY),
    fundBy: canFundLater && chance(0.35) ? int(at.openBy, at.start) : 0,
    terminable: chance(0.5),
    terminationFee: chance(0.5) ? big(0n, amount) : 0n,
    extender,
    extensionDays: extender === 0 ? 0 : int(1, 20),
    extensionPrice: extender === 0 || chance(0.2) ? 0n : big(0n, amount - 1n),
  };
}

function outcomeTranche(
  { int, big, chance }: Random,
  at: { openBy: number; start: number; scale: bigint; last: number },
): Tranche {
  const amount = big(1n, at.scale) + 100n;
  const start = at.start + int(0, 60 * DAY);
  return {
    amount,
    start,
    due: Math.max(at.openBy, start) + int(1, 20 * DAY),
    review: int(MIN_WINDOW, 12 * DAY),
    cure: 0,
    fundBy: at.last >= at.openBy && chance(0.35) ? int(at.openBy, at.last) : 0,
    terminable: chance(0.4),
    terminationFee: chance(0.5) ? big(0n, amount) : 0n,
    extender: 0,
    extensionDays: 0,
    extensionPrice: 0n,
  };
}

function outcome({ int, big, chance, pick }: Random, cast: Cast, amount: bigint): Outcome {
  const metric = pick([1, 1, 1, 2, 3] as const);
  const step = metric === 1 ? 10_000n : metric === 2 ? 5n : 4_000n;
  let value = 0n;
  const points = Array.from({ length: int(1, 5) }, (_, index) => {
    value += index === 0 ? 0n : big(1n, step);
    return { value, pay: big(0n, amount) };
  });
  const pays = points.map(({ pay }) => pay);
  if (chance(0.5)) pays.sort((a, b) => (a < b ? -1 : 1));
  return {
    source: metric === 1 ? cast.source : ZERO,
    metric,
    lines: chance(0.5),
    defaultValue: metric === 1 ? big(0n, 20_000n) : 0n,
    points: points.map(({ value }, index) => ({ value, pay: pays[index] ?? 0n })),
  };
}

function arbitration({ int, big, pick }: Random, cast: Cast, scale: bigint): Arbitration {
  const fallbackBps = pick([0, 5_000, 10_000, int(0, 10_000)]);
  const kind = pick(["none", "panel", "panel", "any", "any"]);
  const none = {
    arbitrator: ZERO,
    panel: false,
    deposit: 0n,
    answerWithin: 0,
    ruleWithin: 0,
    fallbackBps,
    maxCost: 0n,
    extraData: "0x",
  } as const;
  if (kind === "none") return none;
  const deposit = pick([0n, big(1n, 60n), big(1n, scale / 2n)]);
  const answerWithin = int(MIN_WINDOW, 6 * DAY);
  const ruleWithin = answerWithin + int(MIN_WINDOW, 20 * DAY);
  const panel = kind === "panel";
  const arbitrator = panel ? cast.panel : cast.arbitrator;
  return {
    arbitrator,
    panel,
    deposit,
    answerWithin,
    ruleWithin,
    fallbackBps,
    maxCost: 1_000n,
    extraData: pick(["0x", "0x01ff"]),
  };
}

function pauses({ int }: Random, from: number): Pause[] {
  let at = from + int(-5 * DAY, 20 * DAY);
  return Array.from({ length: int(1, 4) }, () => {
    const pause = { from: at, until: at + int(1, 12 * DAY) };
    at = pause.until + int(0, 30 * DAY);
    return pause;
  });
}
