import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Evidence, InputError, Manifest, Verdict } from "../../agreement/index.ts";
import type { Hex } from "../Ledger.ts";
import * as Pack from "../Pack.ts";
import type { Signer } from "../Signer.ts";
import { hashOf, person } from "../testing/Deal.ts";
import { begin, CLIENT, type Deal, FILES, file, PROVIDER, play } from "../testing/Packing.ts";

const COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const DELEGATE = person("runner of the client");
const ARCHIVE = file("build.tar");
let deal: Deal;
let id: Hex;
let manifest: Manifest.Manifest;
let own: Evidence.Evidence;
let runs: readonly Verdict.Signed[];
let pack: Pack.Pack;

/** What a run of a side says. */
async function run(signer: Signer, changes: Partial<Verdict.Verdict> = {}): Promise<Verdict.Signed> {
  const verdict = Verdict.parse({
    ...{ version: "commenda-verdict/1", agreement: id, tranche: 1, round: 0, criterion: "functions" },
    ...{ subject: { kind: "commit", hash: COMMIT }, suite: `0x${"5a".repeat(32)}`, inputs: [] },
    ...{ environment: hashOf("environment"), checks: [{ id: "orders", result: "pass" }], confined: true },
    measures: [{ check: "orders", name: "duration", value: "12", unit: "ms" }],
    ...{ runner: { sandbox: "bubblewrap", system: "Linux", version: "1" }, started: 1, ended: 2, artefacts: [] },
    ...changes,
  });
  const domain = { chainId: deal.ledger.chainId, verifyingContract: deal.subject.escrow };
  const signature = await signer.sign(Verdict.typedData(domain, verdict));
  return { verdict, by: signer.address.toLowerCase(), signature };
}

beforeAll(async () => {
  deal = await begin((terms) => {
    const { client, provider } = terms.parties;
    return { ...terms, parties: { client: { ...client, delegate: DELEGATE.address }, provider } };
  });
  await play(deal);
  id = (await Pack.make(deal.ledger, deal.subject)).id as Hex;
  runs = [
    await run(DELEGATE),
    await run(PROVIDER, {
      started: 5,
      ended: 9,
      measures: [{ check: "orders", name: "duration", value: "30", unit: "ms" }],
    }),
  ];
  manifest = Manifest.parse({
    ...{ version: "commenda-manifest/1", agreement: id, tranche: 1, round: 0, reports: [], readings: [] },
    commits: [{ repository: "https://git.example/shop.git", commit: COMMIT }],
    files: [{ name: ARCHIVE.name, size: ARCHIVE.size, commitment: Evidence.hash(ARCHIVE) }],
    verdicts: runs.slice(1).map(({ verdict, by }) => ({
      ...{ criterion: verdict.criterion, by, digest: Verdict.digest(verdict), document: Verdict.contentHash(verdict) },
    })),
  });
  own = { ...file("manifest.json", Manifest.write(manifest)), mediaType: "text/plain" };
  const deliverable = Evidence.hash(own);
  await deal.act("2027-03-01T09:00Z", { verb: "deliver", tranche: 1, round: 0, deliverable }, PROVIDER);
  await deal.act("2027-03-03T09:00Z", { verb: "accept", tranches: 2, rounds: 1, deliverables: deliverable }, CLIENT);
  pack = await make({ verdicts: runs, manifests: [manifest] });
});
afterAll(() => deal.close());

type Audit = NonNullable<NonNullable<Parameters<typeof Pack.make>[2]>["audit"]>;
const make = (audit: Audit, kept = [own, ARCHIVE]) =>
  Pack.make(deal.ledger, deal.subject, { terms: deal.terms, evidence: FILES, kept, audit });

const findings = async (pack: Pack.Pack) =>
  (await Pack.verify(Pack.read(Pack.write(pack)))).filter(({ name }) =>
    /^(verdict|runs|manifest|statement)/.test(name),
  );
const judge = async (pack: Pack.Pack) =>
  Object.fromEntries((await findings(pack)).map(({ name, proven }) => [name, proven]));
const why = async (pack: Pack.Pack, name: string) => (await findings(pack)).find((one) => one.name === name)?.why.en;

function changed(change: (pack: Pack.Pack) => void): Pack.Pack {
  const copy = structuredClone(pack);
  change(copy);
  return copy;
}

/** The list's item; a test that has none is wrong. */
function item<T>(list: readonly T[] | undefined, index: number): T {
  const found = list?.at(index);
  if (found === undefined) throw new Error(`no item ${index}`);
  return found;
}

const GOOD = {
  "manifest.1": true,
  "manifest.1.items": true,
  "verdict.1": true,
  "verdict.1.subject": true,
  "verdict.2": true,
  "verdict.2.subject": true,
  "runs.2.0.functions": true,
  statement: true,
};

describe("an audit pack", () => {
  test("behavior: proves offline what both runs said, what was delivered, and what it came to", async () => {
    expect(pack.version).toBe("commenda-pack/2");
    expect(await judge(pack)).toEqual(GOOD);
    const all = await Pack.verify(Pack.read(Pack.write(pack)));
    expect(Pack.sound(all)).toBe(true);
    for (const { what, why } of all) for (const words of [what, why]) expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(await why(pack, "verdict.1")).toBe("by the client's delegate: all checks passed");
    expect(await why(pack, "statement")).toBe(
      "45000000000 units to the provider, 450000000 of them fee, and 0 back to the client",
    );
    expect(pack.statement?.lines.map(({ tranche, toProvider }) => [tranche, toProvider])).toEqual([
      [0, "20000000000"],
      [1, "25000000000"],
    ]);
  });

  test("behavior: one without is as it always was, and an old one that has an audit's part is none", async () => {
    const old = await Pack.make(deal.ledger, deal.subject, { terms: deal.terms, evidence: FILES });
    expect([old.version, Object.keys(old)]).toEqual(["commenda-pack/1", expect.not.arrayContaining(["verdicts"])]);
    expect(Pack.sound(await Pack.verify(Pack.read(Pack.write(old))))).toBe(true);
    expect(await judge(old)).toEqual({});
    const mixed = changed((copy) => {
      copy.version = "commenda-pack/1";
    });
    expect(() => Pack.read(Pack.write(mixed))).toThrow(InputError.BadInput);
  });

  test("behavior: leaves out what is of another agreement, and what was not delivered", async () => {
    const strange = await run(DELEGATE, { agreement: hashOf("another") as Hex });
    const other = { ...manifest, round: 3 };
    const made = await make({ verdicts: [...runs, strange, item(runs, 0)], manifests: [manifest, other, manifest] });
    expect([made.verdicts?.length, made.manifests?.length]).toEqual([2, 1]);
    const bare = await make({ verdicts: [], manifests: [manifest] }, []);
    expect([bare.manifests, await judge(bare)]).toEqual([[], { statement: true }]);
  });

  test("behavior: says what of a manifest it does not have", async () => {
    const made = await make({ verdicts: runs.slice(0, 1), manifests: [manifest] }, [own]);
    expect(await judge(made)).toMatchObject({ "manifest.1.items": "not checked", "runs.2.0.functions": "not checked" });
    expect(await why(made, "manifest.1.items")).toBe("without build.tar, functions");
    expect(await why(made, "runs.2.0.functions")).toBe("the pack has no run of the provider's");
  });

  test("behavior: that the runs differ is proven too, check by check", async () => {
    const fails = await run(DELEGATE, { checks: [{ id: "orders", result: "fail" }] });
    const made = await make({ verdicts: [fails, item(runs, 1)], manifests: [manifest] });
    expect(await judge(made)).toEqual(GOOD);
    const found = (await findings(made)).find(({ name }) => name.startsWith("runs"));
    expect(found?.what.en).toBe("The two sides' runs of functions on part 2, round 0 differ");
    expect(found?.why.en).toBe('check "orders": fail in one run, pass in the other');
    const again = await run(DELEGATE, { started: 20, ended: 30 });
    const rerun = await make({ verdicts: [fails, again, item(runs, 1)], manifests: [manifest] });
    expect((await findings(rerun)).find(({ name }) => name.startsWith("runs"))?.what.en).toMatch(/say the same$/);
  });
});

describe("tampering is found and named", () => {
  const wrong = async (change: (pack: Pack.Pack) => void) =>
    Object.entries(await judge(changed(change))).flatMap(([name, proven]) => (proven === false ? [name] : []));

  test("behavior: a result, a measure, the time, who signed, whose it is", async () => {
    const verdictOf = (copy: Pack.Pack) => item(copy.verdicts, 0);
    expect(
      await wrong((copy) => {
        item(verdictOf(copy).verdict.checks, 0).result = "fail";
      }),
    ).toEqual(["verdict.1"]);
    expect(
      await wrong((copy) => {
        item(verdictOf(copy).verdict.measures, 0).value = "1";
      }),
    ).toEqual(["verdict.1"]);
    expect(
      await wrong((copy) => {
        verdictOf(copy).verdict.ended = 3;
      }),
    ).toEqual(["verdict.1"]);
    expect(
      await wrong((copy) => {
        verdictOf(copy).by = PROVIDER.address.toLowerCase();
      }),
    ).toEqual(["verdict.1"]);
    expect(
      await wrong((copy) => {
        verdictOf(copy).signature = item(copy.verdicts, 1).signature;
      }),
    ).toEqual(["verdict.1"]);
  });

  test("behavior: a stranger's signature, another suite, a criterion of another part, another commit", async () => {
    const bad = async (signer: Signer, changes: Partial<Verdict.Verdict>) => {
      const one = await run(signer, changes);
      return wrong((copy) => {
        copy.verdicts = [one];
      });
    };
    expect(await bad(person("stranger"), {})).toEqual(["verdict.1"]);
    expect(await bad(DELEGATE, { suite: hashOf("another suite") })).toEqual(["verdict.1"]);
    expect(await bad(DELEGATE, { criterion: "nothing" })).toEqual(["verdict.1"]);
    expect(await bad(DELEGATE, { tranche: 0 })).toEqual(["verdict.1"]);
    const hash = "a".repeat(40);
    expect(await bad(DELEGATE, { subject: { kind: "commit", hash } })).toEqual(["verdict.1.subject"]);
  });

  test("behavior: a manifest that was not delivered, and a statement told otherwise", async () => {
    expect(
      await wrong((copy) => {
        item(copy.manifests, 0).note = "and more";
      }),
    ).toEqual(["manifest.1"]);
    expect(
      await wrong((copy) => {
        item(copy.manifests, 0).round = 1;
      }),
    ).toEqual(["manifest.1"]);
    const statement = (change: (one: NonNullable<Pack.Pack["statement"]>) => void) =>
      wrong((copy) => {
        if (copy.statement) change(copy.statement);
      });
    expect(
      await statement(({ total }) => {
        total.toProvider = "45000000001";
      }),
    ).toEqual(["statement"]);
    expect(await statement(({ payments }) => void payments.pop())).toEqual(["statement"]);
    expect(await statement(({ lines }) => void lines.reverse())).toEqual(["statement"]);
  });

  test("behavior: any byte of it, changed, it does not read, or no longer verifies as before", async () => {
    const text = Pack.write(pack);
    const bytes = Buffer.from(text);
    const before = new Map((await Pack.verify(pack)).map((one) => [one.name, one]));
    const from = (name: string) => bytes.indexOf(`"${name}":`);
    // The parts of an audit; the others have a test of their own.
    const spans = [
      [from("manifests"), from("signatures")],
      [from("statement"), bytes.length - 1],
    ] as const;
    const places = fc.oneof(...spans.map(([min, max]) => fc.integer({ min, max })));
    const property = fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (place, mask) => {
      const copy = Buffer.from(bytes);
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
    });
    await fc.assert(property, { numRuns: process.env.COMMENDA_DEEP ? 10_000 : 300 });
  });
});
