/** Begins a change order: a draft of its own, made of what is left, that replaces this agreement once both have signed. */
import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { isInDispute } from "../../agreement/Stages.ts";
import { sideOf } from "../../agreement/useAgreement.ts";
import { type Agreement, documentOf, type Standing } from "../../agreement/useStanding.ts";
import { useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import * as Successor from "./Successor.ts";

export function ChangeOrder({ agreement, standing }: { agreement: Agreement; standing: Standing }) {
  const { me, now } = useSession();
  const navigate = useNavigate();
  const create = useCall("POST /v1/agreements", ({ id }) => {
    void navigate({ to: "/agreements/$agreement/draft", params: { agreement: id } });
  });
  const side = sideOf(agreement);
  const document = documentOf(agreement);
  const { ledgerId, seats } = agreement;
  const own = new Set(me?.organisations.map(({ id }) => id));
  const seat = seats.find(({ role, organisation }) => role === side && own.has(organisation));
  if (!side || !document || !seat || ledgerId === undefined) return null;
  const isFrozen = standing.tranches.some(({ stage }) => isInDispute(stage));
  return (
    <li className="grid gap-2 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button
          busy={create.isPending}
          disabled={isFrozen}
          onClick={() =>
            create.mutate({
              organisation: seat.organisation,
              side,
              document: Successor.of(document, standing, ledgerId, now()),
            })
          }
        >
          <Trans>Propose a change order</Trans>
        </Button>
        <span className="text-muted">
          {isFrozen ? (
            <Trans>Not while a milestone is contested.</Trans>
          ) : (
            <Trans>A new draft from what is left. The money moves along when both have signed it.</Trans>
          )}
        </span>
      </div>
      {create.isError && <Failure error={create.error} />}
    </li>
  );
}
