/** What a desk is: what it promises, learns from, answers with, to whom it hands over, by which doors feedback comes in, and whether it works. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { Note } from "../../../ui/Note.tsx";
import { Page } from "../../../ui/Page.tsx";
import { Shown } from "../../../ui/Waiting.tsx";
import { type Desk, useDesk, useIds, useRights } from "../Desk.ts";
import { Inlets } from "./Inlets.tsx";
import { Learning } from "./Learning.tsx";
import { Playbooks } from "./Playbooks.tsx";
import { Promised } from "./Promised.tsx";
import { Routing } from "./Routing.tsx";
import { Running } from "./Running.tsx";

export type PartProps = { desk: Desk };
export const PARTS = ["running", "promise", "learning", "playbooks", "routing", "inlets"] as const;
type Part = (typeof PARTS)[number];

const VIEWS: Record<Part, ComponentType<PartProps>> = {
  running: Running,
  promise: Promised,
  learning: Learning,
  playbooks: Playbooks,
  routing: Routing,
  inlets: Inlets,
};

export function Settings() {
  const { t } = useLingui();
  const ids = useIds();
  const answer = useDesk();
  const { manage } = useRights();
  const { part = "running" } = useSearch({ strict: false }) as { part?: string };
  const names: Record<Part, string> = {
    running: t`Pause, stop, key`,
    promise: t`Promise and cost`,
    learning: t`Learning`,
    playbooks: t`Approved answers`,
    routing: t`Who gets which ticket`,
    inlets: t`Signed intake`,
  };
  /** Only owners are answered there. */
  const shown = PARTS.filter((one) => manage || one !== "inlets");
  const open = shown.find((one) => one === part) ?? "running";
  const View = VIEWS[open];
  return (
    <Page title={t`Settings of the desk`}>
      <nav aria-label={t`Parts of the settings`} className="flex flex-wrap gap-1">
        {shown.map((one) => (
          <Link
            key={one}
            to="/desks/$organisation/$desk/settings"
            params={ids}
            search={{ part: one }}
            aria-current={one === open ? "page" : undefined}
            className="inline-flex min-h-9 items-center rounded-full border border-line px-3 text-sm hover:bg-sunken aria-[current=page]:border-accent aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
          >
            {names[one]}
          </Link>
        ))}
      </nav>
      {!manage && (
        <Note tone="info">
          <Trans>Owners of the organisation change what stands here; you may look.</Trans>
        </Note>
      )}
      <Shown answer={answer}>{(desk) => <View desk={desk} />}</Shown>
    </Page>
  );
}
