/** One of those ranked: who, by how much, of which parts, by which cases, and why after the one before. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useSay } from "../../Language.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Check } from "../../ui/Field.tsx";
import { Cases } from "./Cases.tsx";
import { PartBars } from "./PartBars.tsx";
import { behind, points, type Scale } from "./Parts.ts";
import type { Candidate } from "./Ranked.ts";

type Props = {
  candidate: Candidate;
  first: Candidate;
  order: readonly string[];
  partName: (part: string) => string;
  scale: Scale;
  compared: boolean;
  /** Absent: three are compared already. */
  compare: ((on: boolean) => void) | undefined;
  /** What is known of it beside its score. */
  about: ReactNode;
  actions: ReactNode;
};

export function One({ candidate, first, order, partName, scale, compared, compare, about, actions }: Props) {
  const { t } = useLingui();
  const { place, name, score, parts, cases, propensity } = candidate;
  return (
    <li className="rounded-xl border border-line bg-surface p-4 sm:p-5">
      <article aria-label={t`Place ${place}: ${name}`}>
        <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <span
            aria-hidden="true"
            className="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent tabular-nums"
          >
            {place}
          </span>
          <div className="min-w-0 flex-1 basis-48">
            <h2 className="line-clamp-2 font-semibold">
              <bdi>{name}</bdi>
            </h2>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
              <span className="tabular-nums">
                <Trans>score {points(score, { signed: false })}</Trans>
              </span>
              {propensity > 0 && propensity < 1 && <ByLot chance={propensity} place={place} />}
            </div>
            <div className="mt-1 text-sm">{about}</div>
          </div>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Check
              label={t`Compare`}
              aria-label={t`Compare ${name}`}
              checked={compared}
              disabled={!compared && !compare}
              onChange={(event) => compare?.(event.target.checked)}
            />
            {actions}
          </div>
        </header>
        <div className="mt-4 grid items-start gap-x-8 gap-y-4 lg:grid-cols-2">
          <div>
            <h3 className="mb-2 text-sm font-semibold">
              <Trans>What the score is made of</Trans>
            </h3>
            <PartBars parts={parts} order={order} nameOf={partName} scale={scale} />
          </div>
          <div>
            <h3 className="mb-2 text-sm font-semibold">
              <Trans>Cases that counted most</Trans>
            </h3>
            <Cases cases={cases} />
          </div>
        </div>
        {candidate !== first && <After candidate={candidate} first={first} partName={partName} />}
      </article>
    </li>
  );
}

/** The floor for newcomers: who stands here by lot, and whose place others may get. */
function ByLot({ chance, place }: { chance: number; place: number }) {
  const { t } = useLingui();
  const percent = Math.round(chance * 100);
  return (
    <Badge tone={place <= 5 ? "accent" : "plain"}>
      <span title={t`Newcomers get a share of the fifth places by lot, so that someone can see their work.`}>
        <Trans>chance of a place among the first five: {percent} %</Trans>
      </span>
    </Badge>
  );
}

/** What cost it most against the first. */
function After({ candidate, first, partName }: Pick<Props, "candidate" | "first" | "partName">) {
  const say = useSay();
  const found = behind(candidate.parts, first.parts);
  const lost = found.filter(({ by }) => by < 0);
  const won = found.filter(({ by }) => by > 0).reverse();
  return (
    <details className="mt-4 border-t border-line pt-3 text-sm">
      <summary className="font-medium">
        {candidate.score === first.score ? (
          <Trans>As good as the first</Trans>
        ) : (
          <Trans>Why not first: {points(candidate.score - first.score)}</Trans>
        )}
      </summary>
      <p className="mt-2 max-w-prose text-muted">{say(candidate.why)}</p>
      <div className="mt-2 grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Differences title={<Trans>It has less of</Trans>} found={lost} nameOf={partName} />
        <Differences title={<Trans>It has more of</Trans>} found={won} nameOf={partName} />
      </div>
    </details>
  );
}

type Found = { title: ReactNode; found: ReturnType<typeof behind>; nameOf: (part: string) => string };

export function Differences({ title, found, nameOf }: Found) {
  if (found.length === 0) return null;
  return (
    <div>
      <h4 className="text-xs font-medium text-muted">{title}</h4>
      <ul>
        {found.map(({ part, by }) => (
          <li key={part} className="flex justify-between gap-3 py-0.5">
            <span className="min-w-0">{nameOf(part)}</span>
            <span className="tabular-nums">{points(by)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
