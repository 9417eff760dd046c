/** Agreements for tests: one milestone a week from opening, changed field by field. */
import type { Address, Agreement, Arbitration, Outcome, Tranche, Work } from "../Agreement.ts";
import { ZERO } from "../State.ts";

const who = (digit: string): Address => `0x${digit.repeat(40)}`;

export const CLIENT = who("1");
export const PROVIDER = who("2");
export const CLIENT_KEY = who("3");
export const PROVIDER_KEY = who("4");
export const ARBITRATOR = who("5");
export const SOURCE = who("6");
export const TOKEN = who("7");
export const PLATFORM = who("8");
export const STRANGER = who("9");

export const DAY = 1440;
/** 2027-03-01T00:00Z in Unix minutes. */
export const T0 = 30_064_320;

export function tranche(change: Partial<Tranche> = {}): Tranche {
  return {
    amount: 10_000n,
    start: T0 + 7 * DAY,
    due: T0 + 30 * DAY,
    review: 10 * DAY,
    cure: 5 * DAY,
    fundBy: 0,
    terminable: false,
    terminationFee: 0n,
    extender: 0,
    extensionDays: 0,
    extensionPrice: 0n,
    ...change,
  };
}

export const NO_OUTCOME: Outcome = { source: ZERO, metric: 0, lines: false, defaultValue: 0n, points: [] };

export const ARBITRATION: Arbitration = {
  arbitrator: ARBITRATOR,
  panel: true,
  deposit: 500n,
  answerWithin: 5 * DAY,
  ruleWithin: 30 * DAY,
  fallbackBps: 5_000,
  maxCost: 10n ** 17n,
  extraData: "0x",
};

export const NO_ARBITRATION: Arbitration = {
  arbitrator: ZERO,
  panel: false,
  deposit: 0n,
  answerWithin: 0,
  ruleWithin: 0,
  fallbackBps: 5_000,
  maxCost: 0n,
  extraData: "0x",
};

/** What differs from the sample. */
type Change = Partial<Omit<Agreement, "work">> & { work?: Partial<Work> };

export function agreement(tranches: readonly Tranche[] = [tranche()], { work, ...change }: Change = {}): Agreement {
  return {
    document: `0x${"ab".repeat(32)}`,
    replaces: `0x${"00".repeat(32)}`,
    openBy: T0 + 5 * DAY,
    parties: { client: CLIENT, provider: PROVIDER, clientDelegate: CLIENT_KEY, providerDelegate: PROVIDER_KEY },
    work: {
      token: TOKEN,
      feeRecipient: PLATFORM,
      feeBps: 100,
      sequential: false,
      payByResult: false,
      pauses: [],
      ...work,
      tranches,
    },
    arbitration: ARBITRATION,
    outcome: NO_OUTCOME,
    ...change,
  };
}

/** The classic case: 70,000 in milestones, an outcome of at most 45,000 by daily users against a target of 50,000. */
export function classic(change: Omit<Change, "outcome"> = {}): Agreement {
  const milestones = [20_000n, 20_000n, 30_000n].map((amount, index) =>
    tranche({ amount, start: T0 + (7 + 30 * index) * DAY, due: T0 + (37 + 30 * index) * DAY }),
  );
  const last = tranche({ amount: 45_000n, start: T0 + 180 * DAY, due: T0 + 200 * DAY, cure: 0 });
  const points = [
    { value: 0n, pay: 0n },
    { value: 50_000n, pay: 30_000n },
    { value: 60_000n, pay: 45_000n },
  ];
  const outcome: Outcome = { source: SOURCE, metric: 1, lines: false, defaultValue: 0n, points };
  return agreement([...milestones, last], { ...change, work: { payByResult: true, ...change.work }, outcome });
}
