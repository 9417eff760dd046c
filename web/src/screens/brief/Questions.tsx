/** The questions of a brief, one at a time, by what their answers would change in the ranking of now. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { Field } from "../../../../src/matching/Brief.ts";
import { useKept } from "../../Kept.ts";
import { useAsk } from "../../Node.ts";
import { ButtonLink } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { LAST, next } from "./Asking.ts";
import type { Kept } from "./Brief.ts";
import type { Fields } from "./Intake.ts";
import { QuestionCard } from "./QuestionCard.tsx";

type Props = { brief: Kept; change: (fields: Fields) => void; busy: boolean };

export function Questions({ brief, change, busy }: Props) {
  const { t } = useLingui();
  const { organisation, id } = brief;
  const [asked, setAsked] = useKept<readonly Field[]>(`asked-${id}`, []);
  const { data, error, refetch, isFetching } = useAsk(
    "GET /v1/organisations/{organisation}/briefs/{brief}/questions",
    { organisation, brief: id },
    { enabled: asked.length < LAST },
  );
  if (error) return <Failure error={error} again={() => void refetch()} />;
  if (!data && asked.length < LAST) return <Loading rows={2} />;
  const question = next(data?.items ?? [], asked);
  if (!question) {
    return (
      <Note
        tone="good"
        role="status"
        title={t`Nothing more to ask`}
        actions={
          <ButtonLink to="/briefs/$organisation/$brief/matches" params={{ organisation, brief: id }} look="primary">
            <Trans>See who fits</Trans>
          </ButtonLink>
        }
      >
        <Trans>What is still open would not change who comes first.</Trans>
      </Note>
    );
  }
  const done = () => setAsked([...asked, question.field]);
  return (
    <QuestionCard
      question={question}
      number={asked.length + 1}
      brief={brief.fields}
      busy={busy || isFetching}
      answer={(fields) => {
        change(fields);
        done();
      }}
      skip={done}
    />
  );
}
