/** What people ask of a node while it is killed: whole deals, each request with a key of its own, asked again until it is answered. */
import { setTimeout } from "node:timers/promises";
import { Example, Terms } from "../../src/agreement/index.ts";
import * as Client from "../../src/api/client.ts";
import * as Cast from "../../src/cli/Cast.ts";
import type { Address } from "../../src/ledger/Ledger.ts";
import type { Typed } from "../../src/ledger/Signer.ts";
import type { Person } from "./People.ts";

/** A request and what it was answered. */
export type Acknowledged = {
  readonly by: Person;
  readonly route: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly key: string;
  readonly answer: Readonly<Record<string, unknown>>;
};

export type Deal = { readonly agreement: string; readonly acts: readonly string[] };

export type Options = {
  readonly client: Person;
  readonly provider: Person;
  readonly place: { chainId: number; escrow: Address; token: Address };
  /** Of a node that answers; waits for one. Asked again for each request. */
  readonly node: () => Promise<string>;
  /** Number of the first deal: no two on one ledger have the same. */
  readonly first?: number;
  /** What the deals come to; then nobody acts. */
  readonly until?: "deliver" | "accept";
  /** After each request that was answered. */
  readonly onAnswer?: (done: number) => void;
  /** After each that was answered with 503, and is asked again. */
  readonly onBusy?: (error: Client.ProblemError) => void;
};

export type Traffic = {
  readonly acknowledged: readonly Acknowledged[];
  readonly deals: readonly Deal[];
  /** One deal after another until it is stopped, so many beside each other. Throws what no repetition heals. */
  run(beside: number): Promise<void>;
  /** Deals under way come to their end. */
  stop(): void;
  /** The same request again, with the same key. */
  again(one: Acknowledged): Promise<unknown>;
};

export function open({
  client,
  provider,
  place,
  node,
  first = 1,
  until = "accept",
  onAnswer = () => {},
  onBusy = () => {},
}: Options): Traffic {
  const acknowledged: Acknowledged[] = [];
  const deals: Deal[] = [];
  let stopped = false;
  let count = first;

  /** Asks until there is an answer: nobody there, busy, or cut off in the middle is none. */
  async function reach<T>(by: Person, run: (client: Client.Client) => Promise<T>): Promise<T> {
    for (;;) {
      const url = await node();
      try {
        return await run(Client.create({ url, apiKey: by.apiKey, attempts: 1 }));
      } catch (error) {
        if (error instanceof Client.ProblemError) {
          if (error.status !== 503) throw error;
          onBusy(error);
        }
      }
      await setTimeout(10);
    }
  }

  async function ask<R extends Client.Route>(by: Person, route: R, input: Client.Input<R>): Promise<Client.Output<R>> {
    const key = crypto.randomUUID();
    const answer = await reach(by, ({ send }) => send(route, input as Record<string, unknown>, { key }));
    acknowledged.push({ by, route, input: input as never, key, answer: answer as never });
    onAnswer(acknowledged.length);
    return answer as Client.Output<R>;
  }

  const look = <R extends Client.Route>(by: Person, route: R, input: Client.Input<R>): Promise<Client.Output<R>> =>
    reach(by, ({ send }) => send(route, input as Record<string, unknown>)) as Promise<Client.Output<R>>;

  async function act(by: Person, agreement: string, asked: Asked): Promise<string> {
    const prepared = await look(by, "POST /v1/agreements/{agreement}/acts/prepare", { agreement, act: asked });
    if (prepared.refusal) throw new Error(`${asked.verb}: ${JSON.stringify(prepared.refusal)}`);
    const { typedData, validUntil } = prepared;
    const signed = typedData ? { signature: await by.sign(typedData as unknown as Typed) } : {};
    const until = validUntil === undefined ? {} : { validUntil };
    const { id } = await ask(by, "POST /v1/agreements/{agreement}/acts", {
      agreement,
      act: asked,
      ...signed,
      ...until,
    });
    // What came of it stands there, with or without the node that was asked.
    for (;;) {
      const { status, problem } = await look(by, "GET /v1/agreements/{agreement}/acts/{act}", { agreement, act: id });
      if (status === "done") return id;
      if (status === "refused") throw new Error(`${asked.verb}: ${JSON.stringify(problem)}`);
      await setTimeout(20);
    }
  }

  async function deal(): Promise<void> {
    const number = count++;
    const { organisation } = client;
    const document = terms(place, number) as unknown as Record<string, unknown>;
    const { milestones: _, ...unfinished } = document;
    const { id: agreement } = await ask(client, "POST /v1/agreements", {
      ...{ organisation, side: "client", document: unfinished },
    });
    // The link is told once: whose answer was cut off asks for another one.
    let token = "";
    while (token === "") {
      const made = await ask(client, "POST /v1/agreements/{agreement}/invitations", { agreement, role: "provider" });
      token = made.url.slice(made.url.lastIndexOf("/") + 1);
    }
    await ask(provider, "POST /v1/invitations/{token}/accept", { token, organisation: provider.organisation });
    const text = `When does it start? ${number}`;
    await ask(provider, "POST /v1/agreements/{agreement}/comments", { agreement, version: 1, text });
    await ask(client, "POST /v1/agreements/{agreement}/versions", { agreement, base: 1, document });
    for (const [side, by] of [
      ["client", client],
      ["provider", provider],
    ] as const) {
      const { version, typedData } = await look(by, "GET /v1/agreements/{agreement}/signing", { agreement });
      const signature = await by.sign(typedData as unknown as Typed);
      await ask(by, "POST /v1/agreements/{agreement}/signatures", { agreement, side, version, signature });
    }
    const acts = [
      await act(client, agreement, { verb: "open" }),
      await act(client, agreement, { verb: "fund", milestones: ["design"] }),
      await act(provider, agreement, { verb: "deliver", milestone: "design", commitment: `0x${"5a".repeat(32)}` }),
    ];
    if (until === "accept") acts.push(await act(client, agreement, { verb: "accept", milestones: ["design"] }));
    deals.push({ agreement, acts });
  }

  return {
    ...{ acknowledged, deals },
    async run(beside) {
      const lane = async () => {
        do await deal();
        while (!stopped);
      };
      await Promise.all(Array.from({ length: beside }, lane));
    },
    stop() {
      stopped = true;
    },
    again: ({ by, route, input, key }) => reach(by, ({ send }) => send(route, input, { key })),
  };
}

type Asked = Client.Input<"POST /v1/agreements/{agreement}/acts">["act"];

/** Unix seconds at which a deal can be opened, delivered and accepted at once: 2027-01-05. */
export const BEGIN = Date.UTC(2027, 0, 5) / 1_000;

/** One milestone of 20,000; no arbitrator, since nobody argues. */
function terms({ chainId, escrow, token }: Options["place"], number: number): Terms.Terms {
  const { outcome: _, ...example } = Example.terms();
  const { delegate: __, ...firm } = example.parties.provider;
  const { by: ___, ...arbitration } = example.arbitration;
  return Terms.parse({
    ...example,
    parties: {
      client: { ...example.parties.client, address: Cast.account("client") },
      provider: { ...firm, address: Cast.account("provider") },
    },
    registrar: { kind: "chain", chainId, escrow },
    currency: { code: "CNY", scale: 6, token },
    milestones: example.milestones.slice(0, 1).map((one) => ({ ...one, fundBy: "2027-01-10T16:00Z" })),
    criteria: example.criteria.slice(0, 1),
    inputs: [],
    options: [],
    law: { ...example.law, liabilityCap: "20000" },
    arbitration,
    salt: `0x${number.toString(16).padStart(64, "0")}`,
  });
}
