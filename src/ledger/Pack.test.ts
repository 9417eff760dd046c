import fc from "fast-check";
import { AbiEvent, Hash, Rlp } from "ox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Codec, Evidence, InputError, Terms } from "../agreement/index.ts";
import * as Abi from "./Abi.ts";
import { artifact } from "./Artifact.ts";
import { NothingToPack } from "./Errors.ts";
import * as Escrow from "./Escrow.ts";
import type { Hex, Ledger } from "./Ledger.ts";
import * as Pack from "./Pack.ts";
import * as Proof from "./Proof.ts";
import { hashOf, person } from "./testing/Deal.ts";
import { at, begin, CLIENT, type Deal, FILES, file, PROVIDER, play } from "./testing/Packing.ts";

let deal: Deal;
let pack: Pack.Pack;
beforeAll(async () => {
  deal = await begin();
  await play(deal);
  pack = await Pack.make(deal.ledger, deal.subject, { terms: deal.terms, evidence: FILES });
});
afterAll(() => deal.close());

type Judged = Record<string, boolean | "not checked">;
const judge = async (pack: Pack.Pack, options: Parameters<typeof Pack.verify>[1] = {}): Promise<Judged> =>
  Object.fromEntries((await Pack.verify(pack, options)).map(({ name, proven }) => [name, proven]));
/** Names of what was found to be wrong. */
const wrong = async (pack: Pack.Pack, options: Parameters<typeof Pack.verify>[1] = {}): Promise<readonly string[]> =>
  (await Pack.verify(pack, options)).filter(({ proven }) => proven === false).map(({ name }) => name);
const why = async (pack: Pack.Pack, name: string, options: Parameters<typeof Pack.verify>[1] = {}): Promise<string> =>
  (await Pack.verify(pack, options)).find((one) => one.name === name)?.why.en ?? "";

/** A copy with something else in it, as read from its file. */
function changed(change: (pack: Pack.Pack) => void): Pack.Pack {
  const copy = structuredClone(pack);
  change(copy);
  return Pack.read(Pack.write(copy));
}

/** The list's item; a test that has none is wrong. */
function item<T>(list: readonly T[], index: number): T {
  const found = list.at(index);
  if (found === undefined) throw new Error(`no item ${index}`);
  return found;
}

/** With one hexadecimal digit changed. */
const flip = (hex: string, index = -1): Hex => {
  const place = index < 0 ? hex.length + index : index;
  return `${hex.slice(0, place)}${hex[place] === "0" ? "1" : "0"}${hex.slice(place + 1)}` as Hex;
};

const OFFLINE: Judged = {
  id: true,
  document: true,
  "signature.client": true,
  "signature.provider": true,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((k) => [`block.${k}`, true])),
  ...Object.fromEntries([1, 2, 3, 4, 5].map((k) => [`act.${k}`, true])),
  facts: true,
  course: true,
  "evidence.1": true,
  "evidence.2": true,
  "evidence.3": true,
  canonical: "not checked",
  complete: "not checked",
  state: "not checked",
  final: "not checked",
  rehearsal: "not checked",
  people: "not checked",
  escrow: "not checked",
  files: "not checked",
};

describe("a good pack", () => {
  test("behavior: verifies offline, from its file, and says what it does not prove", async () => {
    const file = Pack.write(pack);
    expect(Pack.read(file)).toEqual(pack);
    expect(Pack.read(Buffer.from(`${file}\n`))).toEqual(pack);
    const findings = await Pack.verify(Pack.read(file));
    expect(Object.fromEntries(findings.map(({ name, proven }) => [name, proven]))).toEqual(OFFLINE);
    expect(Pack.sound(findings)).toBe(true);
    expect(pack.facts.map(({ kind }) => kind)).toEqual(["opened", "delivered", "rejected", "delivered", "paid"]);
    for (const { what, why } of findings) for (const words of [what, why]) expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
  });

  test("behavior: with its ledger also that the blocks stand, nothing is missing, and the state agrees", async () => {
    expect(await judge(pack, { ledger: deal.ledger })).toEqual({
      ...OFFLINE,
      canonical: true,
      complete: true,
      state: true,
    });
  });

  test("behavior: keeps the text private, and proves the rest", async () => {
    const hidden = await Pack.make(deal.ledger, deal.subject, { evidence: FILES });
    expect(Pack.write(hidden)).not.toContain("mini-program");
    expect(await judge(Pack.read(Pack.write(hidden)))).toEqual({ ...OFFLINE, document: "not checked" });
  });

  test("behavior: names what files the ledger speaks of that it does not hold", async () => {
    const bare = await Pack.make(deal.ledger, deal.subject, { terms: deal.terms, evidence: FILES.slice(0, 2) });
    const { "evidence.3": _, ...others } = OFFLINE;
    const third = item(FILES.map(Evidence.hash), 2);
    expect(await judge(bare)).toEqual({ ...others, [`commitment.${third}`]: "not checked" });
  });

  test("behavior: a chain's node may say that the blocks are final; a rehearsal cannot", async () => {
    const last = Proof.readHeader(item(pack.blocks, -1).header)?.number ?? 0;
    const finalizedAt = (number: number): Ledger => ({
      ...deal.ledger,
      kind: "chain",
      rpc: (method, params) => {
        const asked = params[0] === "finalized" ? [`0x${number.toString(16)}`, false] : params;
        return deal.ledger.rpc(method, asked);
      },
    });
    expect((await judge(pack, { ledger: finalizedAt(last) })).final).toBe(true);
    expect((await judge(pack, { ledger: finalizedAt(last - 1) })).final).toBe("not checked");
    expect(await why(pack, "final", { ledger: deal.ledger })).toBe("a rehearsal ledger is whatever its owner says");
  });

  test("behavior: under a named block, whose parents are reached by their headers", async () => {
    const [first, last] = [item(pack.blocks, 0), item(pack.blocks, -1)];
    expect((await judge(pack, { blockHash: last.hash })).named).toBe(true);
    expect((await judge(pack, { blockHash: first.hash })).named).toBe("not checked");
    expect(await why(pack, "named", { blockHash: first.hash })).toMatch(/^1 of 5 acts/);
    expect(await wrong(pack, { blockHash: hashOf("another block") })).toEqual(["named"]);
  });
});

describe("tampering is found and named", () => {
  test("behavior: an amount in the terms", async () => {
    const other = changed(({ agreement }) => {
      if (agreement.kind !== "terms") return;
      const [first, second] = agreement.terms.milestones;
      if (first) Object.assign(first, { amount: "20001", net: "18868.92" });
      if (second) Object.assign(second, { amount: "24999", net: "23583.91" });
    });
    expect(await wrong(other)).toEqual(expect.arrayContaining(["id", "document"]));
    expect(await why(other, "document")).toMatch(/the ledger names 0x/);
  });

  test("behavior: a word of the text", async () => {
    const other = changed(({ agreement }) => {
      if (agreement.kind === "terms") agreement.terms.text.en = agreement.terms.text.en.replace("pay for tea", "pay");
    });
    expect(await wrong(other)).toEqual(expect.arrayContaining(["id", "document"]));
  });

  test("behavior: a signature, also where it is no longer the form that the escrow takes", async () => {
    const [client = "0x", provider = "0x"] = [pack.signatures.client, pack.signatures.provider];
    expect(
      await wrong(
        changed(({ signatures }) => {
          signatures.client = flip(client, 20);
        }),
      ),
    ).toEqual(["signature.client"]);
    const twin = `${provider.slice(0, -2)}${provider.endsWith("1b") ? "00" : "01"}` as Hex;
    expect(
      await wrong(
        changed(({ signatures }) => {
          signatures.provider = twin;
        }),
      ),
    ).toEqual(["signature.provider"]);
    const swapped = changed((pack) => {
      pack.signatures = { client: provider, provider: client };
    });
    expect(await wrong(swapped)).toEqual(["signature.client", "signature.provider"]);
    expect(
      await wrong(
        changed(({ signatures }) => {
          delete signatures.client;
        }),
      ),
    ).toEqual(["signature.client"]);
  });

  test("behavior: a log of a receipt, with the facts made to fit", async () => {
    const amount = deal.subject.agreement.work.tranches[0]?.amount ?? 0n;
    const paid = (value: bigint) => value.toString(16).padStart(54, "0");
    const other = changed(({ acts, facts }) => {
      const act = item(acts, -1);
      act.receipt = act.receipt.replace(paid(amount), paid(2n * amount)) as Hex;
      const fact = item(facts, -1);
      if (fact.kind === "paid") Object.assign(fact, { amount: String(2n * amount), fee: String(amount / 50n) });
    });
    expect(await wrong(other)).toEqual(["act.5", "course"]);
    expect(await why(other, "act.5")).toBe("the proof does not lead to its receipt");
    expect(await why(other, "course")).toBe("more was paid out of part 1 than it held");
  });

  test("behavior: a credit slipped into a receipt; what became of credits is never told", async () => {
    const word = (hex: string) => `0x${hex.replace("0x", "").padStart(64, "0")}` as Hex;
    const credited = AbiEvent.fromAbi(artifact("Escrow").abi, "Credited" as never) as AbiEvent.AbiEvent;
    const topics = [AbiEvent.getSelector(credited), word(deal.token), word(PROVIDER.address)];
    const other = changed(({ acts }) => {
      const act = item(acts, -1);
      const fields = Rlp.toHex(`0x${act.receipt.slice(4)}`) as Hex[];
      const logs = fields[3] as unknown as unknown[];
      const more = [...logs, [deal.subject.escrow, topics, word("0x64")]];
      act.receipt = `0x02${Rlp.fromHex(fields.with(3, more as never)).slice(2)}`;
    });
    expect(await wrong(other)).toEqual(["act.5", "facts"]);
    expect(await why(other, "facts")).toBe("fact 6 is missing; the receipts say credited");
    expect((await judge(other)).credits).toBe("not checked");
  });

  test("behavior: a node of a proof", async () => {
    for (const kind of ["transaction", "receipt"] as const) {
      const other = changed(({ acts }) => {
        const { proofs } = item(acts, 1);
        proofs[kind][0] = flip(item(proofs[kind], 0));
      });
      expect(await wrong(other)).toEqual(["act.2"]);
      expect(await why(other, "act.2")).toBe(`the proof does not lead to its ${kind}`);
    }
  });

  test("behavior: a field of a header, with or without the hash made to fit", async () => {
    const header = item(pack.blocks, 2).header;
    const fields = Rlp.toHex(header) as Hex[];
    const later = Rlp.fromHex(fields.with(11, flip(item(fields, 11))));
    const plain = changed(({ blocks }) => {
      item(blocks, 2).header = later;
    });
    expect(await wrong(plain)).toEqual(expect.arrayContaining(["block.3", "act.3"]));
    const fitted = changed(({ blocks, acts, facts }) => {
      const hash = Hash.keccak256(later);
      const time = Proof.readHeader(later)?.time ?? 0;
      Object.assign(item(blocks, 2), { header: later, hash });
      item(acts, 2).block = hash;
      Object.assign(item(facts, 2).block, { hash, time });
    });
    // Alone nobody can tell another chain's block from this one's: the ledger can, and who knows the last hash.
    expect(await wrong(fitted)).toEqual([]);
    expect(await wrong(fitted, { ledger: deal.ledger })).toEqual(["canonical"]);
    expect(await why(fitted, "named", { blockHash: item(pack.blocks, -1).hash })).toMatch(/^2 of 5 acts/);
  });

  test("behavior: a missing act, with its facts and without", async () => {
    const drop = (k: number, facts: boolean) =>
      changed((pack) => {
        pack.acts.splice(k, 1);
        pack.blocks.splice(k, 1);
        if (facts) pack.facts.splice(k, 1);
      });
    expect(await wrong(drop(1, false))).toEqual(["facts", "course", "evidence.1"]);
    expect(await why(drop(1, false), "facts")).toMatch(/^fact 2 is delivered; the receipts say rejected/);
    expect(await why(drop(1, true), "course")).toBe("part 1 was rejected, though it was open");
    expect(await why(drop(2, true), "course")).toMatch(/^part 1 is in round 1, after 0 rejections/);
    expect(await wrong(drop(0, true))).toEqual(
      expect.arrayContaining(["signature.client", "signature.provider", "course"]),
    );
    // The last can be left out without a gap; only the ledger knows.
    expect(await wrong(drop(4, true))).toEqual([]);
    const withLedger = await judge(drop(4, true), { ledger: deal.ledger });
    expect(withLedger).toMatchObject({ complete: "not checked", state: "not checked" });
    expect(await why(drop(4, true), "complete", { ledger: deal.ledger })).toMatch(/1 more on the ledger since/);
    expect(await why(drop(3, true), "complete", { ledger: deal.ledger })).toMatch(/^missing: 0x/);
  });

  test("behavior: acts out of order, or twice", async () => {
    const turned = changed((pack) => {
      pack.acts.reverse();
      pack.blocks.reverse();
      pack.facts.reverse();
    });
    expect(await why(turned, "course")).toBe("the acts are not in the ledger's order");
    const twice = changed(({ acts, facts }) => {
      acts.push(item(acts, -1));
      facts.push(item(facts, -1));
    });
    expect(await why(twice, "course")).toBe("the acts are not in the ledger's order");
  });

  test("behavior: a fact told otherwise than the receipt does", async () => {
    const other = changed(({ facts }) => {
      const fact = item(facts, -1);
      if (fact.kind === "paid") fact.onTime = !fact.onTime;
    });
    expect(await wrong(other)).toEqual(["facts"]);
    expect(await why(other, "facts")).toMatch(/fact 5 is paid; the receipts say paid with other contents/);
  });

  test("behavior: a swapped hash of evidence, or one of another file", async () => {
    const swapped = changed(({ evidence }) => {
      const [one, other] = [item(evidence, 0), item(evidence, 1)];
      [one.contentHash, other.contentHash] = [other.contentHash, one.contentHash];
    });
    const found = (await Pack.verify(swapped)).filter(({ proven }) => proven === false);
    expect(found.map(({ name }) => name)).toEqual(["evidence.1", "evidence.2"]);
    expect(found[0]?.what.en).toContain("prototype.pdf");
    expect(await wrong(changed(({ evidence }) => void evidence.push(file("other.pdf"))))).toEqual(["evidence.4"]);
  });

  test("behavior: another chain, another escrow, another id", async () => {
    const chain = changed(({ ledger }) => {
      ledger.chainId = 1;
    });
    expect(await wrong(chain)).toEqual(expect.arrayContaining(["id", "document", "act.1", "act.5"]));
    expect(await why(chain, "act.1")).toBe("its transaction is one of chain 31337");
    expect(await wrong(chain, { ledger: deal.ledger })).toContain("canonical");
    const escrow = changed(({ ledger }) => {
      ledger.escrow = deal.token;
    });
    expect(await wrong(escrow, { ledger: deal.ledger })).toEqual(expect.arrayContaining(["id", "act.1", "state"]));
    expect(
      await wrong(
        changed((pack) => {
          pack.id = flip(pack.id);
        }),
      ),
    ).toEqual(expect.arrayContaining(["id", "act.1", "facts"]));
  });

  test("behavior: an act of another agreement", async () => {
    const { ledger, subject } = deal;
    const second = { ...subject, agreement: Terms.toAgreement(Terms.parse({ ...deal.terms, salt: hashOf("salt") })) };
    const call: Escrow.Call = { verb: "revoke", byClient: true };
    await Escrow.act(ledger, second, call, { sender: CLIENT, at: at("2027-01-27T09:00Z") });
    const strange = await Pack.make(ledger, second);
    expect(await judge(strange)).toMatchObject({ "act.1": true, facts: true, course: true });
    const other = changed(({ acts, blocks }) => {
      acts.push(item(strange.acts, 0));
      blocks.push(item(strange.blocks, 0));
    });
    expect(await wrong(other)).toEqual(["act.6"]);
    expect(await why(other, "act.6")).toBe("it is no act of this agreement");
    expect(await why(other, "complete", { ledger })).toMatch(/^the ledger does not know 0x/);
  });

  test("behavior: the packed agreement of a private one", async () => {
    const hidden = await Pack.make(deal.ledger, deal.subject);
    const agreement = Pack.agreementOf(hidden);
    const tranches = agreement.work.tranches.map((one, k) => (k === 0 ? { ...one, amount: 1n } : one));
    const packed = Codec.encode({ ...agreement, work: { ...agreement.work, tranches } });
    hidden.agreement = { kind: "ledger", packed };
    expect(await wrong(Pack.read(Pack.write(hidden)))).toEqual(expect.arrayContaining(["id"]));
  });
});

describe("any byte of the file", () => {
  /** Names, types and sizes of evidence are the maker's words, which nothing proves; `files` says so. */
  const free = (file: string): ReadonlySet<number> => {
    const places = new Set<number>();
    const from = file.indexOf('"evidence":');
    for (const { 0: whole, index } of file.matchAll(/"(?:name|mediaType)":"[^"]*"|"size":\d+/g))
      if (index > from && index < file.indexOf('"facts":'))
        for (let k = 0; k < whole.length; k++) places.add(index + k);
    return places;
  };

  test("behavior: changed, it does not read, or no longer verifies as before", async () => {
    const file = Buffer.from(Pack.write(pack));
    const words = free(Pack.write(pack));
    const before = new Map((await Pack.verify(pack)).map((one) => [one.name, one]));
    // All places are characters of one byte but for the text, which the terms' hash covers.
    const start = file.indexOf('"evidence":');
    const shift = start - Pack.write(pack).indexOf('"evidence":');
    const property = fc.asyncProperty(
      fc.nat({ max: file.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (place, mask) => {
        fc.pre(!words.has(place - shift));
        const copy = Buffer.from(file);
        copy.writeUInt8(copy.readUInt8(place) ^ mask, place);
        let read: Pack.Pack;
        try {
          read = Pack.read(copy);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError.CommendaError);
          return;
        }
        const after = new Map((await Pack.verify(read)).map((one) => [one.name, one]));
        const kept = [...before.values()].every(
          ({ name, proven }) => proven !== true || after.get(name)?.proven === true,
        );
        expect(kept, `byte ${place} became ${copy.readUInt8(place)}`).toBe(false);
      },
    );
    await fc.assert(property, { numRuns: process.env.COMMENDA_DEEP ? 20_000 : 400 });
  });
});

describe("a file that is no good pack", () => {
  const problemsOf = (change: (pack: Record<string, unknown>) => void): readonly string[] => {
    const copy = structuredClone(pack) as unknown as Record<string, unknown>;
    change(copy);
    try {
      Pack.read(Pack.write(copy as Pack.Pack));
    } catch (error) {
      if (error instanceof InputError.BadInput) return error.problems.map(({ name, field }) => `${name} ${field}`);
      throw error;
    }
    return [];
  };

  test("error: cut off, no JSON, no UTF-8, too long, empty", () => {
    const whole = Pack.write(pack);
    expect(() => Pack.read(whole.slice(0, 2_000))).toThrow(
      /not a whole JSON|no whole JSON document of 2000 characters/,
    );
    expect(() => Pack.read("")).toThrow(/no whole JSON document of 0 characters/);
    expect(() => Pack.read("version: commenda-pack/1")).toThrow(/no whole JSON document/);
    expect(() => Pack.read(Buffer.from([0x22, 0xff, 0x22]))).toThrow(/not UTF-8/);
    expect(() => Pack.read(`"${"x".repeat(Pack.MAX_BYTES)}"`)).toThrow(/at most 16 MB/);
    expect(() => Pack.read("[".repeat(1_000_000))).toThrow(/no whole JSON document/);
    for (const text of ["null", "1", "[]", '"pack"', "{}"])
      expect(() => Pack.read(text), text).toThrow(InputError.BadInput);
    expect(() => Pack.read(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toThrow(InputError.BadInput);
  });

  test("error: written in another way, or with a field twice", () => {
    const whole = Pack.write(pack);
    expect(() => Pack.read(JSON.stringify(JSON.parse(whole), null, 2))).toThrow(/From character 2 on/);
    expect(() => Pack.read(`{"version":"commenda-pack/1",${whole.slice(1)}`)).toThrow(/none twice/);
    expect(() => Pack.read(`${whole}\n\n`)).toThrow(/RFC 8785/);
  });

  test("error: every bad field by its name", () => {
    const problems = problemsOf((copy) => {
      Object.assign(copy, { version: "commenda-pack/3", id: "0x12", extra: 1 });
      Object.assign((copy.ledger as object) ?? {}, { chainId: 0, escrow: "0xABCD" });
      const [first] = copy.acts as Pack.Pack["acts"];
      Object.assign(first ?? {}, { receipt: "0xABC", index: -1, more: true });
      const [fact] = copy.facts as Record<string, unknown>[];
      Object.assign(fact ?? {}, { kind: "stolen" });
      const [one] = copy.evidence as Record<string, unknown>[];
      delete one?.salt;
      delete (copy.signatures as Record<string, unknown>).client;
    });
    expect(problems.toSorted()).toEqual([
      "MissingField evidence[0].salt",
      "UnknownField acts[0].more",
      "UnknownField extra",
      "WrongForm acts[0].index",
      "WrongForm acts[0].receipt",
      "WrongForm facts[0].kind",
      "WrongForm id",
      "WrongForm ledger.chainId",
      "WrongForm ledger.escrow",
      "WrongForm version",
    ]);
  });

  test("error: terms that are none, by the field inside them", () => {
    const problems = problemsOf(({ agreement }) => {
      const { terms } = agreement as { terms: Terms.Terms };
      terms.openBy = "tomorrow";
      terms.fees.platform = "4 %";
    });
    expect(problems).toEqual(
      expect.arrayContaining(["NotATime agreement.terms.openBy", "FeeOverCap agreement.terms.fees.platform"]),
    );
  });

  test("error: a packed agreement with a byte too many, too few, or with a flag of no meaning", () => {
    const good = Codec.encode(deal.subject.agreement);
    for (const packed of [`${good}00`, good.slice(0, -2), "0x", "0x1f", `0x0e${good.slice(4)}`])
      expect(problemsOf((copy) => Object.assign(copy, { agreement: { kind: "ledger", packed } }))).toEqual([
        "WrongForm agreement.packed",
      ]);
  });
});

describe("making a pack", () => {
  test("error: of an agreement that the ledger does not know", async () => {
    const agreement = { ...deal.subject.agreement, document: hashOf("other") };
    await expect(Pack.make(deal.ledger, { ...deal.subject, agreement })).rejects.toThrow(NothingToPack);
  });

  test("error: with the terms of another agreement, or with evidence that the ledger does not name", async () => {
    const other = { ...deal.terms, salt: hashOf("salt") };
    await expect(Pack.make(deal.ledger, deal.subject, { terms: other })).rejects.toMatchObject({
      problems: [{ field: "terms" }],
    });
    const evidence = [item(FILES, 0), file("other.pdf")];
    await expect(Pack.make(deal.ledger, deal.subject, { evidence })).rejects.toMatchObject({
      problems: [{ field: "evidence[1]" }],
    });
  });
});

describe("other ways to open, and to end", () => {
  /** Answers ERC-1271 with yes: `PUSH4 magic, PUSH1 e0, SHL, MSTORE, RETURN`; the constructor copies it. */
  const YES: Hex = "0x6010600c60003960106000f3631626ba7e60e01b60005260206000f3";

  test("behavior: a party that sent the opening itself gave no signature, and needs none", async () => {
    const own = await begin();
    try {
      const providerSignature = await own.sign(PROVIDER);
      await own.act("2027-01-05T09:00Z", { verb: "open", providerSignature }, CLIENT);
      const made = await Pack.make(own.ledger, own.subject);
      expect(made.signatures).toEqual({ provider: providerSignature });
      expect(await why(made, "signature.client")).toBe("it sent the opening itself, under its own signature");
      expect(await judge(made)).toMatchObject({ "signature.client": true, "signature.provider": true });
    } finally {
      await own.close();
    }
  });

  test("behavior: a contract account's signature needs its ledger", async () => {
    const own = await begin();
    try {
      const { ledger } = own;
      const { contract } = await ledger.send(ledger.house, { data: YES }, { at: at("2027-01-04T01:00Z") });
      const { parties } = own.terms;
      const terms = Terms.parse({
        ...own.terms,
        parties: { ...parties, provider: { ...parties.provider, address: contract } },
      });
      const subject = { ...own.subject, agreement: Terms.toAgreement(terms) };
      const clientSignature = await Escrow.signTerms(ledger, subject, CLIENT);
      const providerSignature = await Escrow.signTerms(ledger, subject, person("owner"));
      const call: Escrow.Call = { verb: "open", clientSignature, providerSignature };
      await Escrow.act(ledger, subject, call, { sender: ledger.house, at: at("2027-01-05T09:00Z") });
      const made = await Pack.make(ledger, subject, { terms });
      expect((await judge(made))["signature.provider"]).toBe("not checked");
      expect(await judge(made, { ledger })).toMatchObject({ "signature.provider": true, state: true });
      // Elsewhere nothing stands at that address.
      const empty: Ledger = { ...ledger, code: async () => "0x" };
      expect(await wrong(made, { ledger: empty })).toEqual(["signature.provider"]);
    } finally {
      await own.close();
    }
  });

  test("behavior: a change order ends one agreement and opens the next, by the same transaction", async () => {
    const own = await begin();
    try {
      const { ledger, subject } = own;
      const both = { clientSignature: await own.sign(CLIENT), providerSignature: await own.sign(PROVIDER) };
      await own.act("2027-01-05T09:00Z", { verb: "open", ...both }, ledger.house);
      const id = Escrow.idOf(ledger, subject);
      const terms = Terms.parse({ ...own.terms, replaces: id, salt: hashOf("next") });
      const next = { ...subject, agreement: Terms.toAgreement(terms) };
      const [clientSignature, providerSignature] = await Promise.all(
        [CLIENT, PROVIDER].map((signer) => Escrow.signTerms(ledger, next, signer)),
      );
      const call = { verb: "amend", next: next.agreement, ...{ clientSignature, providerSignature } } as Escrow.Call;
      await own.act("2027-01-06T09:00Z", call, ledger.house);
      const before = await Pack.make(ledger, subject);
      expect(before.facts.map(({ kind }) => kind)).toEqual(["opened", "replaced", "closed"]);
      expect(await wrong(before, { ledger })).toEqual([]);
      expect(await judge(before, { ledger })).toMatchObject({ complete: true, state: true, course: true });
      const after = await Pack.make(ledger, next, { terms });
      expect(after.facts.map(({ kind }) => kind)).toEqual(["opened"]);
      expect(after.signatures).toEqual({ client: clientSignature, provider: providerSignature });
      expect(await judge(after, { ledger })).toMatchObject({ "signature.client": true, state: true, course: true });
    } finally {
      await own.close();
    }
  });

  test("behavior: part paid, contested, ruled by the panel, settled, closed", async () => {
    const panel = person("panel");
    const own = await begin((terms) => {
      const { by } = terms.arbitration;
      return by ? { ...terms, arbitration: { ...terms.arbitration, by: { ...by, address: panel.address } } } : terms;
    });
    try {
      const { ledger, subject } = own;
      const both = { clientSignature: await own.sign(CLIENT), providerSignature: await own.sign(PROVIDER) };
      const [work, reasons, claim] = ["work.zip", "reasons.pdf", "claim.pdf"].map((name) => file(name));
      const [deliverable, why, contest] = [work, reasons, claim].map((one) => one && Evidence.hash(one)) as Hex[];
      const evidence = [work, reasons, claim].filter((one) => one !== undefined);
      const part = { tranche: 0, round: 0 };
      await own.act("2027-01-05T09:00Z", { verb: "open", ...both }, ledger.house);
      await own.act("2027-01-20T09:00Z", { verb: "deliver", ...part, deliverable: deliverable ?? "0x" }, PROVIDER);
      const share = { shareBps: 4_000, deliverable: deliverable ?? "0x", reasons: why ?? "0x" };
      await own.act("2027-01-21T09:00Z", { verb: "acceptPart", ...part, ...share }, CLIENT);
      const again = { verb: "contest", tranche: 0, round: 1, byClient: false, reasons: contest ?? "0x" } as const;
      await own.act("2027-01-22T09:00Z", again, PROVIDER);
      await own.act("2027-01-23T09:00Z", { verb: "answer", tranche: 0, round: 1 }, CLIENT);
      const during = await Pack.make(ledger, subject, { evidence });
      expect(await wrong(during, { ledger })).toEqual([]);
      expect(await judge(during, { ledger })).toMatchObject({ state: true, course: true, complete: true });

      const terms = Codec.encode(subject.agreement, ["parties", "work", "arbitration"]);
      const ruling = Abi.encode("Escrow", "rulePanel", [terms, 0n, 51n, [panel.address]]);
      const ruled = await ledger.send(panel, { to: subject.escrow, data: ruling }, { at: at("2027-01-24T09:00Z") });
      expect(ruled.ok).toBe(true);
      const { tranches } = subject.agreement.work;
      const held = tranches
        .slice(1)
        .reduce((sum, one) => sum + (one.fundBy === 0 ? one.amount : one.terminationFee), 0n);
      const split = { toProvider: held / 3n, toClient: held - held / 3n, depositsToProvider: 0n, depositsToClient: 0n };
      const auth = { validUntil: at("2027-02-01T09:00Z") };
      const settle: Escrow.Call = { verb: "settle", ...split };
      const { sign } = await import("./Auth.ts");
      const domain = Escrow.domain(ledger, subject.escrow);
      const id = Escrow.idOf(ledger, subject);
      const providerAuth = await sign(PROVIDER, domain, id, settle, auth);
      await own.act("2027-01-25T09:00Z", { ...settle, providerAuth }, CLIENT);

      const made = Pack.read(Pack.write(await Pack.make(ledger, subject, { terms: own.terms, evidence })));
      expect(made.facts.map(({ kind }) => kind)).toEqual([
        ...["opened", "delivered", "paid", "rejected", "contested", "answered"],
        ...["ruling", "paid", "refunded", "paid", "refunded", "closed"],
      ]);
      expect(await wrong(made, { ledger })).toEqual([]);
      expect(await judge(made, { ledger })).toMatchObject({ course: true, complete: true, state: true });
      const gap = structuredClone(made);
      gap.acts.splice(2, 1);
      gap.facts.splice(2, 2);
      expect(await wrong(gap)).toContain("course");
      const unpaid = structuredClone(made);
      unpaid.acts.splice(-2, 1);
      unpaid.facts = unpaid.facts.filter(({ transaction }) => transaction !== ruled.hash);
      expect(await wrong(unpaid)).toContain("course");
      expect(await wrong(unpaid, { ledger })).toEqual(expect.arrayContaining(["course", "complete"]));
    } finally {
      await own.close();
    }
  });
});
