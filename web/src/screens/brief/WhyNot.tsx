/** Why not me: one's own place and parts, and what the first has more of, without who that is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useSay } from "../../Language.tsx";
import { client, useAsk } from "../../Node.ts";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { save } from "../../ui/Download.ts";
import { Page } from "../../ui/Page.tsx";
import { Failure, Shown } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import { Against } from "../matches/Against.tsx";
import type { Placement } from "./Brief.ts";
import { Above } from "./BriefPage.tsx";

export function WhyNot() {
  const { t } = useLingui();
  const { organisation = "", ranking = "" } = useParams({ strict: false });
  const answer = useAsk("GET /v1/organisations/{organisation}/placements/{ranking}", { organisation, ranking });
  return (
    <Page title={t`Why not me?`} above={<Above />} width="text">
      <Shown answer={answer}>{(placement) => <Placed placement={placement} organisation={organisation} />}</Shown>
    </Page>
  );
}

function Placed({ placement, organisation }: { placement: Placement; organisation: string }) {
  const { t } = useLingui();
  const say = useSay();
  const { at, place, of, why, parts, behind, open, names } = placement;
  const first =
    parts &&
    behind &&
    Object.fromEntries(Object.entries(parts).map(([part, own]) => [part, own - (behind[part] ?? 0)]));
  return (
    <>
      <Card>
        <p className="text-3xl font-semibold tabular-nums">
          {place === undefined ? (
            <Trans>Left out</Trans>
          ) : (
            <Trans>
              Place {place} of {of}
            </Trans>
          )}
        </p>
        <p className="text-sm text-muted">
          <When at={at} />
        </p>
        <p className="mt-3">{say(why)}</p>
      </Card>
      {parts && first && place !== 1 && (
        <Card
          title={t`You and the first, part by part`}
          lead={t`Whoever it is: names are told to nobody but the one who asked.`}
        >
          <Against own={parts} first={first} partName={(part) => (names[part] ? say(names[part]) : part)} />
        </Card>
      )}
      <Card
        title={t`What would help`}
        lead={t`Skills, prices and free days are yours to say; a record comes of settled work alone.`}
      >
        <ButtonLink to="/profile" look="primary">
          <Trans>Open your profile</Trans>
        </ButtonLink>
      </Card>
      {open && <Inputs organisation={organisation} ranking={placement.ranking} />}
    </>
  );
}

function Inputs({ organisation, ranking }: { organisation: string; ranking: string }) {
  const { t } = useLingui();
  const bring = useMutation({
    async mutationFn() {
      const route = "GET /v1/organisations/{organisation}/placements/{ranking}/bundle";
      const { name, content } = await client().call(route, { organisation, ranking });
      save(name, "application/json", content);
    },
  });
  return (
    <Card
      title={t`Check it yourself`}
      lead={t`Who asked lets everyone judged recompute it: by commenda match verify, from the file with all that went in.`}
    >
      {bring.isError && <Failure error={bring.error} />}
      <Button busy={bring.isPending} onClick={() => bring.mutate()}>
        <Download aria-hidden="true" className="size-4" />
        <Trans>Get the file</Trans>
      </Button>
    </Card>
  );
}
