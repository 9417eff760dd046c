/**
 * What dangers read like: sentences of our own, dangerous and harmless, by many hands, and what was learnt from them:
 * planes over n-grams for both languages and, for English, a perceptron over the embeddings. Both stand in
 * `gate/gate.bin`, since learning them anew costs minutes; `bench/desk.ts --gate` writes it.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import * as Classifier from "./Classifier.ts";
import * as Embedding from "./Embedding.ts";
import * as Feature from "./Feature.ts";
import * as Linear from "./Linear.ts";
import * as Matrix from "./Matrix.ts";
import * as Perceptron from "./Perceptron.ts";
import * as Starter from "./Starter.ts";

export const DANGERS = ["vulnerability", "leak", "takeover", "fraud", "legal", "harm"] as const;
export type Danger = (typeof DANGERS)[number];

/** What is harmless, by what it is about: a danger must stand out from each of them. `hard` has a danger's words. */
const HARMLESS = ["hard", "ordinary", "money", "order", "account", "app"] as const;
/** Of the starter's intents; those that are not named are ordinary. */
const ABOUT: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    money: "payment_failed charged_wrongly refund_request refund_status pricing invoice coupon cancel_subscription",
    order: "order_status wrong_or_damaged return_exchange change_order cancel_order availability",
    account: "login password verification_code change_account delete_account data_missing notifications",
    app: "crash slow usability feature_request installation connection advertising",
  }).flatMap(([about, intents]) => intents.split(" ").map((intent) => [intent, about])),
);
const KINDS: readonly string[] = [...DANGERS, ...HARMLESS];
/** The others come from the starter's examples. */
const WRITTEN = [...DANGERS, "hard", "ordinary"] as const;

/** `kind` is its place among the dangers, then what is harmless. */
export type Sentence = { readonly text: string; readonly kind: number };

/** What was learnt. */
export type Brain = {
  readonly vocabulary: Feature.Vocabulary;
  /** One for each kind, and one for any danger. */
  readonly planes: Linear.Planes;
  /** Of the English sentences' embeddings, by column. */
  readonly mean: Matrix.Matrix;
  readonly deviation: Matrix.Matrix;
  /** Its classes are the kinds. */
  readonly perceptron: Perceptron.Perceptron;
  /** Of the sentences that it was learnt from. */
  readonly hash: string;
};

const folder = new URL("./gate/", import.meta.url);
const FILE = new URL("gate.bin", folder);
const ANY = KINDS.length;
const PLANES = KINDS.length + 1;
const HIDDEN = 256;

export function sentences(language: Starter.Language): readonly Sentence[] {
  const written = WRITTEN.flatMap((label) =>
    readFileSync(new URL(`${language}/${label}.txt`, folder), "utf8")
      .trimEnd()
      .split("\n")
      .map((text) => ({ text, label })),
  );
  const everyday = Starter.examples(language).map(({ text, label }) => ({ text, label: ABOUT[label] ?? "ordinary" }));
  return [...written, ...everyday].map(({ text, label }) => ({ text, kind: KINDS.indexOf(label) }));
}

const all = () => [...sentences("en"), ...sentences("zh")];
const hashOf = (of: readonly Sentence[]) => createHash("sha256").update(JSON.stringify(of)).digest("hex");

/** Whether what `open` reads was learnt from the sentences as they stand. */
export const isFresh = (): boolean => open().hash === hashOf(all());

/** Planes over n-grams: for each kind against all else, and for dangers against what is harmless. */
export function learnPlanes(of: readonly Sentence[]): Pick<Brain, "vocabulary" | "planes"> {
  const texts = of.map(({ text }) => text);
  const vocabulary = Feature.learn(texts, 2);
  const rows = Feature.rows(vocabulary, texts);
  const labels = Int32Array.from(of, ({ kind }) => kind);
  const each = Linear.train(rows, labels, KINDS.length);
  const any = Linear.train(
    rows,
    labels.map((kind) => (kind < DANGERS.length ? 0 : -1)),
    1,
  );
  const weights = new Float32Array(each.features * PLANES);
  for (let feature = 0; feature < each.features; feature++) {
    weights.set(each.weights.subarray(feature * ANY, (feature + 1) * ANY), feature * PLANES);
    weights[feature * PLANES + ANY] = any.weights[feature] as number;
  }
  const bias = Float32Array.of(...each.bias, ...any.bias);
  return { vocabulary, planes: { classes: PLANES, features: each.features, weights, bias } };
}

/** A perceptron over the embeddings of English sentences. */
export async function learnSense(
  of: readonly Sentence[],
  { embed, multiply }: Embedding.Encoder,
): Promise<Pick<Brain, "mean" | "deviation" | "perceptron">> {
  const vectors = await embed(of.map(({ text }) => text));
  const { mean, deviation } = Classifier.measure(vectors);
  const labels = Int32Array.from(of, ({ kind }) => kind);
  const inputs = Classifier.standardise(vectors, mean, deviation);
  const options = { hidden: HIDDEN, epochs: 12, multiply };
  return { mean, deviation, perceptron: Perceptron.train(inputs, labels, Embedding.WIDTH, KINDS.length, options) };
}

/** The file that `open` reads. */
export async function learn(encoder: Embedding.Encoder): Promise<Uint8Array> {
  const [english, everything] = [sentences("en"), all()];
  const { vocabulary, planes } = learnPlanes(everything);
  const { mean, deviation, perceptron } = await learnSense(english, encoder);
  const [flat, first] = [Matrix.pack(planes.weights, PLANES), Matrix.pack(perceptron.first, HIDDEN)];
  const { firstBias, second, secondBias } = perceptron;
  const parts = [
    ...[Uint32Array.of(vocabulary.hashes.length, vocabulary.words), vocabulary.hashes, vocabulary.idf],
    ...[flat.scales, planes.bias, mean, deviation, first.scales, firstBias, second, secondBias],
    ...[flat.values, first.values],
  ].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  return brotliCompressSync(Buffer.concat([Buffer.from(hashOf(everything), "hex"), ...parts]));
}

let opened: Brain | undefined;

export function open(): Brain {
  opened ??= read(new Uint8Array(brotliDecompressSync(readFileSync(FILE))));
  return opened;
}

function read(bytes: Uint8Array): Brain {
  let at = 32;
  const take = (size: number) => {
    at += size;
    return bytes.slice(at - size, at).buffer;
  };
  const numbers = (count: number): Matrix.Matrix => new Float32Array(take(4 * count));
  const bytesOf = (count: number) => new Int8Array(take(count));
  const [features = 0, words = 0] = new Uint32Array(take(8));
  const vocabulary = Feature.index(new Uint32Array(take(4 * features)), words, numbers(features));
  const [flatScales, bias] = [numbers(PLANES), numbers(PLANES)];
  const [mean, deviation] = [numbers(Embedding.WIDTH), numbers(Embedding.WIDTH)];
  const [scales, firstBias] = [numbers(HIDDEN), numbers(HIDDEN)];
  const [second, secondBias] = [numbers(HIDDEN * KINDS.length), numbers(KINDS.length)];
  const weights = Matrix.unpack({ scales: flatScales, values: bytesOf(features * PLANES) });
  const first = Matrix.unpack({ scales, values: bytesOf(Embedding.WIDTH * HIDDEN) });
  const size = { inputs: Embedding.WIDTH, hidden: HIDDEN, classes: KINDS.length };
  return {
    vocabulary,
    planes: { classes: PLANES, features, weights, bias },
    mean,
    deviation,
    perceptron: { ...size, first, firstBias, second, secondBias },
    hash: Buffer.from(bytes.subarray(0, 32)).toString("hex"),
  };
}

/** What a text most likely is, and how much speaks for it being a danger at all. */
export type Judgement = { readonly danger: Danger; readonly height: number };

/** How much the highest of several counts for all of them. */
const STEEP = 4;
const room = Feature.room();
const margins = new Float32Array(PLANES);

/**
 * By its n-grams: three opinions added up: of the highest plane of a danger, of the plane of any danger, and of the dangers'
 * planes against the harmless kinds'. About 0 where it might be either.
 */
export function byWords({ vocabulary, planes }: Pick<Brain, "vocabulary" | "planes">, text: string): Judgement {
  Feature.vector(vocabulary, text, room);
  Linear.margins(planes, room.columns, room.values, 0, room.length, margins);
  const best = highest(margins);
  const against = sumOf(margins, STEEP) / STEEP;
  return { danger: DANGERS[best] as Danger, height: (margins[best] as number) + (margins[ANY] as number) + against };
}

/** By the embedding of an English text: natural logarithm of the odds. */
export function byMeaning(
  { mean, deviation, perceptron }: Pick<Brain, "mean" | "deviation" | "perceptron">,
  vector: Matrix.Matrix,
): Judgement {
  const logits = Perceptron.score(perceptron, Classifier.standardise(vector, mean, deviation));
  const height = Math.max(-MOST, Math.min(MOST, sumOf(logits, 1)));
  return { danger: DANGERS[highest(logits)] as Danger, height };
}

/** Odds beyond e to this power are no surer. */
const MOST = 9;

/** Logarithm of what all dangers come to over what all harmless kinds do. */
function sumOf(scores: Matrix.Matrix, steep: number): number {
  let [dangers, harmless] = [0, 0];
  for (let k = 0; k < DANGERS.length; k++) dangers += Math.exp(steep * (scores[k] as number));
  for (let k = DANGERS.length; k < KINDS.length; k++) harmless += Math.exp(steep * (scores[k] as number));
  return Math.log(dangers / harmless);
}

function highest(of: Matrix.Matrix): number {
  let best = 0;
  for (let k = 1; k < DANGERS.length; k++) if ((of[k] as number) > (of[best] as number)) best = k;
  return best;
}
