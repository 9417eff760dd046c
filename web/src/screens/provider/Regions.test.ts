import { describe, expect, test } from "vitest";
import * as Regions from "./Regions.ts";

describe("Regions", () => {
  test("behavior: a region is found by its code and its name in both languages", () => {
    expect(Regions.search("de")[0]).toBe("DE");
    expect(Regions.search("Germ")).toEqual(["DE"]);
    expect(Regions.search("德国")).toEqual(["DE"]);
    expect(Regions.search("新加坡", ["SG"])).toEqual([]);
    expect(Regions.search("")).toEqual([]);
  });

  test("a code that is none stays what it is", () => {
    expect(Regions.wordsOf("JP")).toEqual({ en: "Japan", zh: "日本" });
    expect(Regions.wordsOf("Q")).toEqual({ en: "Q", zh: "Q" });
  });
});
