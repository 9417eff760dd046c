/** Every way this deal can end, of the latest version, or of what is typed and not saved yet. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useJudged } from "../../agreement/judge/Judge.ts";
import { type Full, isOpen, sideOf, useAgreement } from "../../agreement/useAgreement.ts";
import { isTyped, useWriting } from "../../agreement/useWriting.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading, Shown } from "../../ui/Waiting.tsx";
import { Picturing } from "./Picturing.tsx";

export function EveryEnding() {
  const { t } = useLingui();
  const answer = useAgreement();
  return (
    <Page
      title={t`Every ending`}
      lead={<Trans>All the ways this deal can end, computed by the rules that the ledger keeps.</Trans>}
    >
      <Shown answer={answer}>{(agreement) => <Of key={agreement.id} agreement={agreement} />}</Shown>
    </Page>
  );
}

function Of({ agreement }: { agreement: Full }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { id } = agreement;
  const [writing] = useWriting(agreement);
  const typed = isOpen(agreement) && isTyped(writing);
  const document = typed ? writing.document : agreement.document;
  const judged = useJudged(useMemo(() => ({ document, endings: true }), [document]));
  const { deal, endings, pending, failed, problems } = judged;
  const go = isOpen(agreement)
    ? (field: string) => void navigate({ to: "/agreements/$agreement/draft", params: { agreement: id }, hash: field })
    : undefined;
  if (failed !== undefined) return <Failure error={new Error(failed)} />;
  if (deal && endings)
    return (
      <>
        {typed && (
          <Note tone="info">
            <Trans>With what you have typed in the draft and not saved yet.</Trans>
          </Note>
        )}
        <Picturing deal={deal} endings={endings} mine={sideOf(agreement)} go={go} pending={pending} />
      </>
    );
  if (pending) return <Loading rows={5} />;
  const count = problems?.length ?? 0;
  return (
    <Empty
      title={t`Too much is still open to say how it can end`}
      action={
        <ButtonLink look="primary" to="/agreements/$agreement/draft" params={{ agreement: id }}>
          <Trans>Complete the draft</Trans>
        </ButtonLink>
      }
    >
      <Trans>{count} things are missing or wrong, among them amounts, dates or windows.</Trans>
    </Empty>
  );
}
