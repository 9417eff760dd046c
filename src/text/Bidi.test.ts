import { expect, test } from "vitest";
import * as Bidi from "./Bidi.ts";

test("behavior: text that runs from right to left is isolated, controls of its own are gone, the rest stays", () => {
  expect(Bidi.isolate("Ada & 柏林 Co.")).toBe("Ada & 柏林 Co.");
  expect(Bidi.isolate("\u202Eevil\u202C.txt")).toBe("evil.txt");
  expect(Bidi.isolate("שלום\u2067 x")).toBe("\u2068שלום x\u2069");
  expect(Bidi.isolate("شركة")).toBe("\u2068شركة\u2069");
});
