/** On which ledger it is to be opened: this node's. A document made for another one can be moved here. */
import { Trans, useLingui } from "@lingui/react/macro";
import * as Paper from "../../../agreement/Paper.ts";
import { useSay } from "../../../Language.tsx";
import { useSession } from "../../../Session.tsx";
import { Button } from "../../../ui/Button.tsx";
import { Note } from "../../../ui/Note.tsx";
import { usePart, useWriter } from "../write/Context.ts";

export function Ledger() {
  const { t } = useLingui();
  const say = useSay();
  const { edit, side } = useWriter();
  const { chainId, escrow, token, name } = useSession().node.ledger;
  const isHere = usePart(({ document }) => {
    const other = Paper.textAt(document, "registrar.escrow").toLowerCase() !== escrow;
    return !other && Paper.at(document, "registrar.chainId") === chainId;
  });
  if (isHere) return null;
  const ledger = say(name);
  const move = (paper: Paper.Paper) => {
    const next = Paper.put(paper, "registrar", { kind: "chain", chainId, escrow });
    return token === undefined ? next : Paper.put(next, "currency.token", token);
  };
  return (
    <div data-field="registrar">
      <Note
        tone="warn"
        title={t`The document is made for another ledger`}
        actions={
          side && (
            <Button onClick={() => edit(move)}>
              <Trans>Use the ledger of this node</Trans>
            </Button>
          )
        }
      >
        <Trans>Here agreements are opened on: {ledger}.</Trans>
      </Note>
    </div>
  );
}
