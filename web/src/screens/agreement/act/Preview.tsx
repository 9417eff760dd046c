/** What the act would do now, as the node foresees it: money that moves, and what then comes if nobody acts. */
import { Trans, useLingui } from "@lingui/react/macro";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSay } from "../../../Language.tsx";
import { client, type Input, isPassing } from "../../../Node.ts";
import { Note } from "../../../ui/Note.tsx";
import { Failure, Loading } from "../../../ui/Waiting.tsx";
import { When } from "../../../ui/When.tsx";
import type { Prepared } from "./Acts.ts";
import { type Draft, mustName } from "./Draft.ts";
import { useWhy } from "./useWhy.ts";

type Wanted = Input<"POST /v1/agreements/{agreement}/acts/prepare">["act"];
/** In the place of a text that is not kept yet. */
const LATER = `0x${"11".repeat(32)}`;

export function usePreview(agreement: string, draft: Draft | undefined) {
  const { act, note } = draft ?? {};
  const isNamed = act !== undefined && (act.evidence !== undefined || note === undefined || !mustName(act.verb));
  const asked = isNamed ? act : { ...act, commitment: LATER };
  return useQuery({
    queryKey: ["prepare", { agreement, act: asked }],
    queryFn: ({ signal }) =>
      client().call(
        "POST /v1/agreements/{agreement}/acts/prepare",
        { agreement, act: asked as Wanted },
        { signal },
      ) as Promise<Prepared>,
    enabled: act !== undefined,
    placeholderData: keepPreviousData,
    retry: (count, error) => isPassing(error) && count < 5,
    networkMode: "always",
  });
}

export function Preview({ preview: { data, error, isFetching, refetch } }: { preview: ReturnType<typeof usePreview> }) {
  const { t } = useLingui();
  const say = useSay();
  const why = useWhy();
  if (!data)
    return error ? <Failure error={error} again={() => void refetch()} /> : isFetching ? <Loading rows={1} /> : null;
  if (data.refusal) {
    return (
      <Note tone="warn" role="status" title={t`It cannot be done now`}>
        {why(data.refusal, "refused")}
      </Note>
    );
  }
  if (data.effects.length === 0) return null;
  return (
    <Note title={<Trans>What this does now</Trans>} role="status">
      <ul>
        {data.effects.map(({ says, at }) => (
          <li key={`${says.en}${at ?? ""}`}>
            {say(says)}{" "}
            {at !== undefined && (
              <span className="text-muted">
                (<Trans>as from</Trans> <When at={at} far={false} />)
              </span>
            )}
          </li>
        ))}
      </ul>
    </Note>
  );
}
