/** A node's store, ledger and people for tests of what is asked of the ledger: two firms, three arbitrators, a clock to move. */
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { Example, Terms } from "../../../agreement/index.ts";
import type { Table } from "../../../api/index.ts";
import * as Abi from "../../../ledger/Abi.ts";
import type { Address, Hex, Ledger } from "../../../ledger/Ledger.ts";
import * as Rehearsal from "../../../ledger/Rehearsal.ts";
import * as Signer from "../../../ledger/Signer.ts";
import { keyOf, person } from "../../../ledger/testing/Deal.ts";
import * as Audit from "../../Audit.ts";
import type { Caller, Handlers, Parts, SeatRole } from "../../Call.ts";
import { dispatch } from "../../Dispatch.ts";
import * as Events from "../../Events.ts";
import { acts } from "../../handlers/acts.ts";
import { approvals } from "../../handlers/approvals.ts";
import { signatures } from "../../handlers/signatures.ts";
import * as Indexer from "../../index/Indexer.ts";
import * as Standings from "../../index/Standings.ts";
import * as Boss from "../../jobs/Boss.ts";
import type * as Store from "../../store/Store.ts";
import * as schema from "../../store/schema.ts";
import { fresh } from "../../testing/Database.ts";
import * as Relay from "../Relay.ts";

export const DAY = 86_400;
/** Unix seconds of block 0: 2026-12-01T00:00Z. */
export const GENESIS = Date.UTC(2026, 11, 1) / 1_000;

export type Firm = { organisation: string; caller: Caller; second: Caller; address: Address; key: Hex };
export type Bench = Awaited<ReturnType<typeof open>>;

/** `chain`: an account that pays on it deploys and relays; else a rehearsal of its own. */
export async function open(chain?: { ledger: Ledger; house: Signer.Signer }) {
  const store = await fresh();
  const rehearsal = chain ? undefined : await Rehearsal.open({ genesis: GENESIS });
  const { ledger, house } = rehearsal ? { ledger: rehearsal as Ledger, house: rehearsal.house } : given(chain);
  const deploy = async (contract: Parameters<Rehearsal.Rehearsal["deploy"]>[0], args: readonly unknown[]) => {
    const at = rehearsal ? { at: Math.max(GENESIS, rehearsal.now()) } : {};
    const { contract: address } = await ledger.send(house, { data: Abi.deployment(contract, args) }, at);
    if (!address) throw new Error(`${contract} was not deployed`);
    return address;
  };
  const token = await deploy("RehearsalToken", [6]);
  const panelists = ["anna", "bo", "cai"].map((name) => person(name).address).sort();
  const panel = await deploy("Panel", [panelists, 2n]);
  const escrow = rehearsal ? rehearsal.deployment.escrow : await deploy("Escrow", [await deploy("Annex", [])]);
  let now = GENESIS + DAY;
  const events = await Events.open(store);
  const failures: unknown[] = [];
  const jobs = await Boss.open(store, { onFailure: (error) => failures.push(error) });
  const place = { ledger, escrow, token, relayer: house };
  const clock = {
    now: () => now,
    advance(seconds: number) {
      now += seconds;
    },
  };
  const indexer = { nudge() {}, caughtUp: async () => {} };
  const parts = { store, place, clock, events, jobs, indexer, audit: Audit.open(), config: {} } as unknown as Parts;
  const handlers = { ...acts, ...approvals, ...signatures } as unknown as Handlers;

  const run = <N extends Table.Name>(caller: Caller, name: N, input: unknown, key?: string) =>
    dispatch(parts, handlers, { name, input, caller, ...(key === undefined ? {} : { key }) }) as Promise<
      Table.Output<N>
    >;

  const firms = {
    client: await firm(store, "client", "demo"),
    provider: await firm(store, "provider", "demo"),
    anna: await firm(store, "anna", "wallet"),
    bo: await firm(store, "bo", "wallet"),
  };

  /** A draft of two milestones that both sides sit in. */
  async function draft(
    change: Partial<Terms.Terms> = {},
    who: { client: Firm; provider: Firm } = firms,
  ): Promise<string> {
    const document = terms({ escrow: place.escrow, token, panel, ...who }, change);
    const [id, ledgerId] = [randomUUID(), Terms.hash(document)];
    const { title } = document;
    const row = { id, status: "draft", title, version: 1, ledgerId };
    await store.db.insert(schema.agreement).values(row);
    await store.db.insert(schema.version).values({
      ...{ agreement: id, version: 1, document: document as unknown as Record<string, unknown>, ledgerId },
      ...{ user: "somebody", organisation: who.client.organisation, contentHash: Terms.contentHash(document) },
    });
    const seats: [Firm, SeatRole][] = [
      [who.client, "client"],
      [who.provider, "provider"],
      [firms.anna, "arbitrator"],
      [firms.bo, "arbitrator"],
      [firms.anna, "reporter"],
      [firms.bo, "reporter"],
    ];
    for (const [one, role] of seats)
      await store.db.insert(schema.seat).values({ agreement: id, organisation: one.organisation, role });
    await store.db
      .insert(schema.user)
      .values({ id: "somebody", name: "Somebody", email: "somebody@example.org" })
      .onConflictDoNothing();
    return id;
  }

  /** Signed by the client's persona, and by the provider's or by Anna with her own key. */
  async function signed(
    change: Partial<Terms.Terms> = {},
    provider: "provider" | "anna" = "provider",
  ): Promise<string> {
    const who = { client: firms.client, provider: firms[provider] };
    const id = await draft(change, who);
    for (const side of ["client", "provider"] as const) {
      const { caller, key } = who[side];
      const { typedData } = await run(caller, "signature.prepare", { agreement: id });
      const own = provider === "anna" && side === "provider";
      const signature = own ? { signature: await Signer.fromKey(key).sign(typedData as Signer.Typed) } : {};
      await run(caller, "signature.give", { agreement: id, side, version: 1, ...signature });
    }
    return id;
  }

  /** Asks for an act and does not wait for the ledger: nobody works on jobs here. */
  async function ask(caller: Caller, agreement: string, act: unknown, more: object = {}): Promise<string> {
    const before = new Set((await store.db.select({ id: schema.act.id }).from(schema.act)).map(({ id }) => id));
    const answered = run(caller, "act.submit", { agreement, act, ...more });
    answered.catch(() => {});
    for (;;) {
      const rows = await store.db.select({ id: schema.act.id }).from(schema.act);
      const made = rows.find(({ id }) => !before.has(id));
      if (made) return made.id;
      const refused = await Promise.race([
        answered.then(
          () => false,
          () => true,
        ),
        Promise.resolve(undefined),
      ]);
      if (refused) await answered;
    }
  }

  const rowOf = async (id: string) => {
    const [row] = await store.db.select().from(schema.act).where(eq(schema.act.id, id));
    if (!row) throw new Error(`there is no act ${id}`);
    return row;
  };

  return {
    ...{ store, ledger, token, panel, parts, clock, firms, failures, run, draft, signed, ask, rowOf },
    ...{ house, escrow, deploy },
    /** `over`: another handle of the same ledger, as after a start. */
    relay: (point?: (name: Relay.Point) => void, over: Ledger = ledger) =>
      Relay.open({ ...parts, place: { ...place, ledger: over } }, point ? { point } : {}),
    panelists,
    milestones: () => Example.terms().milestones.slice(0, 2),
    outcome: () => given(Example.terms().outcome),
    law: (liabilityCap: string) => ({ ...Example.terms().law, liabilityCap }),
    /** Reads all that the ledger has. */
    async index() {
      while (await Indexer.step(parts));
      while ((await Standings.refresh(parts)) > 0);
    },
    async close() {
      await jobs.stop();
      await events.close();
      await store.close();
      await rehearsal?.close();
    },
  };
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("there is neither a chain nor a rehearsal");
  return value;
}

/** An organisation of two people, with one account. */
async function firm({ db }: Store.Store, name: string, kind: "demo" | "wallet"): Promise<Firm> {
  const organisation = randomUUID();
  const key = keyOf(name);
  const { address } = person(name);
  await db.insert(schema.organisation).values({ id: organisation, name });
  const people = [name, `${name}-2`];
  for (const user of people) {
    await db.insert(schema.user).values({ id: user, name: user, email: `${user}@example.org`, demo: kind === "demo" });
    await db.insert(schema.member).values({ organisation, user, role: "owner" });
  }
  const demo = kind === "demo" ? { demoKey: key } : {};
  await db.insert(schema.account).values({ address, organisation, kind, name, ...demo });
  const [caller, second] = people.map((user): Caller => {
    return { kind: "user", user, name: user, language: "en", demo: kind === "demo", operator: false };
  }) as [Caller, Caller];
  return { organisation, caller, second, address, key };
}

type Here = { escrow: Address; token: Address; panel: Address; client: Firm; provider: Firm };

/** Milestones of 20,000 and 25,000, from mid January and mid February on; a salt of its own. */
function terms({ escrow, token, panel, client, provider }: Here, change: Partial<Terms.Terms>): Terms.Terms {
  const { outcome: _, ...example } = Example.terms();
  const { registration, delegate: __, ...firm } = example.parties.provider;
  const [design, build] = example.milestones;
  if (!design || !build) throw new Error("the example has milestones");
  return Terms.parse({
    ...example,
    parties: {
      client: { ...example.parties.client, address: client.address },
      provider: { ...firm, registration, address: provider.address },
    },
    registrar: { kind: "chain", chainId: 31_337, escrow },
    currency: { code: "CNY", scale: 6, token },
    milestones: [design, build],
    criteria: example.criteria.slice(0, 3),
    inputs: [],
    options: [],
    law: { ...example.law, liabilityCap: "45000" },
    arbitration: { ...example.arbitration, by: { ...example.arbitration.by, address: panel } },
    salt: `0x${randomUUID().replaceAll("-", "").repeat(2)}`,
    ...change,
  });
}
