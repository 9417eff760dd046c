/** What the one acted for looks for, what it is asked for, and where it was ranked. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Plus, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { useSay } from "../../Language.tsx";
import { useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { type Call, type Kept, type Placement, titleOf } from "./Brief.ts";

export function Briefs() {
  const { t } = useLingui();
  const { organisation } = useSession();
  return (
    <Page
      title={t`Find a provider`}
      lead={<Trans>Say what you need. Who fits is told by what they have demonstrably done, with every reason.</Trans>}
      actions={
        <>
          <ButtonLink to="/briefs/team">
            <UsersRound aria-hidden="true" className="size-4" />
            <Trans>Several packages at once</Trans>
          </ButtonLink>
          <ButtonLink to="/briefs/new" look="primary">
            <Plus aria-hidden="true" className="size-4" />
            <Trans>Say what you need</Trans>
          </ButtonLink>
        </>
      }
    >
      {organisation && (
        <>
          <Own organisation={organisation.id} />
          <Calls organisation={organisation.id} />
          <Placements organisation={organisation.id} />
        </>
      )}
    </Page>
  );
}

type Listed<T> = {
  rows: readonly T[] | undefined;
  error: unknown;
  again: () => void;
  more: (() => void) | undefined;
  isMore: boolean;
};

function List<T>({ list, empty, children }: { list: Listed<T>; empty: ReactNode; children: (row: T) => ReactNode }) {
  const { rows, error, again, more, isMore } = list;
  if (rows === undefined) return error ? <Failure error={error} again={again} /> : <Loading rows={2} />;
  if (rows.length === 0) return empty;
  return (
    <>
      <ul className="grid">{rows.map(children)}</ul>
      {more && (
        <Button more="mt-3" onClick={more} busy={isMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}

const ROW = "block rounded-lg px-3 py-3 -mx-3 hover:bg-sunken";

function Own({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const list = useRows("GET /v1/organisations/{organisation}/briefs", { organisation });
  return (
    <Card title={t`Your briefs`}>
      <List
        list={list}
        empty={
          <Empty
            title={t`No brief yet`}
            action={
              <ButtonLink to="/briefs/new" look="primary">
                <Trans>Say what you need</Trans>
              </ButtonLink>
            }
          >
            <Trans>One sentence is enough to begin.</Trans>
          </Empty>
        }
      >
        {(brief) => <OwnRow key={brief.id} brief={brief} />}
      </List>
    </Card>
  );
}

function OwnRow({ brief }: { brief: Kept }) {
  const { t } = useLingui();
  const { organisation, id, completeness, state, updatedAt } = brief;
  const percent = Math.round(completeness.share * 100);
  return (
    <li className="border-b border-line last:border-0">
      <Link to="/briefs/$organisation/$brief" params={{ organisation, brief: id }} className={ROW}>
        <span dir="auto" className="line-clamp-2 font-medium">
          {titleOf(brief)}
        </span>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
          <Badge tone={state === "open" ? "accent" : "plain"}>
            {state === "open" ? t`looking for someone` : t`closed`}
          </Badge>
          <span className="tabular-nums">
            <Trans>{percent} % known</Trans>
          </span>
          <When at={updatedAt} far={false} time={false} />
        </span>
      </Link>
    </li>
  );
}

function Calls({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const { now } = useSession();
  const list = useRows("GET /v1/organisations/{organisation}/calls", { organisation });
  if (list.rows?.length === 0) return null;
  return (
    <Card title={t`You are invited`} lead={t`They want to know whether you would do it.`}>
      <List list={list} empty={null}>
        {(call: Call) => (
          <li key={call.invitation} className="grid gap-1 border-b border-line py-3 last:border-0">
            <p className="text-sm text-muted">
              <bdi>{call.from}</bdi> ·{" "}
              <Trans>
                good until <When at={call.expiresAt} now={now()} time={false} />
              </Trans>
            </p>
            <details>
              <summary dir="auto" className="font-medium">
                {titleOf(call)}
              </summary>
              <p dir="auto" className="mt-2 max-h-80 overflow-y-auto text-sm whitespace-pre-wrap">
                {call.text}
              </p>
            </details>
            <div className="flex flex-wrap gap-2">
              {call.agreements.map((agreement) => (
                <ButtonLink key={agreement} to="/agreements/$agreement" params={{ agreement }}>
                  <Trans>Open the draft terms</Trans>
                </ButtonLink>
              ))}
            </div>
          </li>
        )}
      </List>
    </Card>
  );
}

function Placements({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const list = useRows("GET /v1/organisations/{organisation}/placements", { organisation });
  if (list.rows?.length === 0) return null;
  return (
    <Card title={t`Why not me?`} lead={t`Rankings that you were judged in, and may ask about.`}>
      <List list={list} empty={null}>
        {(one: Placement) => <PlacementRow key={one.ranking} organisation={organisation} placement={one} />}
      </List>
    </Card>
  );
}

function PlacementRow({ organisation, placement }: { organisation: string; placement: Placement }) {
  const say = useSay();
  const { ranking, at, place, of, why } = placement;
  return (
    <li className="border-b border-line last:border-0">
      <Link to="/briefs/$organisation/why/$ranking" params={{ organisation, ranking }} className={ROW}>
        <span className="block font-medium">
          {place === undefined ? (
            <Trans>Left out</Trans>
          ) : (
            <Trans>
              Place {place} of {of}
            </Trans>
          )}{" "}
          <span className="font-normal text-muted">
            · <When at={at} far={false} />
          </span>
        </span>
        <span className="line-clamp-2 text-sm text-muted">{say(why)}</span>
      </Link>
    </li>
  );
}
