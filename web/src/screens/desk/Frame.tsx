/** What stands above every page of one desk: its name, whether it works, and where its parts are. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, Outlet } from "@tanstack/react-router";
import { CirclePause, CirclePlay, CircleStop } from "lucide-react";
import { Badge } from "../../ui/Badge.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { type Desk, useDesk, useIds } from "./Desk.ts";

const TAB =
  "-mb-px inline-flex min-h-10 items-center border-b-2 border-transparent px-3 py-2 text-sm whitespace-nowrap text-muted hover:text-ink data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-accent";

export function Frame() {
  const { data, error, refetch } = useDesk();
  if (data) {
    return (
      <>
        <Top desk={data} />
        {error && (
          <div className="mx-auto w-full max-w-6xl px-4 pt-4 sm:px-6">
            <Failure error={error} again={() => void refetch()} />
          </div>
        )}
        <Outlet />
      </>
    );
  }
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8 sm:px-6">
      {error ? <Failure error={error} again={() => void refetch()} /> : <Loading rows={4} />}
    </div>
  );
}

function Top({ desk: { name, state } }: { desk: Desk }) {
  const { t } = useLingui();
  const params = useIds();
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-5 sm:px-6">
      <p className="flex flex-wrap items-center gap-2">
        <Link to="/desks/$organisation" params={params} className="text-sm text-accent underline">
          <Trans>Desks</Trans>
        </Link>
        <span aria-hidden="true" className="text-muted">
          /
        </span>
        <span className="font-semibold">{name}</span>
        <StateBadge state={state} />
      </p>
      <nav aria-label={t`Parts of the desk`} className="mt-2 flex flex-wrap gap-x-1 border-b border-line">
        <Link to="/desks/$organisation/$desk" params={params} activeOptions={{ exact: true }} className={TAB}>
          <Trans>Queue</Trans>
        </Link>
        <Link to="/desks/$organisation/$desk/import" params={params} className={TAB}>
          <Trans>Import</Trans>
        </Link>
        <Link to="/desks/$organisation/$desk/figures" params={params} className={TAB}>
          <Trans>Figures</Trans>
        </Link>
        <Link to="/desks/$organisation/$desk/counts" params={params} className={TAB}>
          <Trans>Count and pay</Trans>
        </Link>
        <Link to="/desks/$organisation/$desk/settings" params={params} className={TAB}>
          <Trans>Settings</Trans>
        </Link>
      </nav>
      {state !== "working" && <Halted state={state} />}
    </div>
  );
}

export function StateBadge({ state }: { state: Desk["state"] }) {
  if (state === "working") {
    return (
      <Badge tone="good">
        <CirclePlay aria-hidden="true" className="size-3.5" />
        <Trans>working</Trans>
      </Badge>
    );
  }
  if (state === "paused") {
    return (
      <Badge tone="warn">
        <CirclePause aria-hidden="true" className="size-3.5" />
        <Trans>paused</Trans>
      </Badge>
    );
  }
  return (
    <Badge tone="bad">
      <CircleStop aria-hidden="true" className="size-3.5" />
      <Trans>stopped</Trans>
    </Badge>
  );
}

function Halted({ state }: { state: Desk["state"] }) {
  const params = useIds();
  return (
    <div className="mt-4">
      <Note
        tone="warn"
        title={state === "paused" ? <Trans>The desk is paused</Trans> : <Trans>The desk is stopped</Trans>}
      >
        {state === "paused" ? (
          <Trans>What comes in is kept and handed to people; nothing is answered by itself.</Trans>
        ) : (
          <Trans>Nothing comes in any more. What is there can be read, counted and exported.</Trans>
        )}{" "}
        <Link to="/desks/$organisation/$desk/settings" params={params} className="underline">
          <Trans>Go to its settings</Trans>
        </Link>
      </Note>
    </div>
  );
}
