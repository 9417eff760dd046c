/**
 * The rehearsal ledger: an embedded chain whose state lives in memory and whose truth lives in a journal of signed
 * transactions, each written before it is sent, with its time and the block that it came to. After a crash of this
 * process or of the node, the journal is played again from the last snapshot, and every block must come out the same.
 * It lives with one party: good for trying, worth nothing as proof to another.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Hash } from "ox";
import { InputError } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import * as Anvil from "./Anvil.ts";
import { BadTime, DiskFailed, LedgerDamaged, NeedsRelayer, NodeDown, NodeRefused, Reverted } from "./Errors.ts";
import * as Journal from "./Journal.ts";
import type { Address, Block, Deployment, Hex, Ledger, Receipt } from "./Ledger.ts";
import * as Lock from "./Lock.ts";
import * as Node from "./Node.ts";
import * as Signer from "./Signer.ts";
import * as Snapshot from "./Snapshot.ts";

/** Everybody's test phrase: who holds it holds play money only. */
const MNEMONIC = "test test test test test test test test test test test junk";
/** Its first account: deriving it takes a quarter of a second at every start. */
const HOUSE: Hex = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const CHAIN = 31_337;
/** Under what one transaction may use (EIP-7825). */
const GAS = 10_000_000n;

/** Share of the journal, two entries an act, that a start may have to play again: 1,500 acts of 10,000, some three seconds. */
const REPLAYED = 0.075;

type Entry =
  | { kind: "genesis"; chainId: number; time: number }
  /** Written before it is sent. */
  | { kind: "act"; time: number; from: Address; nonce: number; raw: Hex }
  /** What it came to. */
  | { kind: "block"; number: number; hash: Hex; time: number }
  /** The node did not take it: it is not played again. */
  | { kind: "refused"; why: string };

/** Named points at which a test ends the process. */
export type Point = "act: signed" | "act: journaled" | "act: sent" | "act: recorded" | "act: flushed" | Snapshot.Point;

export type Options = {
  /** Where journal and snapshots are kept. Absent: in memory only, gone when it closes. */
  folder?: string;
  /** Unix seconds of block 0, of a new ledger. */
  genesis?: number;
  /** Acts between two snapshots; more as the journal grows, since a snapshot holds all of it. */
  snapshotEvery?: number;
  point?: (name: Point) => void;
  /** Progress while a journal is played again. */
  onReplay?: (done: number, all: number) => void;
  /** A snapshot that could not be written: nothing is lost, the next start takes longer. */
  onSnapshotFailed?: (error: unknown) => void;
  /** Milliseconds that a snapshot held up the next act. */
  onSnapshot?: (milliseconds: number) => void;
};

export type Rehearsal = Ledger & {
  readonly kind: "rehearsal";
  readonly deployment: Deployment;
  /** Deployed everything, and pays for native costs. Anyone's. */
  readonly house: Signer.Signer;
  /** Unix seconds of the latest block. */
  now(): number;
  /** Of the embedded node's process. */
  nodePid(): number;
  /** Deploys a contract of ours; the address. */
  deploy(
    contract: Parameters<typeof Abi.deployment>[0],
    args?: readonly unknown[],
    options?: { at?: number },
  ): Promise<Address>;
  snapshot(): Promise<void>;
};

/** Throws `LedgerBusy` where another process has it open, `LedgerDamaged`, `MissingBinary`. */
export async function open(options: Options = {}): Promise<Rehearsal> {
  const { folder, point = () => {} } = options;
  if (folder) mkdirSync(folder, { recursive: true });
  const lock = folder ? Lock.acquire(folder) : undefined;
  try {
    return await begin(options, point, () => lock?.release());
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function begin(options: Options, point: (name: Point) => void, release: () => void): Promise<Rehearsal> {
  const { folder, snapshotEvery = 1_500 } = options;
  const journal = folder ? Journal.open<Entry>(join(folder, "journal")) : undefined;
  const entries: Entry[] = [...(journal?.records ?? [])];
  const record = (entry: Entry) => {
    journal?.append(entry);
    entries.push(entry);
  };
  /** What can be computed again may be missing from a full disk. */
  const note = (entry: Entry) => {
    try {
      record(entry);
    } catch (error) {
      if (!(error instanceof DiskFailed)) throw error;
    }
  };
  if (entries.length === 0)
    record({ kind: "genesis", chainId: CHAIN, time: options.genesis ?? Math.floor(Date.now() / 1000) });
  const [genesis] = entries;
  if (genesis?.kind !== "genesis") throw damaged(journal, 1);

  let closed = false;
  const { chainId, time: genesisTime } = genesis;
  const start = () => Anvil.start({ chainId, genesis: genesisTime, mnemonic: MNEMONIC, ...(folder ? { folder } : {}) });
  let anvil = await start();
  let head: Block = await Node.head(anvil.rpc);
  /** What the node gives the next block unless it is told another. Unknown at its start, and of a state that it loaded. */
  let nodeTime: number | undefined;
  const nonces = new Map<Address, number>();
  let sinceSnapshot = 0;

  /** Sends what is in the journal already. @returns nothing if the node does not take it. */
  async function mine(time: number, raw: Hex): Promise<Receipt | undefined> {
    try {
      if (time !== nodeTime) await anvil.rpc("evm_setNextBlockTimestamp", [time]);
      nodeTime = time;
      return await Node.receiptOf(anvil.rpc, await anvil.rpc("eth_sendRawTransactionSync", [raw]));
    } catch (error) {
      if (error instanceof NodeRefused || error instanceof Reverted) return undefined;
      throw error;
    }
  }

  /** Brings a fresh node to where the journal is. */
  async function replay(): Promise<void> {
    let from = 1;
    nonces.clear();
    nodeTime = undefined;
    for (const { state, ...saved } of folder ? Snapshot.read(folder) : []) {
      // A snapshot of more than the journal has cannot be of this ledger.
      if (saved.records > entries.length) continue;
      await anvil.rpc("anvil_loadState", [`0x${state.toString("hex")}`]);
      head = await Node.head(anvil.rpc);
      if (head.number !== saved.block || head.hash !== saved.hash) throw damaged(journal, saved.records);
      from = saved.records;
      break;
    }
    const acts = entries.slice(from).filter(({ kind }) => kind === "act").length;
    let done = 0;
    for (let k = from; k < entries.length; k++) {
      const entry = entries[k];
      if (entry?.kind !== "act") continue;
      const next = entries[k + 1];
      if (next?.kind === "refused") continue;
      // The node would wait for what stands between.
      const expected = nonces.get(entry.from) ?? (await Node.nonce(anvil.rpc, entry.from));
      if (entry.nonce !== expected) throw damaged(journal, k + 1);
      const receipt = await mine(entry.time, entry.raw);
      if (receipt) nonces.set(entry.from, expected + 1);
      if (receipt) head = receipt.block;
      const outcome: Entry = receipt ? { kind: "block", ...receipt.block } : { kind: "refused", why: "replay" };
      if (!next) record(outcome);
      // What an act came to is missing where the disk was full: it is played, and there is nothing to compare.
      else if (next.kind === "act") continue;
      else if (next.kind !== "block" || !receipt || next.hash !== head.hash || next.number !== head.number) {
        throw damaged(journal, k + 2);
      }
      options.onReplay?.(++done, acts);
    }
    sinceSnapshot = done;
    await journal?.sync();
  }

  /** The node is gone, and everything it knew; the journal is not. */
  async function recover(): Promise<void> {
    await anvil.stop();
    anvil = await start();
    await replay();
  }

  /** Runs something on the node, once more if the node ends meanwhile. `again` says what to do then. */
  async function withNode<T>(run: () => Promise<T>, again: () => Promise<T> = run): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof NodeDown) || closed || !journal) throw error;
      await recover();
      return again();
    }
  }

  await replay();

  // One after another: what is read between two acts is one state.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const turn = last.then(run);
    last = turn.catch(() => {});
    return turn;
  };

  /** Reads the state in turn; the disk then takes its time while acts go on. */
  let writing: Promise<void> = Promise.resolve();
  async function snapshot(): Promise<void> {
    if (!folder) return;
    const started = performance.now();
    await writing;
    await journal?.sync();
    const state = Buffer.from(String(await anvil.rpc("anvil_dumpState")).slice(2), "hex");
    options.onSnapshot?.(performance.now() - started);
    sinceSnapshot = 0;
    const saved = { records: entries.length, block: head.number, hash: head.hash, state };
    writing = Snapshot.write(folder, saved, point).catch((error) => options.onSnapshotFailed?.(error));
  }

  const send: Ledger["send"] = (signer, transaction, { at } = {}) =>
    inTurn(async () => {
      if (!signer.transaction) throw new NeedsRelayer(signer.address);
      const time = at ?? Math.max(Math.floor(Date.now() / 1000), head.time);
      if (time < head.time) throw new BadTime(time, head.time);
      const key = signer.address.toLowerCase() as Address;
      const nonce = nonces.get(key) ?? (await withNode(() => Node.nonce(anvil.rpc, key)));
      const { data, to, value = 0n } = transaction;
      const raw = await signer.transaction({
        ...{ chainId: CHAIN, nonce, data, value, gas: GAS, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
        ...(to ? { to } : {}),
      });
      point("act: signed");
      record({ kind: "act", time, from: key, nonce, raw });
      point("act: journaled");
      // The disk and the node work at the same time: whichever ends first, the act is acknowledged when both have.
      const flushed = journal?.sync();
      flushed?.catch(() => {});
      const hash = Hash.keccak256(raw);
      const receipt = await withNode(
        () => mine(time, raw),
        // Played again with the journal, which recorded what it came to.
        () => Node.receipt(anvil.rpc, hash),
      );
      point("act: sent");
      const played = entries.at(-1)?.kind !== "act";
      if (!receipt) {
        if (!played) note({ kind: "refused", why: "node" });
        throw new NodeRefused("eth_sendRawTransaction", 0, "the node did not take the transaction");
      }
      nonces.set(key, nonce + 1);
      head = receipt.block;
      if (!played) note({ kind: "block", ...receipt.block });
      point("act: recorded");
      await flushed;
      point("act: flushed");
      if (++sinceSnapshot >= Math.max(snapshotEvery, entries.length * REPLAYED)) await snapshot();
      return receipt;
    });

  const read = <T>(run: (rpc: Anvil.Anvil["rpc"]) => Promise<T>): Promise<T> =>
    inTurn(() => withNode(() => run(anvil.rpc)));

  const house = Signer.fromKey(HOUSE);
  const ledger: Rehearsal = {
    kind: "rehearsal",
    name: InputError.both("rehearsal ledger, on this machine only", "预演账本，仅在本机"),
    chainId: CHAIN,
    house,
    deployment: { escrow: ZERO, reader: ZERO, evidence: ZERO, accounts: ZERO },
    now: () => head.time,
    nodePid: () => anvil.pid,
    head: async () => head,
    send,
    call: (transaction, options) => read((rpc) => Node.call(rpc, transaction, options)),
    code: (address) => read((rpc) => Node.code(rpc, address)),
    receipt: (hash) => read((rpc) => Node.receipt(rpc, hash)),
    logs: (filter) => read((rpc) => Node.logs(rpc, filter)),
    rpc: (method, params) => read((rpc) => rpc(method, params)),
    snapshot: () => inTurn(snapshot).then(() => writing),
    async deploy(contract, args = [], { at } = {}) {
      const transaction = { data: Abi.deployment(contract, args) };
      const receipt = await ledger.send(house, transaction, at === undefined ? {} : { at });
      if (!receipt.contract) throw new Reverted("0x");
      return receipt.contract;
    },
    async close() {
      await last;
      await writing;
      closed = true;
      await anvil.stop();
      await journal?.sync();
      journal?.close();
      release();
    },
  };
  return Object.assign(ledger, { deployment: await deployAll(ledger, genesis.time) });
}

const ZERO: Address = "0x0000000000000000000000000000000000000000";

/** The same addresses on every rehearsal ledger: one account deploys, first of all and in this order. */
async function deployAll(ledger: Rehearsal, time: number): Promise<Deployment> {
  const next = await Node.nonce((method, params = []) => ledger.rpc(method, params), ledger.house.address);
  const at = (nonce: number) => Node.created(ledger.house.address, nonce);
  const [annex, escrow, reader, evidence, accounts] = [0, 1, 2, 3, 4].map(at) as [
    Address,
    Address,
    Address,
    Address,
    Address,
  ];
  const steps = [
    () => ledger.deploy("Annex", [], { at: time }),
    () => ledger.deploy("Escrow", [annex], { at: time }),
    () => ledger.deploy("EscrowReader", [], { at: time }),
    async () => {
      const domain = Abi.decode(
        "Escrow",
        "domain",
        await ledger.call({ to: escrow, data: Abi.encode("Escrow", "domain") }),
      );
      return ledger.deploy("EvidenceBoard", [domain], { at: time });
    },
    () => ledger.deploy("AccountFactory", [], { at: time }),
  ];
  // After a crash in the middle the rest follows.
  for (const step of steps.slice(next)) await step();
  return { escrow, reader, evidence, accounts };
}

function damaged(journal: Journal.Journal<Entry> | undefined, record: number): LedgerDamaged {
  const what = InputError.both(
    `replaying record ${record} does not give what was recorded`,
    `重放第 ${record} 条记录所得与记录不符`,
  );
  return new LedgerDamaged(journal?.file ?? "journal", what);
}
