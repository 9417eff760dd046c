/** What a rehearsal came to: who was paid what, when, by which rule, with fee and gas, and every event. */
import { Cause, InputError, Money, State, type Terms, Time } from "../agreement/index.ts";
import * as Holdings from "../agreement/machine/Account.ts";
import * as Clock from "../agreement/machine/Clock.ts";
import * as Cast from "./Cast.ts";
import type * as Deal from "./Deal.ts";
import type { Played, Step } from "./Rehearsal.ts";
import * as Speech from "./Speech.ts";
import * as Table from "./Table.ts";
import * as When from "./When.ts";

const { both } = InputError;
type Words = InputError.Words;
type Language = InputError.Language;
type Transfer = Step["transfers"][number];

/** One movement of money. `from` and `to` are names of stand-ins, or `escrow`; amounts are base units. */
export type Payment = {
  at: number;
  from: string;
  to: string;
  amount: bigint;
  cause: Transfer["cause"];
  rules: readonly number[];
  for: Words | undefined;
  /** The token refused it: it stays in the escrow as a credit of `to`. */
  isCredit: boolean;
};

/** How one tranche, or what both signed, was divided: `toProvider` is gross, the fee inside. */
export type Line = { title: Words; toProvider: bigint; fee: bigint; toClient: bigint };

/** What an account paid in and received. */
export type Account = { name: string; paid: bigint; received: bigint };

/** What is not at its end: how much the escrow holds for it, and from when anyone may claim it. */
export type Left = { title: Words; held: bigint; claimableAt: number | undefined };

export type Statement = {
  payments: readonly Payment[];
  lines: readonly Line[];
  accounts: readonly Account[];
  /** In the escrow still: `left` and credits. */
  held: bigint;
  left: readonly Left[];
  credits: readonly { name: string; amount: bigint }[];
  /** What each has more or less in the end, by the part it played. */
  net: { provider: bigint; client: bigint; platform: bigint };
  gas: bigint | undefined;
  transactions: number;
};

export function of({ steps, agreements }: Played): Statement {
  const payments: Payment[] = [];
  const lines = new Map<string, Line>();
  const accounts = new Map<string, Account>();
  const net = { provider: 0n, client: 0n, platform: 0n };
  let held = 0n;
  const entry = (name: string) => {
    const found = accounts.get(name) ?? { name, paid: 0n, received: 0n };
    accounts.set(name, found);
    return found;
  };
  for (const { at, transfers, agreement } of steps) {
    const terms = agreements[agreement]?.terms;
    if (!terms) continue;
    for (const transfer of transfers) {
      const { amount, cause, tranche, creditOf } = transfer;
      const from = nameOf(transfer.from);
      const to = nameOf(creditOf ?? transfer.to);
      const isCredit = creditOf !== undefined;
      const about = tranche === undefined || cause === "Settlement" ? undefined : Speech.tranche(terms, tranche);
      payments.push({ at, from, to, amount, cause, rules: Cause.REASONS[cause].rules, for: about, isCredit });
      if (from !== "escrow") entry(from).paid += amount;
      if (from !== "escrow" && to === "escrow") held += amount;
      if (to !== "escrow" && !isCredit) entry(to).received += amount;
      if (from === "escrow" && !isCredit) held -= amount;
      tally(net, transfer);
      if (from === "escrow") divide(lines, transfer, agreement, about);
    }
  }
  const last = agreements.at(-1);
  const run = steps.filter(({ transactions }) => transactions.length > 0);
  const gas = steps.reduce<bigint | undefined>(
    (sum, step) => (step.gas === undefined ? sum : (sum ?? 0n) + step.gas),
    undefined,
  );
  return {
    payments,
    lines: [...lines.values()],
    accounts: [...accounts.values()],
    held,
    left: last && State.isUsed(last.state) ? leftOf(last.terms, last.state) : [],
    credits: Object.entries(last?.state.credits ?? {})
      .filter(([, amount]) => amount > 0n)
      .map(([owner, amount]) => ({ name: nameOf(owner), amount })),
    net,
    gas,
    transactions: run.reduce((sum, { transactions }) => sum + transactions.length, 0),
  };
}

const nameOf = (who: string): string => (who === "escrow" ? who : (Cast.nameOf(who as `0x${string}`) ?? who));

/** A credit counts once it is paid. A tip out of a payout has lessened it already; one from an account is paid by it. */
function tally(net: Statement["net"], { from, part, amount, creditOf, cause }: Transfer) {
  if (creditOf !== undefined) return;
  const gained = from === "escrow" ? amount : -amount;
  const role = cause === "Tip" && from !== "escrow" ? nameOf(from) : part;
  if (role === "client") net.client -= gained;
  else if (role === "provider" || role === "platform") net[role] += gained;
}

const DIVIDED = ["Deposit", "Fee", "Arbitration", "Credit", "Tip"];

function divide(
  lines: Map<string, Line>,
  { part, amount, fee = 0n, cause, tranche }: Transfer,
  agreement: number,
  about: Words | undefined,
) {
  if (DIVIDED.includes(cause)) return;
  const key = about ? `${agreement} ${tranche}` : cause;
  const line = lines.get(key) ?? { title: about ?? Cause.REASONS[cause].says, toProvider: 0n, fee: 0n, toClient: 0n };
  if (part === "provider") {
    line.toProvider += amount + fee;
    line.fee += fee;
  } else {
    line.toClient += amount;
  }
  lines.set(key, line);
}

function leftOf(terms: Terms.Terms, state: State.State): Left[] {
  return [...state.agreement.work.tranches.keys()].flatMap((i): Left[] => {
    if (State.isTerminal(State.cell(state, i))) return [];
    const held = Holdings.held(state, i);
    return [{ title: Speech.tranche(terms, i), held, claimableAt: Clock.claimableAt(state, i) }];
  });
}

/** How it differs from what the file expects; nothing when it does not. */
export function differences(
  { net }: Statement,
  expected: Deal.Expected | undefined,
  currency: Money.Currency,
): readonly Words[] {
  return (["provider", "client", "platform"] as const).flatMap((part) => {
    const given = expected?.[part];
    if (given === undefined) return [];
    const units = Money.parse(String(given), currency.scale, part);
    if (units === net[part]) return [];
    const [found, wanted] = [Money.show(net[part], currency), Money.show(units, currency)];
    return [both(`${part}: ${found}, expected ${wanted}`, `${NAMES[part].zh}：${found}，预期 ${wanted}`)];
  });
}

const NAMES = {
  provider: both("provider", "乙方"),
  client: both("client", "甲方"),
  platform: both("platform", "平台"),
};

const LABELS = {
  rehearsal: both("Rehearsal", "预演"),
  agreement: both("Agreement", "协议"),
  times: both("times in", "时区"),
  happened: both("What happened", "经过"),
  refused: both("refused", "被拒绝"),
  rule: both("rule", "规则"),
  events: both("events", "事件"),
  relayed: both("sent by", "代发"),
  money: both("Who was paid what", "款项流向"),
  when: both("when", "时间"),
  from: both("from", "付"),
  to: both("to", "收"),
  amount: both("amount", "金额"),
  why: both("why", "原因"),
  what: both("for", "事项"),
  credit: both("refused by the token, kept as a credit", "代币拒付，记为余额"),
  statement: both("Statement", "结算单"),
  gross: both("provider, gross", "乙方（含费额）"),
  fee: both("fee inside", "其中平台费"),
  back: both("back to the client", "退回甲方"),
  total: both("Total", "合计"),
  accounts: both("Each account", "各账户"),
  paid: both("paid", "支付"),
  received: both("received", "收到"),
  net: both("net", "净增减"),
  left: both("Not at its end", "尚未结束"),
  claimable: both("anyone may claim it from", "任何人可申领，自"),
  waits: both("waits for an act or for another part", "等待操作或其他付款项"),
  held: both("in the escrow still", "仍在托管"),
  credits: both("Credits", "余额"),
};

/** The statement as text. `bold` marks headings where the terminal can. */
export function show(played: Played, language: Language, bold: (text: string) => string = (text) => text): string {
  const { steps, agreements, currency, zone, stage, title } = played;
  const statement = of(played);
  const say = (words: Words) => words[language];
  const pick = (en: string, zh: string) => (language === "zh" ? zh : en);
  const money = (units: bigint) => Money.show(units, currency);
  const time = (minute: number) => When.format(minute, zone).slice(0, 16);
  const first = agreements[0]?.terms;
  const who = (name: string) => (first ? say(Speech.account(name, first)) : name);
  const rules = (list: readonly number[]) => pick(` (rule ${list.join(", ")})`, `（规则 ${list.join("、")}）`);
  const indent = (rows: readonly string[]) => rows.map((row) => `  ${row}`);
  const out: string[] = [];
  const section = (heading: Words, rows: readonly string[]) => {
    if (rows.length > 0) out.push("", bold(say(heading)), ...indent(rows));
  };

  out.push(
    bold(
      [say(LABELS.rehearsal), first ? say(first.title) : "", title ? say(title) : ""]
        .filter(Boolean)
        .join(pick(": ", "：")),
    ),
  );
  out.push(
    pick(
      `${upper(stage.en)}: play money, and no proof to anybody else.`,
      `${stage.zh}：仅为游戏币，不能作为向他人的证明。`,
    ),
  );
  for (const { id } of agreements) out.push(`${say(LABELS.agreement)} ${id}`);
  out.push(pick(`Times in ${When.formatZone(zone)}.`, `时间均为 ${When.formatZone(zone)}。`));

  section(
    LABELS.happened,
    steps.flatMap(({ at, says, note, refused, gas, facts, relayer }) => {
      const rows = [`${time(at)}  ${say(says)}${note ? pick(` (${note.en})`, `（${note.zh}）`) : ""}`];
      if (refused)
        rows.push(
          `${" ".repeat(18)}${bold(say(LABELS.refused))}${pick(": ", "：")}${refused.refused}${rules([refused.rule])}`,
        );
      const events = facts.map(({ kind }) => say(Speech.FACTS[kind]));
      const details = [
        relayer === undefined ? "" : pick(`sent by ${who(relayer)} with the signature`, `由${who(relayer)}凭签名代发`),
        events.length > 0 ? `${say(LABELS.events)}${pick(": ", "：")}${counted(events).join(pick(", ", "、"))}` : "",
        gas === undefined ? "" : `${thousands(gas)} gas`,
      ].filter(Boolean);
      if (details.length > 0) rows.push(`${" ".repeat(18)}${details.join(pick("; ", "；"))}`);
      return rows;
    }),
  );

  const head = [LABELS.when, LABELS.from, LABELS.to, LABELS.amount, LABELS.why, LABELS.what].map(say);
  const rows = statement.payments.map((one) => [
    time(one.at),
    who(one.from),
    who(one.to),
    money(one.amount),
    `${say(Cause.REASONS[one.cause].says)}${rules(one.rules)}${one.isCredit ? `${pick("; ", "；")}${say(LABELS.credit)}` : ""}`,
    one.for ? say(one.for) : "",
  ]);
  section(LABELS.money, rows.length > 0 ? Table.lines([head, ...rows], [3]) : []);

  const sums = statement.lines.reduce(
    (sum, { toProvider, fee, toClient }) => ({
      toProvider: sum.toProvider + toProvider,
      fee: sum.fee + fee,
      toClient: sum.toClient + toClient,
    }),
    { toProvider: 0n, fee: 0n, toClient: 0n },
  );
  const line = (name: string, { toProvider, fee, toClient }: Omit<Line, "title">) => [
    name,
    money(toProvider),
    money(fee),
    money(toClient),
  ];
  section(
    LABELS.statement,
    statement.lines.length === 0
      ? []
      : Table.lines(
          [
            ["", say(LABELS.gross), say(LABELS.fee), say(LABELS.back)],
            ...statement.lines.map((one) => line(say(one.title), one)),
            line(say(LABELS.total), sums),
          ],
          [1, 2, 3],
        ),
  );
  section(
    LABELS.accounts,
    statement.accounts.length === 0
      ? []
      : Table.lines(
          [
            ["", say(LABELS.paid), say(LABELS.received), say(LABELS.net)],
            ...statement.accounts.map(({ name, paid, received }) => [
              who(name),
              money(paid),
              money(received),
              signed(received - paid, currency),
            ]),
          ],
          [1, 2, 3],
        ),
  );
  section(
    LABELS.left,
    statement.left.map(({ title, held, claimableAt }) => {
      const when = claimableAt === undefined ? say(LABELS.waits) : `${say(LABELS.claimable)} ${time(claimableAt)}`;
      return `${say(title)}${pick(": ", "：")}${money(held)}${pick("; ", "；")}${when}`;
    }),
  );
  section(
    LABELS.credits,
    statement.credits.map(({ name, amount }) => `${who(name)}${pick(": ", "：")}${money(amount)}`),
  );
  if (statement.held > 0n) out.push("", `${money(statement.held)} ${say(LABELS.held)}`);
  if (statement.gas !== undefined)
    out.push(
      "",
      pick(
        `${statement.transactions} transactions, ${thousands(statement.gas)} gas`,
        `${statement.transactions} 笔交易，${thousands(statement.gas)} gas`,
      ),
    );
  return out.join("\n");
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function counted(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => {
    const count = names.filter((one) => one === name).length;
    return count === 1 ? name : `${name} ×${count}`;
  });
}

const thousands = (count: bigint): string => String(count).replace(/(?<=\d)(?=(\d{3})+$)/g, ",");
const signed = (units: bigint, currency: Money.Currency): string =>
  units < 0n ? `-${Money.show(-units, currency)}` : `${units > 0n ? "+" : ""}${Money.show(units, currency)}`;

/** The same for programs: amounts as decimal text, times in UTC. */
export function toJson(played: Played): object {
  const { steps, agreements, currency, stage, title } = played;
  const statement = of(played);
  const amount = (units: bigint) => Money.format(units, currency.scale);
  const plain = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part)));
  return {
    title: agreements[0]?.terms.title,
    ...(title ? { run: title } : {}),
    ledger: stage,
    currency,
    agreements: agreements.map(({ id, state }) => ({
      id,
      stages: state.cells.slice(0, state.agreement.work.tranches.length).map(({ code }) => codeName(code)),
    })),
    steps: steps.map(({ at, says, note, by, relayer, agreement, refused, gas, facts, transactions }) => ({
      at: Time.format(at),
      says,
      ...(note ? { note } : {}),
      by,
      ...(relayer === undefined ? {} : { relayedBy: relayer }),
      agreement,
      ...(refused ? { refused: plain(refused) } : {}),
      // Base units here: an event is shown as the ledger has it.
      events: facts.map((fact) => plain({ ...fact, block: undefined })),
      transactions,
      ...(gas === undefined ? {} : { gas: String(gas) }),
    })),
    payments: statement.payments.map(({ at, from, to, amount: units, cause, rules, for: about, isCredit }) => ({
      at: Time.format(at),
      from,
      to,
      amount: amount(units),
      cause,
      rules,
      ...(about ? { for: about } : {}),
      ...(isCredit ? { credit: true } : {}),
    })),
    statement: statement.lines.map(({ title, toProvider, fee, toClient }) => ({
      title,
      toProvider: amount(toProvider),
      fee: amount(fee),
      toClient: amount(toClient),
    })),
    accounts: statement.accounts.map(({ name, paid, received }) => ({
      name,
      paid: amount(paid),
      received: amount(received),
    })),
    net: {
      provider: amount(statement.net.provider),
      client: amount(statement.net.client),
      platform: amount(statement.net.platform),
    },
    held: amount(statement.held),
    left: statement.left.map(({ title, held, claimableAt }) => ({
      title,
      held: amount(held),
      ...(claimableAt === undefined ? {} : { claimableAt: Time.format(claimableAt) }),
    })),
    credits: statement.credits.map(({ name, amount: units }) => ({ name, amount: amount(units) })),
    transactions: statement.transactions,
    ...(statement.gas === undefined ? {} : { gas: String(statement.gas) }),
  };
}

const codeName = (code: State.Code): string =>
  Object.entries(State.Code).find(([, value]) => value === code)?.[0] ?? String(code);
