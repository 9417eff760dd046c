import { Hash, Hex, TypedData } from "ox";
import { describe, expect, test } from "vitest";
import * as Codec from "./Codec.ts";
import { ARBITRATION, agreement, classic, DAY, T0, tranche } from "./testing/Sample.ts";

const domain = { chainId: 31_337, verifyingContract: `0x${"ee".repeat(20)}` } as const;
const rich = agreement(
  [tranche({ terminationFee: 7n, terminable: true, extender: 2, extensionDays: 9, extensionPrice: 11n }), tranche()],
  {
    work: { sequential: true, pauses: [{ from: T0 + DAY, until: T0 + 8 * DAY }] },
    arbitration: { ...ARBITRATION, extraData: "0xc0ffee" },
  },
);

describe("encode, decode", () => {
  test.each([
    ["rich", rich],
    ["classic", classic()],
  ])("behavior: %s comes back as it was", (_, one) => {
    expect(Codec.decode(Codec.encode(one))).toEqual(one);
  });

  test("behavior: a branch left out travels as its hash", () => {
    const packed = Codec.decode(Codec.encode(rich, ["parties"]));
    const { work, arbitration, outcome } = Codec.branchHashes(rich);
    expect(packed).toEqual({ parties: rich.parties, work, arbitration, outcome });
    expect(Codec.encode(rich, ["parties"]).length).toBe(2 + 2 * (1 + 80 + 3 * 32));
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
  });
});

describe("id", () => {
  test("behavior: the EIP-712 types are those that the contract hashes", () => {
    const outcome = "Outcome(address source,uint8 metric,bool lines,uint128 defaultValue,Point[] points)";
    const encoded = TypedData.encodeType({ types: Codec.TYPES, primaryType: "Agreement" });
    expect(
      encoded.startsWith(
        "Agreement(Parties parties,Work work,Arbitration arbitration,Outcome outcome)Arbitration(address arbitrator,bool panel,",
      ),
    ).toBe(true);
    expect(encoded).toContain(outcome);
    expect(TypedData.encodeType({ types: Codec.TYPES, primaryType: "Outcome" })).toBe(
      `${outcome}Point(uint128 value,uint128 pay)`,
    );
  });

  test("behavior: it is the digest that a wallet signs, and the hash of the branch hashes", () => {
    const one = classic();
    const { domain: asShown } = Codec.typedData(domain, one);
    const typeHash = Hash.keccak256(
      Hex.fromString(TypedData.encodeType({ types: Codec.TYPES, primaryType: "Agreement" })),
    );
    const structHash = Hash.keccak256(Hex.concat(typeHash, ...Object.values(Codec.branchHashes(one))));
    const separator = TypedData.domainSeparator(asShown);
    expect(Codec.id(domain, one)).toBe(Hash.keccak256(Hex.concat("0x1901", separator, structHash)));
    expect(Codec.id({ ...domain, chainId: 31_337n }, one)).toBe(Codec.id(domain, one));
  });

  test("behavior: another chain, escrow or any other field is another id", () => {
    const ids = [
      Codec.id(domain, rich),
      Codec.id({ ...domain, chainId: 1 }, rich),
      Codec.id({ ...domain, verifyingContract: `0x${"ef".repeat(20)}` }, rich),
      Codec.id(domain, { ...rich, work: { ...rich.work, openBy: rich.work.openBy + 1 } }),
      Codec.id(domain, { ...rich, arbitration: { ...rich.arbitration, maxCost: 1n } }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
