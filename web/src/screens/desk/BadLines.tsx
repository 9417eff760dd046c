/** Lines that could not be taken, each with its place and what is wrong. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useSay } from "../../Language.tsx";
import { Card } from "../../ui/Card.tsx";
import { Rows } from "../../ui/Rows.tsx";
import type { Taken } from "./Desk.ts";

export function BadLines({ bad, count }: { bad: Taken["bad"]; count: number }) {
  const { t } = useLingui();
  const say = useSay();
  if (count === 0) return null;
  return (
    <Card title={t`Lines that could not be taken`} lead={t`They stopped none of the others.`}>
      <Rows
        caption={t`Lines that could not be taken`}
        rows={bad}
        keyOf={({ at, why }) => `${at} ${why.en}`}
        empty={null}
        columns={[
          { name: t`Line`, cell: ({ at }) => at },
          { name: t`What is wrong`, cell: ({ why }) => say(why) },
        ]}
      />
      {count > bad.length && (
        <p className="mt-2 text-sm text-muted">
          <Trans>
            {bad.length} of {count} are shown.
          </Trans>
        </p>
      )}
    </Card>
  );
}
