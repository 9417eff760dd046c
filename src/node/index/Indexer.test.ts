import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Example, State, Terms } from "../../agreement/index.ts";
import * as Abi from "../../ledger/Abi.ts";
import * as Escrow from "../../ledger/Escrow.ts";
import type { Hex } from "../../ledger/Ledger.ts";
import { DAY, GENESIS, hashOf, type Scene, scene } from "../../ledger/testing/Deal.ts";
import type { Parts } from "../Call.ts";
import * as Config from "../Config.ts";
import * as Events from "../Events.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import * as Database from "../testing/Database.ts";
import * as Indexer from "./Indexer.ts";
import * as Reindex from "./Reindex.ts";
import * as Standings from "./Standings.ts";

let deal: Scene;
let store: Store;
let parts: Parts;

const config = Config.read({ COMMENDA_HOME: "unused" });
const readAll = async (size: number) => {
  while (await Indexer.step(parts, { size }));
  while ((await Standings.refresh(parts)) > 0);
};

/** The example's terms between the two of the scene, at its escrow, in its token, a year later. */
function example(salt = "ab"): Terms.Terms {
  const { parties, currency } = Example.terms();
  const { client, provider, token, ledger } = deal;
  const terms = Example.terms({
    parties: {
      client: { ...parties.client, address: client.address },
      provider: { ...parties.provider, address: provider.address },
    },
    currency: { ...currency, token },
    registrar: { kind: "chain", chainId: ledger.chainId, escrow: ledger.deployment.escrow },
    salt: `0x${salt.repeat(32)}`,
  });
  return Terms.parse(JSON.parse(JSON.stringify(terms).replaceAll("2027-", "2028-")));
}

/** Makes the node know the terms, with a person behind each side. */
async function know(terms: Terms.Terms): Promise<Hex> {
  const { db } = store;
  const ledgerId = Terms.hash(terms);
  const [agreement, client, provider] = [
    "00000000-0000-4000-8000-00000000000a",
    "00000000-0000-4000-8000-00000000000c",
    "00000000-0000-4000-8000-00000000000d",
  ] as const;
  await db
    .insert(schema.agreement)
    .values({ id: agreement, status: "signed", title: terms.title, version: 1, ledgerId });
  for (const [id, role] of [
    [client, "client"],
    [provider, "provider"],
  ] as const) {
    await db.insert(schema.organisation).values({ id, name: role });
    await db.insert(schema.user).values({ id: role, name: role, email: `${role}@example.com` });
    await db.insert(schema.member).values({ organisation: id, user: role, role: "owner" });
    await db.insert(schema.seat).values({ agreement, organisation: id, role });
  }
  const document = terms as unknown as Record<string, unknown>;
  const version = { agreement, version: 1, document, user: "client", organisation: client, contentHash: "0x" };
  await db.insert(schema.version).values({ ...version, ledgerId });
  return ledgerId;
}

/** Opens the scene's own agreement and carries it to its first payment. */
async function play(k: number): Promise<void> {
  const { ledger, client, provider } = deal;
  const subject = {
    escrow: ledger.deployment.escrow,
    agreement: deal.agreement({ document: hashOf(`document ${k}`) }),
  };
  const at = ledger.now();
  const providerSignature = await Escrow.signTerms(ledger, subject, provider);
  await Escrow.act(ledger, subject, { verb: "open", providerSignature }, { sender: client, at });
  const deliverable = hashOf("work");
  await Escrow.act(ledger, subject, { verb: "deliver", tranche: 0, round: 0, deliverable }, { sender: provider, at });
  const accept = { verb: "accept", tranches: 1, rounds: 0, deliverables: deliverable } as const;
  await Escrow.act(ledger, subject, accept, { sender: client, at });
}

beforeAll(async () => {
  deal = await scene();
});
afterAll(() => deal.ledger.close());
beforeEach(async () => {
  store = await Database.fresh();
  const events = await Events.open(store);
  const place = { ledger: deal.ledger, escrow: deal.ledger.deployment.escrow };
  parts = { store, place, events, config, jobs: { add: async () => {} } } as unknown as Parts;
  return async () => {
    await events.close();
    await store.close();
  };
});

describe("the ledger in the store", () => {
  test("behavior: ranges of any size, and a reading anew, give the same bytes", async () => {
    for (let k = 0; k < 4; k++) await play(k);
    const digests = new Set<string>();
    await readAll(1);
    digests.add(await Reindex.digest(store.db));
    for (let k = 4; k < 6; k++) await play(k);
    await readAll(7);
    const { before, after, facts } = await Reindex.reindex(parts);
    expect(after).toBe(before);
    expect(facts).toBe(await store.db.$count(schema.fact));
    const standings = await store.db.select().from(schema.standing);
    expect(standings).toHaveLength(6);
    expect(standings[0]?.tranches).toEqual([{ paid: "20000000000", refunded: "0", fee: "200000000" }]);
    expect(digests.has(after)).toBe(false);
  });

  test("behavior: a second indexer on the same store counts nothing twice", async () => {
    await play(10);
    await Promise.all([readAll(5), readAll(3)]);
    const { before, after } = await Reindex.reindex(parts);
    expect(after).toBe(before);
  });

  test("behavior: of agreements that it knows, it keeps cells, deadlines and tells people once", async () => {
    const { ledger, client, provider } = deal;
    const terms = example();
    const ledgerId = await know(terms);
    const subject = { escrow: ledger.deployment.escrow, agreement: Terms.toAgreement(terms) };
    const providerSignature = await Escrow.signTerms(ledger, subject, provider);
    const mint = Abi.encode("RehearsalToken", "mint", [client.address, 10n ** 30n]);
    await ledger.send(ledger.house, { to: deal.token, data: mint }, { at: ledger.now() });
    await Escrow.act(ledger, subject, { verb: "open", providerSignature }, { sender: client, at: ledger.now() });
    await readAll(100);
    const [standing] = await store.db.select().from(schema.standing).where(eq(schema.standing.ledgerId, ledgerId));
    expect(standing?.status).toBe("open");
    const state = await Escrow.state(ledger, subject);
    expect(standing?.cells).toBe(`0x${State.pack(state.cells).toString(16)}`);
    const deadlines = await store.db.select().from(schema.deadline);
    expect(deadlines.length).toBeGreaterThan(0);
    expect(deadlines[0]?.time).toBeGreaterThan(GENESIS + DAY);
    await Reindex.reindex(parts);
    const notices = await store.db.select().from(schema.notice);
    expect(notices.map(({ user, kind }) => [user, kind]).sort()).toEqual([
      ["client", "fact.opened"],
      ["provider", "fact.opened"],
    ]);
  });

  test("behavior: killed between reading and writing, nothing is half there", async () => {
    await play(20);
    for (const name of ["index: read", "index: written"] as const) {
      const point = (at: Indexer.Point) => {
        if (at === name) throw new Error("killed");
      };
      await expect(Indexer.step(parts, { point })).rejects.toThrow("killed");
      expect(await store.db.$count(schema.fact)).toBe(0);
      expect(await store.db.$count(schema.cursor)).toBe(0);
    }
    await readAll(100);
    const { before, after } = await Reindex.reindex(parts);
    expect(after).toBe(before);
  });

  test("behavior: a reorganisation comes out as a fresh reading does, and says what fell", async () => {
    const { ledger } = deal;
    const ledgerId = await know(example("cd"));
    const subject = { escrow: ledger.deployment.escrow, agreement: Terms.toAgreement(example("cd")) };
    const before = await ledger.head();
    const mark = await ledger.rpc("evm_snapshot", []);
    await Escrow.act(ledger, subject, { verb: "revoke", byClient: true }, { sender: deal.client, at: ledger.now() });
    await readAll(100);
    const [agreement] = await store.db.select().from(schema.agreement);
    expect(agreement?.status).toBe("revoked");
    await ledger.rpc("evm_revert", [mark]);
    // The other branch grows past the one given up.
    for (let k = 0; k < 3; k++) await ledger.rpc("anvil_mine", ["0x1"]);
    await readAll(100);
    expect((await store.db.select().from(schema.agreement))[0]?.status).toBe("signed");
    expect(await store.db.select().from(schema.standing).where(eq(schema.standing.ledgerId, ledgerId))).toEqual([]);
    const kinds = (await store.db.select().from(schema.event).orderBy(schema.event.seq)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "notice.added")).toEqual(["fact", "fact.undone"]);
    const found = await Reindex.reindex(parts);
    expect(found.after).toBe(found.before);
    expect((await ledger.head()).number).toBeGreaterThan(before.number);
  });
});
