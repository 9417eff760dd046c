/** What a brief already says of terms. What it leaves open stays open: the draft tells it as a problem, and people decide. */
import type { Brief } from "../../matching/index.ts";
import type * as Document from "../draft/Document.ts";

/** Parties as far as they are known. */
export type Sides = {
  readonly client: { readonly name: string };
  readonly provider?: { readonly name: string; readonly address?: string };
};

const TITLE = 120;
const NAME = "delivery";
/** Working hours of the ledger's minutes: mornings in UTC. */
const HOUR = "T09:00Z";

export function of(brief: Brief.Brief, { client, provider }: Sides): Document.Json {
  const language = brief.language === "zh" ? "zh" : "en";
  // Only in the language of the brief: the other text is for people to write.
  const say = (text: string) => ({ [language]: text });
  const own = (name: string) => ({ name: { en: name, zh: name } });
  const title = firstOf(brief.outcome ?? brief.text);
  const criteria = (brief.criteria ?? []).slice(0, 20);
  const { budget, start, term } = brief;
  const day = (days: number) => `${new Date(days * 86_400_000).toISOString().slice(0, 10)}${HOUR}`;
  return {
    title: { en: title, zh: title },
    text: { ...say(brief.text), prevails: language },
    parties: {
      client: own(client.name),
      ...(provider
        ? { provider: { ...own(provider.name), ...(provider.address ? { address: provider.address } : {}) } }
        : {}),
    },
    ...(budget ? { currency: { code: budget.currency } } : {}),
    milestones: [
      {
        name: NAME,
        title: say(title),
        ...(budget ? { amount: amountOf(budget.most), net: amountOf(budget.most), tax: "0", withholding: "0" } : {}),
        ...(start === undefined ? {} : { start: day(start) }),
        ...(start === undefined || term === undefined ? {} : { due: day(start + term) }),
        ...{ review: "5 days", cure: "5 days", invoice: "none" },
        criteria: criteria.map((_, at) => nameOf(at)),
      },
    ],
    criteria: criteria.map((what, at) => ({
      ...{ name: nameOf(at), what: say(what.slice(0, 400)), how: "inspection", by: "client" },
      weight: weightOf(at, criteria.length),
    })),
  };
}

const nameOf = (at: number) => `criterion-${at + 1}`;

/** Two decimals, and in all 100 %: the first takes what does not divide. */
function weightOf(at: number, count: number): string {
  const each = Math.floor(10_000 / count);
  const bps = at === 0 ? 10_000 - each * (count - 1) : each;
  return `${bps / 100} %`;
}

const amountOf = (units: number) => (Number.isInteger(units) ? String(units) : units.toFixed(2));

/** A line of text. */
function firstOf(text: string): string {
  const line = text.split("\n")[0]?.trim() ?? "";
  const characters = [...line];
  return characters.length > TITLE ? `${characters.slice(0, TITLE - 1).join("")}…` : line;
}
