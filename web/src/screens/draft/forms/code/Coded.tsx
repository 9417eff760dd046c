/** A criterion that code judges: by which suite, how it is run, what of it is hidden; or the offer to let code judge it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Bot, EyeOff, FlaskConical, UserRound } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import * as Paper from "../../../../agreement/Paper.ts";
import { useSay } from "../../../../Language.tsx";
import { useRows } from "../../../../Node.ts";
import { Button, look } from "../../../../ui/Button.tsx";
import { Copy } from "../../../../ui/Copy.tsx";
import { usePart, useWriter } from "../../write/Context.ts";
import * as Edits from "../../write/Edits.ts";
import { HowRun } from "./HowRun.tsx";
import { Sealed } from "./Sealed.tsx";

/** Dialogs, once they are asked for. */
const Choose = lazy(async () => ({ default: (await import("./Choose.tsx")).Choose }));
const Hide = lazy(async () => ({ default: (await import("./Hide.tsx")).Hide }));

type Props = { field: string };

export function Coded({ field }: Props) {
  const { side } = useWriter();
  const isCoded = usePart(({ document }) => Paper.at(document, `${field}.run`) !== undefined);
  const [asks, ask] = useState(false);
  if (isCoded) return <Whole field={field} />;
  if (!side) return null;
  return (
    <div>
      <Button look="quiet" onClick={() => ask(true)}>
        <Bot aria-hidden="true" className="size-4" />
        <Trans>Let code judge it</Trans>
      </Button>
      {asks && (
        <Suspense>
          <Choose field={field} open onClose={() => ask(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Whole({ field }: Props) {
  const { t } = useLingui();
  const { agreement, edit, side } = useWriter();
  const suite = usePart(({ document }) => Paper.textAt(document, `${field}.suite`));
  const [asks, ask] = useState<"suite" | "part">();
  const close = () => ask(undefined);
  return (
    <section aria-label={t`Judged by code`} className="grid gap-3 rounded-lg border border-line bg-surface p-3">
      <Suite suite={suite} />
      <Sealed field={field} />
      <HowRun field={field} />
      <div className="flex flex-wrap gap-2">
        <Link
          to="/agreements/$agreement/acceptance/try"
          params={{ agreement: agreement.id }}
          search={{ suite }}
          className={look("plain")}
        >
          <FlaskConical aria-hidden="true" className="size-4" />
          <Trans>Try it</Trans>
        </Link>
        {side && (
          <>
            <Button onClick={() => ask("part")}>
              <EyeOff aria-hidden="true" className="size-4" />
              <Trans>Hide a part</Trans>
            </Button>
            <Button look="quiet" onClick={() => ask("suite")}>
              <Trans>Another suite</Trans>
            </Button>
            <Button look="quiet" onClick={() => edit((paper) => Edits.byPeople(paper, field))}>
              <UserRound aria-hidden="true" className="size-4" />
              <Trans>Let people judge it</Trans>
            </Button>
          </>
        )}
      </div>
      <Suspense>
        {asks === "suite" && <Choose field={field} open onClose={close} />}
        {asks === "part" && <Hide field={field} open onClose={close} />}
      </Suspense>
    </section>
  );
}

/** In its own words, where its folder is kept here. */
function Suite({ suite }: { suite: string }) {
  const { t } = useLingui();
  const say = useSay();
  const { agreement } = useWriter();
  const { rows } = useRows("GET /v1/agreements/{agreement}/folders", { agreement: agreement.id, limit: 200 });
  const about = rows?.find(({ hash }) => hash === suite)?.suite;
  const checks = about?.checks ?? [];
  return (
    <div className="grid gap-2 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <Bot aria-hidden="true" className="size-4 shrink-0 text-accent" />
        {about ? <Trans>Judged by code: {say(about.title)}</Trans> : <Trans>Judged by code</Trans>}
      </p>
      {rows && !about && (
        <p className="text-warn">
          <Trans>The folder of this suite is not kept here: bring it, so that both can run it.</Trans>
        </p>
      )}
      {checks.length > 0 && (
        <details>
          <summary className="inline-flex min-h-6 items-center text-accent">
            {checks.length === 1 ? t`1 check` : t`${checks.length} checks`}
          </summary>
          <ul className="mt-1 list-disc pl-5">
            {checks.map(({ id, what }) => (
              <li key={id}>{say(what)}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="grid gap-1">
        <span className="text-xs text-muted">
          <Trans>Its hash, which both sign: not a letter of the suite can change after that.</Trans>
        </span>
        <Copy text={suite} label={t`Copy the hash of the suite`} />
      </div>
    </div>
  );
}
