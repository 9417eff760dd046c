import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Example, Terms } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import type { Chain } from "./Chain.ts";
import { NodeDown } from "./Errors.ts";
import * as Escrow from "./Escrow.ts";
import type * as Fact from "./Fact.ts";
import * as Follow from "./Follow.ts";
import type { Address, Hex, Ledger } from "./Ledger.ts";
import * as Rehearsal from "./Rehearsal.ts";
import type { Signer } from "./Signer.ts";
import * as Faults from "./testing/Faults.ts";

const { house } = Faults;

/** Agreement `k` of many, revoked by its client before it was opened: one fact each, and no money. */
function revoke(ledger: Ledger, escrow: Address, client: Signer, k: number): Promise<Escrow.Done> {
  const { parties } = Example.terms();
  const terms = Example.terms({
    parties: { ...parties, client: { ...parties.client, address: client.address } },
  });
  const document: Hex = `0x${k.toString(16).padStart(64, "0")}`;
  const agreement = { ...Terms.toAgreement(terms), document };
  return Escrow.act(ledger, { escrow, agreement }, { verb: "revoke", byClient: true }, { sender: client });
}

/** What a reader has who does as he is told. */
type Reader = { cursor: Follow.Cursor; facts: Fact.Fact[]; steps: string[] };
const reader = (escrow: Address, first = 0): Reader => ({ cursor: Follow.begin(escrow, first), facts: [], steps: [] });

function take(reader: Reader, step: Follow.Step): void {
  if (step.kind === "facts") reader.facts.push(...step.facts);
  if (step.kind === "undone") reader.facts = reader.facts.filter(({ block }) => block.number < step.from);
  if (step.kind === "facts") reader.steps.push(`facts ${step.from}-${step.to}: ${step.facts.length}`);
  if (step.kind === "undone") reader.steps.push(`undone from ${step.from}`);
  // A cursor is kept as JSON.
  reader.cursor = JSON.parse(JSON.stringify(step.cursor));
}

async function readAll(ledger: Ledger, reader: Reader, options: Follow.Options = {}): Promise<Reader> {
  for (;;) {
    const step = await Follow.next(ledger, reader.cursor, options);
    take(reader, step);
    if (step.kind === "idle") return reader;
  }
}

describe("following the facts of a chain", () => {
  let bench: Faults.Bench;
  let chain: Chain;
  let escrow: Address;
  /** Number of the escrow's block. */
  let start: number;
  beforeEach(async () => {
    bench = await Faults.bench();
    chain = await bench.open();
    const annex = await chain.send(Faults.other, { data: Abi.deployment("Annex") });
    const deployed = await chain.send(Faults.other, { data: Abi.deployment("Escrow", [annex.contract]) });
    escrow = deployed.contract as Address;
    start = deployed.block.number;
  });
  afterEach(() => bench.close());

  const happen = async (first: number, last: number) => {
    const facts: Fact.Fact[] = [];
    for (let k = first; k <= last; k++) facts.push(...(await revoke(chain, escrow, house, k)).facts);
    return facts;
  };
  const mine = (blocks: number) => bench.anvil.rpc("anvil_mine", [`0x${blocks.toString(16)}`]);
  const reorganise = (depth: number) => bench.anvil.rpc("anvil_reorg", [depth, []]);
  const fresh = async () => (await readAll(chain, reader(escrow))).facts;

  test("behavior: the same facts in the same order by ranges of any size, the receipts' own", async () => {
    const facts = await happen(1, 3);
    await mine(4);
    facts.push(...(await happen(4, 5)));
    expect(facts.length).toBe(5);
    for (const size of [1, 2, 3, 7, 1_000]) {
      const found = await readAll(chain, reader(escrow, start), { size });
      expect(found.facts).toEqual(facts);
      expect(found.steps.length).toBe(Math.ceil((facts.length + 5) / size));
    }
    const late = await readAll(chain, reader(escrow, start), { confirmations: 3 });
    expect(late.facts).toEqual(facts.slice(0, 3));
  });

  test("behavior: a reorganisation of 5 blocks undoes their facts and no other, and brings the new ones", async () => {
    const facts = await happen(1, 8);
    const found = await readAll(chain, reader(escrow, start));
    expect(found.facts).toEqual(facts);
    found.steps = [];
    await reorganise(5);
    await readAll(chain, found);
    expect(found.facts).toEqual(facts.slice(0, 3));
    expect(found.steps).toEqual([`undone from ${start + 4}`, `facts ${start + 4}-${start + 8}: 0`]);
    // Our own acts come again, in later blocks.
    await chain.recover();
    await readAll(chain, found);
    expect(found.facts.map(({ kind, block }) => [kind, block.number - start])).toEqual(
      [1, 2, 3, 9, 10, 11, 12, 13].map((number) => ["revoked", number]),
    );
    expect(found.facts).toEqual(await fresh());
  });

  test("behavior: one that took no fact away takes none from the reader", async () => {
    const facts = await happen(1, 2);
    await mine(20);
    const found = await readAll(chain, reader(escrow, start));
    await reorganise(5);
    await readAll(chain, found);
    expect(found.steps.slice(1)).toEqual([`undone from ${start + 3}`, `facts ${start + 3}-${start + 22}: 0`]);
    expect(found.facts).toEqual(facts);
  });

  test("behavior: one deeper than what is remembered undoes everything, and all is read again", async () => {
    await happen(1, 8);
    const found = await readAll(chain, reader(escrow, start), { size: 1, remember: 3 });
    expect(found.cursor.seen.length).toBe(3);
    found.steps = [];
    await reorganise(5);
    await readAll(chain, found, { remember: 3 });
    expect(found.steps[0]).toBe(`undone from ${start}`);
    expect(found.facts).toEqual(await fresh());
    expect(found.facts.length).toBe(3);
  });

  test("behavior: one between two requests of a batch mixes nothing", async () => {
    await happen(1, 6);
    for (const nth of [1, 2, 3, 4, 5, 6]) {
      const found = await readAll(chain, reader(escrow, start));
      await mine(2);
      let calls = 0;
      const between = async <T>(run: () => Promise<T>) => {
        if (++calls === nth) await reorganise(5);
        return run();
      };
      const rpc: Ledger["rpc"] = (method, params) => between(() => chain.rpc(method, params));
      const logs: Ledger["logs"] = (filter) => between(() => chain.logs(filter));
      const step = await Follow.next({ ...chain, rpc, logs }, found.cursor);
      expect(calls, "all of them were tried").toBeGreaterThanOrEqual(nth);
      take(found, step);
      // What is given is of one chain, the one that is there at the end.
      expect(step.kind, `request ${nth}`).not.toBe("facts");
      await readAll(chain, found);
      expect(found.facts, `request ${nth}`).toEqual(await fresh());
      await chain.recover();
    }
  });

  test("behavior: any reorganisations at any time leave what a new reader finds", async () => {
    const found = reader(escrow, start);
    let seed = 11;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    let k = 1;
    for (let round = 0; round < 12; round++) {
      const last = k + random(3);
      await happen(k, last);
      k = last + 1;
      await mine(1 + random(3));
      const options = { size: 1 + random(4), remember: 6 };
      if (random(3) > 0) await readAll(chain, found, options);
      else take(found, await Follow.next(chain, found.cursor, options));
      const { number } = await chain.head();
      await reorganise(Math.min(1 + random(6), number - start - 1));
      if (random(2) === 0) take(found, await Follow.next(chain, found.cursor, { size: 2, remember: 6 }));
      if (random(2) === 0) await chain.recover();
    }
    await chain.recover();
    await readAll(chain, found, { size: 5, remember: 6 });
    expect(found.facts).toEqual(await fresh());
    expect(found.facts.length).toBe(k - 1);
    expect(found.steps.some((step) => step.startsWith("undone"))).toBe(true);
  });

  test("behavior: a node behind the one before it undoes nothing", async () => {
    const facts = await happen(1, 3);
    const found = await readAll(chain, reader(escrow, start), { size: 1 });
    const behind = await chain.rpc("eth_getBlockByNumber", [`0x${(start + 2).toString(16)}`, false]);
    const rpc: Ledger["rpc"] = (method, params) =>
      params[0] === "latest"
        ? Promise.resolve(behind)
        : Number(params[0]) > start + 2
          ? Promise.resolve(null)
          : chain.rpc(method, params);
    expect(await Follow.next({ ...chain, rpc }, found.cursor)).toEqual({ kind: "idle", cursor: found.cursor });
    expect(found.facts).toEqual(facts);
  });

  test("behavior: a node that answers small ranges only is asked for small ranges", async () => {
    const facts = await happen(1, 6);
    bench.faulty.on("eth_getLogs", (pass, call) => {
      const [{ fromBlock, toBlock }] = call.params as [{ fromBlock: Hex; toBlock: Hex }];
      if (Number(toBlock) - Number(fromBlock) < 2) return pass();
      return Faults.refuse("query returned more than 10000 results")(pass, call);
    });
    const found = await readAll(chain, reader(escrow, start));
    expect(found.facts).toEqual(facts);
  });

  test("error: a node that is down; the cursor goes on where it was", async () => {
    const facts = await happen(1, 2);
    const found = reader(escrow, start);
    const back = bench.faulty.on("eth_getLogs", Faults.down);
    await expect(Follow.next(chain, found.cursor)).rejects.toThrow(NodeDown);
    back();
    expect((await readAll(chain, found)).facts).toEqual(facts);
  });

  test("behavior: goes on as facts come, until it is told to end", async () => {
    const stop = new AbortController();
    const found = reader(escrow, start);
    const done = (async () => {
      for await (const step of Follow.follow(chain, found.cursor, { poll: 5, signal: stop.signal })) take(found, step);
    })();
    const seen = (count: number) => Faults.until(() => found.facts.length === count);
    await happen(1, 2);
    await seen(2);
    await reorganise(1);
    await seen(1);
    await chain.recover();
    await seen(2);
    stop.abort();
    await done;
    expect(found.facts).toEqual(await fresh());
  });
});

describe("following the facts of a rehearsal", () => {
  test("behavior: the same words, the same facts", async () => {
    const ledger = await Rehearsal.open();
    const facts: Fact.Fact[] = [];
    for (const k of [1, 2, 3]) facts.push(...(await revoke(ledger, ledger.deployment.escrow, ledger.house, k)).facts);
    for (const size of [1, 1_000]) {
      const found = await readAll(ledger, reader(ledger.deployment.escrow), { size });
      expect(found.facts).toEqual(facts);
    }
    expect(facts.length).toBe(3);
    await ledger.close();
  });
});
