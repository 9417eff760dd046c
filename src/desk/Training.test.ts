import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Calibration from "./Calibration.ts";
import * as Evaluation from "./Evaluation.ts";
import * as Model from "./Model.ts";
import * as Registry from "./Registry.ts";
import * as Starter from "./Starter.ts";
import * as Training from "./Training.ts";

const INTENTS = ["crash", "refund_request", "praise", "pricing"];
const examples = Starter.examples().filter(({ label }) => INTENTS.includes(label));
const folder = mkdtempSync(join(tmpdir(), "commenda-desk-model-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let trained: Training.Trained;
beforeAll(async () => {
  trained = await Training.train(examples);
});

const intentOf = async (of: Training.Trained, text: string) => {
  const [judged] = await Training.judge(of, [text]);
  return of.classifier.classes[judged?.score.best ?? -1];
};

describe("learning", () => {
  test("behavior: both languages, from the same examples the same model, byte by byte", async () => {
    expect(await intentOf(trained, "it crashed again")).toBe("crash");
    expect(await intentOf(trained, "我要把钱退回来")).toBe("refund_request");
    expect(Model.hash(Model.write(await Training.train(examples)))).toBe(Model.hash(Model.write(trained)));
  });

  test("behavior: contradictory labels are settled by number, a tie is left out, thin classes are told", async () => {
    const history = [
      ...examples,
      { text: "Prices?", label: "pricing" },
      { text: "prices?", label: "pricing" },
      { text: "PRICES?", label: "praise" },
      { text: "hm", label: "crash" },
      { text: "hm", label: "praise" },
      { text: "the only one of its kind", label: "alone" },
    ];
    const { notes, classifier } = await Training.train(history, {
      valid: [
        { text: "app crashed", label: "crash" },
        { text: "zzz", label: "never seen in training" },
      ],
    });
    expect(notes).toEqual({ examples: examples.length + 3, contradictory: 2, thin: ["alone"], unseen: 1 });
    expect(classifier.classes).toContain("alone");
  });

  test("behavior: nothing, emoji, binary and a megabyte are scored like any text", async () => {
    const judged = await Training.judge(trained, ["", "😀", "\u0000\u0001\uFFFF", "x".repeat(1_000_000)]);
    for (const { judged: one } of judged) {
      expect(one.right).toBeGreaterThanOrEqual(0);
      expect(one.right).toBeLessThanOrEqual(1);
      expect(one.probabilities.every(Number.isFinite)).toBe(true);
    }
  });
});

describe("a model as a file", () => {
  test("behavior: reads as it was written", async () => {
    const bytes = Model.write(trained);
    const again = Model.read(bytes);
    expect(Model.hash(Model.write(again))).toBe(Model.hash(bytes));
    const texts = examples.slice(0, 20).map(({ text }) => text);
    const judge = async (of: Training.Trained) => (await Training.judge(of, texts)).map(({ judged }) => judged.right);
    expect(await judge(again)).toEqual(await judge(trained));
  });

  test("behavior: the format before, which knew no taught encoder, is still read", async () => {
    const bytes = Model.write(trained);
    const before = Uint8Array.from(bytes);
    before[Buffer.from("commenda-desk ").length] = "1".charCodeAt(0);
    expect(Model.hash(Model.write(Model.read(before)))).toBe(Model.hash(bytes));
    before[Buffer.from("commenda-desk ").length] = "9".charCodeAt(0);
    expect(() => Model.read(before)).toThrow("desk model");
  });

  test.each<[what: string, change: (bytes: Uint8Array) => Uint8Array]>([
    ["cut off", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["something else", () => new TextEncoder().encode("PK\u0003\u0004")],
    ["a header only", (bytes) => bytes.subarray(0, 40)],
  ])("error: a file that is %s", (_what, change) => {
    expect(() => Model.read(change(Model.write(trained)))).toThrow(/desk model|cut off/);
  });

  test("behavior: a new model works only if it is no worse on the frozen set; back goes to the one before", async () => {
    const frozen = examples.slice(0, 60);
    const good = Registry.keep(folder, trained);
    expect(await Registry.promote(folder, good, frozen)).toMatchObject({ isPromoted: true });
    const shuffled = examples.map(({ text }, at) => ({ text, label: INTENTS[at % INTENTS.length] as string }));
    const bad = Registry.keep(folder, await Training.train(shuffled));
    expect(await Registry.promote(folder, bad, frozen)).toMatchObject({ isPromoted: false });
    expect(Registry.history(folder)).toEqual([good]);
    // Without a frozen set whoever trains decides.
    expect(await Registry.promote(folder, bad, [])).toMatchObject({ isPromoted: true });
    expect(Registry.rollback(folder)).toBe(good);
    expect(Registry.rollback(folder)).toBeUndefined();
    expect(() => Registry.open(folder, "0".repeat(64))).toThrow("no such model");
  });
});

describe("a promise", () => {
  /** Sure answers are right; below 0.9 every tenth is wrong; the outside ones lie at the bottom. */
  const part = (outside: number): Calibration.Part => ({
    temperature: 1,
    means: [],
    deviations: [],
    judge: { weights: [], bias: 0 },
    reliability: [],
    edge: 0,
    past: [
      ...Array.from({ length: 1_000 }, (_, at) => ({
        probability: 1 - at / 1_000,
        best: 0,
        isRight: at < 500 || at % 10 !== 0,
        isOutside: false,
      })),
      ...Array.from({ length: outside }, (_, at) => ({
        probability: 0.3 - at / 1_000,
        best: 0,
        isRight: false,
        isOutside: true,
      })),
    ].sort((one, other) => other.probability - one.probability),
  });

  test("behavior: the threshold rises with the promise and with the share that is outside", () => {
    const [low, high] = [Calibration.threshold(part(20), 0.95, 0.1), Calibration.threshold(part(20), 0.99, 0.1)];
    expect(low).toBeLessThan(high);
    expect(Calibration.threshold(part(20), 0.95, 0.4)).toBeGreaterThan(low);
  });

  test("behavior: the bound holds, not only what was seen; and what cannot be kept is not promised", () => {
    const least = Calibration.threshold(part(0), 0.98, 0);
    const kept = part(0).past.filter(({ probability }) => probability >= least);
    expect(kept.filter(({ isRight }) => !isRight).length / kept.length).toBeLessThan(0.02);
    expect(Calibration.threshold(part(0), 0.9999, 0)).toBeGreaterThan(1);
  });

  test("behavior: realised on rows that were never seen", async () => {
    const [own, other] = [0, 1].map((rest) => examples.filter((_, at) => at % 2 === rest)) as [
      typeof examples,
      typeof examples,
    ];
    const strangers = Starter.examples().filter(({ label }) => label === "invoice" || label === "slow");
    const outside = strangers.map(({ text }) => text);
    const half = await Training.train(own, { outside: outside.filter((_, at) => at % 2 === 0), outsideShare: 0.2 });
    const figures = await Evaluation.measure(
      half,
      other,
      outside.filter((_, at) => at % 2 === 1),
      [0.9],
    );
    expect(figures.accuracy).toBeGreaterThan(0.8);
    expect(figures.oosAuroc).toBeGreaterThan(0.7);
    expect(figures.promises[0]?.realised ?? 1).toBeGreaterThan(0.83);
  });
});
