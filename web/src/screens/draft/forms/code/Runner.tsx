/** Who runs the suites of a draft for each side: the key of a node or of a runner, named as the side's delegate. */
import { Trans, useLingui } from "@lingui/react/macro";
import { CircleCheck, CircleDashed } from "lucide-react";
import * as Paper from "../../../../agreement/Paper.ts";
import { useSay } from "../../../../Language.tsx";
import { useAsk, useCall } from "../../../../Node.ts";
import { Button } from "../../../../ui/Button.tsx";
import { Note } from "../../../../ui/Note.tsx";
import { Failure } from "../../../../ui/Waiting.tsx";
import { usePart, useWriter } from "../../write/Context.ts";

/** Only where some criterion is run by code. */
export function Runner() {
  const { t } = useLingui();
  const { side } = useWriter();
  const isCoded = usePart(({ document }) =>
    Paper.listAt(document, "criteria").some((one) => Paper.at(one, "run") !== undefined),
  );
  if (!isCoded) return null;
  const names = { client: t`Client`, provider: t`Provider` };
  return (
    <section aria-label={t`Who runs the code`} className="grid gap-2 rounded-lg border border-line p-3 text-sm">
      <h3 className="font-semibold">
        <Trans>Who runs the code</Trans>
      </h3>
      <p className="text-muted">
        <Trans>
          Each side names a key that runs the suites for it and signs what it finds. Two equal results pay without a
          click; without such a key, people accept.
        </Trans>
      </p>
      {(["client", "provider"] as const).map((one) => (
        <div key={one} className="grid gap-2">
          <Named side={one} name={names[one]} />
          {side === one && <Own side={one} />}
        </div>
      ))}
    </section>
  );
}

function Named({ side, name }: { side: "client" | "provider"; name: string }) {
  const delegate = usePart(({ document }) => Paper.textAt(document, `parties.${side}.delegate`));
  const Icon = delegate === "" ? CircleDashed : CircleCheck;
  return (
    <p className="flex items-start gap-2">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${delegate === "" ? "text-warn" : "text-good"}`} />
      <span>
        {name}:{" "}
        {delegate === "" ? <Trans>no key named yet</Trans> : <code className="text-xs break-all">{delegate}</code>}
      </span>
    </p>
  );
}

function Own({ side }: { side: "client" | "provider" }) {
  const { t } = useLingui();
  const say = useSay();
  const { agreement, edit } = useWriter();
  const organisation = agreement.seats.find(({ role }) => role === side)?.organisation ?? "";
  const delegate = usePart(({ document }) => Paper.textAt(document, `parties.${side}.delegate`));
  const { data } = useAsk("GET /v1/organisations/{organisation}/runner", { organisation });
  const create = useCall("PUT /v1/organisations/{organisation}/runner", ({ address }) => {
    if (address !== undefined) edit((paper) => Paper.put(paper, `parties.${side}.delegate`, address));
  });
  if (data?.problem) {
    return (
      <Note tone="warn" title={t`This node cannot run foreign code`}>
        {say(data.problem)}
      </Note>
    );
  }
  const isNode = data?.address !== undefined && data.address.toLowerCase() === delegate.toLowerCase();
  if (data === undefined || isNode) return null;
  return (
    <>
      <div>
        <Button busy={create.isPending} onClick={() => create.mutate({ organisation })}>
          <Trans>Let this node run it for us</Trans>
        </Button>
      </div>
      {create.isError && <Failure error={create.error} />}
    </>
  );
}
