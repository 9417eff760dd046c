import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import * as Money from "../../../../src/agreement/Money.ts";
import { useVerb } from "../../agreement/Verb.ts";
import { type Output, useCall, useRows } from "../../Node.ts";
import { useMe, useSession } from "../../Session.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty, Failure } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { PartProps } from "./Organisation.tsx";

type Approval = Output<"GET /v1/organisations/{organisation}/approvals">["items"][number];
/** Amounts of the rule are in units of tokens with six decimals, as the node's own is. */
const SCALE = 6;

export function Approvals({ organisation, isOwner }: PartProps) {
  const { t } = useLingui();
  const me = useMe();
  const verb = useVerb();
  const { now } = useSession();
  const list = useRows("GET /v1/organisations/{organisation}/approvals", { organisation: organisation.id });
  const decide = useCall("POST /v1/organisations/{organisation}/approvals/{approval}");
  const states: Record<Approval["state"], string> = {
    open: t`Waiting`,
    approved: t`Approved`,
    refused: t`Refused`,
    expired: t`Expired`,
  };
  const maySign = organisation.role === "owner" || organisation.role === "signer";
  return (
    <>
      <Rule organisation={organisation} isOwner={isOwner} />
      <Card title={t`Acts that wait for a second person`}>
        {decide.isError && <Failure error={decide.error} />}
        <Rows
          caption={t`Acts that wait for a second person`}
          {...list}
          keyOf={({ id }) => id}
          empty={<Empty title={t`Nothing waits`} />}
          columns={[
            {
              name: t`Act`,
              cell: ({ act, agreement }) => (
                <ButtonLink look="quiet" to="/agreements/$agreement" params={{ agreement }}>
                  {verb(typeof act.verb === "string" ? act.verb : "")}
                </ButtonLink>
              ),
            },
            { name: t`By`, cell: ({ by }) => by.name },
            { name: t`Asked`, cell: ({ createdAt }) => <When at={createdAt} now={now()} /> },
            {
              name: t`State`,
              cell: ({ state }) => (
                <Badge tone={state === "open" ? "warn" : state === "approved" ? "good" : "plain"}>
                  {states[state]}
                </Badge>
              ),
            },
            {
              name: t`Decide`,
              cell: ({ id: approval, state, by }) =>
                state === "open" && maySign && by.user !== me.user ? (
                  <span className="flex flex-wrap gap-2">
                    {[true, false].map((approve) => (
                      <Button
                        key={String(approve)}
                        look={approve ? "primary" : "danger"}
                        busy={decide.isPending && decide.variables.approval === approval}
                        onClick={() => decide.mutate({ organisation: organisation.id, approval, approve })}
                      >
                        {approve ? t`Approve` : t`Refuse`}
                      </Button>
                    ))}
                  </span>
                ) : null,
            },
          ]}
        />
      </Card>
    </>
  );
}

function Rule({ organisation: { id: organisation, rule }, isOwner }: PartProps) {
  const { t } = useLingui();
  const kept = rule.above === undefined ? "" : Money.format(BigInt(rule.above), SCALE);
  const [above, setAbove] = useState(kept);
  const [wrong, setWrong] = useState("");
  const update = useCall("PATCH /v1/organisations/{organisation}");
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (above.trim() === "") return update.mutate({ organisation, above: null });
    try {
      const units = Money.parse(above.trim(), SCALE, "above");
      setWrong("");
      update.mutate({ organisation, above: String(units) });
    } catch {
      setWrong(t`Write an amount in digits, like 50000 or 50000.50.`);
    }
  };
  return (
    <Card title={t`Two-person rule`}>
      <div className="grid gap-3">
        {rule.enforcedBy === "ledger" ? (
          <Note tone="good" title={t`Enforced by the ledger`}>
            <Trans>
              The organisation's account itself takes two signatures: nobody can act alone, whatever this node does.
            </Trans>
          </Note>
        ) : rule.enforcedBy === "node" ? (
          <Note tone="warn" title={t`Enforced by this node only`}>
            <Trans>
              A person with the account's key could act alone past this node. For more, use an account that two people
              sign for.
            </Trans>
          </Note>
        ) : (
          <p className="text-sm text-muted">
            <Trans>Nobody's second approval is asked for.</Trans>
          </p>
        )}
        {isOwner && (
          <form onSubmit={save} className="grid items-end gap-3 sm:grid-cols-[minmax(0,20rem)_auto] sm:justify-start">
            <TextField
              label={t`A second person approves from this amount on`}
              optional={t`(empty: never)`}
              value={above}
              onChange={(event) => setAbove(event.target.value)}
              error={wrong}
              inputMode="decimal"
            />
            <Button type="submit" busy={update.isPending} disabled={above.trim() === kept}>
              <Trans>Save</Trans>
            </Button>
          </form>
        )}
        {update.isError && <Failure error={update.error} />}
      </div>
    </Card>
  );
}
