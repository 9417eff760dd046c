import fc from "fast-check";
import { Hash, Rlp } from "ox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Abi from "./Abi.ts";
import { BlockGone, BlockUnknown, NodeRefused } from "./Errors.ts";
import type { Hex } from "./Ledger.ts";
import * as Proof from "./Proof.ts";
import * as Rehearsal from "./Rehearsal.ts";
import type { Rpc } from "./Rpc.ts";
import { GENESIS, hashOf } from "./testing/Deal.ts";

let ledger: Rehearsal.Rehearsal;
let rpc: Rpc;
/** One transaction of several in one block, since a rehearsal puts each in its own. */
let crowded: Hex;
beforeAll(async () => {
  ledger = await Rehearsal.open({ genesis: GENESIS });
  rpc = (method, params = []) => ledger.rpc(method, params);
  const token = await ledger.deploy("RehearsalToken", [6], { at: GENESIS });
  const { address, transaction } = ledger.house;
  const first = Number(await rpc("eth_getTransactionCount", [address, "latest"]));
  await rpc("evm_setAutomine", [false]);
  for (let k = 0; k < 20; k++) {
    const data = Abi.encode("RehearsalToken", "mint", [address, BigInt(k + 1)]);
    const unsigned = { chainId: ledger.chainId, nonce: first + k, to: token, data, value: 0n, gas: 1_000_000n };
    const raw = await transaction?.({ ...unsigned, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n });
    await rpc("eth_sendRawTransaction", [raw]);
  }
  await rpc("evm_mine", []);
  await rpc("evm_setAutomine", [true]);
  crowded = ((await rpc("eth_getBlockByNumber", ["latest", false])) as { hash: Hex }).hash;
});
afterAll(() => ledger.close());

const raw = async (hash: Hex) =>
  (await rpc("eth_getBlockByHash", [hash, true])) as Record<string, unknown> & { transactions: unknown[] };

/** Answers of the node, some of them changed. */
const lying =
  (change: (method: string, answer: unknown) => unknown): Rpc =>
  async (method, params = []) =>
    change(method, structuredClone(await rpc(method, params)));

describe("a header", () => {
  test("behavior: its bytes hash to the block's name, and tell what proofs need", async () => {
    const block = await raw(crowded);
    expect(Proof.readHeader(Proof.header(block))).toEqual({
      hash: crowded,
      parent: block.parentHash,
      transactionsRoot: block.transactionsRoot,
      receiptsRoot: block.receiptsRoot,
      number: Number(block.number),
      time: Number(block.timestamp),
    });
  });

  test("behavior: each field of every fork so far is part of it", async () => {
    const block = await raw(crowded);
    const length = (Rlp.toHex(Proof.header(block)) as readonly unknown[]).length;
    expect(length).toBe(21);
    for (const [field, value] of Object.entries(block)) {
      if (typeof value !== "string" || ["hash", "totalDifficulty", "size"].includes(field)) continue;
      const { [field]: _, ...without } = block;
      expect(() => Proof.header(without), field).toThrow(BlockUnknown);
    }
  });

  test("behavior: a QBFT block's name leaves its commit seals out", async () => {
    const vanity = hashOf("vanity");
    const extra = (seals: readonly Hex[]) => Rlp.fromHex([vanity, [`0x${"a1".repeat(20)}`], [], "0x02", seals]);
    const block = await raw(crowded);
    const fields = Rlp.toHex(Proof.header(block)) as Hex[];
    const named = Rlp.fromHex(fields.with(12, extra([])));
    const sealed = { ...block, extraData: extra([`0x${"5e".repeat(65)}`]), hash: Hash.keccak256(named) };
    expect(Proof.header(sealed)).toBe(named);
  });

  test("error: fields of a fork that is not known here are named", async () => {
    const block = { ...(await raw(crowded)), blockAccessListHash: hashOf("list"), hash: hashOf("other") };
    expect(() => Proof.header(block)).toThrow(/fields that are not known here: blockAccessListHash/);
  });

  test("error: bytes that are no header", () => {
    for (const bytes of ["0x", "0xc0", "0x01", "0xf90200", `0x${"ff".repeat(600)}`] as const)
      expect(Proof.readHeader(bytes), bytes).toBeUndefined();
  });
});

describe("a proof", () => {
  test("behavior: shows each transaction and receipt of a block, by the node's own roots", async () => {
    const block = await Proof.ofBlock(rpc, crowded);
    const header = Proof.readHeader(block.header);
    expect(block.receipts).toHaveLength(20);
    const all = block.receipts.map((_, k) => k);
    for (const [root, values] of [
      [header?.transactionsRoot, block.transactions],
      [header?.receiptsRoot, block.receipts],
    ] as const) {
      const proofs = await Proof.prove(values, all);
      for (const k of all) expect(await Proof.provenAt(root ?? "0x", k, proofs[k] ?? [])).toBe(values[k]);
    }
    const minted = Proof.readReceipt(block.receipts[4] ?? "0x");
    expect(minted).toMatchObject({ ok: true, logs: [{ data: `0x${"5".padStart(64, "0")}` }] });
    expect(Proof.readTransaction(block.transactions[4] ?? "0x")).toMatchObject({
      from: ledger.house.address,
      chainId: ledger.chainId,
    });
  });

  test("behavior: is of its index and of its nodes only", async () => {
    const { header, receipts } = await Proof.ofBlock(rpc, crowded);
    const root = Proof.readHeader(header)?.receiptsRoot ?? "0x";
    const [nodes = [], other = []] = await Proof.prove(receipts, [3, 17]);
    expect(await Proof.provenAt(root, 4, nodes)).toBeUndefined();
    expect(await Proof.provenAt(root, 99, nodes)).toBeUndefined();
    expect(await Proof.provenAt(hashOf("other"), 3, nodes)).toBeUndefined();
    expect(await Proof.provenAt(root, 3, [])).toBeUndefined();
    expect(await Proof.provenAt(root, 3, nodes.slice(1))).toBeUndefined();
    expect(await Proof.provenAt(root, 3, nodes.slice(0, -1))).toBeUndefined();
    expect(await Proof.provenAt(root, 3, [...nodes, ...other])).toBeUndefined();
    expect(await Proof.provenAt(root, 3, [...nodes, "0x"])).toBeUndefined();
    expect(await Proof.provenAt("0x", 3, nodes)).toBeUndefined();
  });

  test("behavior: holds for blocks of any length, and for no other byte", async () => {
    const value = fc.uint8Array({ minLength: 1, maxLength: 90 });
    const values = fc.array(value, { minLength: 1, maxLength: 140 });
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (some, pick, at, flip) => {
        const hex = some.map((bytes): Hex => `0x${Buffer.from(bytes).toString("hex")}`);
        const index = pick % hex.length;
        const [nodes = []] = await Proof.prove(hex, [index]);
        const root = await Proof.rootOf(hex);
        expect(await Proof.provenAt(root, index, nodes)).toBe(hex[index]);
        const joined = Buffer.from(nodes.map((node) => node.slice(2)).join(""), "hex");
        joined.writeUInt8((joined[at % joined.length] ?? 0) ^ flip, at % joined.length);
        let from = 0;
        const changed = nodes.map((node): Hex => {
          const part = joined.subarray(from, from + (node.length - 2) / 2);
          from += part.length;
          return `0x${part.toString("hex")}`;
        });
        expect(await Proof.provenAt(root, index, changed)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe("a node that knows less, or tells something else", () => {
  test("behavior: receipts one by one where it has no method for all", async () => {
    const modest: Rpc = (method, params = []) => {
      if (method === "eth_getBlockReceipts") throw new NodeRefused(method, -32_601, "no such method");
      return rpc(method, params);
    };
    expect(await Proof.ofBlock(modest, crowded)).toEqual(await Proof.ofBlock(rpc, crowded));
  });

  test("behavior: a transaction of an unknown type is taken as the node has it, if it hashes to its name", async () => {
    const strange = lying((method, answer) => {
      if (method === "eth_getBlockByHash") {
        const { transactions } = answer as { transactions: { type: Hex; hash: Hex }[] };
        const [first] = transactions;
        if (first) transactions[0] = { type: "0x7e", hash: first.hash };
      }
      return answer;
    });
    expect(await Proof.ofBlock(strange, crowded)).toEqual(await Proof.ofBlock(rpc, crowded));
    const poor: Rpc = async (method, params = []) => {
      if (/Raw/.test(method)) throw new NodeRefused(method, -32_601, "no such method");
      return strange(method, params);
    };
    await expect(Proof.ofBlock(poor, crowded)).rejects.toThrow(/transaction of type 0x7e/);
  });

  test("error: a changed log, a missing receipt, a block that is gone", async () => {
    type Told = { logs: { data: Hex }[] }[];
    const changed = lying((method, answer) => {
      if (method === "eth_getBlockReceipts")
        for (const log of (answer as Told)[0]?.logs ?? []) log.data = hashOf("more");
      return answer;
    });
    await expect(Proof.ofBlock(changed, crowded)).rejects.toThrow(/receipts do not give its root/);
    const short = lying((method, answer) => (method === "eth_getBlockReceipts" ? (answer as Told).slice(1) : answer));
    await expect(Proof.ofBlock(short, crowded)).rejects.toThrow(BlockGone);
    await expect(Proof.ofBlock(rpc, hashOf("no block"))).rejects.toThrow(BlockGone);
  });
});

describe("receipts of other forms", () => {
  const raw = {
    status: "0x0" as Hex,
    cumulativeGasUsed: "0x5208" as Hex,
    logsBloom: `0x${"00".repeat(256)}` as Hex,
    logs: [],
    blockHash: hashOf("block"),
    transactionHash: hashOf("transaction"),
  };

  test("behavior: legacy ones without a type, typed ones with it in front", () => {
    const legacy = Proof.receipt({ ...raw, type: "0x0" });
    expect(Proof.receipt({ ...raw, type: "0x2" })).toBe(`0x02${legacy.slice(2)}`);
    expect(Rlp.toHex(legacy)).toEqual(["0x", "0x5208", raw.logsBloom, []]);
    expect(Proof.readReceipt(legacy)).toEqual({ ok: false, logs: [] });
  });

  test("behavior: one before Byzantium has a root in place of its status", () => {
    const { status: _, ...before } = raw;
    const [first] = Rlp.toHex(Proof.receipt({ ...before, root: hashOf("state") })) as Hex[];
    expect(first).toBe(hashOf("state"));
  });

  test("behavior: a rollup's deposit carries two fields more", () => {
    const deposit = { ...raw, type: "0x7e" as Hex, depositNonce: "0x3" as Hex, depositReceiptVersion: "0x1" as Hex };
    const bytes = Proof.receipt(deposit);
    expect(bytes.startsWith("0x7e")).toBe(true);
    expect(Rlp.toHex(`0x${bytes.slice(4)}`)).toEqual(["0x", "0x5208", raw.logsBloom, [], "0x03", "0x01"]);
    expect(Proof.readReceipt(bytes)).toEqual({ ok: false, logs: [] });
  });

  test("error: bytes that are none", () => {
    for (const bytes of ["0x", "0x02", "0xc0", "0x02c0", `0x02${"ff".repeat(40)}`] as const)
      expect(Proof.readReceipt(bytes), bytes).toBeUndefined();
  });
});

describe("a signature over an id", () => {
  test("error: another form of it than the escrow takes", async () => {
    const { Secp256k1, Signature } = await import("ox");
    const payload = hashOf("id");
    const privateKey = hashOf("key");
    const signature = Signature.toHex(Secp256k1.sign({ payload, privateKey }));
    const signer = Proof.signerOf(payload, signature);
    expect(signer).toMatch(/^0x[0-9a-f]{40}$/);
    const { r, s, yParity } = Signature.fromHex(signature);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const high = `0x${(order - BigInt(s)).toString(16).padStart(64, "0")}` as Hex;
    const flipped = Signature.toHex({ r, s: high, yParity: yParity === 1 ? 0 : 1 });
    const v = signature.slice(-2);
    const same = `${signature.slice(0, -2)}${v === "1b" ? "00" : "01"}` as Hex;
    const far = `${signature.slice(0, -2)}${v === "1b" ? "3b" : "3c"}` as Hex;
    for (const other of [flipped, same, far, "0x", `${signature}00` as Hex] as const)
      expect(Proof.signerOf(payload, other), other).toBeUndefined();
  });
});
