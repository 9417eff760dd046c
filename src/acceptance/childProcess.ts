/** What `Child.judge` starts: takes one order, says what it prints and what came of it, and ends. */
import { InputError } from "../agreement/index.ts";
import type { Given, Said } from "./Child.ts";
import * as Delivery from "./Delivery.ts";
import * as Run from "./Run.ts";
import * as Sandbox from "./Sandbox.ts";
import * as Suite from "./Suite.ts";

// Its rooms end with it: see `Sandbox`.
process.on("disconnect", () => process.exit(1));
process.on("SIGTERM", () => process.exit(143));

const say = (said: Said) =>
  new Promise<void>((resolve) => {
    process.send?.(said, () => resolve());
  });

async function carryOut(order: Given): Promise<Said> {
  const { suite, delivery: what, criterion, of, shown, inputs, answers, now, cache } = order;
  const opened = Suite.open(suite);
  const engine = Sandbox.named(order.engine);
  const where = {
    ...(cache === undefined ? {} : { cache }),
    ...(order.registry === undefined ? {} : { registry: order.registry }),
    ...(order.most === undefined ? {} : { most: order.most }),
  };
  const delivery =
    "folder" in what
      ? await Delivery.ofFolder(what.folder, where)
      : await Delivery.ofCommit(what.repository, what.commit, {
          ...where,
          ...(what.git ? { git: what.git } : {}),
          ...(what.protocols ? { protocols: what.protocols } : {}),
        });
  const verdict = await Run.judge({
    ...{ suite: opened, delivery, engine, now },
    ...(criterion ? { criterion } : {}),
    ...(of ? { of } : {}),
    ...(shown ? { shown } : {}),
    ...(inputs ? { inputs } : {}),
    ...(answers ? { answers } : {}),
    ...(cache === undefined ? {} : { cache }),
    onLog: (text) => void say({ kind: "log", text }),
  });
  return { kind: "verdict", verdict };
}

process.once("message", async (order) => {
  try {
    await say(await carryOut(order as Given));
  } catch (error) {
    if (!(error instanceof InputError.CommendaError)) throw error;
    const { name, next, title, words } = error;
    await say({ kind: "failed", name, next, title, words });
  }
  process.exit(0);
});
