/** The models of a desk, by hash: which one works, which did before, and whether a new one may. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { both } from "../agreement/InputError.ts";
import type { Example } from "./Classifier.ts";
import type * as Embedding from "./Embedding.ts";
import { NotAModel } from "./Errors.ts";
import * as Model from "./Model.ts";
import * as Training from "./Training.ts";

const CURRENT = "current";

const path = (folder: string, hash: string) => join(folder, "models", `${hash}.model`);

/** Hashes of those that have worked, the present one last. */
export function history(folder: string): readonly string[] {
  const file = join(folder, CURRENT);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}

/** Written beside it and renamed: a crash leaves the old list or the new one. */
function setHistory(folder: string, hashes: readonly string[]) {
  const file = join(folder, CURRENT);
  writeFileSync(`${file}.new`, hashes.map((hash) => `${hash}\n`).join(""));
  renameSync(`${file}.new`, file);
}

/** Keeps a model. @returns its hash. */
export function keep(folder: string, trained: Training.Trained): string {
  const bytes = Model.write(trained);
  const hash = Model.hash(bytes);
  mkdirSync(join(folder, "models"), { recursive: true });
  const file = path(folder, hash);
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
  }
  return hash;
}

/** Throws `NotAModel`, also where the file is not what its name says. */
export function open(folder: string, hash: string): Training.Trained {
  const file = path(folder, hash);
  if (!existsSync(file)) {
    const known = existsSync(join(folder, "models")) ? readdirSync(join(folder, "models")).length : 0;
    throw new NotAModel({
      field: "model",
      found: { hash, known },
      why: both("there is no such model", "没有这个模型"),
    });
  }
  const bytes = readFileSync(file);
  if (Model.hash(bytes) !== hash) {
    const why = both("the model is not the one that its name says", "模型内容与其名称不符");
    throw new NotAModel({ field: "model", found: hash, why });
  }
  return Model.read(bytes);
}

export type Promoted = {
  readonly hash: string;
  /** Right answers on the frozen set, of the new one and of the one before. */
  readonly right: number | undefined;
  readonly before: number | undefined;
  readonly isPromoted: boolean;
};

/** The model goes to work, unless the present one is right more often on the frozen set. */
export async function promote(
  folder: string,
  hash: string,
  frozen: readonly Example[],
  encoder?: Embedding.Encoder,
): Promise<Promoted> {
  const past = history(folder);
  const present = past.at(-1);
  if (present === hash) return { hash, right: undefined, before: undefined, isPromoted: true };
  const rate = async (one: string) => (frozen.length === 0 ? undefined : right(open(folder, one), frozen, encoder));
  const [own, before] = [await rate(hash), present === undefined ? undefined : await rate(present)];
  const isPromoted = own === undefined || before === undefined || own >= before;
  if (isPromoted) setHistory(folder, [...past, hash]);
  return { hash, right: own, before, isPromoted };
}

async function right(trained: Training.Trained, frozen: readonly Example[], encoder?: Embedding.Encoder) {
  const judged = await Training.judge(
    trained,
    frozen.map(({ text }) => text),
    encoder,
  );
  return judged.filter(({ score }, at) => trained.classifier.classes[score.best] === frozen[at]?.label).length;
}

/** Back to the one before. @returns its hash; nothing, where there is none. */
export function rollback(folder: string): string | undefined {
  const past = history(folder);
  if (past.length < 2) return undefined;
  setHistory(folder, past.slice(0, -1));
  return past.at(-2);
}
