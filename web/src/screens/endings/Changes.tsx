/** What an edit changes: first what follows from it and whom it helps, then what is written otherwise. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useFieldName } from "../../agreement/FieldName.tsx";
import type { Side } from "../../agreement/useAgreement.ts";
import { useSay, type Words } from "../../Language.tsx";
import { Badge } from "../../ui/Badge.tsx";

export type Change = {
  readonly kind: "field" | "ending" | "text";
  readonly field: string;
  readonly favours?: Side | undefined;
  readonly says: Words;
};

export function Changes({ changes, mine }: { changes: readonly Change[]; mine: Side | undefined }) {
  const effects = changes.filter(({ kind }) => kind === "ending");
  const written = changes.filter(({ kind }) => kind !== "ending");
  return (
    <div className="grid gap-4">
      {effects.length > 0 && <List changes={effects} mine={mine} title={<Trans>What follows from it</Trans>} />}
      {written.length > 0 && <List changes={written} mine={mine} title={<Trans>What is written otherwise</Trans>} />}
    </div>
  );
}

function List({
  changes,
  mine,
  title,
}: {
  changes: readonly Change[];
  mine: Side | undefined;
  title: React.ReactNode;
}) {
  const say = useSay();
  const nameOf = useFieldName();
  // What is only written is told by its path in the document.
  const told = ({ kind, field, says }: Change) =>
    kind === "text" ? say(says).replaceAll(field, nameOf(field)) : say(says);
  return (
    <section>
      <p className="mb-2 text-sm font-semibold">{title}</p>
      <ul className="grid gap-2">
        {changes.map((change) => (
          <li key={`${change.kind} ${change.field} ${change.says.en}`} className="flex gap-2 text-sm">
            <span aria-hidden="true" className="mt-2 size-1.5 shrink-0 rounded-full bg-edge" />
            <span className="min-w-0">
              {told(change)} {change.favours && <Favours side={change.favours} mine={mine} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Favours({ side, mine }: { side: Side; mine: Side | undefined }) {
  const { t } = useLingui();
  if (side === mine) return <Badge tone="good">{t`helps you`}</Badge>;
  const who = side === "client" ? t`helps the client` : t`helps the provider`;
  return <Badge tone={mine === undefined ? "plain" : "warn"}>{who}</Badge>;
}
