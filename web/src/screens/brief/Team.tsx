/** Several work packages at once: who does which, under everyone's capacity, and what each one's first choice would cost the others. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSay } from "../../Language.tsx";
import { type Output, useCall, useRows } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Check } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading } from "../../ui/Waiting.tsx";
import { points } from "../matches/Parts.ts";
import { type Kept, titleOf } from "./Brief.ts";
import { Above } from "./BriefPage.tsx";

type Plan = Output<"POST /v1/organisations/{organisation}/teams">;

/** As many as the node takes. */
const MOST = 20;

export function Team() {
  const { t } = useLingui();
  const { organisation } = useSession();
  return (
    <Page
      title={t`Several packages at once`}
      above={<Above />}
      lead={
        <Trans>
          Nobody is given more than they have people for. The sum of all scores is as high as it can be, and each
          package is told what its own first choice would cost the others.
        </Trans>
      }
    >
      {organisation && <Choice organisation={organisation.id} />}
    </Page>
  );
}

function Choice({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const { rows, error, again, more, isMore } = useRows("GET /v1/organisations/{organisation}/briefs", { organisation });
  const [chosen, set] = useState<readonly string[]>([]);
  const match = useCall("POST /v1/organisations/{organisation}/teams");
  if (rows === undefined) return error ? <Failure error={error} again={again} /> : <Loading rows={3} />;
  const open = rows.filter(({ state }) => state === "open");
  if (open.length === 0) {
    return (
      <Empty
        title={t`No brief yet`}
        action={
          <ButtonLink to="/briefs/new" look="primary">
            <Trans>Say what you need</Trans>
          </ButtonLink>
        }
      >
        <Trans>Each package is a brief: write one for each, then come back.</Trans>
      </Empty>
    );
  }
  const packages = open
    .filter(({ id }) => chosen.includes(id))
    .map((brief, at) => ({ name: `${at + 1}. ${titleOf(brief)}`.slice(0, 100), brief: brief.id }));
  return (
    <>
      <Card title={t`The packages`} lead={t`Each of your open briefs can be one.`}>
        <div className="grid gap-3">
          {open.map((brief) => (
            <Package
              key={brief.id}
              brief={brief}
              checked={chosen.includes(brief.id)}
              disabled={chosen.length >= MOST && !chosen.includes(brief.id)}
              set={(on) => set(on ? [...chosen, brief.id] : chosen.filter((id) => id !== brief.id))}
            />
          ))}
          <div className="flex flex-wrap gap-2">
            <Button
              look="primary"
              busy={match.isPending}
              disabled={packages.length < 2}
              onClick={() => match.mutate({ organisation, packages })}
            >
              <Trans>Find the team</Trans>
            </Button>
            {more && (
              <Button onClick={more} busy={isMore}>
                <Trans>Show more</Trans>
              </Button>
            )}
          </div>
        </div>
      </Card>
      <div aria-live="polite" className="grid gap-5">
        {match.isError && <Failure error={match.error} />}
        {match.data && <Awards plan={match.data} />}
      </div>
    </>
  );
}

type PackageProps = { brief: Kept; checked: boolean; disabled: boolean; set: (on: boolean) => void };

function Package({ brief, checked, disabled, set }: PackageProps) {
  return (
    <Check
      label={<bdi className="line-clamp-2">{titleOf(brief)}</bdi>}
      checked={checked}
      disabled={disabled}
      onChange={(event) => set(event.target.checked)}
    />
  );
}

function Awards({ plan: { awards, score, without } }: { plan: Plan }) {
  const { t } = useLingui();
  const say = useSay();
  return (
    <Card title={t`The team`} lead={t`Scores sum up to ${points(score, { signed: false })}.`}>
      <div className="grid gap-3">
        {without > 0 && (
          <Note tone="warn">
            <Trans>{without} of the packages found nobody who is free and fits.</Trans>
          </Note>
        )}
        <ol className="grid gap-3">
          {awards.map((award) => (
            <li key={award.package} className="grid gap-1 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
              <bdi className="line-clamp-2 text-muted">{award.package}</bdi>
              <p className="text-base font-medium">
                {award.provider === undefined ? (
                  <Trans>nobody</Trans>
                ) : (
                  <Link to="/providers/$provider" params={{ provider: award.provider }} className="underline">
                    <bdi>{award.name}</bdi>
                  </Link>
                )}{" "}
                <span className="font-normal text-muted tabular-nums">{points(award.score, { signed: false })}</span>
              </p>
              <p>{say(award.why)}</p>
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
