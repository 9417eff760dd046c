/** The same as the bars in numbers: everyone, and every part. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Scroll } from "../../ui/Scroll.tsx";
import { points } from "./Parts.ts";
import type { Candidate } from "./Ranked.ts";

type Props = {
  candidates: readonly Candidate[];
  order: readonly string[];
  partName: (part: string) => string;
  base: number;
};

export function PartsTable({ candidates, order, partName, base }: Props) {
  const { t } = useLingui();
  return (
    <Scroll label={t`All scores in numbers`}>
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{t`All scores in numbers`}</caption>
        <thead className="border-b border-line align-bottom text-xs text-muted">
          <tr>
            <th scope="col" className="py-2 pr-4 font-medium whitespace-nowrap">
              <Trans>Place</Trans>
            </th>
            <th scope="col" className="min-w-40 py-2 pr-4 font-medium">
              <Trans>Provider</Trans>
            </th>
            <th scope="col" className="py-2 pr-4 text-right font-medium whitespace-nowrap">
              <Trans>Score</Trans>
            </th>
            {order.map((part) => (
              <th key={part} scope="col" className="min-w-24 py-2 pr-4 text-right font-medium">
                {partName(part)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {candidates.map((one) => (
            <tr key={one.provider} className="border-b border-line last:border-0">
              <td className="py-1.5 pr-4 whitespace-nowrap tabular-nums">{one.place}</td>
              <th scope="row" className="py-1.5 pr-4 font-normal">
                <bdi className="line-clamp-2">{one.name}</bdi>
              </th>
              <td className="py-1.5 pr-4 text-right font-medium whitespace-nowrap tabular-nums">
                {points(one.score, { signed: false })}
              </td>
              {order.map((part) => (
                <td key={part} className="py-1.5 pr-4 text-right whitespace-nowrap tabular-nums">
                  {points(one.parts[part] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {base !== 0 && (
        <p className="mt-2 text-xs text-muted">
          <Trans>All are given {points(base)} alike; with it the parts add up to the score.</Trans>
        </p>
      )}
    </Scroll>
  );
}
