/** The past cases that counted most for someone, settled ones apart from what is only told. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../Language.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { dateText } from "../../ui/When.tsx";
import { points } from "./Parts.ts";

type Reason = {
  readonly id: string | number;
  readonly at: string;
  readonly title: string;
  readonly weight: number;
  readonly told?: boolean | undefined;
};

export function Cases({ cases }: { cases: readonly Reason[] }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  if (cases.length === 0) {
    return (
      <p className="text-sm text-muted">
        <Trans>No past case is like this one: profile, price and calendar alone speak here.</Trans>
      </p>
    );
  }
  return (
    <ol className="grid gap-2">
      {cases.map(({ id, at, title, weight, told }) => (
        <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 text-sm">
          <span dir="auto" className="line-clamp-2 min-w-0">
            {title}
          </span>
          <span className="text-xs leading-5 text-muted tabular-nums" title={t`What it gave to the score`}>
            {points(weight)}
          </span>
          <span className="col-span-2 flex flex-wrap items-center gap-x-2 text-xs text-muted">
            {dateText(at, language, false)}
            {told ? (
              <Badge tone="warn">
                <Trans>told by the provider</Trans>
              </Badge>
            ) : (
              <Badge tone="good">
                <Trans>settled</Trans>
              </Badge>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
