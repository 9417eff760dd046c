// `npm start`: rehearses one deal in process. It shows the terms that both would sign, every way in which they can end,
// and then plays one of them through the rules to the last unit.
//   npm start -- --lang zh     in Chinese; else the language of the locale
import { Endings, Machine, Money, Refusal, Settlement, State, Terms, Time } from "../src/agreement/index.ts";

type Language = "en" | "zh";
type Words = { en: string; zh: string };

const language = chosenLanguage(process.argv.slice(2));
const tell = (words: Words) => words[language];
const heading = (words: Words) => console.log(`\n${bold(tell(words))}`);

const terms = Terms.example();
const agreement = Terms.toAgreement(terms);
const currency = Terms.currencyOf(terms);
const { client, provider } = agreement.parties;
const name = (role: "client" | "provider"): Words => {
  const { en, zh } = terms.parties[role].name;
  return { en, zh };
};
const speech = {
  client: name("client"),
  provider: name("provider"),
  money: (units: bigint) => ({ en: Money.show(units, currency), zh: Money.show(units, currency) }),
};

heading({ en: "The terms", zh: "条款" });
console.log(Terms.show(terms, language));
console.log(`${tell({ en: "Both sign this one hash:", zh: "双方签署同一个哈希：" })} ${Terms.hash(terms)}`);

const found = Endings.endings(agreement, { speech });
heading({
  en: `Every ending before you sign: ${found.endings.length}`,
  zh: `签署前看清每一种结局：共 ${found.endings.length} 种`,
});
for (const { says } of found.endings) console.log(`  ${tell(says)}`);
heading({ en: "What it can come to", zh: "最坏与最好" });
for (const extreme of [found.client.worst, found.client.best, found.provider.worst, found.provider.best]) {
  console.log(`  ${tell(extreme.says)}`);
}
console.log(`  ${tell(found.lock.says)}`);
heading({ en: "Who can stall", zh: "谁能拖延" });
for (const { says } of found.stalls.slice(0, 8)) console.log(`  ${tell(says)}`);
if (found.stalls.length > 8) {
  const more = found.stalls.length - 8;
  console.log(`  ${tell({ en: `and ${more} shorter ones`, zh: `另有 ${more} 种较短的拖延` })}`);
}
heading({ en: "Look twice", zh: "值得再看一眼" });
for (const { says } of found.findings) console.log(`  ${tell(says)}`);

heading({ en: "One of them, played", zh: "演练其中一种" });
let state: State.State = State.unopened(agreement, Terms.hash(terms));
const transfers: Machine.Transfer[] = [];
const [one, two, three, outcome] = agreement.work.tranches;
if (!one || !two || !three || !outcome) throw new Error("the example has three milestones and an outcome");
const DAY = 1440;
const anyone = `0x${"99".repeat(20)}` as const;

play(
  found.from,
  { verb: "open", by: client, signers: [provider], fundNow: 0 },
  { en: "Both have signed; the client funds it.", zh: "双方已签署，甲方注资。" },
);
play(
  one.due - 3 * DAY,
  { verb: "deliver", by: provider, tranche: 0, round: 0 },
  { en: "Milestone 1 is delivered.", zh: "交付里程碑 1。" },
);
play(
  one.due,
  { verb: "accept", by: client, tranches: 1, rounds: [0, 0, 0, 0] },
  { en: "The client accepts it.", zh: "甲方验收。" },
);
const fundBy = Math.min(three.fundBy, outcome.fundBy);
play(
  fundBy - DAY,
  { verb: "fund", by: client, tranches: 0b1100 },
  { en: "The client funds milestone 3 and the outcome.", zh: "甲方为里程碑 3 和成果付款注资。" },
);
play(
  two.due - DAY,
  { verb: "deliver", by: provider, tranche: 1, round: 0 },
  { en: "Milestone 2 is delivered.", zh: "交付里程碑 2。" },
);
play(
  two.due,
  { verb: "reject", by: client, tranche: 1, round: 0 },
  { en: "The client rejects it, with reasons.", zh: "甲方说明理由后拒收。" },
);
play(
  two.due + 5 * DAY,
  { verb: "deliver", by: provider, tranche: 1, round: 1 },
  { en: "It is delivered again, within the cure.", zh: "在补救期内重新交付。" },
);
play(
  two.due + 24 * DAY,
  { verb: "claim", by: anyone, tranche: 1 },
  { en: "The client stays silent: that means accepted, as both signed.", zh: "甲方沉默：按双方所签，视为验收。" },
);
play(
  three.due - DAY,
  { verb: "deliver", by: provider, tranche: 2, round: 0 },
  { en: "Milestone 3 is delivered.", zh: "交付里程碑 3。" },
);
play(
  three.due,
  { verb: "accept", by: client, tranches: 4, rounds: [0, 1, 0, 0] },
  { en: "The client accepts it.", zh: "甲方验收。" },
);
play(
  outcome.start,
  { verb: "report", by: anyone, value: 60_000n, attested: true },
  { en: "60,000 daily users are reported: 20 % over target.", zh: "报告日活 60,000：超出目标 20%。" },
);
play(
  outcome.start + 30 * DAY,
  { verb: "claim", by: anyone, tranche: 3 },
  { en: "Nobody contests it: the outcome is paid.", zh: "无人提出异议：支付成果款。" },
);

heading({ en: "Statement", zh: "结算单" });
const lines = agreement.work.tranches.map((_, tranche): Settlement.Line => {
  const mine = transfers.filter((transfer) => transfer.tranche === tranche && transfer.from === "escrow");
  const sum = (part: Machine.Part, of: (transfer: Machine.Transfer) => bigint) =>
    mine.filter((transfer) => transfer.part === part).reduce((units, transfer) => units + of(transfer), 0n);
  const fee = sum("provider", (transfer) => transfer.fee ?? 0n);
  const toProvider = sum("provider", ({ amount }) => amount) + fee;
  const toClient = sum("client", ({ amount }) => amount);
  const title = terms.milestones[tranche]?.title ?? { en: "Outcome", zh: "成果付款" };
  return { title, escrowed: toProvider + toClient, toProvider, fee, toClient };
});
for (const line of Settlement.show(lines, currency, language)) console.log(`  ${line}`);
console.log(
  `\n${tell({
    en: "Next: docs/protocol.md explains each rule with an example; `npm test` proves them.",
    zh: "接下来：docs/protocol.zh-CN.md 逐条举例说明规则；`npm test` 加以证明。",
  })}`,
);

function play(now: number, act: Parameters<typeof Machine.decide>[1], says: Words) {
  const change = Machine.decide(state, act, now);
  if (Refusal.is(change)) throw new Error(Refusal.explain(change)[language]);
  state = change.state;
  transfers.push(...change.transfers);
  const paid = change.transfers
    .filter(({ amount, part }) => amount > 0n && part !== "platform")
    .map(({ to, amount, part }) => {
      const who =
        to === "escrow" ? { en: "escrow", zh: "托管" } : part === "provider" ? speech.provider : speech.client;
      return `${Money.show(amount, currency)} → ${tell(who)}`;
    });
  console.log(`  ${Time.format(now)}  ${tell(says)}${paid.length > 0 ? `  ${bold(paid.join(", "))}` : ""}`);
}

function chosenLanguage(args: readonly string[]): Language {
  const at = args.indexOf("--lang");
  const given = at >= 0 ? args[at + 1] : process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG;
  if (at >= 0 && given !== "en" && given !== "zh") {
    console.error(`--lang: found ${given ?? "nothing"}, expected en or zh`);
    process.exit(2);
  }
  return given?.startsWith("zh") ? "zh" : "en";
}

function bold(text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[0m` : text;
}
