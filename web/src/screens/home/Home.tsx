/** What awaits me, what is held, what comes next: computed by the node over all agreements, shown at one glance. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useSay } from "../../Language.tsx";
import { type Output, useAsk } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Shown } from "../../ui/Waiting.tsx";
import { Changes } from "./Changes.tsx";
import { Deadlines } from "./Deadlines.tsx";
import { Funds } from "./Funds.tsx";
import { Tasks } from "./Tasks.tsx";

export type Sums = Output<"GET /v1/me/home">;

export function Home() {
  const { t } = useLingui();
  const { name } = useMe();
  const sums = useAsk("GET /v1/me/home", {});
  return (
    <Page
      title={t`What awaits you`}
      lead={name}
      actions={
        <ButtonLink to="/new" look="primary">
          <Trans>New agreement</Trans>
        </ButtonLink>
      }
    >
      <Shown answer={sums}>{(data) => (data.agreements.length === 0 ? <Beginning /> : <Overview sums={data} />)}</Shown>
    </Page>
  );
}

function Overview({ sums }: { sums: Sums }) {
  return (
    <div className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
      <div className="grid grid-cols-1 content-start gap-5">
        <Tasks tasks={sums.tasks} />
        <Changes />
      </div>
      <div className="grid grid-cols-1 content-start gap-5">
        <Funds money={sums.money} />
        <Deadlines deadlines={sums.deadlines} />
      </div>
    </div>
  );
}

/** Somebody who has nothing yet, and what the first hour looks like. */
function Beginning() {
  const { t } = useLingui();
  const { node } = useSession();
  const say = useSay();
  const steps = [
    t`Drop in your Word contract, or take a template. You see what is missing.`,
    t`Look at every way it can end, and mend what you do not like.`,
    t`Send the other side a link. Both sign one page.`,
    t`The money waits in escrow. Deliver, and be paid.`,
  ];
  return (
    <Card title={t`Your first agreement`} lead={t`It takes about three minutes to have a draft.`}>
      <ol className="grid gap-3">
        {steps.map((step, at) => (
          <li key={step} className="flex gap-3">
            <span
              aria-hidden="true"
              className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-sm font-semibold text-accent"
            >
              {at + 1}
            </span>
            <span className="pt-0.5">{step}</span>
          </li>
        ))}
      </ol>
      <div className="mt-5">
        <Empty
          title={t`No agreement yet`}
          action={
            <ButtonLink look="primary" to="/new">
              <Trans>Begin one</Trans>
            </ButtonLink>
          }
        >
          {node.ledger.kind === "rehearsal" && say(node.ledger.name)}
        </Empty>
      </div>
    </Card>
  );
}
