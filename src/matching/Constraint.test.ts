import * as Address from "ox/Address";
import type { Hex } from "ox/Hex";
import * as Secp256k1 from "ox/Secp256k1";
import * as Signature from "ox/Signature";
import { expect, test } from "vitest";
import { problemsOf } from "../agreement/InputError.ts";
import * as Attestation from "./Attestation.ts";
import type { Brief } from "./Brief.ts";
import * as Constraint from "./Constraint.ts";
import * as Provider from "./Provider.ts";
import { TODAY } from "./testing/Market.ts";

const profile: Provider.Provider = {
  name: "ada",
  kind: "person",
  skills: ["react", "nodejs"],
  rate: { currency: "EUR", from: 500, to: 700 },
  regions: ["DE"],
  hours: { from: 480, to: 960 },
  free: [{ from: "2027-01-04", to: "2027-02-02", people: 1 }],
};
const key = `0x${"11".repeat(32)}` as Hex;
const issuer = Address.fromPublicKey(Secp256k1.getPublicKey({ privateKey: key }));
const claim = { what: "gdpr", holder: "ada", issuer, from: 1_000, until: (TODAY + 365) * 86_400 };
const attest = (claimed: Omit<Attestation.Attestation, "signature">): Attestation.Attestation => ({
  ...claimed,
  signature: Signature.toHex(Secp256k1.sign({ payload: Attestation.digestOf(claimed), privateKey: key })),
});
const known = { at: TODAY * 86_400, trusted: new Set([issuer as string]), revoked: new Set<string>() };

test("behavior: an attestation counts until it is forged, borrowed, expired, revoked or from a stranger", () => {
  const good = attest(claim);
  const why = (change: Partial<Attestation.Attestation>, change2: Partial<Attestation.Known> = {}, holder = "ada") =>
    Attestation.refusalOf({ ...good, ...change }, holder, { ...known, ...change2 })?.en;
  expect(why({})).toBeUndefined();
  expect(why({ what: "hipaa" })).toBe("the issuer did not sign it");
  expect(why({ until: claim.until + 1 })).toBe("the issuer did not sign it");
  expect(why({ signature: "0x12" })).toBe("the issuer did not sign it");
  expect(why({ signature: `0x${"00".repeat(65)}` })).toBe("the issuer did not sign it");
  expect(why({}, {}, "bob")).toBe("it was issued to someone else");
  expect(why({}, { at: claim.until })).toBe("it has expired");
  expect(why({}, { at: 999 })).toBe("it is not valid yet");
  expect(why({}, { revoked: new Set([Attestation.digestOf(claim).toUpperCase().replace("0X", "0x")]) })).toBe(
    "its issuer took it back",
  );
  expect(why({}, { trusted: new Set() })).toBe("its issuer is not among those whose word counts");
});

test("behavior: hard constraints rule out, each with its reason in both languages; open fields rule nobody out", () => {
  const why = (brief: Partial<Brief>, attestations: readonly Attestation.Attestation[] = []) => {
    const found = Constraint.refusalOf(
      { text: "", language: "en", ...brief },
      { provider: profile, attestations },
      known,
    );
    return found ? [[found.en, found.zh]] : [];
  };
  expect(why({})).toEqual([]);
  expect(why({ skills: ["react", "sap"] })).toEqual([]);
  expect(why({ skills: ["sap"] })).toEqual([["none of the skills wanted", "不具备所需的任何技能"]]);
  expect(why({ compliance: ["gdpr"] }, [attest(claim)])).toEqual([]);
  expect(why({ compliance: ["gdpr"] })[0]?.[0]).toBe("no valid attestation of gdpr: there is none");
  expect(why({ compliance: ["gdpr"] }, [attest({ ...claim, until: 2_000 })])[0]?.[1]).toBe(
    "没有有效的 gdpr 证明：已过期",
  );
  expect(why({ term: 14, budget: { currency: "EUR", most: 5_000 } })).toEqual([]);
  expect(why({ term: 14, budget: { currency: "EUR", most: 4_999 } })[0]?.[0]).toBe(
    "costs at least 5000 EUR, the budget is 4999",
  );
  expect(why({ term: 14, budget: { currency: "USD", most: 1 } })).toEqual([]);
  expect(why({ overlap: { hours: 8, offset: 60 } })).toEqual([]);
  expect(why({ overlap: { hours: 4, offset: 480 } })[0]?.[0]).toBe("shares 1 working hours, 4 are wanted");
  expect(why({ start: TODAY + 29, term: 30 })).toEqual([]);
  expect(why({ start: TODAY + 30, term: 30 })[0]?.[0]).toBe("not free in the time wanted");
  const offer = { provider: { ...profile, free: [] }, attestations: [] };
  expect(Constraint.refusalOf({ text: "", language: "en", start: TODAY + 30 }, offer, known)).toBeUndefined();
});

test("error: unknown skills, overlapping calendars, days that do not exist, rates upside down, all at once", () => {
  const found = problemsOf(() =>
    Provider.parse({
      ...profile,
      skills: ["React.js", "Kuberntes", "前端"],
      rate: { currency: "EUR", from: 5, to: 4 },
      hours: { from: 100, to: 100 },
      free: [
        { from: "2027-01-01", to: "2027-01-31", people: 1 },
        { from: "2027-01-31", to: "2027-02-02", people: 1 },
        { from: "2027-02-30", to: "2027-03-02", people: 1 },
        { from: "2027-05-02", to: "2027-05-01", people: 1 },
      ],
    }),
  );
  expect(found.map(({ field }) => field)).toEqual([
    "skills[1]",
    "rate.to",
    "hours",
    "free[1]",
    "free[2]",
    "free[3].to",
  ]);
  expect(found[0]?.in("en")).toContain("perhaps kubernetes");
  expect(found[3]?.in("en")).toContain("2027-01-31 – 2027-02-02");
  expect(found[3]?.in("zh")).toContain("free[0]（2027-01-01 – 2027-01-31）");
  expect(Provider.parse({ ...profile, skills: ["React.js", "ReactJS", "前端"] }).skills).toEqual(["react", "frontend"]);
  expect(problemsOf(() => Provider.parse({ ...profile, age: 3 }))).toHaveLength(1);
  expect(problemsOf(() => Provider.parse(null))).toHaveLength(1);
});
