/** What the desk is owed: its log as evidence, a count for a period, and the counts of an agreement that both sign. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSay } from "../../../Language.tsx";
import { useAsk } from "../../../Node.ts";
import { Select } from "../../../ui/Field.tsx";
import { Page } from "../../../ui/Page.tsx";
import { Empty, Shown } from "../../../ui/Waiting.tsx";
import { useDesk, useIds, useRights } from "../Desk.ts";
import { Evidence } from "./Evidence.tsx";
import { List } from "./List.tsx";
import { Propose } from "./Propose.tsx";

export function Counts() {
  const { t } = useLingui();
  const desk = useDesk();
  return (
    <Page
      title={t`Count and pay`}
      lead={t`A ticket that the desk answered alone and that stayed solved is owed. Both sides sign the count; the agreement pays by it.`}
    >
      <Shown answer={desk}>{(data) => <Evidence desk={data} />}</Shown>
      <Under />
    </Page>
  );
}

/** Agreements in which the desk's organisation is the provider. */
function Under() {
  const { t } = useLingui();
  const say = useSay();
  const { organisation } = useIds();
  const { sign } = useRights();
  const [chosen, choose] = useState("");
  const answer = useAsk("GET /v1/agreements", { organisation, status: "open", limit: 200 });
  return (
    <Shown answer={answer}>
      {({ items }) => {
        const own = items.filter(({ seats }) =>
          seats.some((seat) => seat.role === "provider" && seat.organisation === organisation),
        );
        const agreement = own.find(({ id }) => id === chosen) ?? own[0];
        if (!agreement) {
          return (
            <Empty title={t`No agreement to count under`}>
              <Trans>
                Counts belong to an agreement on the ledger in which this organisation is the provider, and whose
                outcome is the tickets that stay solved.
              </Trans>
            </Empty>
          );
        }
        return (
          <>
            <div className="max-w-xl">
              <Select label={t`Agreement`} value={agreement.id} onChange={(event) => choose(event.target.value)}>
                {own.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {say(title)}
                  </option>
                ))}
              </Select>
            </div>
            {sign && <Propose key={agreement.id} agreement={agreement.id} />}
            <List agreement={agreement.id} side="provider" />
          </>
        );
      }}
    </Shown>
  );
}
