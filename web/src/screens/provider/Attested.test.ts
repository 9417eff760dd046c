import { expect, test } from "vitest";
import { attestationOf } from "./Attested.ts";

const whole = { what: "iso27001", issuer: "0x1", from: 1, until: 2, signature: "0x2" };

test("behavior: what an issuer signed is taken, whatever stands beside it; anything else is none", () => {
  expect(attestationOf(JSON.stringify({ ...whole, holder: "a" }))).toEqual(whole);
  for (const wrong of ["", "null", "[]", '"a"', JSON.stringify({ ...whole, until: "soon" })])
    expect(attestationOf(wrong)).toBeUndefined();
});
