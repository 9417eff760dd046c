/** From a brief to draft terms, in one step. */
import { Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { FileText } from "lucide-react";
import { useCall } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import type { Kept } from "./Brief.ts";

type Props = { brief: Pick<Kept, "organisation" | "id">; provider?: string; look?: "primary" | "plain" };

/** `provider`: it is given its seat at once. */
export function DraftTerms({ brief: { organisation, id }, provider, look = "plain" }: Props) {
  const navigate = useNavigate();
  const draft = useCall("POST /v1/organisations/{organisation}/briefs/{brief}/draft", ({ id: agreement }) => {
    void navigate({ to: "/agreements/$agreement/draft", params: { agreement } });
  });
  return (
    <div className="grid gap-2">
      {draft.isError && <Failure error={draft.error} />}
      <div>
        <Button
          look={look}
          busy={draft.isPending}
          onClick={() => draft.mutate({ organisation, brief: id, ...(provider === undefined ? {} : { provider }) })}
        >
          <FileText aria-hidden="true" className="size-4" />
          <Trans>Draft the terms</Trans>
        </Button>
      </div>
    </div>
  );
}
