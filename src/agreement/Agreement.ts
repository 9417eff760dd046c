/**
 * What the ledger needs to know of an agreement, and nothing else: what both parties sign as one EIP-712 hash.
 * The readable document is `Terms`; `Terms.toAgreement` computes this from it.
 *
 * Times are whole Unix minutes, windows are minutes, amounts are token base units, shares are bps.
 */

export type Hex = `0x${string}`;
export type Address = Hex;

export type Parties = {
  client: Address;
  provider: Address;
  /** May sign only deliver, accept and reject for the client; zero address when there is none. */
  clientDelegate: Address;
  providerDelegate: Address;
};

/** One milestone, or (last, with `payByResult`) the outcome: then start = measured from, due = report by, review = challenge window. */
export type Tranche = {
  amount: bigint;
  start: number;
  due: number;
  review: number;
  cure: number;
  /** 0: funded at opening; else the minute until which the client must have funded it. */
  fundBy: number;
  terminable: boolean;
  terminationFee: bigint;
  /** Who may take the extension: 0 nobody, 1 client, 2 provider. */
  extender: 0 | 1 | 2;
  extensionDays: number;
  extensionPrice: bigint;
};

/** Half-open interval of UTC minutes in which review windows stand still. */
export type Pause = { from: number; until: number };

export type Work = {
  token: Address;
  feeRecipient: Address;
  feeBps: number;
  sequential: boolean;
  payByResult: boolean;
  tranches: readonly Tranche[];
  pauses: readonly Pause[];
};

export type Arbitration = {
  /** Zero address: no arbitration, contesting applies the fallback share. */
  arbitrator: Address;
  panel: boolean;
  deposit: bigint;
  answerWithin: number;
  ruleWithin: number;
  fallbackBps: number;
  /** Most that an ERC-792 arbitrator may cost, in wei. */
  maxCost: bigint;
  extraData: Hex;
};

/** 0 none, 1 reported by `source`, 2 days late, 3 share accepted (bps). */
export type Metric = 0 | 1 | 2 | 3;

export type Point = { value: bigint; pay: bigint };

export type Outcome = {
  source: Address;
  metric: Metric;
  /** true: linear between points, floored; false: steps. */
  lines: boolean;
  /** The metric's value that counts when the reporter is silent. */
  defaultValue: bigint;
  points: readonly Point[];
};

export type Agreement = {
  document: Hex;
  /** Id of the agreement that this one is a change order for, or zero. */
  replaces: Hex;
  openBy: number;
  parties: Parties;
  work: Work;
  arbitration: Arbitration;
  outcome: Outcome;
};
