/** What others did on the ledger after this person had looked: most refusals are that somebody was faster. */
import { Trans } from "@lingui/react/macro";
import { useSay } from "../../../Language.tsx";
import { useRows } from "../../../Node.ts";
import { When } from "../../../ui/When.tsx";

export function Meanwhile({ agreement, block }: { agreement: string; block: number }) {
  const say = useSay();
  const { rows = [] } = useRows("GET /v1/agreements/{agreement}/facts", { agreement, limit: 200 });
  const later = rows.filter((fact) => fact.block > block);
  if (later.length === 0) return null;
  return (
    <div>
      <p className="font-medium">
        <Trans>Meanwhile this happened:</Trans>
      </p>
      <ul>
        {later.map(({ transaction, index, says, at }) => (
          <li key={`${transaction}${index}`}>
            {say(says)} <When at={at} far={false} />
          </li>
        ))}
      </ul>
    </div>
  );
}
