/**
 * The encoder's last layer, taught on the examples: it goes on from the weights that it came with, by cross-entropy of a
 * linear head and by contrast (Khosla et al. 2020, texts of one class nearer to each other than to the others). All
 * below it stands still, attention and normalisation too, so that the states of the tokens before it are computed once.
 *
 * pooled = past + mean over tokens of relu(token · first + firstBias) · second + secondBias
 * answer = tanh(pooled · answer + answerBias), of length 1
 */
import * as Adam from "./Adam.ts";
import * as Matrix from "./Matrix.ts";
import * as Random from "./Random.ts";

/** Of the encoder, as it came. */
export type Layer = {
  /** Entries of a state: of a token before the layer, of a text after it. */
  readonly width: number;
  readonly hidden: number;
  /** width by hidden, hidden by width. */
  readonly first: Matrix.Matrix;
  readonly firstBias: Matrix.Matrix;
  readonly second: Matrix.Matrix;
  readonly secondBias: Matrix.Matrix;
  /** width by width. */
  readonly answer: Matrix.Matrix;
  readonly answerBias: Matrix.Matrix;
};

/** Texts before the last layer. */
export type States = {
  /** By token, `width` each. */
  readonly tokens: Matrix.Matrix;
  /** Where the tokens of a text begin; one longer than there are texts. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** What goes past the layer, mean over tokens: by text, `width` each. */
  readonly past: Matrix.Matrix;
  /** The layer that they are for. */
  readonly layer: Layer;
};

/** How embeddings (answer, then pooled) lie: by column, of texts as the encoder reads them untaught. */
export type Measure = { readonly mean: Matrix.Matrix; readonly deviation: Matrix.Matrix };

export type Tuned = Pick<Layer, "hidden" | "first" | "firstBias" | "second" | "secondBias"> & {
  readonly classes: number;
  /** Embedding by classes. */
  readonly weights: Matrix.Matrix;
  readonly bias: Matrix.Matrix;
};

export type Options = {
  readonly epochs?: number;
  readonly seed?: number;
  readonly multiply?: Matrix.Multiply;
};

const BATCH = 64;
/** Examples of a class that come one after the other, for the contrast. */
const TOGETHER = 3;
const DROPPED_TOKENS = 0.3;
const DROPPED_INPUTS = 0.2;
const SMOOTHING = 0.1;
/** How much the contrast counts beside the cross-entropy. */
const CONTRAST = 5;
/** What cosines are multiplied with in the contrast. */
const SHARPNESS = 5;
const RATE = 2e-3;
const HEAD_RATE = 3e-3;
/** Length of an embedding as the head gets it. */
const LENGTH = 0.3 * Math.sqrt(512);

/** Some texts of `states`, the first at `from`, in views of the same memory. */
export function part({ tokens, starts, past, layer }: States, from: number, to: number): States {
  const [first, last] = [starts[from] as number, starts[to] as number];
  return {
    tokens: tokens.subarray(first * layer.width, last * layer.width),
    starts: starts.slice(from, to + 1).map((start) => start - first),
    past: past.subarray(from * layer.width, to * layer.width),
    layer,
  };
}

/** Some texts of `states`, copied. */
export function pick(states: States, places: ArrayLike<number>): States {
  return gather(states, places, () => false);
}

/** @param isDropped Asked for each token in turn; a text keeps at least two. */
function gather({ tokens, starts, past, layer }: States, places: ArrayLike<number>, isDropped: () => boolean): States {
  const { width } = layer;
  const kept: number[] = [];
  const begins = new Uint32Array(places.length + 1);
  for (let at = 0; at < places.length; at++) {
    const text = places[at] as number;
    const [first, last] = [starts[text] as number, starts[text + 1] as number];
    for (let token = first; token < last; token++) {
      const left = kept.length - (begins[at] as number) + last - token;
      if (left <= 2 || !isDropped()) kept.push(token);
    }
    begins[at + 1] = kept.length;
  }
  return { tokens: Matrix.pick(tokens, kept, width), starts: begins, past: Matrix.pick(past, places, width), layer };
}

type Body = Pick<Layer, "first" | "firstBias" | "second" | "secondBias">;

/** Embeddings of texts through a layer, as the head gets them, and what the way back needs. */
function forward(body: Body, measure: Measure, { tokens, starts, past, layer }: States, multiply: Matrix.Multiply) {
  const { width, hidden, answer, answerBias } = layer;
  const count = starts.length - 1;
  const total = starts[count] as number;
  const inner = total === 0 ? new Float32Array() : multiply(tokens, body.first, total, width, hidden);
  const mean = new Float32Array(count * hidden);
  for (let text = 0; text < count; text++) {
    const [first, last] = [starts[text] as number, starts[text + 1] as number];
    const sum = mean.subarray(text * hidden, (text + 1) * hidden);
    for (let token = first; token < last; token++) {
      for (let j = 0; j < hidden; j++) {
        const value = (inner[token * hidden + j] as number) + (body.firstBias[j] as number);
        inner[token * hidden + j] = value;
        if (value > 0) sum[j] = (sum[j] as number) + value;
      }
    }
    for (let j = 0; j < hidden; j++) sum[j] = (sum[j] as number) / Math.max(1, last - first);
  }
  const pooled = multiply(mean, body.second, count, hidden, width);
  for (let at = 0; at < pooled.length; at++) {
    pooled[at] = (pooled[at] as number) + (past[at] as number) + (body.secondBias[at % width] as number);
  }
  const said = multiply(pooled, answer, count, width, width);
  for (let at = 0; at < said.length; at++)
    said[at] = Math.tanh((said[at] as number) + (answerBias[at % width] as number));
  const answerLengths = lengths(said, count, width);
  const inputs = new Float32Array(count * 2 * width);
  /** Of both halves of each text, before they were brought to one length. */
  const halves = new Float32Array(2 * count);
  for (let half = 0; half < 2 * count; half++) {
    const text = half >> 1;
    const isAnswer = half % 2 === 0;
    const column = isAnswer ? 0 : width;
    const source = isAnswer ? said : pooled;
    const scale = isAnswer ? 1 / (answerLengths[text] as number) : 1;
    let squares = 0;
    for (let j = 0; j < width; j++) {
      const value = (source[text * width + j] as number) * scale - (measure.mean[column + j] as number);
      const unit = value / (measure.deviation[column + j] as number);
      inputs[half * width + j] = unit;
      squares += unit * unit;
    }
    const own = Math.sqrt(squares) || 1;
    halves[half] = own;
    const longer = LENGTH / Math.SQRT2 / own;
    for (let j = 0; j < width; j++) inputs[half * width + j] = (inputs[half * width + j] as number) * longer;
  }
  return { inner, mean, said, answerLengths, inputs, halves };
}

/**
 * Gradients of first, firstBias, second, secondBias, from that of the inputs of the head, which is overwritten.
 */
function backward(
  body: Body,
  measure: Measure,
  { tokens, starts, layer }: States,
  { inner, mean, said, answerLengths, inputs, halves }: ReturnType<typeof forward>,
  slope: Matrix.Matrix,
  multiply: Matrix.Multiply,
): readonly Matrix.Matrix[] {
  const { width, hidden, answer } = layer;
  const count = starts.length - 1;
  const ofSaid = new Float32Array(count * width);
  const ofPooled = new Float32Array(count * width);
  const size = LENGTH / Math.SQRT2;
  for (let half = 0; half < 2 * count; half++) {
    const text = half >> 1;
    const isAnswer = half % 2 === 0;
    const column = isAnswer ? 0 : width;
    const base = half * width;
    let along = 0;
    for (let j = 0; j < width; j++) along += (slope[base + j] as number) * (inputs[base + j] as number);
    along /= size * size;
    const longer = size / (halves[half] as number);
    const into = isAnswer ? ofSaid : ofPooled;
    for (let j = 0; j < width; j++) {
      const across = (slope[base + j] as number) - along * (inputs[base + j] as number);
      into[text * width + j] = (across * longer) / (measure.deviation[column + j] as number);
    }
    if (!isAnswer) continue;
    const own = answerLengths[text] as number;
    let onto = 0;
    for (let j = 0; j < width; j++) onto += (into[text * width + j] as number) * (said[text * width + j] as number);
    onto /= own * own;
    for (let j = 0; j < width; j++) {
      const value = said[text * width + j] as number;
      into[text * width + j] = (((into[text * width + j] as number) - onto * value) / own) * (1 - value * value);
    }
  }
  const through = multiply(ofSaid, Matrix.transpose(answer, width, width), count, width, width);
  for (let at = 0; at < ofPooled.length; at++) ofPooled[at] = (ofPooled[at] as number) + (through[at] as number);
  const ofMean = multiply(ofPooled, Matrix.transpose(body.second, hidden, width), count, width, hidden);
  const ofInner = new Float32Array(inner.length);
  for (let text = 0; text < count; text++) {
    const [first, last] = [starts[text] as number, starts[text + 1] as number];
    const share = 1 / Math.max(1, last - first);
    for (let token = first; token < last; token++) {
      for (let j = 0; j < hidden; j++) {
        const at = token * hidden + j;
        if ((inner[at] as number) > 0) ofInner[at] = share * (ofMean[text * hidden + j] as number);
      }
    }
  }
  const total = starts[count] as number;
  return [
    multiply(Matrix.transpose(tokens, total, width), ofInner, width, total, hidden),
    Matrix.sums(ofInner, total, hidden),
    multiply(Matrix.transpose(mean, count, hidden), ofPooled, hidden, count, width),
    Matrix.sums(ofPooled, count, width),
  ];
}

function lengths(rows: Matrix.Matrix, count: number, width: number): Matrix.Matrix {
  const all = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let squares = 0;
    for (let j = 0; j < width; j++) squares += (rows[row * width + j] as number) ** 2;
    all[row] = Math.sqrt(squares) || 1;
  }
  return all;
}

/**
 * The contrast of a batch, mean over its texts: for each, minus the mean log-probability of the others of its class among
 * all others, by cosine; texts that are alone of their class count for nothing.
 * @param inputs By text, of one length, `width` wide.
 * @returns the loss, and its gradient, by text.
 */
function contrast(
  inputs: Matrix.Matrix,
  labels: ArrayLike<number>,
  width: number,
  multiply: Matrix.Multiply = Matrix.multiply,
): { loss: number; slope: Matrix.Matrix } {
  const count = labels.length;
  const squares = LENGTH * LENGTH;
  const chances = multiply(inputs, Matrix.transpose(inputs, count, width), count, width, count);
  for (let at = 0; at < chances.length; at++) chances[at] = (SHARPNESS * (chances[at] as number)) / squares;
  for (let row = 0; row < count; row++) chances[row * count + row] = Number.NEGATIVE_INFINITY;
  Matrix.softmax(chances, count, count);
  let loss = 0;
  const isLike = (row: number, other: number) =>
    row !== other && (labels[row] as number) >= 0 && labels[row] === labels[other];
  for (let row = 0; row < count; row++) {
    let like = 0;
    for (let other = 0; other < count; other++) if (isLike(row, other)) like++;
    for (let other = 0; other < count; other++) {
      const at = row * count + other;
      const chance = chances[at] as number;
      if (like === 0) chances[at] = 0;
      else if (isLike(row, other)) {
        loss -= Math.log(chance + 1e-12) / like / count;
        chances[at] = chance - 1 / like;
      }
    }
  }
  const both = new Float32Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let other = 0; other < count; other++) {
      const sum = (chances[row * count + other] as number) + (chances[other * count + row] as number);
      both[row * count + other] = (SHARPNESS * sum) / squares / count;
    }
  }
  return { loss, slope: multiply(both, inputs, count, count, width) };
}

/** Cross-entropy against smoothed labels, mean over the texts; logits become their gradient. */
function crossEntropy(logits: Matrix.Matrix, labels: ArrayLike<number>, classes: number): number {
  const count = labels.length;
  Matrix.softmax(logits, count, classes);
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const own = labels[row] as number;
    for (let k = 0; k < classes; k++) {
      const wanted = own < 0 ? 1 / classes : SMOOTHING / classes + (k === own ? 1 - SMOOTHING : 0);
      const chance = logits[row * classes + k] as number;
      loss -= (wanted * Math.log(chance + 1e-12)) / count;
      logits[row * classes + k] = (chance - wanted) / count;
    }
  }
  return loss;
}

type Head = Pick<Tuned, "weights" | "bias">;

/**
 * Loss of a batch, and its gradients: of first, firstBias, second, secondBias, weights and bias.
 * @param factors What each input of the head is multiplied with: 0, where it is dropped.
 */
export function slopes(
  body: Body,
  { weights, bias }: Head,
  measure: Measure,
  states: States,
  labels: ArrayLike<number>,
  factors: Matrix.Matrix,
  multiply: Matrix.Multiply = Matrix.multiply,
): { loss: number; gradients: readonly Matrix.Matrix[] } {
  const count = labels.length;
  const width = 2 * states.layer.width;
  const classes = bias.length;
  const way = forward(body, measure, states, multiply);
  const dropped = way.inputs.map((value, at) => value * (factors[at] as number));
  const logits = multiply(dropped, weights, count, width, classes);
  for (let at = 0; at < logits.length; at++) logits[at] = (logits[at] as number) + (bias[at % classes] as number);
  const entropy = crossEntropy(logits, labels, classes);
  const slope = multiply(logits, Matrix.transpose(weights, width, classes), count, classes, width);
  const apart = contrast(way.inputs, labels, width, multiply);
  for (let at = 0; at < slope.length; at++) {
    slope[at] = (slope[at] as number) * (factors[at] as number) + CONTRAST * (apart.slope[at] as number);
  }
  return {
    loss: entropy + CONTRAST * apart.loss,
    gradients: [
      ...backward(body, measure, states, way, slope, multiply),
      multiply(Matrix.transpose(dropped, count, width), logits, width, count, classes),
      Matrix.sums(logits, count, classes),
    ],
  };
}

/** An order of the texts in which a few of one class stand together. */
function order(labels: Int32Array<ArrayBuffer>, random: () => number): readonly number[] {
  const byClass = new Map<number, number[]>();
  for (const text of Random.order(labels.length, random)) {
    const own = labels[text] as number;
    const some = byClass.get(own) ?? [];
    some.push(text);
    byClass.set(own, some);
  }
  const groups: (readonly number[])[] = [];
  for (const some of byClass.values()) {
    for (let from = 0; from < some.length; from += TOGETHER) groups.push(some.slice(from, from + TOGETHER));
  }
  return Array.from(Random.order(groups.length, random)).flatMap((at) => groups[at] as readonly number[]);
}

/** @param labels -1: belongs to no class, and is told to look like none of them. */
export function train(
  states: States,
  labels: Int32Array<ArrayBuffer>,
  classes: number,
  measure: Measure,
  { epochs = 14, seed = 1, multiply = Matrix.multiply }: Options = {},
): Tuned {
  const random = Random.from(seed);
  const { layer } = states;
  const width = 2 * layer.width;
  const body = {
    first: layer.first.slice(),
    firstBias: layer.firstBias.slice(),
    second: layer.second.slice(),
    secondBias: layer.secondBias.slice(),
  };
  const head = { weights: new Float32Array(width * classes), bias: new Float32Array(classes) };
  const descend = Adam.over([body.first, body.firstBias, body.second, body.secondBias, head.weights, head.bias]);
  const total = epochs * Math.ceil(labels.length / BATCH);
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const places = order(labels, random);
    for (let from = 0; from < places.length; from += BATCH) {
      const batch = places.slice(from, from + BATCH);
      const some = gather(states, batch, () => random() < DROPPED_TOKENS);
      const factors = new Float32Array(batch.length * width);
      for (let at = 0; at < factors.length; at++) {
        factors[at] = random() < DROPPED_INPUTS ? 0 : 1 / (1 - DROPPED_INPUTS);
      }
      const own = batch.map((text) => labels[text] as number);
      const { gradients } = slopes(body, head, measure, some, own, factors, multiply);
      step++;
      // Rises over the first 30 steps, then falls to nothing.
      const pace = Math.min(1, step / 30) * (1 - step / (total + 1));
      const [slow, fast] = [pace * RATE, pace * HEAD_RATE];
      descend(gradients, [slow, slow, slow, slow, fast, fast], [0, 0, 0, 0, 0, 0]);
    }
  }
  return { hidden: layer.hidden, classes, ...body, ...head };
}

/** As it will be when it has been stored and read again. */
export function rounded(tuned: Tuned): Tuned {
  const width = tuned.first.length / tuned.hidden;
  return {
    ...tuned,
    first: Matrix.rounded(tuned.first, tuned.hidden),
    second: Matrix.rounded(tuned.second, width),
    weights: Matrix.rounded(tuned.weights, tuned.classes),
  };
}

/** Texts that go through the layer at once. */
const CHUNK = 256;

/** Logits of texts, by row. */
export function score(
  { classes, weights, bias, ...body }: Tuned,
  measure: Measure,
  states: States,
  multiply: Matrix.Multiply = Matrix.multiply,
): Matrix.Matrix {
  const count = states.starts.length - 1;
  const all = new Float32Array(count * classes);
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(count, from + CHUNK);
    const { inputs } = forward(body, measure, part(states, from, to), multiply);
    const logits = multiply(inputs, weights, to - from, 2 * states.layer.width, classes);
    for (let at = 0; at < logits.length; at++) {
      all[from * classes + at] = (logits[at] as number) + (bias[at % classes] as number);
    }
  }
  return all;
}
