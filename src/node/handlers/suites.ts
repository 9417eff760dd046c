/** Standard suites, and folders that are kept by their content. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Folder, Suite } from "../../acceptance/index.ts";
import { InputError } from "../../agreement/index.ts";
import { Problem, type Table } from "../../api/index.ts";
import type { Handler, Handlers } from "../Call.ts";
import * as Evidence from "../evidence/Evidence.ts";
import * as Folders from "../judge/Folders.ts";
import * as Page from "../Page.ts";
import * as Room from "../store/Room.ts";

const { both } = InputError;

const STANDARD = join(import.meta.dirname, "../../acceptance/standard");

type Standard = Table.Output<"suite.standard">["items"][number];

let known: readonly Standard[] | undefined;

/** Read once: they are part of the program. */
function all(): readonly Standard[] {
  known ??= readdirSync(STANDARD).map((name) => {
    const { title, kind, plan, run, hash } = Suite.open(join(STANDARD, name, "suite"));
    const checks = plan.map(({ id, what }) => ({ id, what }));
    const clause = {
      name: "acceptance",
      what: title,
      how: "test suite",
      by: "both",
      weight: "100 %",
      suite: hash,
      run,
    };
    const sealed = filesOf(join(STANDARD, name, "sealed", "part")).length > 0;
    return { name, hash, sealed, title, kind: kind.name, checks, criterion: clause };
  });
  return known;
}

/** None where there is no such folder. */
function filesOf(place: string): Folders.File[] {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  return Folder.read(place).entries.map(({ path, executable }) => ({
    ...{ path, executable },
    content: readFileSync(join(place, ...path.split("/"))).toString("base64"),
  }));
}

const standard: Handler<"suite.standard"> = async () => ({ items: [...all()] });

const template: Handler<"suite.template"> = async (_, { suite }) => {
  if (!all().some(({ name }) => name === suite)) throw Problem.notFound(both("standard suite", "标准用例集"));
  const place = (...steps: string[]) => filesOf(join(STANDARD, suite, ...steps));
  return { name: suite, suite: place("suite"), part: place("sealed", "part"), good: place("good") };
};

const put: Handler<"folder.put"> = async (call, { agreement, purpose, files, hash }) => {
  const size = files.reduce((sum, { content }) => sum + content.length, 0);
  if (!call.parts.files.hasRoom(size)) throw Room.none();
  const by = Evidence.bringer(call.caller, call.seats);
  const { row } = await Folders.put(call.parts, call.db, { agreement, purpose, files, hash, ...by });
  call.note({ folder: row.id, hash: row.hash, purpose });
  return Folders.told(row);
};

const list: Handler<"folder.list"> = async ({ db, seats }, { agreement, after, limit }) => {
  const rows = await Folders.list(db, agreement, seats, Page.afterTime(after), limit + 1);
  const { items, ...next } = Page.cut(rows, limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  return { items: items.map(Folders.told), ...next };
};

const show: Handler<"folder.show"> = async ({ db, seats }, { agreement, folder }) =>
  Folders.told((await Folders.find(db, agreement, folder, seats)).row);

const content: Handler<"folder.content"> = async ({ db, parts, seats }, { agreement, folder }) => {
  const kept = await Folders.find(db, agreement, folder, seats);
  return { hash: kept.row.hash, files: [...(await Folders.read(parts, kept))] };
};

export const suites = {
  "suite.standard": standard,
  "suite.template": template,
  "folder.put": put,
  "folder.list": list,
  "folder.show": show,
  "folder.content": content,
} satisfies Partial<Handlers>;
