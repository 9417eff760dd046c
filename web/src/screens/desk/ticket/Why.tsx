/** Why it was so decided: how sure the desk was and had to be, the words that told, the model, and what the log has about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Minus, Plus } from "lucide-react";
import { useLanguage } from "../../../Language.tsx";
import { When } from "../../../ui/When.tsx";
import type { Ticket } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import { useKind } from "../Kind.ts";
import { percentText } from "../Percent.ts";

export function Why({ ticket: { guesses, sure, least, packet } }: { ticket: Ticket }) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const { language } = useLanguage();
  const kindOf = useKind();
  const first = guesses[0] && nameOf(guesses[0].intent);
  return (
    <details className="rounded-xl border border-line bg-surface p-4 sm:p-5">
      <summary className="font-semibold">
        <Trans>Why it was so decided</Trans>
      </summary>
      <div className="mt-3 grid gap-4 text-sm">
        {sure !== undefined && least !== undefined && (
          <p>
            {least > 1 ? (
              <Trans>
                The chance that the first guess is right was {percentText(sure, language, 1)}. There is no chance high
                enough to keep the promise: the desk has learnt too little for it.
              </Trans>
            ) : (
              <Trans>
                The chance that the first guess is right was {percentText(sure, language, 1)}; to answer by itself the
                desk needed {percentText(least, language, 1)}.
              </Trans>
            )}
          </p>
        )}
        {packet.words.length > 0 && (
          <div>
            <p className="text-muted">
              <Trans>Words that spoke for “{first}” and against it, the strongest first:</Trans>
            </p>
            <ul className="mt-1 flex flex-wrap gap-1.5">
              {packet.words.map(({ gram, weight }) => (
                <li
                  key={gram}
                  className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 ${weight > 0 ? "bg-good-soft text-good" : "bg-bad-soft text-bad"}`}
                >
                  {weight > 0 ? (
                    <Plus role="img" aria-label={t`for it`} className="size-3" />
                  ) : (
                    <Minus role="img" aria-label={t`against it`} className="size-3" />
                  )}
                  {gram}
                </li>
              ))}
            </ul>
          </div>
        )}
        {packet.lines.length > 0 && (
          <div>
            <p className="text-muted">
              <Trans>What the log has about it:</Trans>
            </p>
            <ol className="mt-1 grid gap-1">
              {packet.lines.map(({ number, kind, at, hash }) => (
                <li key={number} className="flex flex-wrap gap-x-2">
                  <span className="tabular-nums">{number}.</span>
                  <span>{kindOf(kind)}</span>
                  <When at={new Date(at * 1_000).toISOString()} far={false} />
                  <code className="text-xs text-muted">{hash.slice(0, 12)}</code>
                </li>
              ))}
            </ol>
          </div>
        )}
        {packet.model !== undefined && (
          <p className="text-muted">
            <Trans>
              Model <code className="break-all">{packet.model}</code>
            </Trans>
          </p>
        )}
      </div>
    </details>
  );
}
