/** What the checks of a suite look at, in the suite's own words, where its folder is kept here. */
import { useCallback } from "react";
import type { Words } from "../../Language.tsx";
import { useRows } from "../../Node.ts";

export function useFolders(agreement: string) {
  return useRows("GET /v1/agreements/{agreement}/folders", { agreement, limit: 200 });
}

export function useChecks(agreement: string, suite: string): (id: string) => Words | undefined {
  const { rows } = useFolders(agreement);
  return useCallback(
    (id) => {
      // A check of a hidden part is named after it.
      const [, hidden] = /^sealed: (.*)$/.exec(id) ?? [];
      const suites = (rows ?? []).flatMap((one) => (one.suite ? [{ hash: one.hash, ...one.suite }] : []));
      const own = hidden === undefined ? suites.filter(({ hash }) => hash === suite) : suites;
      return own.flatMap(({ checks }) => checks).find((check) => check.id === (hidden ?? id))?.what;
    },
    [rows, suite],
  );
}
