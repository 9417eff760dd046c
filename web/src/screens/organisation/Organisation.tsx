/** An organisation: who belongs to it, by which accounts it acts, who approves, what was done in its name. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useAsk } from "../../Node.ts";
import type { Organisation as One } from "../../Session.tsx";
import { Page } from "../../ui/Page.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { Accounts } from "./Accounts.tsx";
import { Approvals } from "./Approvals.tsx";
import { Audit } from "./Audit.tsx";
import { Invoicing } from "./Invoicing.tsx";
import { Keys } from "./Keys.tsx";
import { People } from "./People.tsx";
import { useRole } from "./Role.ts";
import { Webhooks } from "./Webhooks.tsx";

export type PartProps = { organisation: One; isOwner: boolean };
export const PARTS = ["people", "accounts", "approvals", "invoicing", "keys", "webhooks", "audit"] as const;
export type Part = (typeof PARTS)[number];

const VIEWS: Record<Part, ComponentType<PartProps>> = {
  people: People,
  accounts: Accounts,
  approvals: Approvals,
  invoicing: Invoicing,
  keys: Keys,
  webhooks: Webhooks,
  audit: Audit,
};
/** Only owners are answered there. */
const FOR_OWNERS: ReadonlySet<Part> = new Set(["keys", "webhooks"]);

export function Organisation() {
  const { t } = useLingui();
  const { organisation: id = "" } = useParams({ strict: false });
  const { part = "people" } = useSearch({ strict: false }) as { part?: Part };
  const answer = useAsk("GET /v1/organisations/{organisation}", { organisation: id });
  const roleOf = useRole();
  const names: Record<Part, string> = {
    people: t`People`,
    accounts: t`Accounts`,
    approvals: t`Approvals`,
    invoicing: t`Invoice data`,
    keys: t`API keys`,
    webhooks: t`Webhooks`,
    audit: t`Audit`,
  };
  return (
    <Shown answer={answer}>
      {(organisation) => {
        const isOwner = organisation.role === "owner";
        const shown = PARTS.filter((one) => isOwner || !FOR_OWNERS.has(one));
        const View = VIEWS[shown.includes(part) ? part : "people"];
        return (
          <Page title={organisation.name} lead={<Trans>You are: {roleOf(organisation.role)}</Trans>}>
            <nav aria-label={t`Parts of the organisation`} className="flex flex-wrap gap-1 border-b border-line">
              {shown.map((one) => (
                <Link
                  key={one}
                  to="/organisations/$organisation"
                  params={{ organisation: id }}
                  search={{ part: one }}
                  aria-current={one === part ? "page" : undefined}
                  className="-mb-px min-h-10 border-b-2 border-transparent px-3 py-2 text-sm text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-accent"
                >
                  {names[one]}
                </Link>
              ))}
            </nav>
            <View organisation={organisation} isOwner={isOwner} />
          </Page>
        );
      }}
    </Shown>
  );
}
