/** A program that has work done: it offers an agreement with a suite, and shows the hidden part once something is delivered. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Terms, Time } from "../../src/agreement/index.ts";
import type { Client, Output } from "../../src/api/client.ts";

type Seats = { readonly client: string; readonly provider: string };
export type Offer = {
  readonly organisation: string;
  readonly addresses: Seats;
  /** Whose keys judge. */
  readonly delegates: Seats;
  readonly tell: (text: string) => void;
};
export type Offered = { readonly agreement: string; readonly invitation: string };

const PLACE = import.meta.dirname;
const files = (folder: string) =>
  readdirSync(join(PLACE, folder)).map((path) => ({
    ...{ path, executable: false },
    content: readFileSync(join(PLACE, folder, path)).toString("base64"),
  }));

/** An agreement by a suite with a hidden part for each of two rounds, signed, for whoever follows the link. */
export async function offer(client: Client, { organisation, addresses, delegates, tell }: Offer): Promise<Offered> {
  const { id: agreement } = await client.call("POST /v1/agreements", { organisation, side: "client" });
  const put = (purpose: "suite" | "part", folder: string) =>
    client.call("POST /v1/agreements/{agreement}/folders", { agreement, purpose, files: files(folder) });
  const { suite } = await put("suite", "suite");
  const sealed = [];
  for (const folder of ["sealed-0", "sealed-1"]) {
    const { id: part } = await put("part", folder);
    sealed.push((await client.call("POST /v1/agreements/{agreement}/sealed", { agreement, part })).clause);
  }
  const { ledger } = await client.call("GET /v1/node");
  const document = terms({ criterion: { ...suite?.criterion, sealed }, addresses, delegates, ledger });
  await client.call("POST /v1/agreements/{agreement}/versions", { agreement, base: 1, document: { ...document } });
  await client.call("POST /v1/agreements/{agreement}/signatures", { agreement, side: "client", version: 2 });
  const { url } = await client.call("POST /v1/agreements/{agreement}/invitations", { agreement, role: "provider" });
  tell("buyer: offered, with an open suite and a hidden part for each round");
  return { agreement, invitation: url };
}

/** Opens it when both have signed. */
export async function open(client: Client, agreement: string): Promise<void> {
  for (;;) {
    const { status } = await client.call("GET /v1/agreements/{agreement}", { agreement });
    if (status === "signed") break;
    await setTimeout(200);
  }
  await client.call("POST /v1/agreements/{agreement}/acts", { agreement, act: { verb: "open" } });
}

type Standing = Output<"GET /v1/agreements/{agreement}/acceptance">["items"][number];

/** Shows the hidden part of each round when it is to be judged, until the milestone has ended. */
export async function show(client: Client, agreement: string, tell: Offer["tell"]): Promise<Standing> {
  for (;;) {
    const { items } = await client.call("GET /v1/agreements/{agreement}/acceptance", { agreement });
    const [item] = items;
    if (!item) throw new Error("the agreement has a milestone");
    if (item.state === "ended") return item;
    if (item.state === "waiting" && (await reveal(client, agreement)))
      tell(`buyer: showed the hidden part of round ${item.round}`);
    await setTimeout(200);
  }
}

/** Shows the hidden part of the round that is to be judged. @returns whether it was hidden. */
export async function reveal(client: Client, agreement: string): Promise<boolean> {
  const { items } = await client.call("GET /v1/agreements/{agreement}/sealed", { agreement });
  const due = items.find(({ state, until }) => state === "kept" && until !== undefined);
  if (!due) return false;
  await client.call("POST /v1/agreements/{agreement}/sealed/reveal", {
    ...{ agreement, milestone: "program", criterion: due.criterion ?? "" },
  });
  return true;
}

type Ledger = Output<"GET /v1/node">["ledger"];
type Made = { criterion: object; addresses: Seats; delegates: Seats; ledger: Ledger };

/** 500 for one milestone of two weeks. */
function terms({ criterion, addresses, delegates, ledger }: Made): Terms.Terms {
  const example = Terms.example();
  const now = Math.floor(Date.parse(ledger.now) / 60_000);
  const at = (days: number) => Time.format(now + days * Time.DAY);
  const { client, provider } = example.parties;
  const { outcome: _, ...rest } = example;
  const words = { en: "A program for Roman numerals", zh: "罗马数字程序" };
  const [milestone] = example.milestones;
  if (!milestone) throw new Error("the example has milestones");
  return Terms.parse({
    ...rest,
    title: words,
    text: {
      en: "1. The program is delivered as a commit and judged by the suite.",
      zh: "一、程序以提交交付，按用例集验收。",
      prevails: "en",
    },
    parties: {
      client: { ...client, address: addresses.client, delegate: delegates.client },
      provider: { ...provider, address: addresses.provider, delegate: delegates.provider },
    },
    registrar: { kind: "chain", chainId: ledger.chainId, escrow: ledger.escrow },
    currency: { code: "CNY", scale: 6, token: ledger.token },
    openBy: at(3),
    sequential: false,
    milestones: [
      {
        ...{
          ...milestone,
          name: "program",
          title: words,
          amount: "500",
          net: "500",
          tax: "0",
          start: at(0),
          due: at(14),
        },
        ...{ review: "5 days", cure: "5 days", criteria: ["acceptance"] },
      },
    ],
    criteria: [criterion],
    inputs: [],
    options: [],
    calendar: [],
    law: { ...example.law, liabilityCap: "500" },
    arbitration: { fallback: "50 %" },
    fees: { platform: "1 %", recipient: example.fees.recipient },
    salt: `0x${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex")}`,
  });
}
