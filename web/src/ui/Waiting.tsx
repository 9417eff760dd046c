/** The three states of everything that is asked for: on its way, not there, failed. One place decides which is shown. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { ProblemError } from "../../../src/api/client.ts";
import { useLanguage } from "../Language.tsx";
import { isPassing, isSignedOut } from "../Node.ts";
import { Button } from "./Button.tsx";
import { Note } from "./Note.tsx";

export function Loading({ rows = 3 }: { rows?: number }) {
  const { t } = useLingui();
  return (
    <div role="status" data-waiting="" aria-label={t`Loading`} className="grid gap-3">
      {Array.from({ length: rows }, (_, row) => (
        <div key={`row ${String(row)}`} className="h-12 animate-pulse rounded-lg bg-sunken" />
      ))}
    </div>
  );
}

/** Nothing is there yet, and the one thing to do about it. */
export function Empty({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-2 rounded-xl border border-dashed border-edge px-4 py-10 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-sm text-muted">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** What went wrong, in the words of the node, and what to do next. */
export function useReason(error: unknown): { title: string; detail: string; id: string | undefined } {
  const { t } = useLingui();
  const { language } = useLanguage();
  if (error instanceof ProblemError) {
    const { titles, details, request } = error.problem;
    const of = (words: unknown): string | undefined =>
      typeof words === "object" && words !== null ? (words as Record<string, string>)[language] : undefined;
    return {
      title: of(titles) ?? error.title,
      detail: of(details) ?? error.message,
      id: error.code === "fault" && typeof request === "string" ? request : undefined,
    };
  }
  if (isPassing(error)) {
    return navigator.onLine
      ? {
          title: t`The node does not answer`,
          detail: t`It may be restarting. Nothing was lost; try again.`,
          id: undefined,
        }
      : {
          title: t`You are offline`,
          detail: t`What you see may be old. It goes on when the line is back.`,
          id: undefined,
        };
  }
  return {
    title: t`Something went wrong on this page`,
    detail: error instanceof Error ? error.message : String(error),
    id: undefined,
  };
}

type FieldProblem = { field?: string; detail?: string; details?: Record<string, string> };

export function Failure({ error, again, children }: { error: unknown; again?: () => void; children?: ReactNode }) {
  const { title, detail, id } = useReason(error);
  const { language } = useLanguage();
  // The sign-in dialog asks already.
  if (isSignedOut(error)) {
    return (
      <Note tone="warn" role="status" title={title}>
        {detail}
      </Note>
    );
  }
  const found = error instanceof ProblemError && Array.isArray(error.problem.errors) ? error.problem.errors : [];
  const fields = (found as FieldProblem[]).map((one) => one.details?.[language] ?? one.detail ?? "");
  return (
    <Note
      tone="bad"
      role="alert"
      title={title}
      actions={
        again && (
          <Button onClick={again}>
            <Trans>Try again</Trans>
          </Button>
        )
      }
    >
      {fields.length > 0 ? (
        <ul>
          {fields.map((field) => (
            <li key={field}>{field}</li>
          ))}
        </ul>
      ) : (
        <p>{detail}</p>
      )}
      {id !== undefined && (
        <p className="text-muted">
          <Trans>Request</Trans> <code>{id}</code>
        </p>
      )}
      {children}
    </Note>
  );
}

type Answer<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/** Shows an answer once it is there; an answer from before stays while a new one fails, with a word about it. */
export function Shown<T>({
  answer: { data, error, refetch },
  rows,
  children,
}: {
  answer: Answer<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (data === undefined) {
    return error ? <Failure error={error} again={() => void refetch()} /> : <Loading {...(rows ? { rows } : {})} />;
  }
  return (
    <>
      {error !== null && error !== undefined && <Failure error={error} again={() => void refetch()} />}
      {children(data)}
    </>
  );
}
