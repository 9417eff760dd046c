/** Cases: settled here, and apart from them what the provider tells of work elsewhere. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { type Output, useRows } from "../../Node.ts";
import { Amount } from "../../ui/Amount.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Chips } from "../brief/Chips.tsx";

type Case = Output<"GET /v1/providers/{provider}/cases">["items"][number];
type Props = { provider: string; actionsOf?: (one: Case) => ReactNode };

export function Cases({ provider, actionsOf }: Props) {
  const { t } = useLingui();
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title={t`Settled here`} lead={t`The ledger paid for these. They make the record.`}>
        <List provider={provider} from="settled" {...(actionsOf ? { actionsOf } : {})} />
      </Card>
      <Card
        title={t`Told by the provider`}
        lead={t`Work elsewhere, in its own words. It counts little, and makes no record.`}
      >
        <List provider={provider} from="told" {...(actionsOf ? { actionsOf } : {})} />
      </Card>
    </div>
  );
}

function List({ provider, from, actionsOf }: Props & { from: Case["from"] }) {
  const { rows, error, again, more, isMore } = useRows("GET /v1/providers/{provider}/cases", {
    ...{ provider, from, limit: 10 },
  });
  if (rows === undefined) return error ? <Failure error={error} again={again} /> : <Loading rows={2} />;
  if (rows.length === 0) {
    return (
      <p className="text-sm text-muted">
        <Trans>None.</Trans>
      </p>
    );
  }
  return (
    <>
      <ul className="grid gap-3">
        {rows.map((one) => (
          <li key={one.id} className="grid gap-1 border-b border-line pb-3 text-sm last:border-0 last:pb-0">
            <One one={one} />
            {actionsOf?.(one)}
          </li>
        ))}
      </ul>
      {more && (
        <Button more="mt-3" onClick={more} busy={isMore}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}

/** Longer lists say nothing more at a glance. */
const FEW = 6;

function One({ one: { title, at, settled, skills, source } }: { one: Case }) {
  const rest = skills.length - FEW;
  return (
    <>
      <p dir="auto" className="line-clamp-3 font-medium">
        {settled?.shown === false ? (
          <span className="font-normal text-muted">
            <Trans>Title not shown</Trans>
          </span>
        ) : (
          title
        )}
      </p>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted">
        <When at={at} far={false} time={false} />
        {settled && <Amount units={settled.paid} currency={settled.currency} />}
        {source === "git" && (
          <Badge>
            <Trans>from git history</Trans>
          </Badge>
        )}
      </p>
      {skills.length > 0 && <Chips names={skills.slice(0, FEW)} />}
      {rest > 0 && (
        <p className="text-xs text-muted">
          <Plural value={rest} one="and # more skill" other="and # more skills" />
        </p>
      )}
    </>
  );
}
