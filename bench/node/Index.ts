/** How fast a store learns what an escrow has on a chain, from the first block to the last. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Mnemonic } from "ox";
import { Act, Codec, Example, State, Terms } from "../../src/agreement/index.ts";
import * as Abi from "../../src/ledger/Abi.ts";
import * as Anvil from "../../src/ledger/Anvil.ts";
import * as Chain from "../../src/ledger/Chain.ts";
import * as Escrow from "../../src/ledger/Escrow.ts";
import * as Follow from "../../src/ledger/Follow.ts";
import type { Address, Hex } from "../../src/ledger/Ledger.ts";
import * as Signer from "../../src/ledger/Signer.ts";
import * as Config from "../../src/node/Config.ts";
import * as Events from "../../src/node/Events.ts";
import * as Indexer from "../../src/node/index/Indexer.ts";
import * as Standings from "../../src/node/index/Standings.ts";
import type * as Store from "../../src/node/store/Store.ts";
import * as schema from "../../src/node/store/schema.ts";

export type Source = {
  readonly events: number;
  /** Reading and decoding alone, without a store: events a second. */
  bare(): Promise<number>;
  /** Into a fresh store: events a second. */
  into(store: Store.Store): Promise<number>;
  close(): Promise<void>;
};

const MNEMONIC = "test test test test test test test test test test test junk";
const REVOKE = { verb: "revoke", byClient: true } as const;
/** Agreements revoked in one block. */
const BLOCK = 20;

/** A chain on which so many agreements were revoked before they were opened: one event each, and no money. */
export async function make(events: number, onProgress: (done: number) => void): Promise<Source> {
  const folder = mkdtempSync(join(tmpdir(), "commenda-bench-chain-"));
  const anvil = await Anvil.start({ chainId: 31_337, genesis: Math.floor(Date.now() / 1000), mnemonic: MNEMONIC });
  const chain = await Chain.open({ url: anvil.url, folder, confirmations: 1 });
  const house = Signer.fromKey(Mnemonic.toPrivateKey(MNEMONIC, { as: "Hex" }));
  const annex = await chain.send(house, { data: Abi.deployment("Annex") });
  const deployed = await chain.send(house, { data: Abi.deployment("Escrow", [annex.contract]) });
  const escrow = deployed.contract as Address;

  const { parties } = Example.terms();
  const client = { ...parties.client, address: house.address };
  const terms = Terms.toAgreement(Example.terms({ parties: { ...parties, client } }));
  // Who revokes shows the parties and, of what else was agreed, a hash: another hash is another agreement.
  const parts = Codec.encode(terms, Act.branches(State.unopened(terms), REVOKE as Act.Act)).slice(0, -64);
  await anvil.rpc("evm_setAutomine", [false]);
  for (let k = 0; k < events; k += BLOCK) {
    const batch = Array.from({ length: Math.min(BLOCK, events - k) }, (_, j) => {
      const own = (k + j + 1).toString(16).padStart(64, "0");
      const data = Escrow.encode(`${parts}${own}` as Hex, REVOKE);
      return { from: house.address, to: escrow, data, gas: "0x3d090", gasPrice: "0x0" };
    });
    // The node signs them: it knows the account.
    await many(anvil.url, "eth_sendTransaction", batch);
    await anvil.rpc("anvil_mine", ["0x1"]);
    if (k % 2_000 === 0) onProgress(k);
  }

  const timed = async (run: () => Promise<number>) => {
    const started = performance.now();
    const found = await run();
    if (found !== events) throw new Error(`${found} of ${events} events were found`);
    return (1000 * found) / (performance.now() - started);
  };
  return {
    events,
    bare: () =>
      timed(async () => {
        let cursor = Follow.begin(escrow);
        let found = 0;
        for (;;) {
          const step = await Follow.next(chain, cursor, { size: 2_000 });
          if (step.kind === "facts") found += step.facts.length;
          if (step.kind === "idle") return found;
          cursor = step.cursor;
        }
      }),
    async into(store) {
      const config = Config.read({}, { home: folder });
      const told = await Events.open(store);
      const parts = { store, place: { ledger: chain, escrow }, events: told, config, jobs: { add: async () => {} } };
      const speed = await timed(async () => {
        while (await Indexer.step(parts as unknown as Indexer.Needs));
        while ((await Standings.refresh(parts as unknown as Indexer.Needs)) > 0);
        return store.db.$count(schema.fact);
      });
      await told.close();
      return speed;
    },
    async close() {
      await chain.close();
      await anvil.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Many calls in one request. Throws where one is refused. */
async function many(url: string, method: string, calls: readonly unknown[]): Promise<void> {
  const body = JSON.stringify(calls.map((call, id) => ({ jsonrpc: "2.0", id, method, params: [call] })));
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  for (const one of (await answer.json()) as { error?: { message: string } }[])
    if (one.error) throw new Error(one.error.message);
}
