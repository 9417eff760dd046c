/** One act from its form to the ledger. What was typed survives a reload, and the end of a session. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { type Agreement, documentOf, OUTCOME, type Standing } from "../../../agreement/useStanding.ts";
import { useKept } from "../../../Kept.ts";
import { useSay } from "../../../Language.tsx";
import { useSession } from "../../../Session.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Note } from "../../../ui/Note.tsx";
import { ActProgress } from "./ActProgress.tsx";
import * as Acts from "./Acts.ts";
import * as Draft from "./Draft.ts";
import { Fields } from "./Fields.tsx";
import { deposits, held } from "./Holdings.ts";
import { Preview, usePreview } from "./Preview.tsx";
import * as Progress from "./Progress.ts";
import { useActName } from "./useActName.ts";
import { useExplanation } from "./useExplanation.ts";
import { useSigner } from "./useSigner.ts";

/** `of`: as `Draft.Asked`. */
export type Chosen = { readonly verb: string; readonly milestone?: string; readonly of?: string };

type Props = {
  agreement: Agreement;
  standing?: Standing;
  chosen: Chosen | undefined;
  onClose: () => void;
  /** From here on it is kept as an act: loaded anew, the page need not open its form again. */
  onBegun?: () => void;
};

export function ActDialog({ agreement, standing, chosen, onClose, onBegun }: Props) {
  const name = useActName(agreement.document);
  const [key, setKey] = useState<string>();
  const acts = Acts.useActs(agreement.id);
  const progress = acts.find((one) => one.key === key);
  const close = () => {
    // What has come to its end was seen here.
    if (progress && Progress.isOver(progress)) Acts.forget(progress.key);
    setKey(undefined);
    onClose();
  };
  const begun = (key: string) => {
    setKey(key);
    onBegun?.();
  };
  const act = chosen && {
    verb: chosen.verb,
    ...(chosen.milestone === undefined ? {} : { milestone: chosen.milestone }),
  };
  return (
    <Dialog open={chosen !== undefined} onClose={close} title={act ? name(act) : ""}>
      {chosen !== undefined && progress ? (
        <Running progress={progress} agreement={agreement} onAgain={setKey} onClose={close} />
      ) : (
        chosen !== undefined && <Form {...{ agreement, standing, chosen }} onBegun={begun} onClose={close} />
      )}
    </Dialog>
  );
}

type RunningProps = {
  progress: Progress.Progress;
  agreement: Agreement;
  onAgain: (key: string) => void;
  onClose: () => void;
};

function Running({ progress, agreement, onAgain, onClose }: RunningProps) {
  const isEnd = progress.stage === "final";
  return (
    <div className="grid gap-3">
      <ActProgress progress={progress} agreement={agreement} onAgain={onAgain} />
      <div className="flex justify-end">
        <Button look={isEnd ? "primary" : "plain"} onClick={onClose}>
          {Progress.mayClose(progress) ? <Trans>Close</Trans> : <Trans>Go on in the background</Trans>}
        </Button>
      </div>
    </div>
  );
}

type FormProps = {
  agreement: Agreement;
  standing: Standing | undefined;
  chosen: Chosen;
  onBegun: (key: string) => void;
  onClose: () => void;
};

function Form({ agreement, standing, chosen, onBegun, onClose }: FormProps) {
  const { t } = useLingui();
  const say = useSay();
  const signer = useSigner(agreement);
  const explain = useExplanation(agreement);
  const { verb, milestone, of } = chosen;
  const place = [agreement.id, verb, milestone ?? of ?? ""].join(".");
  const [fields, set, forget] = useKept<Draft.Fields>(`act.${place}`, Draft.EMPTY);
  const isBegun = useRef(false);
  const document = documentOf(agreement);
  const tranche = standing?.tranches.find(({ name }) => name === milestone);
  const currency = standing?.currency ?? {
    code: document?.currency.code ?? "XXX",
    scale: document?.currency.scale ?? 0,
  };
  const asked: Draft.Asked = {
    verb,
    ...(milestone === undefined ? {} : { milestone }),
    ...(of === undefined ? {} : { of }),
    scale: currency.scale,
    held: verb === "rule" ? BigInt(tranche?.held ?? "0") : held(standing),
    deposits: deposits(standing, document),
  };
  const draft = Draft.of(asked, fields);
  const preview = usePreview(agreement.id, draft);
  const others = (standing?.tranches ?? [])
    .filter(({ mine, name }) => mine.includes(verb) || name === milestone)
    .map(({ name, title }) => ({ name, title: say(title) }));
  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (!draft || isBegun.current) return;
    isBegun.current = true;
    onBegun(Acts.begin({ agreement: agreement.id, block: standing?.block ?? 0, ...draft }, signer));
    forget();
  };
  const unit = milestone === OUTCOME && document?.outcome ? say(document.outcome.unit) : undefined;
  const isSigned = preview.data === undefined || preview.data.typedData !== undefined;
  return (
    <form onSubmit={begin} className="grid gap-4">
      <Lead>{explain(verb)}</Lead>
      <Fields
        {...{ agreement: agreement.id, asked, fields, set, currency, others }}
        {...(unit === undefined ? {} : { unit })}
      />
      {draft && <Preview preview={preview} />}
      <Money />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>
          <Trans>Not now</Trans>
        </Button>
        <Button
          type="submit"
          look={DANGEROUS.has(verb) ? "danger" : "primary"}
          disabled={!draft || preview.data?.allowed === false || preview.data === undefined}
          aria-label={isSigned ? t`Sign and send` : t`Send`}
        >
          {isSigned ? <Trans>Sign and send</Trans> : <Trans>Send</Trans>}
        </Button>
      </div>
    </form>
  );
}

/** What cannot be taken back and is against the other side. */
const DANGEROUS: ReadonlySet<string> = new Set(["reject", "contest", "terminate", "revoke", "revokeDelegate"]);

const Lead = ({ children }: { children: ReactNode }) =>
  children === undefined ? null : <p className="text-sm">{children}</p>;

/** Said once more where it is signed. */
function Money() {
  const { node } = useSession();
  if (node.ledger.kind === "rehearsal") {
    return (
      <p className="text-xs text-play">
        <Trans>Rehearsal: it moves play money only.</Trans>
      </p>
    );
  }
  return (
    <Note tone="warn">
      <Trans>This is real. What stands on the ledger cannot be taken back.</Trans>
    </Note>
  );
}
