/** A node's store, ledger and runner for tests of acceptance by code: two firms, a suite of one question, work that answers. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Example, type Terms } from "../../../agreement/index.ts";
import type { Table } from "../../../api/index.ts";
import type { Caller, Parts } from "../../Call.ts";
import * as Config from "../../Config.ts";
import { dispatch } from "../../Dispatch.ts";
import * as Evidence from "../../evidence/Files.ts";
import { handlers } from "../../Handlers.ts";
import * as Bench from "../../relay/testing/Bench.ts";
import type * as Folders from "../Folders.ts";
import * as Judging from "../Judging.ts";
import * as Settle from "../Settle.ts";
import * as Verdicts from "../Verdicts.ts";

export type Court = Awaited<ReturnType<typeof open>>;

type Side = "client" | "provider";
export type Files = Readonly<Record<string, string>>;

/** Of the first milestone: at once, and long enough for all of a test. */
const WHEN = { start: "2026-12-02T00:00Z", due: "2027-02-14T10:00Z" };

/** A folder of texts. */
export const folder = (files: Files): Folders.File[] =>
  Object.entries(files).map(([path, text]) => ({
    ...{ path, executable: false },
    content: Buffer.from(text, "utf8").toString("base64"),
  }));

const RUN = `run:
  environment: { tools: [{ name: node, version: "24" }], locale: C.UTF-8, timeZone: UTC, seed: "7", clock: 2027-01-01T00:00Z }
  limits: { time: 20, cpu: 20, memory: 256, disk: 16, output: 1, processes: 32 }
`;

/** One question, answered by what `answer.mjs` prints. `more`: of `run`. */
export const suite = (expected: number, more = "  flaky: { runs: 1, passes: all }\n"): Files => ({
  "suite.yaml": `version: commenda-suite/1
title: { en: The answer, zh: 答案 }
kind: command
${RUN}${more}  exact: []
  within: 3 days
judge:
  run: [node, answer.mjs]
  checks:
    - id: answer
      what: { en: it answers ${expected}, zh: 答案为 ${expected} }
      expect: { stdout: { json: ${expected} } }
`,
});

/** Delivered work: `code` makes the number that it prints. */
export const work = (code: string): Files => ({ "answer.mjs": `console.log(JSON.stringify(${code}));\n` });

export async function open() {
  const bench = await Bench.open();
  const home = mkdtempSync(join(tmpdir(), "commenda-court-"));
  const repository = join(home, "repositories");
  const env = { COMMENDA_REPOSITORIES: repository, COMMENDA_SECRET: randomBytes(32).toString("hex") };
  const config = Config.read(env, { home, demo: true });
  const parts: Parts = { ...bench.parts, config, files: await Evidence.open(config) };
  parts.jobs.handle("send", bench.relay().send);
  const failures: unknown[] = [];
  let judging: Judging.Judging | undefined;

  const ask = <N extends Table.Name>(caller: Caller, name: N, input: unknown, key?: string) =>
    dispatch(parts, handlers, { name, input, caller, ...(key === undefined ? {} : { key }) }) as Promise<
      Table.Output<N>
    >;
  const as = (who: "client" | "provider" | "anna" | "bo") => bench.firms[who].caller;

  /**
   * Signed and opened; `criteria` judge its first milestone, each firm's key of this node is its delegate unless another
   * is given. `design`: of that milestone.
   */
  async function agreed(
    criteria: Terms.Terms["criteria"],
    { delegates = {}, design: more = {} }: { delegates?: Partial<Record<Side, string>>; design?: object } = {},
  ): Promise<string> {
    const example = Example.terms();
    const parties = { ...example.parties };
    for (const side of ["client", "provider"] as const) {
      const { organisation, address } = bench.firms[side];
      const { address: own = "" } = await ask(as(side), "runner.create", { organisation });
      const delegate = delegates[side] ?? own;
      const { delegate: _, ...party } = example.parties[side];
      parties[side] = { ...party, address, delegate };
    }
    const [design, build] = example.milestones;
    if (!design || !build) throw new Error("the example has milestones");
    const names = criteria.map(({ name }) => name);
    const agreement = await bench.signed({
      parties,
      openBy: "2027-02-10T00:00Z",
      milestones: [{ ...design, ...WHEN, criteria: names, ...more }, build],
      criteria: [...criteria, ...example.criteria.slice(1, 3)],
    });
    const opened = await ask(as("client"), "act.submit", { agreement, act: { verb: "open" } });
    if (opened.status !== "done") throw new Error(JSON.stringify(opened.problem));
    await bench.index();
    return agreement;
  }

  return {
    ...{ bench, parts, home, repository, failures, ask, as, agreed },
    /** Begins to judge; `point` as for a node. */
    start(point?: (name: Judging.Point) => void): Judging.Judging {
      judging = Judging.start(parts, {
        ...{ every: 3_600_000, onFailure: (error) => failures.push(error) },
        ...(point ? { point } : {}),
      });
      return judging;
    },
    /** As the clock's minute does: at what waits. */
    async look(): Promise<void> {
      for (const one of await Settle.waiting(parts)) {
        await parts.store.transaction((tx) => Verdicts.consider(parts, tx, one));
      }
    },
    /** Until the event log tells that it holds. */
    async until(holds: () => Promise<boolean>): Promise<void> {
      let wake = () => {};
      const stop = parts.events.subscribe(() => wake());
      try {
        for (;;) {
          const woken = new Promise<void>((resolve) => {
            wake = resolve;
          });
          if (await holds()) return;
          await woken;
        }
      } finally {
        stop();
      }
    },
    async close() {
      await judging?.stop();
      await bench.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
