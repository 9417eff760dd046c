/** Who fits a brief: the ranking with its reasons, three side by side, and the way to check it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useParams, useSearch } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { useAsk, useCall } from "../../Node.ts";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Note } from "../../ui/Note.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, Failure, Loading, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { type Kept, titleOf } from "../brief/Brief.ts";
import { List } from "./List.tsx";

export function Matches() {
  const { organisation = "", brief = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/organisations/{organisation}/briefs/{brief}", { organisation, brief });
  return <Shown answer={answer}>{(kept) => <Of key={kept.id} brief={kept} />}</Shown>;
}

function Of({ brief }: { brief: Kept }) {
  const { t } = useLingui();
  const { organisation, id } = brief;
  const made = useAsk("GET /v1/organisations/{organisation}/briefs/{brief}/rankings", {
    organisation,
    brief: id,
    limit: 1,
  });
  const rank = useCall("POST /v1/organisations/{organisation}/briefs/{brief}/rankings");
  const { ranking: wanted } = useSearch({ strict: false }) as { ranking?: string };
  const newest = made.data?.items[0];
  const shown = wanted ?? newest?.id;
  const isOld = newest !== undefined && shown === newest.id && newest.revision !== brief.revision;
  const again = () => rank.mutate({ organisation, brief: id });
  return (
    <Page
      title={t`Who fits`}
      above={
        <ButtonLink
          to="/briefs/$organisation/$brief"
          params={{ organisation, brief: id }}
          look="quiet"
          more="-ml-4 mb-1 max-w-full"
        >
          <span aria-hidden="true">←</span>
          <bdi className="truncate">{titleOf(brief)}</bdi>
        </ButtonLink>
      }
      lead={
        newest && (
          <Trans>
            Ranked <When at={newest.at} />, by what is known of everyone then.
          </Trans>
        )
      }
      actions={
        newest && (
          <Button onClick={again} busy={rank.isPending} look={isOld ? "primary" : "plain"}>
            <RefreshCw aria-hidden="true" className="size-4" />
            <Trans>Rank anew</Trans>
          </Button>
        )
      }
    >
      {rank.isError && <Failure error={rank.error} again={again} />}
      {isOld && (
        <Note tone="warn" title={t`The brief has changed since`}>
          <Trans>This is the ranking of an earlier version of it.</Trans>
        </Note>
      )}
      {made.data === undefined ? (
        made.error ? (
          <Failure error={made.error} again={() => void made.refetch()} />
        ) : (
          <Loading rows={5} />
        )
      ) : shown === undefined ? (
        <Empty
          title={t`Not ranked yet`}
          action={
            <Button look="primary" onClick={again} busy={rank.isPending}>
              <Trans>Rank the providers</Trans>
            </Button>
          }
        >
          <Trans>Everyone who shows a profile on this node is judged, by the same parts.</Trans>
        </Empty>
      ) : (
        <Ranking brief={brief} ranking={shown} />
      )}
    </Page>
  );
}

function Ranking({ brief, ranking }: { brief: Kept; ranking: string }) {
  const { organisation, id } = brief;
  const answer = useAsk("GET /v1/organisations/{organisation}/briefs/{brief}/rankings/{ranking}", {
    ...{ organisation, brief: id, ranking },
  });
  return (
    <Shown answer={answer} rows={5}>
      {(ranked) => <List key={ranked.id} brief={brief} ranked={ranked} />}
    </Shown>
  );
}
