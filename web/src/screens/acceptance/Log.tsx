/** What a run prints, as it comes: as text only, the end in sight unless the reader has scrolled up. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef } from "react";
import { client, LOG, queries } from "../../Node.ts";
import { Failure } from "../../ui/Waiting.tsx";
import * as Plain from "./Plain.ts";
import type { Run } from "./Runs.ts";

/** Characters on the page: more make it slow, and the whole is a file of the run. */
const MOST = 100_000;

type Printed = { text: string; offset: number };

/** All that was printed so far; asked again, only what is new is fetched. */
function useLog(agreement: string, { id: run, startedAt }: Run) {
  // A run that is begun anew prints from the beginning.
  const queryKey = [LOG, { agreement, run }, startedAt];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Printed> => {
      let { text, offset } = queries.getQueryData<Printed>(queryKey) ?? { text: "", offset: 0 };
      for (;;) {
        const more = await client().call(LOG, { agreement, run, offset }, { signal });
        if (more.text === "") return { text, offset };
        text += more.text;
        offset = more.offset;
      }
    },
    structuralSharing: false,
  });
}

export function Log({ agreement, run }: { agreement: string; run: Run }) {
  const { t } = useLingui();
  const { data, error, refetch } = useLog(agreement, run);
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  const { text, left } = Plain.tail(data?.text ?? "", MOST);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is below
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  if (error && !data) return <Failure error={error} again={() => void refetch()} />;
  const isOpen = run.state === "running" || run.state === "queued";
  return (
    <figure aria-label={t`Log`} className="grid gap-1">
      {left > 0 && (
        <figcaption className="text-xs text-muted">
          <Trans>The beginning is left out here; the whole log is among the files of the run.</Trans>
        </figcaption>
      )}
      <pre
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
        tabIndex={0}
        aria-live="off"
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
        className="max-h-96 min-h-24 overflow-auto rounded-lg border border-line bg-sunken p-3 text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text === "" ? (
          <span className="text-muted">
            {isOpen ? <Trans>Nothing printed yet.</Trans> : <Trans>It printed nothing.</Trans>}
          </span>
        ) : (
          <bdi>{Plain.of(text)}</bdi>
        )}
      </pre>
    </figure>
  );
}
