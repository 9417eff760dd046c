import { describe, expect, test } from "vitest";
import * as Classifier from "./Classifier.ts";
import type * as Embedding from "./Embedding.ts";
import * as Matrix from "./Matrix.ts";
import * as Model from "./Model.ts";
import * as Random from "./Random.ts";
import * as Tuning from "./Tuning.ts";

const random = Random.from(5);
const normal = (length: number, by = 1) => Float32Array.from({ length }, () => by * Matrix.normal(random));

function layer(width: number, hidden: number): Tuning.Layer {
  return {
    width,
    hidden,
    first: normal(width * hidden, 0.5),
    firstBias: normal(hidden, 0.1),
    second: normal(hidden * width, 0.5),
    secondBias: normal(width, 0.1),
    answer: normal(width * width, 0.3),
    answerBias: normal(width, 0.1),
  };
}

/** Texts of 1 to 5 tokens; the tokens of a class lie around a point of its own. */
function texts(
  count: number,
  classes: number,
  of: Tuning.Layer,
): { states: Tuning.States; labels: Int32Array<ArrayBuffer> } {
  const { width } = of;
  const middles = normal(classes * width);
  const labels = Int32Array.from({ length: count }, (_, at) => at % classes);
  const starts = new Uint32Array(count + 1);
  for (let at = 0; at < count; at++) starts[at + 1] = (starts[at] as number) + 1 + ((at * 7) % 5);
  const tokens = normal((starts[count] as number) * width);
  for (let at = 0; at < count; at++) {
    for (let place = (starts[at] as number) * width; place < (starts[at + 1] as number) * width; place++) {
      const middle = middles[(labels[at] as number) * width + (place % width)] as number;
      tokens[place] = (tokens[place] as number) + middle;
    }
  }
  return { states: { tokens, starts, past: normal(count * width), layer: of }, labels };
}

const measure = (width: number) => ({
  mean: normal(2 * width, 0.1),
  deviation: Float32Array.from({ length: 2 * width }, () => 0.5 + random()),
});

describe("the way back", () => {
  test("behavior: every gradient is the slope that a small step finds, with dropped inputs and the contrast", () => {
    const of = layer(6, 9);
    const { states, labels } = texts(8, 3, of);
    const how = measure(6);
    const head = { weights: normal(12 * 3, 0.2), bias: normal(3, 0.1) };
    const factors = Float32Array.from({ length: 8 * 12 }, () => (random() < 0.2 ? 0 : 1.25));
    const run = () => Tuning.slopes(of, head, how, states, labels, factors);
    const { gradients } = run();
    const parameters = [of.first, of.firstBias, of.second, of.secondBias, head.weights, head.bias];
    const STEP = 2e-3;
    for (const [which, all] of parameters.entries()) {
      const slope = gradients[which] as Matrix.Matrix;
      const seen = { along: 0, found: 0 };
      // Along the gradient itself: single entries drown in what 32 bits leave of the loss.
      const size = Math.sqrt(slope.reduce((sum, value) => sum + value * value, 0));
      const kept = all.slice();
      for (const sign of [1, -1]) {
        for (const at of all.keys()) all[at] = (kept[at] as number) + (sign * STEP * (slope[at] as number)) / size;
        seen.found += (sign * run().loss) / (2 * STEP);
      }
      all.set(kept);
      seen.along = size;
      expect(Math.abs(seen.found - seen.along) / seen.along, `parameter ${which}`).toBeLessThan(0.01);
      for (let tries = 0; tries < 3; tries++) {
        const at = Math.floor(random() * all.length);
        const before = all[at] as number;
        all[at] = before + 5 * STEP;
        const above = run().loss;
        all[at] = before - 5 * STEP;
        const below = run().loss;
        all[at] = before;
        expect((above - below) / (10 * STEP)).toBeCloseTo(slope[at] as number, 2);
      }
    }
  });
});

describe("what is taught", () => {
  const of = layer(16, 24);
  const { states, labels } = texts(90, 3, of);
  const how = measure(16);
  const best = (logits: Matrix.Matrix) =>
    Array.from({ length: logits.length / 3 }, (_, row) => {
      const own = Array.from(logits.subarray(3 * row, 3 * row + 3));
      return own.indexOf(Math.max(...own));
    });

  test("behavior: texts that it never saw, and the same again from the same seed", () => {
    const learnt = Tuning.train(Tuning.part(states, 0, 60), labels.slice(0, 60), 3, how, { epochs: 40 });
    const again = Tuning.train(Tuning.part(states, 0, 60), labels.slice(0, 60), 3, how, { epochs: 40 });
    expect(again).toEqual(learnt);
    const answers = best(Tuning.score(Tuning.rounded(learnt), how, Tuning.part(states, 60, 90)));
    const right = answers.filter((answer, at) => answer === labels[60 + at]).length;
    expect(right / 30).toBeGreaterThan(0.8);
    expect(learnt.first).not.toEqual(of.first);
  });

  test("behavior: one text alone, some copied and all at once have the same logits; no token is no error", () => {
    const learnt = Tuning.train(states, labels, 3, how, { epochs: 1 });
    const all = Tuning.score(learnt, how, states);
    const close = (one: Matrix.Matrix, other: Matrix.Matrix) => {
      for (const [at, value] of one.entries()) expect(value).toBeCloseTo(other[at] as number, 4);
    };
    close(Tuning.score(learnt, how, Tuning.part(states, 7, 8)), all.subarray(21, 24));
    close(Tuning.score(learnt, how, Tuning.pick(states, [3, 8])).subarray(3), all.subarray(24, 27));
    const nothing = { ...Tuning.part(states, 0, 1), tokens: new Float32Array(), starts: new Uint32Array(2) };
    expect(Tuning.score(learnt, how, nothing).every(Number.isFinite)).toBe(true);
  });
});

describe("a model with a taught layer", () => {
  /** Reads letters: enough to tell two intents apart, and as wide as the real one. */
  const width = 512;
  const of = layer(width, 8);
  const read = (some: readonly string[]): Embedding.Reading => {
    const starts = Uint32Array.from({ length: some.length + 1 }, (_, at) => 2 * at);
    const tokens = new Float32Array(2 * some.length * width);
    const vectors = new Float32Array(2 * some.length * width).fill(0.01);
    for (const [row, text] of some.entries()) {
      for (let at = 0; at < text.length; at++) {
        const place = (text.charCodeAt(at) * 37 + at * 11) % width;
        tokens[(2 * row + (at % 2)) * width + place] = 1;
        vectors[2 * row * width + place] = 0.1;
        vectors[(2 * row + 1) * width + place] = 0.3;
      }
    }
    return { vectors, states: { tokens, starts, past: vectors.slice(0, some.length * width), layer: of } };
  };
  const encoder: Embedding.Encoder = {
    multiply: Matrix.multiply,
    embed: async (some) => read(some).vectors,
    read: async (some) => read(some),
  };
  const examples = Array.from({ length: 12 }, (_, at) =>
    at % 2 === 0
      ? { text: `where is card number ${at}`, label: "card" }
      : { text: `send ${at} euros abroad`, label: "money" },
  );
  const some = examples.map(({ text }) => text);

  test("behavior: written and read again, it says the same of every text", () => {
    const classifier = Classifier.train(examples, ["card", "money"], read(some), { encoder });
    expect(classifier.dense?.tuned).toBeDefined();
    const trained = {
      classifier,
      calibration: { dense: undefined, plain: undefined },
      outsideShare: 0,
      notes: { examples: 12, contradictory: 0, thin: [], unseen: 0 },
    };
    const bytes = Model.write(trained);
    const again = Model.read(bytes);
    expect(Model.hash(Model.write(again))).toBe(Model.hash(bytes));
    const scores = Classifier.score(classifier, some, read(some));
    expect(Classifier.score(again.classifier, some, read(some))).toEqual(scores);
    expect(scores.filter(({ best }, at) => best === at % 2)).toHaveLength(12);
    expect(scores[0]?.signals).toHaveLength(Classifier.SIGNALS.length);
  });
});
