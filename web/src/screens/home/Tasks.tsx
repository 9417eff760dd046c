import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { ArrowRight, CircleCheck } from "lucide-react";
import { useVerb } from "../../agreement/Verb.ts";
import { useSay } from "../../Language.tsx";
import { useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Card } from "../../ui/Card.tsx";
import { Empty } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { Sums } from "./Home.tsx";

type Task = Sums["tasks"]["items"][number];

/** Where the thing is done that a task asks for. */
const PLACES: Readonly<Record<string, string>> = {
  review: "/agreements/$agreement/versions",
  sign: "/agreements/$agreement/sign",
  open: "/agreements/$agreement/sign",
  fund: "/agreements/$agreement/sign",
  report: "/agreements/$agreement/outcome",
};

export function Tasks({ tasks: { count, items } }: { tasks: Sums["tasks"] }) {
  const { t } = useLingui();
  return (
    <Card title={count === 0 ? t`Nothing awaits you` : t`Your move`} lead={count > 0 && t`Most urgent first.`}>
      {items.length === 0 ? (
        <Empty title={<CircleCheck aria-hidden="true" className="mx-auto size-6 text-good" />}>
          <Trans>It is the others' turn. You are told when it is yours.</Trans>
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((task) => (
            <One key={`${task.agreement} ${task.verb} ${task.milestone ?? ""} ${task.act ?? ""}`} task={task} />
          ))}
        </ul>
      )}
      {count > items.length && (
        <p className="mt-3 text-sm text-muted">
          <Trans>
            {items.length} of {count} are shown.
          </Trans>{" "}
          <Link to="/agreements" className="text-accent underline">
            <Trans>All agreements</Trans>
          </Link>
        </p>
      )}
    </Card>
  );
}

function One({ task }: { task: Task }) {
  const say = useSay();
  const verb = useVerb();
  const { now } = useSession();
  const { agreement, title, milestoneTitle, amount, currency, due, until } = task;
  const moment = until ?? due;
  const isUrgent = moment !== undefined && new Date(moment).getTime() - now() < 3 * 86_400_000;
  return (
    <li>
      <Link
        to={(PLACES[task.verb] ?? "/agreements/$agreement") as "/agreements/$agreement"}
        params={{ agreement }}
        className="group -mx-2 grid gap-x-4 gap-y-0.5 rounded-lg px-2 py-3 hover:bg-sunken sm:grid-cols-[1fr_auto]"
      >
        <span className="min-w-0">
          <span className="font-medium">
            {verb(task.verb)}
            {milestoneTitle && <>: {say(milestoneTitle)}</>}
          </span>
          <span className="block text-sm text-muted">{say(title)}</span>
        </span>
        <span className="flex items-center gap-3 text-sm sm:justify-end">
          <span className="sm:text-right">
            {amount !== undefined && currency && (
              <span className="block font-medium">
                <Amount units={amount} currency={currency} />
              </span>
            )}
            {moment !== undefined && (
              <span className={isUrgent ? "text-warn" : "text-muted"}>
                <Trans>
                  until <When at={moment} now={now()} time={false} />
                </Trans>
              </span>
            )}
          </span>
          <ArrowRight aria-hidden="true" className="ml-auto size-4 shrink-0 text-muted group-hover:text-accent" />
        </span>
      </Link>
    </li>
  );
}
