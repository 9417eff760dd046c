import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Evidence from "./Evidence.ts";
import { BadInput } from "./InputError.ts";
import * as Manifest from "./Manifest.ts";

const hash = (digit: string) => `0x${digit.repeat(64)}` as const;

const whole = (changes: Partial<Manifest.Manifest> = {}): Manifest.Manifest => ({
  version: "commenda-manifest/1",
  agreement: hash("a"),
  tranche: 0,
  round: 1,
  commits: [{ repository: "https://git.example/shop.git", commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904" }],
  files: [{ name: "原型.pdf", size: 10, commitment: hash("1") }],
  verdicts: [{ criterion: "load-test", by: `0x${"de".repeat(20)}`, digest: hash("2"), document: hash("3") }],
  reports: [
    {
      ...{ source: "github", delivery: "72d3162e-cc78-11e3-81ab-4c9367dc0958", repository: "qinghe/shop" },
      ...{ commit: "4b825dc642cb6eb9a060e54bf8d69288fbee4904", name: "build", conclusion: "success" },
      commitment: hash("4"),
    },
  ],
  readings: [{ metric: "p95", value: "180.5", unit: "ms", at: "2027-01-20T09:00Z", source: "load test" }],
  ...changes,
});

const problems = (input: unknown): readonly string[] => {
  try {
    Manifest.parse(input);
    return [];
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return error.problems.map(({ field }) => field);
  }
};

describe("manifest", () => {
  test("behavior: its canonical form is one text, whatever the order it was made in", () => {
    const one = whole();
    const turned = Object.fromEntries(Object.entries(one).reverse());
    expect(Manifest.write(Manifest.parse(turned))).toBe(Manifest.write(one));
    expect(Manifest.contentHash(one)).toBe(Evidence.contentHash(Manifest.write(one)));
    expect(Manifest.read(Manifest.write(one))).toEqual(one);
  });

  test("behavior: every change of a letter changes the hash", () => {
    const text = Manifest.write(whole());
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom("0", "z", '"', "}"), (at, letter) => {
        fc.pre(text[at] !== letter);
        const changed = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`;
        const read = Manifest.read(changed);
        expect(read === undefined || Manifest.contentHash(read) !== Manifest.contentHash(whole())).toBe(true);
      }),
    );
  });

  test("behavior: what is no manifest, or is written otherwise, is none", () => {
    expect(Manifest.read("%PDF-1.7")).toBeUndefined();
    expect(Manifest.read("{}")).toBeUndefined();
    expect(Manifest.read(JSON.stringify(whole(), null, 2))).toBeUndefined();
  });

  test("behavior: names the files and reports that are bytes of their own", () => {
    expect(Manifest.items(whole()).map(({ kind, name }) => [kind, name])).toEqual([
      ["file", "原型.pdf"],
      ["report", "build"],
    ]);
  });

  test("error: names every field that is wrong, and what stands twice", () => {
    const [file] = whole().files;
    const wrong = {
      ...whole({ round: 4, files: [file, file, { ...file, commitment: "0x1" }] as never }),
      extra: true,
      commits: [{ repository: "r", commit: "main" }],
    };
    expect(problems(wrong)).toEqual(
      expect.arrayContaining(["extra", "round", "commits[0].commit", "files[2].commitment"]),
    );
    expect(problems(whole({ files: [file, file] as never }))).toEqual(["files[1]"]);
    expect(
      problems(whole({ readings: [{ metric: "p95", value: "1e9", at: "2027-01-20T09:00Z", source: "x" }] })),
    ).toEqual(["readings[0].value"]);
  });
});
