/**
 * An HTTP service: what it answers, whether its answers are what its OpenAPI contract says, and how fast. The requests
 * are carried into the sandbox one by one; what is expected of the answers stays outside.
 */
import * as z from "zod/mini";
import * as Field from "../../agreement/Field.ts";
import { Errors, InputError } from "../../agreement/index.ts";
import type { Judged, Kind } from "../Kind.ts";
import type { Running } from "../Sandbox.ts";
import * as Contract from "./Contract.ts";
import { clip, complaint, fail, format, holds, parse, pass } from "./Outcome.ts";

const { both } = InputError;

const PORT = 8_080;

const request = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  /** `${name}` stands for a value that was saved before. */
  path: z.string().check(z.regex(/^\//)),
  headers: z.exactOptional(z.record(z.string(), z.string())),
  json: z.exactOptional(z.unknown()),
  text: z.exactOptional(z.string()),
});

const check = z.strictObject({
  id: Field.line,
  what: Field.words,
  request,
  expect: z.strictObject({
    status: z.int().check(z.minimum(100), z.maximum(599)),
    /** What the answer holds; it may hold more. */
    json: z.exactOptional(z.unknown()),
    text: z.exactOptional(z.string()),
  }),
  /** Values of the answer that later requests use: name to JSON pointer. */
  save: z.exactOptional(z.record(z.string(), z.string())),
  /** Milliseconds that 95 of 100 answers may take. */
  within: z.exactOptional(z.int().check(z.minimum(1))),
  /** How often it is asked; default once. */
  times: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_000))),
});

const body = z.strictObject({
  /** Starts the service; it listens on 127.0.0.1 at the port that PORT tells. */
  start: z.array(z.string()).check(z.minLength(1)),
  /** A path that answers, with whatever status, once it is up. */
  ready: z.string().check(z.regex(/^\//)),
  /** Seconds until then; default 10. */
  patience: z.exactOptional(z.int().check(z.minimum(1), z.maximum(300))),
  /** OpenAPI 3.1 in JSON, a file of the suite: every answer is held against it. */
  contract: z.exactOptional(z.string()),
  checks: z.array(check),
});

type Body = z.infer<typeof body>;
type Check = z.infer<typeof check>;
type Answer = { status: number; headers: Record<string, unknown>; body: string };

export const service: Kind<Body> = {
  name: "service",
  says: both("an HTTP service against its contract", "HTTP 服务与其契约"),
  body,
  check({ contract }, has) {
    if (contract === undefined || has(contract)) return [];
    return [new Errors.MissingField({ field: contract, expected: both("a file of the suite", "用例集中的文件") })];
  },
  plan({ contract, checks }, bench) {
    // Read here, so that a contract that cannot be used is found before anything runs.
    if (contract !== undefined) Contract.read(bench.file(contract).toString("utf8"), contract);
    return checks.map(({ id, what }) => ({ id, what }));
  },
  async judge({ start, ready, patience = 10, contract, checks }, bench) {
    const promised =
      contract === undefined ? undefined : Contract.read(bench.file(contract).toString("utf8"), contract);
    const relay = ["node", "/opt/commenda/relay.mjs", String(PORT), ready, String(patience), ...start];
    const running = bench.start({ argv: relay });
    const lines = running.lines()[Symbol.asyncIterator]();
    try {
      const first = await next(lines);
      if (!first || !("ready" in first)) return await broken(first, checks, running);
      const saved = new Map<string, string>();
      const judged: Judged[] = [];
      for (const one of checks) {
        bench.note(`# ${one.id}`);
        const [result, lost] = await judge(one, saved, { running, lines, promised });
        if (lost) return [...judged, ...(await broken(lost, checks.slice(judged.length), running))];
        judged.push(result);
      }
      return judged;
    } finally {
      await running.stop();
    }
  },
};

type Line = Record<string, unknown>;

async function next(lines: AsyncIterator<string>): Promise<Line | undefined> {
  const { value, done } = await lines.next();
  return done ? undefined : (parse(value)?.value as Line | undefined);
}

/** The service did not come up, or is gone. */
async function broken(line: Line | undefined, checks: readonly Check[], running: Running): Promise<Judged[]> {
  const ran = await running.stop();
  const failed = typeof line?.failed === "string" ? clip(line.failed) : undefined;
  const limit = ran.ended === "stopped" ? undefined : complaint(ran);
  const why = failed
    ? both(clip(`the service is not there: ${failed}`), clip(`服务不可用：${failed}`))
    : (limit ?? both("the service is gone", "服务已退出"));
  return checks.map(({ id }) => ({ id, result: "fail", why }));
}

type Talk = { running: Running; lines: AsyncIterator<string>; promised: Contract.Contract | undefined };

/** The result, or the line that says that the service is lost. */
async function judge(
  check: Check,
  saved: Map<string, string>,
  { running, lines, promised }: Talk,
): Promise<readonly [Judged, Line | undefined]> {
  const { id, expect, save = {}, within, times = 1 } = check;
  const path = check.request.path.replace(/\$\{(\w+)\}/g, (_, name) => encodeURIComponent(saved.get(name) ?? ""));
  const { method, headers = {}, json, text } = check.request;
  const type = json === undefined ? {} : { "content-type": "application/json" };
  const sent = json === undefined ? text : JSON.stringify(json);
  const line = `${JSON.stringify({ method, path, headers: { ...type, ...headers }, body: sent })}\n`;
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    running.write(line);
    const answer = await next(lines);
    took.push(performance.now() - began);
    if (!answer || "failed" in answer) return [fail(id, "-", "-"), answer ?? {}];
    if (typeof answer.error === "string")
      return [fail(id, `no answer: ${answer.error}`, `没有应答：${answer.error}`), undefined];
    const found = answer as Answer;
    const why = unmet(found, expect) ?? promised?.judge(method, path, found);
    if (why) return [{ id, result: "fail", why, measures: measured(took) }, undefined];
    for (const [name, pointer] of Object.entries(save)) saved.set(name, String(at(parse(found.body)?.value, pointer)));
  }
  const measures = measured(took);
  if (within === undefined || percentile(took) <= within) return [pass(id, { measures }), undefined];
  const slow = Math.round(percentile(took));
  return [
    fail(
      id,
      `95 of 100 answers take up to ${slow} ms, at most ${within} are allowed`,
      `95% 的应答用时达 ${slow} 毫秒，上限为 ${within} 毫秒`,
      {
        measures,
      },
    ),
    undefined,
  ];
}

function unmet(answer: Answer, expect: Check["expect"]): InputError.Words | undefined {
  if (answer.status !== expect.status)
    return both(`status ${answer.status}, expected ${expect.status}`, `状态码 ${answer.status}，应为 ${expect.status}`);
  const wrong = both(
    clip(`the answer ${InputError.show(answer.body.slice(0, 120))} is not what is expected`),
    clip(`应答 ${InputError.show(answer.body.slice(0, 120))} 与预期不符`),
  );
  if (expect.text !== undefined && answer.body.trimEnd() !== expect.text.trimEnd()) return wrong;
  if (expect.json === undefined) return undefined;
  const found = parse(answer.body);
  return found && holds(found.value, expect.json) ? undefined : wrong;
}

/** RFC 6901. */
function at(value: unknown, pointer: string): unknown {
  const steps = pointer.split("/").slice(1);
  return Field.valueAt(
    value,
    steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")),
  );
}

const percentile = (took: readonly number[]) =>
  took.toSorted((one, other) => one - other)[Math.ceil(took.length * 0.95) - 1] ?? 0;
const measured = (took: readonly number[]) => [{ name: "p95", value: format(percentile(took)), unit: "ms" }];
