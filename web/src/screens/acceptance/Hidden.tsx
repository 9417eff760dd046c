/** The hidden part of the round: kept by its owner, shown to both at judgement and within its window, or counted as passed. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import type * as Folder from "../../agreement/Folder.ts";
import { FolderField } from "../../agreement/FolderField.tsx";
import { sideOf } from "../../agreement/useAgreement.ts";
import type { Agreement } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { client, type Output, useAsk, useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Hash } from "./Hash.tsx";
import type { Item } from "./Runs.ts";
import { useCriterionName } from "./TwoRuns.tsx";

type Sealed = Output<"GET /v1/agreements/{agreement}/sealed">["items"][number];
type Props = { agreement: Agreement; item: Item };

export function Hidden({ agreement, item }: Props) {
  const { data, error } = useAsk("GET /v1/agreements/{agreement}/sealed", { agreement: agreement.id });
  const parts = data?.items.filter(
    ({ criterion, round }) => criterion !== undefined && item.criteria.includes(criterion) && round === item.round,
  );
  if (!parts) return error ? <Failure error={error} /> : null;
  return parts.map((part) => <Part key={part.commitment} {...{ agreement, item, part }} />);
}

function Part({ agreement, item, part }: Props & { part: Sealed }) {
  const { t } = useLingui();
  const say = useSay();
  const { now } = useSession();
  const whatOf = useCriterionName(agreement);
  const { state, until, shownAt, commitment } = part;
  const what = say(whatOf(part.criterion ?? ""));
  const titles: Record<Sealed["state"], string> = {
    kept: t`You keep a hidden part`,
    absent: t`A part of the checks is hidden`,
    shown: t`The hidden part was shown to both`,
    late: t`The hidden part was not shown in its window: it counts as passed`,
  };
  const isOpen = until !== undefined && (state === "kept" || state === "absent");
  return (
    <Note tone={state === "shown" ? "good" : isOpen ? "warn" : "info"} title={titles[state]}>
      <p>
        {what} · <Hash value={commitment} of={t`hash of the hidden part`} />
      </p>
      {shownAt !== undefined && (
        <p>
          <Trans>
            Shown at <When at={shownAt} far={false} />
          </Trans>
        </p>
      )}
      {isOpen && (
        <p>
          <Trans>
            It can be shown until <When at={until} now={now()} />. After that it counts as passed.
          </Trans>
        </p>
      )}
      {!isOpen && state !== "shown" && state !== "late" && (
        <p>
          <Trans>Nobody sees it before something is delivered; only its hash is in the terms.</Trans>
        </p>
      )}
      {isOpen && sideOf(agreement) !== undefined && <Reveal {...{ agreement, item, part }} />}
    </Note>
  );
}

function Reveal({ agreement, item, part }: Props & { part: Sealed }) {
  const { t } = useLingui();
  const [isElsewhere, setElsewhere] = useState(false);
  const [salt, setSalt] = useState("");
  const show = useCall("POST /v1/agreements/{agreement}/sealed/reveal");
  const { criterion = "" } = part;
  const named = { agreement: agreement.id, milestone: item.milestone, criterion };
  const bring = async (files: Folder.Sent[]) => {
    const put = await client().call("POST /v1/agreements/{agreement}/folders", {
      ...{ agreement: agreement.id, purpose: "part", files },
    });
    await show.mutateAsync({ ...named, part: put.id, salt });
  };
  if (part.state === "kept") {
    return (
      <div className="mt-2 grid gap-2">
        <div>
          <Button look="primary" busy={show.isPending} onClick={() => show.mutate(named)}>
            <Eye aria-hidden="true" className="size-4" />
            <Trans>Show it to both runners</Trans>
          </Button>
        </div>
        {show.isError && <Failure error={show.error} />}
      </div>
    );
  }
  if (!isElsewhere) {
    return (
      <Button look="quiet" more="mt-1" onClick={() => setElsewhere(true)}>
        <EyeOff aria-hidden="true" className="size-4" />
        <Trans>I keep it on my own disk, and show it</Trans>
      </Button>
    );
  }
  const isSalt = /^0x[0-9a-f]{64}$/.test(salt);
  return (
    <div className="mt-2 grid gap-3">
      <TextField
        label={t`Its salt`}
        hint={t`0x and 64 digits, as it was written when the part was sealed.`}
        spellCheck={false}
        value={salt}
        onChange={({ target }) => setSalt(target.value.trim())}
      />
      <FolderField label={t`Folder of the hidden part`} disabled={!isSalt} take={bring} />
    </div>
  );
}
