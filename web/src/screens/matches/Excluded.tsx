/** Who may not, and by which demand of the brief. */
import { Plural, Trans } from "@lingui/react/macro";
import { useSay } from "../../Language.tsx";
import { Card } from "../../ui/Card.tsx";
import type { Ranked } from "./Ranked.ts";

export function Excluded({ excluded, others }: Pick<Ranked, "excluded" | "others">) {
  const say = useSay();
  if (excluded.length === 0 && others === 0) return null;
  return (
    <Card title={<Trans>Not ranked</Trans>}>
      {excluded.length > 0 && (
        <details>
          <summary className="text-sm font-medium">
            <Plural
              value={excluded.length}
              one="# provider does not meet a demand of the brief"
              other="# providers do not meet a demand of the brief"
            />
          </summary>
          <ul className="mt-2 grid gap-1.5">
            {excluded.map(({ provider, name, why }) => (
              <li key={provider} className="grid gap-x-4 text-sm sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
                <bdi className="line-clamp-1">{name}</bdi>
                <span className="text-muted">{say(why)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {others > 0 && (
        <p className="mt-2 text-sm text-muted">
          <Plural
            value={others}
            one="# more is known, with nothing that speaks for it here."
            other="# more are known, with nothing that speaks for them here."
          />
        </p>
      )}
    </Card>
  );
}
