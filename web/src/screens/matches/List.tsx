/** The ranking itself. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useMemo, useState } from "react";
import { useSay } from "../../Language.tsx";
import { client, useRows } from "../../Node.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Empty } from "../../ui/Waiting.tsx";
import type { Kept } from "../brief/Brief.ts";
import { About } from "./About.tsx";
import { Compared } from "./Compared.tsx";
import { Excluded } from "./Excluded.tsx";
import { Invite } from "./Invite.tsx";
import { One } from "./One.tsx";
import { scaleOf, telling } from "./Parts.ts";
import { PartsTable } from "./PartsTable.tsx";
import type { Ranked } from "./Ranked.ts";
import { Recompute } from "./Recompute.tsx";

/** Shown at first; more are asked for. */
const FEW = 10;
/** As many as a page has room for beside each other. */
const COMPARED = 3;

export function List({ brief, ranked }: { brief: Kept; ranked: Ranked }) {
  const { t } = useLingui();
  const say = useSay();
  const { candidates, excluded, others, base, parts } = ranked;
  const [count, setCount] = useState(FEW);
  const [compared, setCompared] = useState<readonly string[]>([]);
  const partName = useCallback((part: string) => (parts[part] ? say(parts[part]) : part), [parts, say]);
  const shown = candidates.slice(0, count);
  const [scale, order] = useMemo(() => {
    const all = candidates.map((one) => one.parts);
    return [scaleOf(all), telling(all)] as const;
  }, [candidates]);
  const [first] = candidates;
  const { rows: invitations } = useRows("GET /v1/organisations/{organisation}/briefs/{brief}/invitations", {
    ...{ organisation: brief.organisation, brief: brief.id },
  });
  if (!first) {
    return (
      <>
        <Empty title={t`Nobody fits`}>
          <Trans>Every provider of this node fails a demand of the brief. Below it says which.</Trans>
        </Empty>
        <Excluded excluded={excluded} others={others} />
      </>
    );
  }
  const toggle = (provider: string, on: boolean) =>
    setCompared(on ? [...compared, provider] : compared.filter((one) => one !== provider));
  return (
    <>
      <ol aria-label={t`Ranking`} className="grid gap-4">
        {shown.map((one) => (
          <One
            key={one.provider}
            candidate={one}
            first={first}
            order={order}
            partName={partName}
            scale={scale}
            compared={compared.includes(one.provider)}
            compare={
              compared.length < COMPARED || compared.includes(one.provider)
                ? (on) => toggle(one.provider, on)
                : undefined
            }
            about={<About candidate={one} />}
            actions={
              <Invite
                brief={brief}
                candidate={one}
                invitation={invitations?.find(
                  ({ provider, state }) => provider === one.provider && state !== "revoked",
                )}
              />
            }
          />
        ))}
      </ol>
      {count < candidates.length && (
        <div>
          <Button onClick={() => setCount(count + 2 * FEW)}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
      <Card>
        <details>
          <summary className="text-sm font-medium">
            <Trans>All scores as a table</Trans>
          </summary>
          <div className="mt-3">
            <PartsTable candidates={shown} order={order} partName={partName} base={base} />
          </div>
        </details>
      </Card>
      <Excluded excluded={excluded} others={others} />
      <Check brief={brief} ranked={ranked} />
      {compared.length > 0 && (
        <Compared
          candidates={candidates.filter(({ provider }) => compared.includes(provider))}
          remove={(provider) => toggle(provider, false)}
          clear={() => setCompared([])}
          partName={partName}
        />
      )}
    </>
  );
}

function Check({ brief: { organisation, id }, ranked }: { brief: Kept; ranked: Ranked }) {
  const bring = useCallback(async () => {
    const route = "GET /v1/organisations/{organisation}/briefs/{brief}/rankings/{ranking}/bundle";
    const { content } = await client().call(route, { organisation, brief: id, ranking: ranked.id });
    return JSON.parse(content) as unknown;
  }, [organisation, id, ranked.id]);
  return <Recompute ranking={ranked} bring={bring} />;
}
