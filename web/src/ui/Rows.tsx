/** A table that becomes a list of cards on a phone: each cell keeps the name of its column. */
import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { Scroll } from "./Scroll.tsx";
import { Failure, Loading } from "./Waiting.tsx";

export type Column<T> = { name: string; cell: (row: T) => ReactNode; align?: "end" };

type Props<T> = {
  /** What the table lists, for those who do not see it. */
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[] | undefined;
  keyOf: (row: T) => string;
  empty: ReactNode;
  error?: unknown;
  again?: () => void;
  more?: (() => void) | undefined;
  isMore?: boolean;
};

export function Rows<T>({ caption, columns, rows, keyOf, empty, error, again, more, isMore }: Props<T>) {
  if (rows === undefined) return error ? <Failure error={error} {...(again ? { again } : {})} /> : <Loading />;
  if (rows.length === 0) return empty;
  return (
    <>
      <Scroll label={caption}>
        <table className="w-full text-left text-sm max-sm:block">
          <caption className="sr-only">{caption}</caption>
          <thead className="border-b border-line text-xs text-muted max-sm:sr-only">
            <tr>
              {columns.map(({ name, align }) => (
                <th key={name} scope="col" className={`py-2 pr-4 font-medium ${align === "end" ? "text-right" : ""}`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-sm:grid max-sm:gap-3">
            {rows.map((row) => (
              <tr
                key={keyOf(row)}
                className="border-b border-line align-top last:border-0 max-sm:grid max-sm:gap-1 max-sm:pb-3"
              >
                {columns.map(({ name, cell, align }) => (
                  <td
                    key={name}
                    className={`py-2 pr-4 max-sm:flex max-sm:gap-3 max-sm:py-0 ${align === "end" ? "sm:text-right" : ""}`}
                  >
                    <span aria-hidden="true" className="w-24 shrink-0 text-xs leading-5 text-muted sm:hidden">
                      {name}
                    </span>
                    <span className="min-w-0">{cell(row)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {more && (
        <div className="mt-3">
          <Button onClick={more} busy={isMore ?? false}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </>
  );
}
