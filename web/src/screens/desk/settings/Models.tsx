/** Every model of the desk by its hash: how it did on the frozen set, and the way back to one that worked before. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useLanguage, useSay } from "../../../Language.tsx";
import { type Output, useCall, useRows } from "../../../Node.ts";
import { Badge, type BadgeTone } from "../../../ui/Badge.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Empty, Failure, Loading } from "../../../ui/Waiting.tsx";
import { When } from "../../../ui/When.tsx";
import { useIds } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import { percentText } from "../Percent.ts";

const LIST = "GET /v1/organisations/{organisation}/desks/{desk}/models";
type Version = Output<typeof LIST>["items"][number];

export function Models({ mayChange }: { mayChange: boolean }) {
  const { t } = useLingui();
  const ids = useIds();
  const { rows, error, again, more, isMore } = useRows(LIST, ids);
  const rollback = useCall("POST /v1/organisations/{organisation}/desks/{desk}/models/rollback");
  return (
    <Card title={t`Models`} lead={t`Each is named by its hash and never changed.`}>
      <div className="grid gap-3">
        {error !== null && <Failure error={error} again={again} />}
        {rollback.isError && <Failure error={rollback.error} />}
        {rows === undefined && error === null && <Loading />}
        {rows?.length === 0 && (
          <Empty title={t`No model yet`}>
            <Trans>The first one comes with the first feedback, or when you train.</Trans>
          </Empty>
        )}
        <ol className="divide-y divide-line">
          {rows?.map((version) => (
            <One
              key={version.id}
              version={version}
              busy={rollback.isPending}
              {...(mayChange && version.state === "past" && version.model !== undefined
                ? { back: () => rollback.mutate({ ...ids, ...(version.model ? { model: version.model } : {}) }) }
                : {})}
            />
          ))}
        </ol>
        {more && (
          <div>
            <Button onClick={more} busy={isMore}>
              <Trans>Show more</Trans>
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

const TONES: Record<Version["state"], BadgeTone> = {
  training: "accent",
  working: "good",
  past: "plain",
  refused: "warn",
  failed: "bad",
};

function One({ version, busy, back }: { version: Version; busy: boolean; back?: () => void }) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const say = useSay();
  const { number, state, model, intents, notes, frozen, why, by, at, embeddings } = version;
  const states: Record<Version["state"], string> = {
    training: t`is learning`,
    working: t`works`,
    past: t`worked before`,
    refused: t`refused: worse on the frozen set`,
    failed: t`could not learn`,
  };
  return (
    <li className="grid gap-1 py-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">
          <Trans>Model {number}</Trans>
        </span>
        <Badge tone={TONES[state]}>{states[state]}</Badge>
        {model !== undefined && (
          <code className="text-xs text-muted" title={model}>
            {model.slice(0, 12)}
          </code>
        )}
        {back && (
          <span className="ml-auto">
            <Button busy={busy} onClick={back} aria-label={t`Go back to model ${number}`}>
              <Trans>Go back</Trans>
            </Button>
          </span>
        )}
      </span>
      {frozen && <Compared frozen={frozen} />}
      {why && <span>{say(why)}</span>}
      {notes && (
        <span className="text-muted">
          <Trans>
            {intents.length} intents from {notes.examples} examples
          </Trans>
          {notes.contradictory > 0 && (
            <>
              {" "}
              · <Trans>{notes.contradictory} contradict each other</Trans>
            </>
          )}
          {notes.thin.length > 0 && (
            <>
              {" "}
              · <Trans>too few examples of {notes.thin.map(nameOf).join(", ")}</Trans>
            </>
          )}
        </span>
      )}
      <span className="text-xs text-muted">
        {by} · <When at={at} far={false} />
        {embeddings && (
          <>
            {" "}
            · <Trans>with embeddings</Trans>
          </>
        )}
      </span>
    </li>
  );
}

function Compared({ frozen: { rows, right, before } }: { frozen: NonNullable<Version["frozen"]> }) {
  const { language } = useLanguage();
  const own = percentText(right / Math.max(rows, 1), language);
  if (before === undefined) {
    return (
      <span>
        <Trans>
          Frozen set: {right} of {rows} right ({own})
        </Trans>
      </span>
    );
  }
  return (
    <span>
      <Trans>
        Frozen set: {right} of {rows} right ({own}); the one before {before} (
        {percentText(before / Math.max(rows, 1), language)})
      </Trans>
    </span>
  );
}
