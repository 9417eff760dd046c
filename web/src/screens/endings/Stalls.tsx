/** Who can hold things up, for how long, and by which clause; and what else a reader should know. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Endings, Stall } from "../../../../src/agreement/Endings.ts";
import { useFieldName } from "../../agreement/FieldName.tsx";
import type { Side } from "../../agreement/useAgreement.ts";
import { useSay } from "../../Language.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import * as Picture from "./Picture.ts";

/** Goes to a field of the draft; absent where nothing can be changed. */
export type Go = ((field: string) => void) | undefined;
type Props = { endings: Endings; mine: Side | undefined; go: Go };

const FEW = 5;

export function Stalls({ endings, mine, go }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const [all, setAll] = useState(false);
  const { stalls, agreement } = endings;
  const most = stalls[0]?.minutes ?? 1;
  const { length } = stalls;
  const names: Record<Stall["who"], string> = {
    client: mine === "client" ? t`you` : t`client`,
    provider: mine === "provider" ? t`you` : t`provider`,
    either: t`either side`,
    arbitrator: t`arbitrator`,
    reporter: t`reporter`,
  };
  const milestones = agreement.work.tranches.length - (agreement.work.payByResult ? 1 : 0);
  return (
    <Card title={t`Who can stall`} lead={t`Without breaking a rule, and by which clause.`}>
      <ul className="grid gap-4">
        {(all ? stalls : stalls.slice(0, FEW)).map(({ who, clause, tranche, minutes, says }) => (
          <li key={`${who} ${clause} ${tranche}`} className="grid gap-1">
            <p className="flex gap-2 text-sm">
              <span className="shrink-0">
                <Badge tone={who === mine ? "accent" : who === "client" || who === "provider" ? "warn" : "plain"}>
                  {names[who]}
                </Badge>
              </span>
              <span className="min-w-0">{say(says)}</span>
            </p>
            <span aria-hidden="true" className="block h-1.5 rounded-full bg-sunken">
              <span className="block h-full rounded-full bg-warn" style={{ width: `${(minutes * 100) / most}%` }} />
            </span>
            <Clause field={Picture.fieldOf(clause, tranche, milestones)} go={go} />
          </li>
        ))}
      </ul>
      {length > FEW && (
        <div className="mt-3">
          <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? <Trans>Show fewer</Trans> : <Trans>Show all {length}</Trans>}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Clause({ field, go }: { field: string; go: Go }) {
  const nameOf = useFieldName();
  const name = nameOf(field);
  if (!go) return <p className="text-xs text-muted">{name}</p>;
  return (
    <p>
      <button
        type="button"
        onClick={() => go(field)}
        className="inline-flex min-h-6 items-center text-xs text-accent underline"
      >
        <Trans>Clause: {name}</Trans>
      </button>
    </p>
  );
}

export function Findings({ endings, go }: Pick<Props, "endings" | "go">) {
  const { t } = useLingui();
  const say = useSay();
  const { findings, agreement } = endings;
  const milestones = agreement.work.tranches.length - (agreement.work.payByResult ? 1 : 0);
  const kinds = { unfunded: t`A promise, not held`, unreachable: t`Never applies`, risk: t`A risk` };
  if (findings.length === 0) return null;
  return (
    <Card title={t`To know before signing`}>
      <ul className="grid gap-2">
        {findings.map(({ kind, clause, tranche, says }) => (
          <li key={says.en}>
            <Note tone={kind === "unreachable" ? "info" : "warn"} title={kinds[kind]}>
              {say(says)}
              <Clause field={Picture.fieldOf(clause, tranche, milestones)} go={go} />
            </Note>
          </li>
        ))}
      </ul>
    </Card>
  );
}
