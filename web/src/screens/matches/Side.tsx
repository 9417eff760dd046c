/** Up to three side by side: each row one thing, the best of it marked by a word. */
import { Trans, useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Scroll } from "../../ui/Scroll.tsx";
import { type Known, useAllKnown, useFacts } from "./Facts.tsx";
import { BarOf } from "./PartBars.tsx";
import { barsOf, best, placeOf, points, scaleOf, telling } from "./Parts.ts";
import type { Candidate } from "./Ranked.ts";

type Props = {
  candidates: readonly Candidate[];
  remove: (provider: string) => void;
  partName: (part: string) => string;
};

export function Side({ candidates, remove, partName }: Props) {
  const { t } = useLingui();
  const facts = useFacts();
  const known = useAllKnown(candidates.map(({ provider }) => provider));
  return (
    <Scroll label={t`Side by side`}>
      <table className="w-full min-w-md table-fixed text-left text-sm">
        <caption className="sr-only">{t`Side by side`}</caption>
        <thead className="border-b border-line align-top">
          <tr>
            <th scope="col" className="w-24 sm:w-40 py-2 pr-4 text-xs font-medium text-muted">
              <Trans>Part of the score</Trans>
            </th>
            {candidates.map((one) => (
              <th key={one.provider} scope="col" className="py-2 pr-4 font-semibold">
                <span className="flex items-start justify-between gap-2">
                  <bdi className="line-clamp-3 min-w-0">{one.name}</bdi>
                  <Remove candidate={one} remove={remove} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line name={t`Place`}>{candidates.map(({ place }) => place)}</Line>
          <Line name={t`Score`}>{candidates.map(({ score }) => points(score, { signed: false }))}</Line>
          <PartLines candidates={candidates} partName={partName} />
          {facts.map(({ name, of }) => (
            <Line key={name} name={name}>
              {candidates.map((_, at) => of(known[at] as Known))}
            </Line>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Remove({ candidate, remove }: { candidate: Candidate; remove: (provider: string) => void }) {
  const { t } = useLingui();
  const { name } = candidate;
  return (
    <button
      type="button"
      aria-label={t`Remove ${name}`}
      onClick={() => remove(candidate.provider)}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-sunken"
    >
      <X aria-hidden="true" className="size-4" />
    </button>
  );
}

function Line({ name, children }: { name: ReactNode; children: readonly ReactNode[] }) {
  return (
    <tr className="border-b border-line align-top last:border-0">
      <th scope="row" className="py-2 pr-4 text-xs font-medium text-muted">
        {name}
      </th>
      {children.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are their places
        <td key={at} className="py-2 pr-4">
          {cell}
        </td>
      ))}
    </tr>
  );
}

function PartLines({ candidates, partName }: Pick<Props, "candidates" | "partName">) {
  const all = candidates.map(({ parts }) => parts);
  const scale = scaleOf(all);
  return telling(all).map((part) => {
    const leads = best(all, part);
    return (
      <Line key={part} name={partName(part)}>
        {all.map((parts, at) => {
          const bar = barsOf(parts, scale).find((one) => one.part === part);
          return (
            <span key={candidates[at]?.provider} className="grid gap-1">
              <span className="flex items-baseline justify-between gap-2 tabular-nums">
                {points(bar?.value ?? 0)}
                {leads.has(at) && candidates.length > 1 && (
                  <span className="text-xs font-medium text-good">
                    <Trans>most</Trans>
                  </span>
                )}
              </span>
              <BarOf
                from={bar?.from ?? 0}
                length={bar?.length ?? 0}
                negative={(bar?.value ?? 0) < 0}
                zero={placeOf(0, scale)}
              />
            </span>
          );
        })}
      </Line>
    );
  });
}
