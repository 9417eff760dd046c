/**
 * A trained desk as one file: a line that names the format, a line of JSON, then the numbers. Its name is the SHA-256 of
 * all of it, so that a decision can say which model made it.
 */
import { createHash } from "node:crypto";
import { InputError } from "../agreement/index.ts";
import type * as Calibration from "./Calibration.ts";
import type * as Classifier from "./Classifier.ts";
import { NotAModel } from "./Errors.ts";
import * as Feature from "./Feature.ts";
import * as Matrix from "./Matrix.ts";
import type * as Training from "./Training.ts";

const { both } = InputError;

const FORMAT = "commenda-desk 2\n";
/** Without a taught encoder; still read. */
const BEFORE = "commenda-desk 1\n";

type Kind = "u32" | "i32" | "f32" | "i8";
type Numbers = Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Int8Array<ArrayBuffer>;
type Header = {
  classes: readonly string[];
  words: number;
  planesSpread: number;
  dense:
    | {
        hidden: number;
        perceptrons: number;
        perceptronSpread: number;
        discriminantSpread: number;
        discriminantShare: number;
        /** Absent in the format before, as the three after it. */
        perceptronShare?: number;
        tunedSpread?: number;
        tunedShare?: number;
        /** Width of the taught layer; 0: there is none. */
        tuned?: number;
      }
    | undefined;
  calibration: Calibration.Calibration;
  outsideShare: number;
  notes: Training.Notes;
  /** Kind and length of each array that follows, in their order. */
  arrays: readonly (readonly [Kind, number])[];
};

const SIZES = { u32: 4, i32: 4, f32: 4, i8: 1 } as const;

export function write({ classifier, calibration, outsideShare, notes }: Training.Trained): Uint8Array<ArrayBuffer> {
  const { classes, vocabulary, planes, planesSpread, dense } = classifier;
  const arrays: [Kind, Numbers][] = [];
  const packed = (matrix: Matrix.Matrix, width: number) => {
    const { scales, values } = Matrix.pack(matrix, width);
    arrays.push(["f32", scales], ["i8", values]);
  };
  arrays.push(["u32", vocabulary.hashes], ["f32", vocabulary.idf]);
  packed(planes.weights, classes.length);
  arrays.push(["f32", planes.bias]);
  if (dense) {
    arrays.push(["f32", dense.mean], ["f32", dense.deviation]);
    for (const { first, firstBias, second, secondBias, hidden } of dense.perceptrons) {
      packed(first, hidden);
      arrays.push(["f32", firstBias]);
      packed(second, classes.length);
      arrays.push(["f32", secondBias]);
    }
    arrays.push(["f32", dense.discriminant.weights], ["f32", dense.discriminant.bias]);
    if (dense.tuned) {
      const { first, firstBias, second, secondBias, weights, bias, hidden } = dense.tuned;
      packed(first, hidden);
      arrays.push(["f32", firstBias]);
      packed(second, secondBias.length);
      arrays.push(["f32", secondBias]);
      packed(weights, classes.length);
      arrays.push(["f32", bias]);
    }
    packed(dense.memory, dense.memoryLabels.length);
    arrays.push(["i32", dense.memoryLabels]);
  }
  const header: Header = {
    classes,
    words: vocabulary.words,
    planesSpread,
    dense: dense && {
      hidden: dense.perceptrons[0]?.hidden ?? 0,
      perceptrons: dense.perceptrons.length,
      perceptronSpread: dense.perceptronSpread,
      discriminantSpread: dense.discriminantSpread,
      discriminantShare: dense.discriminantShare,
      perceptronShare: dense.perceptronShare,
      tunedSpread: dense.tunedSpread,
      tunedShare: dense.tunedShare,
      tuned: dense.tuned?.hidden ?? 0,
    },
    calibration,
    outsideShare,
    notes,
    arrays: arrays.map(([kind, { length }]) => [kind, length]),
  };
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(FORMAT),
      Buffer.from(`${JSON.stringify(header)}\n`),
      ...arrays.map(([, { buffer, byteOffset, byteLength }]) => Buffer.from(buffer, byteOffset, byteLength)),
    ]),
  );
}

/** SHA-256, in hexadecimal. */
export function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Throws `NotAModel`. */
export function read(bytes: Uint8Array, field = "model"): Training.Trained {
  const start = Buffer.from(bytes.subarray(0, FORMAT.length)).toString("latin1");
  if (start !== FORMAT && start !== BEFORE) {
    throw new NotAModel({ field, found: start, why: both("this is no desk model", "这不是工单模型") });
  }
  const end = bytes.indexOf(10, FORMAT.length);
  const cut = () =>
    new NotAModel({
      field,
      found: bytes.length,
      why: both("the model was cut off or changed", "模型文件不完整或已被改动"),
    });
  let header: Header;
  try {
    header = JSON.parse(Buffer.from(bytes.subarray(FORMAT.length, end)).toString("utf8"));
  } catch {
    throw cut();
  }
  const total = header.arrays.reduce((sum, [kind, length]) => sum + SIZES[kind] * length, end + 1);
  if (end < 0 || total !== bytes.length) throw cut();
  let at = end + 1;
  let which = 0;
  const next = (): Numbers => {
    const [kind, length] = header.arrays[which++] as Header["arrays"][number];
    const size = SIZES[kind] * length;
    // A copy: what is read from a file may begin at any byte.
    const own = new Uint8Array(bytes.subarray(at, at + size)).buffer;
    at += size;
    if (kind === "u32") return new Uint32Array(own);
    if (kind === "i32") return new Int32Array(own);
    return kind === "f32" ? new Float32Array(own) : new Int8Array(own);
  };
  const floats = () => next() as Matrix.Matrix;
  const packed = () => Matrix.unpack({ scales: floats(), values: next() as Int8Array<ArrayBuffer> });
  const classes = header.classes.length;
  const hashes = next() as Uint32Array<ArrayBuffer>;
  const vocabulary = Feature.index(hashes, header.words, floats());
  const planes = { classes, features: hashes.length, weights: packed(), bias: floats() };
  const dense = header.dense && readDense(header.dense, classes, floats, packed, next);
  return {
    classifier: { classes: header.classes, vocabulary, planes, planesSpread: header.planesSpread, dense },
    calibration: header.calibration,
    outsideShare: header.outsideShare,
    notes: header.notes,
  };
}

function readDense(
  {
    hidden,
    perceptrons,
    tuned = 0,
    perceptronShare = 1.5,
    tunedSpread = 1,
    tunedShare = 0,
    ...shares
  }: NonNullable<Header["dense"]>,
  classes: number,
  floats: () => Matrix.Matrix,
  packed: () => Matrix.Matrix,
  next: () => Numbers,
): Classifier.Dense {
  const [mean, deviation] = [floats(), floats()];
  const inputs = mean.length;
  const all = Array.from({ length: perceptrons }, () => ({
    inputs,
    hidden,
    classes,
    first: packed(),
    firstBias: floats(),
    second: packed(),
    secondBias: floats(),
  }));
  const discriminant = { inputs, classes, weights: floats(), bias: floats() };
  const taught =
    tuned === 0
      ? undefined
      : {
          hidden: tuned,
          classes,
          first: packed(),
          firstBias: floats(),
          second: packed(),
          secondBias: floats(),
          weights: packed(),
          bias: floats(),
        };
  const memory = packed();
  return {
    mean,
    deviation,
    perceptrons: all,
    discriminant,
    tuned: taught,
    perceptronShare,
    tunedSpread,
    tunedShare,
    ...shares,
    memory,
    memoryLabels: next() as Int32Array<ArrayBuffer>,
  };
}
