/** nlp.js with its defaults, learning from the same rows. */
import { createRequire } from "node:module";
import type { Example } from "../../src/desk/Classifier.ts";

type Manager = {
  settings: Record<string, unknown>;
  addLanguage(language: string): void;
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(language: string, text: string): Promise<{ intent: string }>;
};

const require = createRequire(import.meta.url);

export async function measure(history: readonly Example[], test: readonly Example[]) {
  // It keeps one manager for the whole process, which would mix what it learnt before with this: begun anew each time.
  for (const name of Object.keys(require.cache)) if (name.includes("@nlpjs")) delete require.cache[name];
  const { dockStart } = require("@nlpjs/basic") as {
    dockStart(settings: object): Promise<{ get(name: string): Manager }>;
  };
  const dock = await dockStart({
    settings: { nlp: { log: false, autoSave: false, nlu: { log: false } }, "nlu-en": { log: false } },
    use: ["Basic", "LangEn"],
  });
  const manager = dock.get("nlp");
  Object.assign(manager.settings, { autoSave: false, log: false, nlu: { log: false } });
  manager.addLanguage("en");
  for (const { text, label } of history) manager.addDocument("en", text, label);
  const begin = performance.now();
  await manager.train();
  const trained = performance.now();
  let right = 0;
  for (const { text, label } of test) if ((await manager.process("en", text)).intent === label) right++;
  const done = performance.now();
  return {
    name: "nlp.js",
    accuracy: right / test.length,
    trainSeconds: Math.round((trained - begin) / 100) / 10,
    textsPerSecond: Math.round(test.length / ((done - trained) / 1_000)),
  };
}
