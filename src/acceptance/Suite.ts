/**
 * A suite: a folder with `suite.yaml`, the files that it is judged by, and in `visible/` those that the delivery may see
 * while it is judged. What lies in `over/` is laid over the delivery. Its hash is that of the whole folder.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as Yaml from "yaml";
import * as z from "zod/mini";
import * as Field from "../agreement/Field.ts";
import { type Agreement, Criterion, Errors, InputError, type Tree } from "../agreement/index.ts";
import { BadSuite } from "./Errors.ts";
import * as Folder from "./Folder.ts";
import type { Kind, Planned } from "./Kind.ts";
import * as Kinds from "./Kinds.ts";

const { both } = InputError;

const manifest = z.strictObject({
  version: z.literal("commenda-suite/1"),
  title: Field.words,
  kind: z.string(),
  /** How it is run, where no terms say it; `accept seal` writes it into them. */
  run: z.strictObject({
    environment: Criterion.environment,
    limits: Criterion.limits,
    flaky: Criterion.flaky,
    exact: z.array(Field.line),
    within: Field.window,
  }),
  /** What is checked, in the words of the kind. */
  judge: z.unknown(),
});

export type Suite = {
  readonly folder: string;
  readonly hash: Agreement.Hex;
  readonly entries: readonly Tree.Entry[];
  readonly title: InputError.Words;
  // biome-ignore lint/suspicious/noExplicitAny: the kind has parsed its own body.
  readonly kind: Kind<any>;
  readonly body: unknown;
  /** How it is run where no terms say it. */
  readonly run: Criterion.Run;
  readonly plan: readonly Planned[];
  file(path: string): Buffer;
};

export const MANIFEST = "suite.yaml";
/** The text that people write; 1 MB. */
const MAX_TEXT = 1_000_000;

/** Reads a suite. Throws `BadSuite` with all that is wrong, or `BadFolder`. */
export function open(folder: string): Suite {
  const { entries, hash } = Folder.read(folder);
  const has = (path: string) => entries.some((entry) => entry.path === path);
  const refuse: Refuse = (...problems) => new BadSuite(folder, problems);
  const missing = (field: string, expected: InputError.Words) => new Errors.MissingField({ field, expected });
  if (!has(MANIFEST)) throw refuse(missing(MANIFEST, both("a file suite.yaml in the folder", "文件夹中有 suite.yaml")));
  const file = (path: string): Buffer => {
    if (!has(path)) throw refuse(missing(path, both("a file of the suite", "用例集中的文件")));
    return readFileSync(join(folder, ...path.split("/")));
  };
  const input = parse(file(MANIFEST), refuse);
  const top = manifest.safeParse(input);
  if (!top.success) throw refuse(...Field.problemsIn(input, top.error.issues, (path) => Field.known(manifest, path)));
  const { title, kind: name, run } = top.data;
  const kind = Kinds.named(name);
  if (!kind) {
    const known = Kinds.ALL.map((one) => one.name);
    throw refuse(new Errors.UnknownName({ field: "kind", found: name, known }));
  }
  const body = kind.body.safeParse(top.data.judge);
  if (!body.success) {
    const issues = body.error.issues.map((issue) => ({ ...issue, path: ["judge", ...issue.path] }));
    throw refuse(...Field.problemsIn(input, issues, (path) => Field.known(kind.body, path.slice(1))));
  }
  const wrong = kind.check?.(body.data, has) ?? [];
  if (wrong.length > 0) throw refuse(...wrong);
  const plan = attempt(() => kind.plan(body.data, { file }), refuse);
  const ids = plan.map(({ id }) => id);
  const problems = [
    ...Field.repeated(ids, (index) => `checks[${index}].id`),
    ...(ids.length === 0 ? [missing("judge", both("at least one check", "至少一个检查项"))] : []),
  ];
  if (problems.length > 0) throw refuse(...problems);
  const whole: Criterion.Run = { kind: name, inputs: [], ...run };
  return { folder, hash, entries, title, kind, body: body.data, run: whole, plan, file };
}

type Refuse = (...problems: readonly InputError.CommendaError[]) => BadSuite;

function attempt<T>(what: () => T, refuse: Refuse): T {
  try {
    return what();
  } catch (error) {
    if (error instanceof InputError.InputError) throw refuse(error);
    throw error;
  }
}

function parse(bytes: Buffer, refuse: Refuse): unknown {
  const unreadable = (detail: string) => {
    const expected = both("YAML in UTF-8, at most 1 MB, without aliases", "UTF-8 编码的 YAML，至多 1 MB，不含别名");
    return refuse(new Errors.WrongForm({ field: MANIFEST, found: detail, expected }));
  };
  if (bytes.length > MAX_TEXT) throw unreadable(`${bytes.length} bytes`);
  const document = Yaml.parseDocument(bytes.toString("utf8"), { schema: "core", strict: true, uniqueKeys: true });
  const [error] = document.errors;
  if (error) throw unreadable(error.message.split("\n")[0] ?? error.code);
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw unreadable((cause as Error).message);
  }
}

/** A folder of the suite, if it has one. */
export function part(suite: Suite, name: "visible" | "over"): string | undefined {
  const folder = join(suite.folder, name);
  return existsSync(folder) ? folder : undefined;
}
