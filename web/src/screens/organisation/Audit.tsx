import { Trans, useLingui } from "@lingui/react/macro";
import { useRows } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { Rows } from "../../ui/Rows.tsx";
import { Empty } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { PartProps } from "./Organisation.tsx";

export function Audit({ organisation: { id: organisation } }: PartProps) {
  const { t } = useLingui();
  const list = useRows("GET /v1/organisations/{organisation}/audit", { organisation });
  return (
    <Card
      title={t`What was done in its name`}
      lead={t`Each record carries the hash of the one before: none can be changed or taken out unseen.`}
    >
      <Rows
        caption={t`Audit log, newest first`}
        {...list}
        keyOf={({ number }) => String(number)}
        empty={
          <Empty title={t`Nothing yet`}>
            <Trans>Whatever somebody does for the organisation is noted here.</Trans>
          </Empty>
        }
        columns={[
          { name: t`No.`, cell: ({ number }) => number },
          { name: t`When`, cell: ({ at }) => <When at={at} far={false} /> },
          { name: t`Who`, cell: ({ by }) => by },
          { name: t`Did`, cell: ({ did }) => <code>{did}</code> },
          {
            name: t`Hash`,
            cell: ({ hash }) => (
              <code title={hash} className="text-xs">
                {hash.slice(0, 10)}…
              </code>
            ),
          },
        ]}
      />
    </Card>
  );
}
