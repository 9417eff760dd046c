import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Card } from "../../ui/Card.tsx";
import { When } from "../../ui/When.tsx";
import type { Sums } from "./Home.tsx";

/** Money on its way: what the escrow holds, what is still to come in, and when time alone would move it. */
export function Funds({ money }: { money: Sums["money"] }) {
  const { t } = useLingui();
  const { now, node } = useSession();
  return (
    <Card
      title={t`Money`}
      actions={
        node.ledger.kind === "rehearsal" && (
          <Badge tone="play">
            <Trans>play money</Trans>
          </Badge>
        )
      }
    >
      {money.length === 0 ? (
        <p className="text-sm text-muted">
          <Trans>Nothing is held or promised now.</Trans>
        </p>
      ) : (
        <ul className="grid gap-4">
          {money.map(({ currency, role, agreements, held, promised, next, last }) => (
            <li key={`${role} ${currency.code} ${currency.scale}`} className="grid gap-2">
              <p className="text-sm text-muted">
                {role === "client" ? <Trans>You pay</Trans> : <Trans>You earn</Trans>} ·{" "}
                <Plural value={agreements} one="# agreement" other="# agreements" />
              </p>
              <p className="text-2xl font-semibold tracking-tight">
                <Amount units={held} currency={currency} />
                <span className="ml-2 text-sm font-normal text-muted">
                  <Trans>held in escrow</Trans>
                </span>
              </p>
              <Bar held={BigInt(held)} promised={BigInt(promised)} />
              <p className="text-sm">
                <Amount units={promised} currency={currency} />{" "}
                <span className="text-muted">
                  <Trans>still to be paid in</Trans>
                </span>
              </p>
              {next !== undefined && (
                <p className="text-sm text-muted">
                  <Trans>
                    Moves by itself from <When at={next} now={now()} time={false} />
                  </Trans>
                  {last !== undefined && last !== next && (
                    <>
                      ; <Trans>the last by</Trans> <When at={last} far={false} time={false} />
                    </>
                  )}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Held against promised, in tenths of a percent. */
function Bar({ held, promised }: { held: bigint; promised: bigint }) {
  const whole = held + promised;
  const share = whole === 0n ? 0 : Number((held * 1000n) / whole) / 10;
  return (
    <div aria-hidden="true" className="h-2 overflow-hidden rounded-full bg-sunken">
      <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
    </div>
  );
}
