/** A draft: text and clauses side by side, with what is missing and what the edits do. Once signed: the terms as they stand. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { TermsSheet } from "../../agreement/TermsSheet.tsx";
import { type Full, isOpen, useAgreement } from "../../agreement/useAgreement.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Loading, Shown } from "../../ui/Waiting.tsx";

/** Only who may still write loads it: the terms that stand weigh half without. */
const Editor = lazy(async () => ({ default: (await import("./write/Editor.tsx")).Editor }));

export function Draft() {
  const { t } = useLingui();
  const answer = useAgreement();
  const isSigned = answer.data !== undefined && !isOpen(answer.data);
  return (
    <Page
      title={isSigned ? t`Terms` : t`Draft`}
      lead={<Trans>What both sign: the text, and the clauses that the ledger keeps.</Trans>}
    >
      <Shown answer={answer}>
        {(agreement) =>
          isOpen(agreement) ? (
            <Suspense fallback={<Loading rows={6} />}>
              <Editor key={agreement.id} agreement={agreement} />
            </Suspense>
          ) : (
            <Signed agreement={agreement} />
          )
        }
      </Shown>
    </Page>
  );
}

function Signed({ agreement: { id, version, document } }: { agreement: Full }) {
  const { t } = useLingui();
  // Read here, from the document itself: not as somebody else tells it.
  const sheet = useQuery({
    queryKey: ["sheet", id, version],
    queryFn: async () => {
      const [Terms, Sheet] = await Promise.all([
        import("../../../../src/agreement/Terms.ts"),
        import("../../../../src/agreement/Sheet.ts"),
      ]);
      const terms = Terms.parse(document);
      return { en: Sheet.text(terms, "en"), zh: Sheet.text(terms, "zh") };
    },
    retry: false,
  });
  return (
    <>
      <Note
        title={t`Both have signed: the terms stand`}
        actions={
          <ButtonLink to="/agreements/$agreement/endings" params={{ agreement: id }}>
            <Trans>Every ending</Trans>
          </ButtonLink>
        }
      >
        <Trans>They are changed by a change order, which both sign again.</Trans>
      </Note>
      <Shown answer={sheet}>{(words) => <TermsSheet title={t`The terms`} sheet={words} />}</Shown>
    </>
  );
}
