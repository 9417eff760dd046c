/**
 * What dangers read like: sentences of our own, and what the embeddings made of the English ones, a small perceptron that
 * stands in `gate/sense.en.bin`, since learning it anew would cost a start some minutes. `bench/desk.ts --sense` writes it.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import * as Classifier from "./Classifier.ts";
import * as Embedding from "./Embedding.ts";
import * as Matrix from "./Matrix.ts";
import * as Perceptron from "./Perceptron.ts";
import * as Starter from "./Starter.ts";

export const DANGERS = ["vulnerability", "leak", "takeover", "fraud", "legal", "harm"] as const;
export type Danger = (typeof DANGERS)[number];

/** `danger` is its place in `DANGERS`; -1: harmless. */
export type Sentence = { readonly text: string; readonly danger: number };

export type Sense = {
  readonly mean: Matrix.Matrix;
  readonly deviation: Matrix.Matrix;
  readonly perceptron: Perceptron.Perceptron;
  /** Of the sentences that it was learnt from. */
  readonly hash: string;
};

const folder = new URL("./gate/", import.meta.url);
const FILE = new URL("sense.en.bin", folder);
const CLASSES = DANGERS.length + 1;
const HIDDEN = 64;

export function sentences(language: Starter.Language): readonly Sentence[] {
  const read = (name: string) => Starter.parse(readFileSync(new URL(`${name}.${language}.txt`, folder), "utf8"));
  return [
    ...read("danger").map(({ text, label }) => ({ text, danger: DANGERS.indexOf(label as Danger) })),
    ...[...read("calm"), ...Starter.examples(language)].map(({ text }) => ({ text, danger: -1 })),
  ];
}

export const hashOf = (all: readonly Sentence[]): string =>
  createHash("sha256").update(JSON.stringify(all)).digest("hex");

/** The file that `open` reads. */
export async function learn({ embed, multiply }: Embedding.Encoder): Promise<Uint8Array> {
  const all = sentences("en");
  const vectors = await embed(all.map(({ text }) => text));
  const { mean, deviation } = Classifier.measure(vectors);
  const labels = Int32Array.from(all, ({ danger }) => (danger < 0 ? DANGERS.length : danger));
  const inputs = Classifier.standardise(vectors, mean, deviation);
  const { first, firstBias, second, secondBias } = Perceptron.train(inputs, labels, Embedding.WIDTH, CLASSES, {
    hidden: HIDDEN,
    epochs: 20,
    multiply,
  });
  const { scales, values } = Matrix.pack(first, HIDDEN);
  const rest = [mean, deviation, scales, firstBias, second, secondBias].map((part) => new Uint8Array(part.buffer));
  return Buffer.concat([Buffer.from(hashOf(all), "hex"), ...rest, new Uint8Array(values.buffer)]);
}

let opened: Sense | undefined;

/** Nothing where the file is not there. */
export function open(): Sense | undefined {
  if (!opened && existsSync(FILE)) opened = read(new Uint8Array(readFileSync(FILE)));
  return opened;
}

function read(bytes: Uint8Array): Sense {
  let at = 32;
  const numbers = (count: number) => {
    const part = new Float32Array(bytes.slice(at, at + 4 * count).buffer);
    at += 4 * count;
    return part;
  };
  const [mean, deviation] = [numbers(Embedding.WIDTH), numbers(Embedding.WIDTH)];
  const [scales, firstBias] = [numbers(HIDDEN), numbers(HIDDEN)];
  const [second, secondBias] = [numbers(HIDDEN * CLASSES), numbers(CLASSES)];
  const first = Matrix.unpack({ scales, values: new Int8Array(bytes.slice(at).buffer) });
  return {
    mean,
    deviation,
    perceptron: { inputs: Embedding.WIDTH, hidden: HIDDEN, classes: CLASSES, first, firstBias, second, secondBias },
    hash: Buffer.from(bytes.subarray(0, 32)).toString("hex"),
  };
}

/** The likeliest danger of an English text by its embedding, and the chance that it is one of them at all. */
export function judge(
  { mean, deviation, perceptron }: Sense,
  vector: Matrix.Matrix,
): { danger: Danger; chance: number } {
  const chances = Perceptron.score(perceptron, Classifier.standardise(vector, mean, deviation));
  Matrix.softmax(chances, 1, CLASSES);
  let best = 0;
  for (let k = 1; k < DANGERS.length; k++) if ((chances[k] as number) > (chances[best] as number)) best = k;
  return { danger: DANGERS[best] as Danger, chance: 1 - (chances[DANGERS.length] as number) };
}
