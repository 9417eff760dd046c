/**
 * Every run of a small agreement: all verbs by all parties at all instants that matter, on `decide` itself, knowing
 * nothing of stages. Slow and simple on purpose: `Endings` must find the same.
 */
import type { Act } from "../Act.ts";
import type { Agreement } from "../Agreement.ts";
import { count, type Sums } from "../endings/Explore.ts";
import * as Machine from "../Machine.ts";
import * as Clock from "../machine/Clock.ts";
import * as Refusal from "../Refusal.ts";
import { cell, isClosed, isTerminal, note, pack, type State, unopened } from "../State.ts";

export type Options = {
  from: number;
  shares: readonly number[];
  rulings: readonly bigint[];
  values: readonly bigint[];
  /** Whatever can be claimed is claimed in its first minute: what remains is how long money can be locked at most. */
  diligent?: boolean;
  /** Only the minutes beside each boundary, not the first possible one. */
  lateOnly?: boolean;
  /** Fewer than three rejections: money does not depend on how many. */
  rejections?: number;
};

export type Outcome = {
  /** By tranche and kind, what each can gain: lowest and highest. */
  kinds: Map<string, Record<keyof Sums, [bigint, bigint]>>;
  totals: Record<keyof Sums, [bigint, bigint]>;
  /** Last minute at which one ends. */
  until: number;
  states: number;
};

type Node = { state: State; now: number; sums: Sums[] };

const PARTIES = ["client", "provider", "platform"] as const;

export function run(agreement: Agreement, options: Options): Outcome {
  const kinds: Outcome["kinds"] = new Map();
  const totals = { client: undefined, provider: undefined, platform: undefined } as unknown as Outcome["totals"];
  const seen = new Set<string>();
  const { tranches } = agreement.work;
  const zero = tranches.map((): Sums => ({ client: 0n, provider: 0n, platform: 0n }));
  const queue: Node[] = [];
  let until = 0;
  const { client, provider } = agreement.parties;
  for (let fundNow = 0; fundNow < 2 ** tranches.length; fundNow++) {
    if (tranches.some(({ fundBy }, i) => fundBy === 0 && (fundNow >> i) & 1)) continue;
    const open: Act = { verb: "open", by: client, signers: [provider], fundNow };
    visit({ state: unopened(agreement), now: options.from, sums: zero }, open, options.from);
  }
  while (queue.length > 0) {
    const node = queue.pop();
    if (!node) break;
    const claims = claimables(node);
    const first = Math.min(...claims.map(([, at]) => at));
    for (const at of instants(node, options.lateOnly ?? false)) {
      if (options.diligent && at > first) continue;
      const isForced = options.diligent && at === first;
      for (const act of acts(node.state, options)) {
        if (!isForced || act.verb === "claim") visit(node, act, at);
      }
    }
  }
  return { kinds, totals, until, states: seen.size };

  function visit(node: Node, act: Act, at: number) {
    const change = Machine.decide(node.state, act, at);
    if (Refusal.is(change)) return;
    const sums = node.sums.map((sum, i) => {
      const gain = count(change.transfers.filter(({ tranche }) => tranche === i));
      return {
        client: sum.client + gain.client,
        provider: sum.provider + gain.provider,
        platform: sum.platform + gain.platform,
      };
    });
    for (const { ending, tranche } of change.events)
      if (ending && tranche !== undefined) widenAll(kinds, `${tranche} ${ending}`, sums[tranche]);
    const { state } = change;
    if (isClosed(state)) {
      until = Math.max(until, at);
      for (const party of PARTIES)
        widen(
          totals,
          party,
          sums.reduce((all, sum) => all + sum[party], 0n),
        );
      return;
    }
    const key = [
      pack(state.cells),
      at,
      JSON.stringify(state.notes, (_, value) => (typeof value === "bigint" ? String(value) : value)),
      state.rulings.map(({ ruling, minute }) => `${ruling}@${minute}`),
      sums.map((sum) => `${sum.client} ${sum.provider}`),
    ].join("|");
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ state, now: at, sums });
  }
}

function widenAll(kinds: Outcome["kinds"], key: string, sums: Sums | undefined) {
  if (!sums) return;
  const ranges = kinds.get(key) ?? ({} as Record<keyof Sums, [bigint, bigint]>);
  for (const party of PARTIES) widen(ranges, party, sums[party]);
  kinds.set(key, ranges);
}

function widen(ranges: Record<keyof Sums, [bigint, bigint]>, party: keyof Sums, sum: bigint) {
  const [min, max] = ranges[party] ?? [sum, sum];
  ranges[party] = [sum < min ? sum : min, sum > max ? sum : max];
}

/** When each open tranche could be ended by anyone. */
function claimables({ state, now }: Node): [tranche: number, at: number][] {
  const { tranches } = state.agreement.work;
  return [...tranches.keys()].flatMap((i): [number, number][] => {
    if (isTerminal(cell(state, i))) return [];
    const at = [now, ...boundaries(state, now)].find(
      (minute) => !Refusal.is(Machine.decide(state, claim(state, i), minute)),
    );
    return at === undefined ? [] : [[i, at]];
  });
}

const claim = (state: State, tranche: number): Act => ({
  verb: "claim",
  by: STRANGER,
  tranche,
  number: state.cases[tranche]?.number ?? 0n,
});
const STRANGER = `0x${"99".repeat(20)}` as const;

function boundaries(state: State, now: number): number[] {
  const { tranches } = state.agreement.work;
  const minutes = tranches.flatMap(({ start, due, fundBy }, i) => {
    if (isTerminal(cell(state, i))) return [];
    return [
      start,
      due,
      fundBy,
      Clock.due(state, i),
      Clock.claimableAt(state, i) ?? now,
      note(state, i).extended ? now : due,
    ];
  });
  return [...new Set(minutes)].filter((minute) => minute > now).sort((a, b) => a - b);
}

function instants({ state, now }: Node, lateOnly: boolean): number[] {
  const ahead = boundaries(state, now).flatMap((minute) => [minute - 1, minute]);
  return [...new Set(lateOnly && ahead.length > 0 ? ahead : [now, ...ahead])].filter((minute) => minute >= now);
}

function acts(state: State, { shares, rulings, values, rejections = 3 }: Options): Act[] {
  const { parties, arbitration, work } = state.agreement;
  const { client, provider } = parties;
  const all: Act[] = values.map((value) => ({ verb: "report", by: STRANGER, value, attested: true }));
  const rounds = state.cells.map(({ round }) => round);
  for (const tranche of work.tranches.keys()) {
    if (isTerminal(cell(state, tranche))) continue;
    const round = rounds[tranche] ?? 0;
    const tranches = 1 << tranche;
    all.push(
      claim(state, tranche),
      { verb: "fund", by: client, tranches },
      { verb: "terminate", by: client, tranches },
    );
    all.push({ verb: "accept", by: client, tranches, rounds }, { verb: "deliver", by: provider, tranche, round });
    if (round < rejections) all.push({ verb: "reject", by: client, tranche, round });
    all.push({ verb: "arbitrate", by: STRANGER, tranche, cost: 0n, number: BigInt(tranche) + 1n });
    for (const shareBps of round < rejections ? shares : [])
      all.push({ verb: "acceptPart", by: client, tranche, round, shareBps });
    for (const byClient of [true, false]) {
      const by = byClient ? client : provider;
      all.push(
        { verb: "contest", by, byClient, tranche, round },
        { verb: "answer", by, tranche, round },
        { verb: "extend", by, tranche },
      );
    }
    const { arbitrator } = arbitration;
    const isBound =
      state.cases[tranche] !== undefined && !state.rulings.some(({ number }) => number === BigInt(tranche) + 1n);
    for (const ruling of rulings) {
      all.push({ verb: "rulePanel", by: arbitrator, tranche, ruling, payees: [arbitrator] });
      if (isBound) all.push({ verb: "rule", by: arbitrator, number: BigInt(tranche) + 1n, ruling });
    }
  }
  return all;
}
