/** Versions of a draft: saved one on top of the other, compared, and looked through to their endings. */
import { and, desc, eq, lt } from "drizzle-orm";
import { InputError, Terms } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Handlers } from "../Call.ts";
import * as Changes from "../draft/Changes.ts";
import * as Document from "../draft/Document.ts";
import * as EveryEnding from "../draft/EveryEnding.ts";
import * as Save from "../draft/Save.ts";
import * as Show from "../draft/Show.ts";
import * as Page from "../Page.ts";
import * as schema from "../store/schema.ts";

const { both } = InputError;
const { version } = schema;

const list: Handlers["version.list"] = async ({ db }, { agreement, after, limit }) => {
  const [from] = Page.afterNumbers(after, 1) ?? [];
  const rows = await Show.versionsOf(db)
    .where(and(eq(version.agreement, agreement), ...(from === undefined ? [] : [lt(version.version, from)])))
    .orderBy(desc(version.version))
    .limit(limit + 1);
  const page = Page.cut(rows, limit, (row) => [row.version]);
  return { ...page, items: page.items.map(Show.versionShown) };
};

const show: Handlers["version.show"] = async (call, input) => {
  const row = await Show.rowOf(call.db, input.agreement);
  const { document, ...found } = await Show.versionOf(call.db, input.agreement, input.version);
  const problems = await Show.problemsOf(call, row, document, found.contentHash);
  return { ...Show.versionShown(found), document, problems };
};

const save: Handlers["version.save"] = async (call, { agreement, base, document, note }) => {
  const { side, organisation } = Show.sideOf(call.seats);
  const row = await Show.rowOf(call.db, agreement, { lock: true });
  if (!Show.EDITABLE.has(row.status)) {
    throw Show.conflict(
      row.status,
      both("a draft or an offer", "草稿或要约"),
      both(
        "What both have signed is changed by a change order: a new agreement whose document has `replaces`.",
        "双方已签署的协议须以变更单修改：另建协议，并在其文件中填写 replaces。",
      ),
    );
  }
  if (base !== row.version) {
    throw new Problem.Problem(
      "changed-meanwhile",
      both(
        `The latest version is ${row.version}; yours is based on ${base}. Compare the two, then save on top of ${row.version}.`,
        `最新为第 ${row.version} 版，您的修改基于第 ${base} 版。请比较后在第 ${row.version} 版之上保存。`,
      ),
      { latest: row.version },
    );
  }
  const text = Document.acceptText(note, "note");
  await Save.next(call, row, { side, organisation, document, note: text });
  return Show.full(call, agreement);
};

const compare: Handlers["version.compare"] = async ({ db }, { agreement, from, to }) => {
  const [old, next] = [await Show.versionOf(db, agreement, from), await Show.versionOf(db, agreement, to)];
  const [before, after] = [Terms.check(old.document), Terms.check(next.document)];
  const complete = "terms" in before && "terms" in after;
  const differences = complete
    ? Changes.ofTerms(before.terms, after.terms)
    : Changes.written(old.document, next.document);
  return { differences: [...differences], complete };
};

const endings: Handlers["version.endings"] = async ({ db }, input) => {
  const { document } = await Show.versionOf(db, input.agreement, input.version);
  const checked = Terms.check(document);
  if ("terms" in checked) return EveryEnding.of(checked.terms);
  const [first] = checked.problems;
  throw new Problem.Problem(
    "state-conflict",
    both(
      `Version ${input.version} is not complete: it has ${checked.problems.length} problems, the first: ${first?.words.en ?? ""} Complete it first.`,
      `第 ${input.version} 版尚不完整：有 ${checked.problems.length} 处问题，首个：${first?.words.zh ?? ""}请先补全。`,
    ),
  );
};

const check: Handlers["terms.check"] = async ({ parts, caller }, input) => {
  const document = Document.accept(input.document);
  const { problems, terms, ledgerId } = Document.judge(document, parts.place, Show.minuteNow(parts));
  return {
    problems: problems.map((problem) => problem.toProblem(Show.languageOf(caller))),
    ...(ledgerId ? { ledgerId } : {}),
    contentHash: Document.hashOf(document),
    ...(terms ? { endings: await EveryEnding.fresh(terms) } : {}),
  };
};

export const versions = {
  "version.list": list,
  "version.show": show,
  "version.save": save,
  "version.compare": compare,
  "version.endings": endings,
  "terms.check": check,
} satisfies Partial<Handlers>;
