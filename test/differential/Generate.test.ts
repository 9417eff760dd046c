import { describe, expect, test } from "vitest";
import * as Codec from "../../src/agreement/Codec.ts";
import { sequence } from "./Generate.ts";

describe("sequence", () => {
  test("behavior: the same seed gives the same sequence, another seed another", () => {
    expect(sequence(7)).toEqual(sequence(7));
    expect(sequence(7).agreements).not.toEqual(sequence(8).agreements);
  });

  test("behavior: legal and illegal acts of every verb, and nearly every refusal, come up", () => {
    const done = new Set<string>();
    const refused = new Set<string>();
    let legal = 0;
    let all = 0;
    for (let seed = 0; seed < 600; seed++) {
      for (const { act, expected } of sequence(seed, { hostile: seed % 3 === 0 }).steps) {
        all += 1;
        if (expected === "ok") {
          legal += 1;
          done.add(act.verb);
        } else {
          refused.add(expected.refused);
        }
      }
    }
    expect(done.size).toBe(22);
    expect(legal / all).toBeGreaterThan(0.5);
    expect(legal / all).toBeLessThan(0.7);
    const never = [
      "NotAuthorised",
      "SignatureExpired",
      "WrongTranche",
      "WrongStage",
      "WrongRound",
      "TooEarly",
      "TooLate",
      "ShareTaken",
      "BadShare",
      "NotTerminable",
      "NotExtendable",
      "NothingToAccept",
      "MilestonesOpen",
      "BadReport",
      "CostOverCap",
      "BadSplit",
      "InexactTransfer",
      "TransferFailed",
      "CreditTooLow",
      "PastOpenBy",
      "ReplacesMismatch",
      "NothingToRevoke",
      "NotArbitrator",
    ].filter((name) => !refused.has(name));
    expect(never).toEqual([]);
  });

  test("behavior: every agreement travels", () => {
    for (let seed = 0; seed < 100; seed++) {
      for (const agreement of sequence(seed).agreements)
        expect(Codec.decode(Codec.encode(agreement))).toEqual(agreement);
    }
  });
});
