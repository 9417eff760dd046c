/** What the desk promised and what came of it. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useLanguage, useSay } from "../../../Language.tsx";
import { type Output, useAsk } from "../../../Node.ts";
import { ButtonLink } from "../../../ui/Button.tsx";
import { Card } from "../../../ui/Card.tsx";
import { Note } from "../../../ui/Note.tsx";
import { Page } from "../../../ui/Page.tsx";
import { Rows } from "../../../ui/Rows.tsx";
import { Empty, Shown } from "../../../ui/Waiting.tsx";
import * as Clock from "../Clock.ts";
import { useIds } from "../Desk.ts";
import { useIntent } from "../Intent.ts";
import { percentText } from "../Percent.ts";
import { Cost } from "./Cost.tsx";
import { CoverageChart } from "./CoverageChart.tsx";
import { WeeksChart } from "./WeeksChart.tsx";

const FIGURES = "GET /v1/organisations/{organisation}/desks/{desk}/figures";
export type Data = Output<typeof FIGURES>;

export function Figures() {
  const { t } = useLingui();
  const ids = useIds();
  const answer = useAsk(FIGURES, ids);
  return (
    <Page title={t`Figures`} lead={t`What was promised, and what came of it.`}>
      <Shown answer={answer} rows={5}>
        {(data) =>
          data.tickets === 0 ? (
            <Empty
              title={t`Nothing to count yet`}
              action={
                <ButtonLink to="/desks/$organisation/$desk/import" params={ids} look="primary">
                  <Trans>Import feedback</Trans>
                </ButtonLink>
              }
            >
              <Trans>The figures begin with the first feedback.</Trans>
            </Empty>
          ) : (
            <All data={data} />
          )
        }
      </Shown>
    </Page>
  );
}

function All({ data }: { data: Data }) {
  const { t } = useLingui();
  const { promise, weeks, curve } = data;
  const alarmed = weeks.filter(({ alarms }) => alarms.length > 0).length;
  return (
    <>
      {alarmed > 0 && (
        <Note tone="bad" role="alert" title={t`The promise was not kept everywhere`}>
          <Plural
            value={alarmed}
            one="In # week chance alone would hardly explain the difference. Look at its row, then teach the desk what people corrected, or promise less."
            other="In # weeks chance alone would hardly explain the difference. Look at their rows, then teach the desk what people corrected, or promise less."
          />
        </Note>
      )}
      <Sums data={data} />
      <Card
        title={t`Promised and realised precision, by week`}
        lead={t`Of the answers that the desk gave by itself. What nobody corrected or reopened counts as right.`}
      >
        <WeeksChart weeks={weeks} promise={promise} />
      </Card>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card
          title={t`Risk by coverage`}
          lead={t`How precise the answers would be if only the surest were given. Of the tickets that people judged.`}
        >
          {curve.length === 0 ? (
            <p className="text-sm text-muted">
              <Trans>The curve begins when people have judged tickets: by correcting or answering them.</Trans>
            </p>
          ) : (
            <CoverageChart
              curve={curve.map(({ coverage, risk }) => ({ answered: coverage, precision: 1 - risk }))}
              promise={promise}
            />
          )}
        </Card>
        <Card
          title={t`What 1,000 solved tickets take`}
          lead={data.perThousand.measured ? t`Minutes as measured.` : t`Minutes as set for this desk.`}
        >
          <Cost {...data.perThousand} />
        </Card>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t`Why tickets went to people`}>
          <Reasons data={data} />
        </Card>
        <Card title={t`What it was about`}>
          <Intents data={data} />
        </Card>
      </div>
    </>
  );
}

function Sums({ data }: { data: Data }) {
  const { language } = useLanguage();
  const { promise, tickets, feedback, answered, realised, firstAnswer, level } = data;
  const { t } = useLingui();
  const time = (seconds: number | undefined) => {
    if (seconds === undefined) return "–";
    return seconds < 60 ? t`under 1 min` : Clock.text(seconds * 1_000, language);
  };
  /** As an upper bound: whole minutes. */
  const within = (seconds: number | undefined) =>
    seconds === undefined ? "–" : Clock.text(Math.ceil(seconds / 60) * 60_000 || 60_000, language);
  return (
    <dl className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Sum
        name={<Trans>Answered by the desk</Trans>}
        value={percentText(answered / tickets, language)}
        more={
          <Trans>
            {answered} of {tickets} tickets, {feedback} pieces of feedback
          </Trans>
        }
      />
      <Sum
        name={<Trans>Realised precision</Trans>}
        value={realised === undefined ? "–" : percentText(realised, language)}
        more={<Trans>promised {percentText(promise, language)}</Trans>}
      />
      <Sum
        name={<Trans>Time to the first answer</Trans>}
        value={time(firstAnswer.median)}
        more={
          <Trans>
            half of all; 90 % within {within(firstAnswer.p90)}; by people {time(firstAnswer.byPeople)}
          </Trans>
        }
      />
      <Sum
        name={<Trans>Answered in time by people</Trans>}
        value={level.due === 0 ? "–" : percentText(level.met / level.due, language)}
        more={
          <Trans>
            {level.met} of {level.due} that were due; {level.late} late
          </Trans>
        }
      />
    </dl>
  );
}

function Sum({ name, value, more }: { name: ReactNode; value: string; more: ReactNode }) {
  return (
    <div className="rounded-xl border border-line bg-surface p-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd>
        <span className="block text-2xl font-semibold tabular-nums">{value}</span>
        <span className="text-xs text-muted">{more}</span>
      </dd>
    </div>
  );
}

function Reasons({ data: { reasons } }: { data: Data }) {
  const { t } = useLingui();
  const say = useSay();
  return (
    <Rows
      caption={t`Reasons, the most frequent first`}
      rows={reasons}
      keyOf={({ reason }) => reason}
      empty={<p className="text-sm text-muted">{t`None did.`}</p>}
      columns={[
        { name: t`Reason`, cell: ({ says }) => say(says) },
        { name: t`Tickets`, cell: ({ count }) => count, align: "end" },
      ]}
    />
  );
}

/** Of many intents, those that most is about. */
const SHOWN = 12;

function Intents({ data: { intents } }: { data: Data }) {
  const { t } = useLingui();
  const nameOf = useIntent();
  const { language } = useLanguage();
  return (
    <Rows
      caption={t`Intents, the most frequent first`}
      rows={intents.slice(0, SHOWN)}
      keyOf={({ intent }) => intent}
      empty={<p className="text-sm text-muted">{t`Nothing yet.`}</p>}
      columns={[
        { name: t`Intent`, cell: ({ intent }) => nameOf(intent) },
        { name: t`Tickets`, cell: ({ count }) => count, align: "end" },
        {
          name: t`By the desk`,
          cell: ({ answered, count }) => percentText(count === 0 ? 0 : answered / count, language, 0),
          align: "end",
        },
      ]}
    />
  );
}
