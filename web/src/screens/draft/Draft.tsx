/** A draft: text and clauses side by side, with what is missing and what the edits do. */
import { Trans, useLingui } from "@lingui/react/macro";
import { isOpen, useAgreement } from "../../agreement/useAgreement.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { Editor } from "./write/Editor.tsx";

export function Draft() {
  const { t } = useLingui();
  const answer = useAgreement();
  return (
    <Page title={t`Draft`} lead={<Trans>What both will sign: the text, and the clauses that the ledger keeps.</Trans>}>
      <Shown answer={answer}>
        {(agreement) =>
          isOpen(agreement) ? (
            <Editor key={agreement.id} agreement={agreement} />
          ) : (
            <Note
              title={t`Both have signed: the terms stand`}
              actions={
                <ButtonLink to="/agreements/$agreement/endings" params={{ agreement: agreement.id }}>
                  <Trans>Every ending</Trans>
                </ButtonLink>
              }
            >
              <Trans>They are changed by a change order, which both sign again.</Trans>
            </Note>
          )
        }
      </Shown>
    </Page>
  );
}
