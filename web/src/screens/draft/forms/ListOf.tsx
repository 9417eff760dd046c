/** A list of clauses of one kind: shown one below the other, added and removed. */
import { useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import * as Paper from "../../../agreement/Paper.ts";
import { Button } from "../../../ui/Button.tsx";
import { usePart, useWriter } from "../write/Context.ts";

type Props = {
  field: string;
  /** What one is called, with its number. */
  nameOf: (number: number) => string;
  addText: string;
  fresh: () => unknown;
  empty?: ReactNode;
  children: (field: string, index: number) => ReactNode;
};

export function ListOf({ field, nameOf, addText, fresh, empty, children }: Props) {
  const { t } = useLingui();
  const { edit, side } = useWriter();
  const length = usePart(({ document }) => Paper.listAt(document, field).length);
  return (
    <div data-field={field} className="grid gap-4">
      {length === 0 && empty !== undefined && <p className="text-sm text-muted">{empty}</p>}
      {Array.from({ length }, (_, index) => {
        const name = nameOf(index + 1);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: clauses are their places
          <fieldset key={index} className="grid gap-3 rounded-lg border border-line p-3">
            <legend className="flex items-center gap-2 px-1 text-sm font-semibold">
              {name}
              {side && (
                <button
                  type="button"
                  aria-label={t`Remove ${name}`}
                  onClick={() => edit((paper) => Paper.drop(paper, field, index))}
                  className="inline-flex size-7 items-center justify-center rounded-lg text-muted hover:bg-bad-soft hover:text-bad"
                >
                  <Trash2 aria-hidden="true" className="size-4" />
                </button>
              )}
            </legend>
            {children(`${field}[${index}]`, index)}
          </fieldset>
        );
      })}
      {side && (
        <div>
          <Button onClick={() => edit((paper) => Paper.add(paper, field, fresh()))}>
            <Plus aria-hidden="true" className="size-4" />
            {addText}
          </Button>
        </div>
      )}
    </div>
  );
}
