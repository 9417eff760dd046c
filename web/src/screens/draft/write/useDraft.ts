/** A draft while it is written: what is typed, kept in this tab, and judged beside the page. */
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type Judged, type Problem, useJudged } from "../../../agreement/judge/Judge.ts";
import * as Paper from "../../../agreement/Paper.ts";
import { type Full, useMinuteOfPage } from "../../../agreement/useAgreement.ts";
import { isTyped, useWriting, type Writing } from "../../../agreement/useWriting.ts";
import type { Trouble } from "./Context.ts";

export type Draft = {
  writing: Writing;
  typed: boolean;
  /** Another version was saved since this writing began. */
  behind: boolean;
  /** Gives the document with the change. */
  edit: (change: (paper: Paper.Paper) => Paper.Paper) => Paper.Paper;
  /** Goes on from another version, with a document on top of it. */
  rebase: (writing: Writing) => void;
  /** Nothing that was typed is wanted any more. */
  discard: () => void;
  judged: Judged;
  troubles: readonly Trouble[];
};

export function useDraft(agreement: Full): Draft {
  const [kept, keep, forget] = useWriting(agreement);
  const { version, document } = agreement;
  const typed = isTyped(kept);
  // What was just saved is newer than what the node has told so far.
  const writing = useMemo(
    () => (typed || kept.base > version ? kept : { base: version, from: document, document }),
    [typed, kept, version, document],
  );
  // Two edits of one moment: the second is made on top of the first.
  const latest = useRef(writing);
  useEffect(() => {
    latest.current = writing;
  }, [writing]);
  const edit = useCallback(
    (change: (paper: Paper.Paper) => Paper.Paper) => {
      const next = { ...latest.current, document: change(latest.current.document) };
      latest.current = next;
      keep(next);
      return next.document;
    },
    [keep],
  );
  const rebase = useCallback(
    (next: Writing) => {
      keep(next);
      if (!isTyped(next)) forget();
    },
    [keep, forget],
  );
  const discard = useCallback(() => rebase({ base: version, from: document, document }), [rebase, version, document]);
  const now = useMinuteOfPage();
  const judged = useJudged(
    useMemo(
      () => ({ document: writing.document, now, endings: true, ...(typed ? { before: writing.from } : {}) }),
      [writing, typed, now],
    ),
  );
  const troubles = useMemo(
    () => troublesOf(agreement, writing, judged.problems),
    [agreement, writing, judged.problems],
  );
  return { writing, typed, behind: typed && version > writing.base, edit, rebase, discard, judged, troubles };
}

/** What this page finds, and what only the node knows, as long as nothing was typed about it. */
export function troublesOf(agreement: Full, writing: Writing, found: readonly Problem[] = []): readonly Trouble[] {
  const own = found.map(({ name, field, title, expected, fix }): Trouble => {
    const en = title.en.charAt(0).toUpperCase() + title.en.slice(1);
    return {
      field,
      isMissing: name === "MissingField",
      says: {
        en: `${en}: expected ${expected.en}. ${fix.en}.`,
        zh: `${title.zh}，应为${expected.zh.trim()}。${fix.zh}。`,
      },
    };
  });
  const nodes = agreement.problems.flatMap(({ field = "", detail }): Trouble[] => {
    const same = Paper.same(Paper.at(writing.document, field), Paper.at(agreement.document, field));
    const known = own.some((one) => one.field === field);
    // Whose account could be put in is something that only the node knows.
    const offers = /^parties\.(client|provider)\.address$/.test(field);
    return same && (!known || offers) ? [{ field, isMissing: known, says: { en: detail, zh: detail } }] : [];
  });
  const replaced = new Set(nodes.map(({ field }) => field));
  return [...own.filter(({ field }) => !replaced.has(field)), ...nodes];
}
