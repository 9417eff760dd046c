/** What was delivered: as code fetches it, and as a list of everything that belongs to it, with whether each is at hand. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck, CircleSlash, EyeOff, FileQuestion, type LucideIcon } from "lucide-react";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { type Output, useAsk, useRows } from "../../Node.ts";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Foreign } from "./Foreign.tsx";
import { Hash } from "./Hash.tsx";
import type { Item } from "./Runs.ts";

type Props = { agreement: Agreement; item: Item };

export function Delivered({ agreement, item }: Props) {
  const { t } = useLingui();
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/manifests", { agreement: agreement.id, limit: 50 });
  const manifest = rows.find(({ milestone, round }) => milestone === item.milestone && round === item.round);
  if (item.deliveredAt === undefined && !manifest) return null;
  return (
    <section aria-label={t`What was delivered`} className="grid gap-2 text-sm">
      <h3 className="font-medium">
        <Trans>What was delivered</Trans>
      </h3>
      <p className="flex flex-wrap items-center gap-x-2">
        {item.subject && (
          <>
            {item.subject.kind === "commit" ? <Trans>Commit</Trans> : <Trans>Folder</Trans>}
            <Hash value={item.subject.hash} of={t`what was delivered`} />
          </>
        )}
        {item.repository !== undefined && (
          <span className="text-muted">
            <Trans>
              from <Foreign text={item.repository} code />
            </Trans>
          </span>
        )}
        {item.deliveredAt !== undefined && (
          <span className="text-muted">
            <When at={item.deliveredAt} far={false} />
          </span>
        )}
      </p>
      {manifest && <Manifest agreement={agreement.id} manifest={manifest.id} judged={item.subject?.hash} />}
    </section>
  );
}

type Shown = Output<"GET /v1/agreements/{agreement}/manifests/{manifest}">["items"][number];

const STATES: Record<Shown["state"], { Icon: LucideIcon; colour: string }> = {
  here: { Icon: CircleCheck, colour: "text-good" },
  missing: { Icon: FileQuestion, colour: "text-bad" },
  erased: { Icon: CircleSlash, colour: "text-bad" },
  unreadable: { Icon: EyeOff, colour: "text-warn" },
};

/** `judged`: named above it already. */
function Manifest({
  agreement,
  manifest,
  judged,
}: {
  agreement: string;
  manifest: string;
  judged: string | undefined;
}) {
  const { t } = useLingui();
  const say = useSay();
  const { data, error, refetch } = useAsk("GET /v1/agreements/{agreement}/manifests/{manifest}", {
    agreement,
    manifest,
  });
  if (!data) return error ? <Failure error={error} again={() => void refetch()} /> : null;
  const { commits = [] } = data.document as { commits?: readonly { repository: string; commit: string }[] };
  const others = commits.filter(({ commit }) => commit !== judged);
  return (
    <>
      {!data.available && (
        <Note tone="bad" title={t`Not all of it is at hand`}>
          <Trans>What cannot be read is a valid reason to reject.</Trans>
        </Note>
      )}
      <ul className="grid gap-1.5">
        {others.map(({ repository, commit }) => (
          <li key={`${repository} ${commit}`} className="flex flex-wrap items-center gap-x-2">
            <Trans>
              Commit <Hash value={commit} of={repository} /> from <Foreign text={repository} code />
            </Trans>
          </li>
        ))}
        {data.items.map(({ name, commitment, state, says, evidence }) => {
          const { Icon, colour } = STATES[state];
          return (
            <li key={commitment} className="flex gap-2">
              <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${colour}`} />
              <span>
                {evidence === undefined ? (
                  <Foreign text={name} />
                ) : (
                  <a href={`/v1/downloads/${agreement}/${evidence}`} download className="text-accent underline">
                    <Foreign text={name} />
                  </a>
                )}{" "}
                <span className="text-muted">{say(says)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
