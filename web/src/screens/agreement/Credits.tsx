/** Money that the token would not pay out: whose it is, and the two ways to get it to them. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type Agreement, documentOf, type Standing } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import type { Chosen } from "./act/ActDialog.tsx";

type Props = { agreement: Agreement; standing: Standing; choose: (chosen: Chosen) => void };

export function Credits({ agreement, standing: { credits, currency }, choose }: Props) {
  const { t } = useLingui();
  const say = useSay();
  if (credits.length === 0) return null;
  const parties = documentOf(agreement)?.parties;
  const sides = parties ? (["client", "provider"] as const) : [];
  const sideWith = (owner: string) => sides.find((side) => parties?.[side].address.toLowerCase() === owner);
  return (
    <Card
      title={t`Could not be paid out`}
      lead={t`The token refused these payments, for instance since an account is on a list. The money waits in the escrow for its owner.`}
    >
      <ul className="grid gap-2">
        {credits.map(({ owner, amount }) => {
          const side = sideWith(owner);
          return (
            <li key={owner} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
              <Amount units={amount} currency={currency} />
              <span className="min-w-0">{side && parties ? say(parties[side].name) : <code>{owner}</code>}</span>
              <Button onClick={() => choose({ verb: "push", of: owner })}>
                <Trans>Try to pay it again</Trans>
              </Button>
              {side && agreement.mine.includes(side) && (
                <Button onClick={() => choose({ verb: "redirect", of: owner })}>
                  <Trans>Send it to another account</Trans>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
