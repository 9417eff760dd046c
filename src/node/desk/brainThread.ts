/** The thread in which a desk learns or judges: one question after the other. */
import { parentPort } from "node:worker_threads";
import { Embedding, Model, Starter, Training, Triage } from "../../desk/index.ts";
import * as Brain from "./Brain.ts";

const models = new Map<string, Training.Trained>();
const order = new Set<string>();
let encoder: Promise<Embedding.Encoder | undefined> | undefined;

/** One question after the other: what came second must find the model that came with the first. */
let last: Promise<unknown> = Promise.resolve();
parentPort?.on("message", (asked: Brain.Asked) => {
  last = last.then(() => answer(asked)).then((said) => parentPort?.postMessage(said));
});

async function answer({ number, model, ...question }: Brain.Asked): Promise<Brain.Answered> {
  try {
    return { number, answer: await answerTo(question as Brain.Asked, model) };
  } catch (error) {
    return { number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function answerTo(question: Omit<Brain.Asked, "number">, model: Uint8Array | undefined): Promise<unknown> {
  const { verb, given } = question as Brain.Asked;
  if (verb === "learn") return learn(given);
  const trained = trainedOf(given.hash, model);
  if (verb === "explain") return Triage.explain(trained, given.text, given.intent);
  const reads = trained.classifier.dense ? await open(given.folder) : undefined;
  if (verb === "judge") {
    const { hash, tickets, now, folder: _, ...desk } = given;
    return Triage.decide({ ...desk, trained, model: hash, encoder: reads }, tickets, now);
  }
  const texts = given.frozen.map(({ text }) => text);
  const judged = await Training.judge(trained, texts, reads);
  const { classes } = trained.classifier;
  return judged.filter(({ score }, at) => classes[score.best] === given.frozen[at]?.label).length;
}

function trainedOf(hash: string, bytes: Uint8Array | undefined): Training.Trained {
  const known = models.get(hash) ?? (bytes ? Model.read(bytes) : undefined);
  if (!known) throw new Error(`the model ${hash} did not come along`);
  models.set(hash, known);
  const gone = Brain.remember(order, hash);
  if (gone !== undefined) models.delete(gone);
  return known;
}

async function learn({ history, outside, outsideShare, starter, embeddings, folder }: Brain.Learning) {
  const examples = [...history, ...(starter ? Starter.examples() : [])];
  const reads = embeddings ? await open(folder) : undefined;
  const trained = await Training.train(examples, { outside, outsideShare, encoder: reads });
  const bytes = Model.write(trained);
  const { notes, classifier } = trained;
  return { bytes, hash: Model.hash(bytes), intents: classifier.classes, notes } satisfies Brain.Learnt;
}

function open(folder: string): Promise<Embedding.Encoder | undefined> {
  encoder ??= Embedding.open(folder);
  return encoder;
}
