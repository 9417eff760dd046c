/** What stands above every page of one agreement: which one, between whom, with which money, and its other pages. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, type LinkProps, Outlet, useRouterState } from "@tanstack/react-router";
import { FlaskConical, Landmark } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { StatusBadge } from "../../agreement/StatusBadge.tsx";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { type Agreement, isCoded, isOnLedger } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { UnderWay } from "./act/UnderWay.tsx";

export function Frame() {
  const { data, error, refetch } = useAgreement();
  if (data) {
    return (
      <>
        <Top agreement={data} />
        <UnderWay agreement={data} />
        <Outlet />
      </>
    );
  }
  return (
    <div className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      {error ? <Failure error={error} again={() => void refetch()} /> : <Loading rows={4} />}
    </div>
  );
}

function Top({ agreement }: { agreement: Agreement }) {
  const say = useSay();
  const { id, title, status } = agreement;
  return (
    <div className="border-b border-line bg-surface">
      <div className="mx-auto max-w-6xl px-4 pt-4 sm:px-6">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link
            to="/agreements/$agreement"
            params={{ agreement: id }}
            className="min-w-0 text-lg font-semibold hover:underline"
          >
            {say(title)}
          </Link>
          <StatusBadge status={status} />
          <LedgerBadge />
        </div>
        <Parties agreement={agreement} />
        <Tabs agreement={agreement} />
      </div>
    </div>
  );
}

/** Play money and real money look and read differently on every page. */
function LedgerBadge() {
  const { node } = useSession();
  const say = useSay();
  if (node.ledger.kind === "rehearsal") {
    return (
      <Badge tone="play">
        <FlaskConical aria-hidden="true" className="size-3" />
        <Trans>Rehearsal, play money</Trans>
      </Badge>
    );
  }
  return (
    <Badge tone="good">
      <Landmark aria-hidden="true" className="size-3" />
      <Trans>Real money on {say(node.ledger.name)}</Trans>
    </Badge>
  );
}

function Parties({ agreement: { seats, mine } }: { agreement: Agreement }) {
  const { t } = useLingui();
  const roles = [
    ["client", t`Client`],
    ["provider", t`Provider`],
    ["arbitrator", t`Arbitrator`],
    ["reporter", t`Reporter`],
  ] as const;
  const shown = roles.flatMap(([role, name]) => {
    const names = seats.filter((seat) => seat.role === role).map((seat) => seat.name);
    return names.length === 0 ? [] : [{ role, name, names }];
  });
  return (
    <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-0.5 text-sm">
      {shown.map(({ role, name, names }) => (
        <div key={role} className="flex min-w-0 flex-wrap gap-x-1.5">
          <dt className="text-muted">
            {name}
            {mine.includes(role) && (
              <>
                {" "}
                <span className="font-medium text-accent">
                  <Trans>(you)</Trans>
                </span>
              </>
            )}
          </dt>
          <dd>{names.join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}

type To = NonNullable<LinkProps["to"]>;

function Tabs({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui();
  const onLedger = isOnLedger(agreement);
  const hasOutcome = "outcome" in agreement.document;
  // Where a desk works under it: most agreements have none.
  const counts = useAsk(
    "GET /v1/agreements/{agreement}/counts",
    { agreement: agreement.id, limit: 1 },
    { enabled: hasOutcome && onLedger },
  );
  const tabs: readonly (readonly [To, ReactNode, boolean])[] = [
    ["/agreements/$agreement", t`Standing`, true],
    ["/agreements/$agreement/draft", onLedger ? t`Terms` : t`Draft`, true],
    ["/agreements/$agreement/endings", t`Endings`, true],
    ["/agreements/$agreement/acceptance", t`Acceptance`, isCoded(agreement)],
    ["/agreements/$agreement/payout", t`Payout`, hasOutcome],
    ["/agreements/$agreement/versions", t`Versions`, true],
    ["/agreements/$agreement/sign", onLedger ? t`Signatures` : t`Sign and fund`, true],
    ["/agreements/$agreement/outcome", t`Outcome`, hasOutcome && onLedger],
    ["/agreements/$agreement/counts", t`Counts`, (counts.data?.items.length ?? 0) > 0],
    ["/agreements/$agreement/statement", t`Statement`, onLedger],
  ];
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a phone the tab of another page may be out of sight
  useEffect(() => {
    nav.current?.querySelector("[data-status=active]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [path]);
  return (
    <nav ref={nav} aria-label={t`Pages of this agreement`} className="no-print -mx-4 mt-3 overflow-x-auto px-4">
      <ul className="flex gap-1">
        {tabs
          .filter(([, , shown]) => shown)
          .map(([to, name]) => (
            <li key={to}>
              <Link
                to={to}
                params={{ agreement: agreement.id }}
                activeOptions={{ exact: to !== "/agreements/$agreement/acceptance" }}
                className="inline-flex min-h-10 items-center border-b-2 border-transparent px-3 text-sm whitespace-nowrap text-muted hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-ink"
              >
                {name}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
