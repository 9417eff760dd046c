/** What the runs of a milestone have come to, what it did to the money, and the one thing to do next. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { isInDispute } from "../../agreement/Stages.ts";
import { sideOf } from "../../agreement/useAgreement.ts";
import type { Agreement, Standing, Tranche } from "../../agreement/useStanding.ts";
import { keep } from "../../Kept.ts";
import { useSay } from "../../Language.tsx";
import { useAsk } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Amount } from "../../ui/Amount.tsx";
import { ButtonLink, look } from "../../ui/Button.tsx";
import { Note, type Tone } from "../../ui/Note.tsx";
import { When } from "../../ui/When.tsx";
import * as Runs from "./Runs.ts";
import { useCriterionName } from "./TwoRuns.tsx";
import { useAcceptance } from "./useAcceptance.ts";

type Props = {
  agreement: Agreement;
  standing: Standing | undefined;
  item: Runs.Item;
  tranche: Tranche | undefined;
  /** On the page that compares already. */
  isCompared?: boolean;
};

const TONES: Record<Runs.Item["state"], Tone> = {
  ...{ none: "info", open: "info", unknown: "warn", waiting: "info", rerun: "warn", unequal: "bad" },
  ...{ unconfined: "warn", failed: "bad", part: "warn", passed: "good", ended: "info" },
};

export function Outcome({ agreement, standing, item, tranche, isCompared = false }: Props) {
  const say = useSay();
  const isPaid = tranche?.stage === "paid";
  if (item.state === "ended" && isPaid && item.act !== undefined)
    return <Paid agreement={agreement} standing={standing} tranche={tranche} act={item.act} />;
  if (item.state === "open" && tranche?.stage === "rejected" && item.act !== undefined)
    return <Rejected {...{ agreement, item, tranche }} />;
  return (
    <Note
      tone={TONES[item.state]}
      role="status"
      title={say(item.says)}
      actions={<Ways {...{ agreement, item, tranche, isCompared }} />}
    >
      {item.state === "waiting" || item.state === "rerun" ? <Waits {...{ agreement, item }} /> : null}
      {item.state === "unequal" && !isCompared && <Differs item={item} />}
      {item.people && (item.state === "passed" || item.state === "part") && (
        <Trans>People judge the rest of this milestone: it is not paid by itself.</Trans>
      )}
      {item.does === "accept" && <Trans>It is being accepted and paid. Nothing is left to do.</Trans>}
      {item.does === "acceptPart" && <Trans>What passed is being paid by its weight, the rest rejected.</Trans>}
      {item.does === "reject" && <Trans>It is being rejected. Nothing is left to do.</Trans>}
    </Note>
  );
}

/** Accepted by two equal verdicts: with the payment, and where it stands. */
function Paid({
  agreement,
  standing,
  tranche,
  act,
}: {
  agreement: Agreement;
  standing: Standing | undefined;
  tranche: Tranche;
  act: string;
}) {
  const { t } = useLingui();
  const { data } = useAsk("GET /v1/agreements/{agreement}/acts/{act}", { agreement: agreement.id, act });
  return (
    <Note tone="good" role="status" title={t`Accepted and paid, without a click`}>
      <p>
        <Trans>Both runs say the same, and all checks passed.</Trans>{" "}
        {standing && (
          <Trans>
            <Amount units={tranche.amount} currency={standing.currency} /> for this milestone.
          </Trans>
        )}
      </p>
      {data?.facts && <Facts facts={data.facts} />}
    </Note>
  );
}

/** Rejected by two equal verdicts, whole or but for what passed: what can be done about it, and by whom. */
function Rejected({ agreement, item, tranche }: { agreement: Agreement; item: Runs.Item; tranche: Tranche }) {
  const { t } = useLingui();
  const { now } = useSession();
  const act = item.act ?? "";
  const { data } = useAsk("GET /v1/agreements/{agreement}/acts/{act}", { agreement: agreement.id, act });
  const isPart = data?.verb === "acceptPart";
  const mayDeliver = tranche.mine.includes("deliver");
  return (
    <Note
      tone={isPart ? "warn" : "bad"}
      role="status"
      title={
        isPart
          ? t`Both runs say that a part passes: that part is paid, the rest was rejected`
          : t`Both runs say that it does not pass: it was rejected, and no money moved`
      }
      actions={mayDeliver && <Act {...{ agreement, item }} verb="deliver" name={t`Deliver it again`} />}
    >
      {isPart && data?.facts && <Facts facts={data.facts} />}
      {tranche.next && (
        <Trans>
          It can be mended and delivered again until <When at={tranche.next.at} now={now()} />.
        </Trans>
      )}
    </Note>
  );
}

type Told = { says: { en: string; zh: string }; transaction: string; index: number; block: number };

/** What it did on the ledger. */
function Facts({ facts }: { facts: readonly Told[] }) {
  const { t } = useLingui();
  const say = useSay();
  return (
    <ul className="mt-1">
      {facts.map(({ says, transaction, index, block }) => (
        <li key={`${transaction}${index}`}>
          {say(says)} <span className="text-muted">{t`(block ${block})`}</span>
        </li>
      ))}
    </ul>
  );
}

/** Opens the form of an act where the agreement stands. */
function Act({ agreement, item, verb, name }: Pick<Props, "agreement" | "item"> & { verb: string; name: string }) {
  return (
    <Link
      to="/agreements/$agreement"
      params={{ agreement: agreement.id }}
      onClick={() => keep(`act.open.${agreement.id}`, { verb, milestone: item.milestone })}
      className={look("plain")}
    >
      {name}
    </Link>
  );
}

/** Whom it waits for, criterion by criterion. */
function Waits({ agreement, item }: { agreement: Agreement; item: Runs.Item }) {
  const { t } = useLingui();
  const say = useSay();
  const whatOf = useCriterionName(agreement);
  const mine = sideOf(agreement);
  const lineOf = ({ side, run, criterion }: Runs.Item["waits"][number]): string => {
    const what = say(whatOf(criterion));
    if (run === "waiting") return t`Waits until the hidden part is shown: ${what}`;
    const isMine = side === mine;
    if (run === undefined) {
      if (isMine) return t`You have to run: ${what}`;
      return side === "client" ? t`The client has to run: ${what}` : t`The provider has to run: ${what}`;
    }
    if (isMine) return t`Your run is under way: ${what}`;
    return side === "client" ? t`The client's run is under way: ${what}` : t`The provider's run is under way: ${what}`;
  };
  return (
    <ul>
      {[...new Set(item.waits.map(lineOf))].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** The first few points in which they differ. */
function Differs({ item }: { item: Runs.Item }) {
  const say = useSay();
  const first = item.differences.slice(0, 3);
  const left = item.differences.length - first.length;
  return (
    <ul className="list-disc pl-5">
      {first.map(({ criterion, field, says }) => (
        <li key={`${criterion}.${field}`}>{say(says)}</li>
      ))}
      {left > 0 && (
        <li>
          <Trans>and {left} more</Trans>
        </li>
      )}
    </ul>
  );
}

/** Where it goes on from here. */
function Ways({ agreement, item, tranche, isCompared }: Omit<Props, "standing">) {
  const { t } = useLingui();
  const say = useSay();
  const { runs, verdicts } = useAcceptance(agreement.id);
  const whatOf = useCriterionName(agreement);
  const round = Runs.roundOf(item, verdicts);
  const pairs = item.criteria.flatMap((criterion) => {
    const pair = Runs.comparable(Runs.pairs(item, criterion, round, runs, verdicts));
    return pair ? [{ criterion, ...pair }] : [];
  });
  const differing = isCompared ? [] : pairs.filter(({ is }) => is === "differs");
  const inDispute = tranche !== undefined && isInDispute(tranche.stage);
  // A person may decide where code did not.
  const verbs = (["accept", "reject", "contest"] as const).filter(
    (verb) => PEOPLE.has(item.state) && item.does === undefined && tranche?.mine.includes(verb),
  );
  const names = { accept: t`Accept`, reject: t`Reject`, contest: t`Contest` };
  if (differing.length === 0 && verbs.length === 0 && !inDispute) return undefined;
  return (
    <>
      {differing.map(({ criterion, one, other }) => (
        <ButtonLink
          key={criterion}
          look="primary"
          to="/agreements/$agreement/acceptance/compare/$one/$other"
          params={{ agreement: agreement.id, one, other }}
        >
          {item.criteria.length > 1 ? t`Compare: ${say(whatOf(criterion))}` : <Trans>Compare check by check</Trans>}
        </ButtonLink>
      ))}
      {verbs.map((verb) => (
        <Act key={verb} {...{ agreement, item, verb }} name={names[verb]} />
      ))}
      {inDispute && (
        <ButtonLink
          to="/agreements/$agreement/disputes/$milestone"
          params={{ agreement: agreement.id, milestone: item.milestone }}
        >
          <Trans>To the dispute</Trans>
        </ButtonLink>
      )}
    </>
  );
}

const PEOPLE = new Set<Runs.Item["state"]>(["unknown", "unequal", "unconfined", "failed", "part", "passed"]);
