import { Hash, Hex, TypedData } from "ox";
import { describe, expect, test } from "vitest";
import type { Agreement, Tranche } from "./Agreement.ts";
import * as Codec from "./Codec.ts";
import { ARBITRATION, agreement, classic, DAY, T0, tranche } from "./testing/Sample.ts";

const domain = { chainId: 31_337, verifyingContract: `0x${"ee".repeat(20)}` } as const;
const rich = agreement(
  [
    tranche({ terminationFee: 7n, terminable: true, extender: 2, extensionDays: 9, extensionPrice: 11n }),
    tranche({ fundBy: T0 + 6 * DAY }),
  ],
  {
    work: { sequential: true, pauses: [{ from: T0 + DAY, until: T0 + 8 * DAY }] },
    arbitration: { ...ARBITRATION, extraData: "0xc0ffee" },
  },
);

const TYPE = {
  parties: "Parties(address client,address provider,address clientDelegate,address providerDelegate)",
  work: "Work(address token,address feeRecipient,uint16 feeBps,bool sequential,bool payByResult,Tranche[] tranches,Pause[] pauses)",
  tranche:
    "Tranche(uint128 amount,uint32 start,uint32 due,uint32 review,uint32 cure,uint32 fundBy,bool terminable,uint128 terminationFee,uint8 extender,uint16 extensionDays,uint128 extensionPrice)",
  pause: "Pause(uint32 from,uint32 until)",
  clauses: "Clauses(bytes32 document,bytes32 replaces,uint32 openBy,Arbitration arbitration,Outcome outcome)",
  arbitration:
    "Arbitration(address arbitrator,bool panel,uint128 deposit,uint32 answerWithin,uint32 ruleWithin,uint16 fallbackBps,uint128 maxCost,bytes extraData)",
  outcome: "Outcome(address source,uint8 metric,bool lines,uint128 defaultValue,Point[] points)",
  point: "Point(uint128 value,uint128 pay)",
};
const AGREEMENT = [
  "Agreement(Parties parties,Work work,Clauses clauses)",
  ...[TYPE.arbitration, TYPE.clauses, TYPE.outcome, TYPE.parties, TYPE.pause, TYPE.point, TYPE.tranche, TYPE.work],
].join("");

type Static = bigint | number | boolean | Hex.Hex;
const bytes = (size: number, value: Static) =>
  Hex.padLeft(typeof value === "string" ? value : Hex.fromNumber(BigInt(value)), size);
const keccak = (...parts: Hex.Hex[]) => Hash.keccak256(Hex.concat(...parts));
const struct = (type: string, ...values: Static[]) =>
  keccak(keccak(Hex.fromString(type)), ...values.map((value) => bytes(32, value)));

/** Struct hashes without the codec: each value a word, each list, text and struct its hash. */
function hashesByHand({ document, replaces, openBy, parties: p, work: w, arbitration: a, outcome: o }: Agreement) {
  const tranches = w.tranches.map((t) =>
    struct(
      TYPE.tranche,
      ...[t.amount, t.start, t.due, t.review, t.cure, t.fundBy, t.terminable],
      ...[t.terminationFee, t.extender, t.extensionDays, t.extensionPrice],
    ),
  );
  const pauses = w.pauses.map(({ from, until }) => struct(TYPE.pause, from, until));
  const points = o.points.map(({ value, pay }) => struct(TYPE.point, value, pay));
  const parties = struct(TYPE.parties, p.client, p.provider, p.clientDelegate, p.providerDelegate);
  const work = struct(
    TYPE.work + TYPE.pause + TYPE.tranche,
    ...[w.token, w.feeRecipient, w.feeBps, w.sequential, w.payByResult, keccak(...tranches), keccak(...pauses)],
  );
  const arbitration = struct(
    TYPE.arbitration,
    ...[a.arbitrator, a.panel, a.deposit, a.answerWithin, a.ruleWithin, a.fallbackBps, a.maxCost, keccak(a.extraData)],
  );
  const outcome = struct(
    TYPE.outcome + TYPE.point,
    ...[o.source, o.metric, o.lines, o.defaultValue, keccak(...points)],
  );
  const clauses = struct(
    TYPE.clauses + TYPE.arbitration + TYPE.outcome + TYPE.point,
    ...[document, replaces, openBy, arbitration, outcome],
  );
  return { parties, work, clauses, arbitration, outcome };
}

const trancheWord = (t: Tranche) =>
  bytes(
    32,
    (t.amount << 128n) |
      (BigInt(t.start) << 102n) |
      (BigInt(t.due) << 76n) |
      (BigInt(t.review) << 56n) |
      (BigInt(t.cure) << 36n) |
      (BigInt(t.fundBy) << 10n) |
      (BigInt(t.terminable) << 9n) |
      (BigInt(t.extender) << 7n) |
      BigInt(t.extensionDays),
  );

/** The packed form without the codec, each part in full. */
function packedByHand({ document, replaces, openBy, parties: p, work: w, arbitration: a, outcome: o }: Agreement) {
  const hasOptions = w.tranches.some((t) => t.terminationFee + t.extensionPrice > 0n);
  const options = w.tranches.map((t) => Hex.concat(bytes(16, t.terminationFee), bytes(16, t.extensionPrice)));
  const points = o.points.map(({ value, pay }) => Hex.concat(bytes(16, value), bytes(16, pay)));
  return {
    parties: Hex.concat(p.client, p.provider, p.clientDelegate, p.providerDelegate),
    work: Hex.concat(
      ...[w.token, w.feeRecipient, bytes(2, w.feeBps)],
      bytes(1, Number(w.sequential) + 2 * Number(w.payByResult) + 4 * Number(hasOptions)),
      ...[bytes(1, w.tranches.length), bytes(1, w.pauses.length), ...w.tranches.map(trancheWord)],
      ...(hasOptions ? options : []),
      ...w.pauses.map(({ from, until }) => Hex.concat(bytes(4, from), bytes(4, until))),
    ),
    head: Hex.concat(document, replaces, bytes(4, openBy)),
    arbitration: Hex.concat(
      ...[a.arbitrator, bytes(1, a.panel), bytes(16, a.deposit), bytes(4, a.answerWithin), bytes(4, a.ruleWithin)],
      ...[bytes(2, a.fallbackBps), bytes(16, a.maxCost), bytes(2, Hex.size(a.extraData)), a.extraData],
    ),
    outcome: Hex.concat(
      ...[o.source, bytes(1, o.metric), bytes(1, o.lines), bytes(16, o.defaultValue), bytes(1, points.length)],
      ...points,
    ),
  };
}

describe("encode, decode", () => {
  test.each([
    ["rich", rich],
    ["classic", classic()],
  ])("behavior: %s comes back as it was", (_, one) => {
    expect(Codec.decode(Codec.encode(one))).toEqual(one);
  });

  test.each(
    Object.entries({ rich, classic: classic({ replaces: `0x${"5e".repeat(32)}` }) }).flatMap(([name, one]) =>
      Array.from({ length: 16 }, (_, mask) => [name, mask, one] as const),
    ),
  )("behavior: %s, mask %i: a branch left out is its hash, both of the clauses left out are one", (_, mask, one) => {
    const branches = Codec.BRANCHES.filter((_, index) => (mask >> index) & 1);
    const [full, hashes] = [packedByHand(one), hashesByHand(one)];
    const leg = (branch: Codec.Branch) => (branches.includes(branch) ? full[branch] : hashes[branch]);
    const clauses = mask < 4 ? hashes.clauses : Hex.concat(full.head, leg("arbitration"), leg("outcome"));
    const packed = Hex.concat(bytes(1, mask), leg("parties"), leg("work"), clauses);
    expect(Codec.encode(one, branches)).toBe(packed);

    const has = (branch: Codec.Branch) => (branches.includes(branch) ? one[branch] : hashes[branch]);
    const { document, replaces, openBy } = one;
    expect(Codec.decode(packed)).toEqual({
      parties: has("parties"),
      work: has("work"),
      ...(mask < 4
        ? { clauses: hashes.clauses }
        : { document, replaces, openBy, arbitration: has("arbitration"), outcome: has("outcome") }),
    });
    expect(() => Codec.decode(`${packed}00`)).toThrow(Codec.MalformedTerms);
    expect(() => Codec.decode(Hex.slice(packed, 0, -1))).toThrow(Codec.MalformedTerms);
  });

  test("behavior: option words travel only when there are options", () => {
    const bare = Codec.encode(agreement([tranche()]));
    const priced = Codec.encode(agreement([tranche({ terminationFee: 1n })]));
    expect(priced.length - bare.length).toBe(64);
  });

  test("error: a length that is not exact", () => {
    const terms = Codec.encode(rich);
    expect(() => Codec.decode(`${terms}00`)).toThrow(Codec.MalformedTerms);
    expect(() => Codec.decode(terms.slice(0, -2) as `0x${string}`)).toThrow(Codec.MalformedTerms);
    expect(() => Codec.decode("0x10")).toThrow("byte 0");
  });

  test("error: a field that has no room names itself", () => {
    const late = agreement([tranche({ due: 2 ** 26 })]);
    expect(() => Codec.encode(late)).toThrow("work.tranches[0].due: found 67108864");
    expect(() => Codec.encode(agreement([tranche({ amount: 1n << 128n })]))).toThrow(Codec.DoesNotFit);
    expect(() => Codec.encode({ ...rich, openBy: 2 ** 32 })).toThrow("openBy: found 4294967296");
  });
});

describe("id", () => {
  test("behavior: the EIP-712 types are those that the contract hashes", () => {
    expect(TypedData.encodeType({ types: Codec.TYPES, primaryType: "Agreement" })).toBe(AGREEMENT);
  });

  test.each([
    ["rich", rich],
    ["classic", classic()],
  ])("behavior: of %s it is the digest that a wallet signs, a hash of hashes", (_, one) => {
    const hashes = hashesByHand(one);
    const { parties, work, clauses } = hashes;
    expect(Codec.branchHashes(one)).toEqual(hashes);
    const separator = struct(
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)",
      ...[keccak(Hex.fromString("Commenda")), keccak(Hex.fromString("1"))],
      ...[domain.chainId, domain.verifyingContract],
    );
    expect(Codec.id(domain, one)).toBe(keccak("0x1901", separator, struct(AGREEMENT, parties, work, clauses)));
    expect(Codec.id({ ...domain, chainId: 31_337n }, one)).toBe(Codec.id(domain, one));
  });

  test("behavior: a wallet shows the clauses under one name", () => {
    const { parties, work, ...clauses } = rich;
    expect(Codec.typedData(domain, rich).message).toEqual({ parties, work, clauses });
  });

  test("behavior: another chain, escrow or any other field is another id", () => {
    const ids = [
      Codec.id(domain, rich),
      Codec.id({ ...domain, chainId: 1 }, rich),
      Codec.id({ ...domain, verifyingContract: `0x${"ef".repeat(20)}` }, rich),
      Codec.id(domain, { ...rich, document: `0x${"ac".repeat(32)}` }),
      Codec.id(domain, { ...rich, replaces: `0x${"01".repeat(32)}` }),
      Codec.id(domain, { ...rich, openBy: rich.openBy + 1 }),
      Codec.id(domain, { ...rich, work: { ...rich.work, feeBps: rich.work.feeBps + 1 } }),
      Codec.id(domain, { ...rich, arbitration: { ...rich.arbitration, maxCost: 1n } }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
