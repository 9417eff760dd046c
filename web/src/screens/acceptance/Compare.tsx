/** Two verdicts beside each other, check by check: what differs first. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, useParams } from "@tanstack/react-router";
import { useAgreement } from "../../agreement/useAgreement.ts";
import { useStanding } from "../../agreement/useStanding.ts";
import { useSay } from "../../Language.tsx";
import { type Output, useAsk } from "../../Node.ts";
import { Card } from "../../ui/Card.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { type Column, Rows } from "../../ui/Rows.tsx";
import { Shown } from "../../ui/Waiting.tsx";
import { Back } from "./Back.tsx";
import { Foreign } from "./Foreign.tsx";
import { ResultMark } from "./Mark.tsx";
import { Outcome } from "./Outcome.tsx";
import { RunIt } from "./RunIt.tsx";
import * as Runs from "./Runs.ts";
import { useCriterionName } from "./TwoRuns.tsx";
import { useAcceptance } from "./useAcceptance.ts";
import { useChecks } from "./useChecks.ts";

type Compared = Output<"GET /v1/agreements/{agreement}/verdicts/{verdict}/compare/{other}">;
type Check = Compared["checks"][number];

export function Compare() {
  const { t } = useLingui();
  const { agreement = "", one = "", other = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/agreements/{agreement}/verdicts/{verdict}/compare/{other}", {
    ...{ agreement, verdict: one, other },
  });
  return (
    <Page
      title={t`Two verdicts compared`}
      above={<Back agreement={agreement} />}
      lead={<Trans>Only what both must agree on is compared. What differs comes first.</Trans>}
    >
      <Shown answer={answer} rows={6}>
        {(data) => <Whole agreement={agreement} one={one} other={other} compared={data} />}
      </Shown>
    </Page>
  );
}

type Props = { agreement: string; one: string; other: string; compared: Compared };

function Whole({ agreement, one, other, compared }: Props) {
  const { t } = useLingui();
  const say = useSay();
  const { verdicts } = useAcceptance(agreement);
  const [left, right] = [one, other].map((id) => verdicts.find((verdict) => verdict.id === id));
  const names = { client: t`Client`, provider: t`Provider` };
  const first = left ? names[left.side] : t`One run`;
  const second = right ? names[right.side] : t`The other run`;
  const beside = compared.differences.filter(({ check }) => check === undefined);
  const exact = compared.differences.filter(({ check, field }) => check !== undefined && field !== `checks.${check}`);
  const count = compared.differences.length;
  const verdict = (id: string, name: string) => (
    <Link
      to="/agreements/$agreement/acceptance/verdicts/$verdict"
      params={{ agreement, verdict: id }}
      className="underline"
    >
      {name}
    </Link>
  );
  return (
    <>
      <Onward agreement={agreement} milestone={left?.milestone} />
      <Card
        title={compared.equal ? t`Both say the same` : t`Points in which they differ: ${count}`}
        lead={
          <Trans>
            Whole verdicts: {verdict(one, first)}, {verdict(other, second)}
          </Trans>
        }
      >
        {(beside.length > 0 || exact.length > 0) && (
          <ul className="mb-3 list-disc pl-5 text-sm">
            {[...beside, ...exact].map(({ field, says }) => (
              <li key={field}>
                <Foreign text={say(says)} />
              </li>
            ))}
          </ul>
        )}
        {beside.some(({ field }) => field === "environment") && (
          <Note tone="warn" title={t`The environments differ`}>
            <Trans>One side ran with other programs or pins than the terms say. Run it where they are as agreed.</Trans>
          </Note>
        )}
        <Criterion criterion={left?.criterion} />
        <Checks agreement={agreement} compared={compared} names={[first, second]} suite={left?.criterion} />
      </Card>
    </>
  );
}

function Criterion({ criterion }: { criterion: string | undefined }) {
  const say = useSay();
  const { data } = useAgreement();
  const whatOf = useCriterionName({ document: data?.document ?? {} });
  if (criterion === undefined) return null;
  return <h3 className="text-sm font-medium">{say(whatOf(criterion))}</h3>;
}

/** What comes of it, and where it goes on. */
function Onward({ milestone }: { agreement: string; milestone: string | undefined }) {
  const { data } = useAgreement();
  const standing = useStanding();
  const { answer } = useAcceptance(data?.id ?? "", { enabled: data !== undefined });
  const item = answer.data?.items.find((one) => one.milestone === milestone);
  if (!data || !item) return null;
  const tranche = standing.data?.tranches.find(({ name }) => name === milestone);
  return (
    <>
      <Outcome agreement={data} standing={standing.data} item={item} tranche={tranche} isCompared />
      <RunIt agreement={data} item={item} />
    </>
  );
}

type ChecksProps = {
  agreement: string;
  compared: Compared;
  names: readonly [string, string];
  suite: string | undefined;
};

function Checks({ agreement, compared, names, suite: criterion }: ChecksProps) {
  const { t } = useLingui();
  const say = useSay();
  const { data } = useAgreement();
  const { criteria = [] } = (data?.document ?? {}) as { criteria?: readonly { name?: string; suite?: string }[] };
  const whatOf = useChecks(agreement, criteria.find(({ name }) => name === criterion)?.suite ?? "");
  const columns: Column<Check>[] = [
    {
      name: t`Check`,
      cell: ({ id, why }) => {
        const what = whatOf(id);
        return (
          <span className="grid gap-0.5">
            <span className="font-medium">
              <Foreign text={id} />
            </span>
            {what && (
              <span className="text-muted">
                <Foreign text={say(what)} />
              </span>
            )}
            {why.map((words) => (
              <span key={words.en}>
                <Foreign text={say(words)} />
              </span>
            ))}
          </span>
        );
      },
    },
    { name: names[0], cell: ({ one }) => <ResultMark result={one} /> },
    { name: names[1], cell: ({ other }) => <ResultMark result={other} /> },
    {
      name: t`Same?`,
      cell: ({ one, other }) =>
        one === other ? (
          <span className="text-muted">{t`same`}</span>
        ) : (
          <strong className="text-bad">{t`differs`}</strong>
        ),
    },
  ];
  return (
    <Rows
      caption={t`Checks of both runs`}
      columns={columns}
      rows={Runs.ordered(compared.checks)}
      keyOf={({ id }) => id}
      empty={<p className="text-sm text-muted">{t`Neither run checked anything.`}</p>}
    />
  );
}
