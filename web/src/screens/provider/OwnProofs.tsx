/** Accounts of one's own, proven by what is published there. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useSay } from "../../Language.tsx";
import { type Output, useCall, useRows } from "../../Node.ts";
import { Badge, type BadgeTone } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Copy } from "../../ui/Copy.tsx";
import { Select, TextField } from "../../ui/Field.tsx";
import { Failure, Loading } from "../../ui/Waiting.tsx";
import { When } from "../../ui/When.tsx";
import type { OwnProps } from "./Own.tsx";

type Proof = Output<"GET /v1/organisations/{organisation}/proofs">["items"][number];

export function OwnProofs({ organisation: { id }, disabled }: OwnProps) {
  const { t } = useLingui();
  const { rows, error, again } = useRows("GET /v1/organisations/{organisation}/proofs", { organisation: id });
  return (
    <>
      {!disabled && <Begin organisation={id} />}
      <Card title={t`Proven accounts`} lead={t`Anyone can look where you published it, and see that it is yours.`}>
        {rows === undefined ? (
          error ? (
            <Failure error={error} again={again} />
          ) : (
            <Loading rows={2} />
          )
        ) : rows.length === 0 ? (
          <p className="text-sm text-muted">
            <Trans>None.</Trans>
          </p>
        ) : (
          <ul className="grid gap-4">
            {rows.map((proof) => (
              <One key={proof.id} organisation={id} proof={proof} disabled={disabled} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function Begin({ organisation }: { organisation: string }) {
  const { t } = useLingui();
  const [kind, setKind] = useState<Proof["kind"]>("git");
  const [subject, setSubject] = useState("");
  const begin = useCall("POST /v1/organisations/{organisation}/proofs", () => setSubject(""));
  return (
    <Card title={t`Prove an account`} lead={t`You are told what to publish, and where; then it is looked for.`}>
      <form
        className="grid items-end gap-3 sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate({ organisation, kind, subject });
        }}
      >
        <Select
          label={t`Kind of account`}
          value={kind}
          onChange={(event) => setKind(event.target.value as Proof["kind"])}
        >
          <option value="git">{t`Account of a git host`}</option>
          <option value="domain">{t`Domain`}</option>
        </Select>
        <TextField
          label={kind === "git" ? t`Address of the account` : t`Domain`}
          placeholder={kind === "git" ? "https://github.com/name" : "example.com"}
          value={subject}
          maxLength={300}
          onChange={(event) => setSubject(event.target.value)}
        />
        <Button type="submit" look="primary" busy={begin.isPending} disabled={subject.trim() === ""}>
          <Trans>Go on</Trans>
        </Button>
      </form>
      {begin.isError && (
        <div className="mt-3">
          <Failure error={begin.error} />
        </div>
      )}
    </Card>
  );
}

const TONES: Record<Proof["state"], BadgeTone> = { open: "warn", proven: "good", refused: "bad" };

function One({ organisation, proof, disabled }: { organisation: string; proof: Proof; disabled: boolean }) {
  const { t } = useLingui();
  const say = useSay();
  const { id, subject, state, statement, places, checkedAt, why } = proof;
  const check = useCall("POST /v1/organisations/{organisation}/proofs/{proof}/check");
  const remove = useCall("DELETE /v1/organisations/{organisation}/proofs/{proof}");
  const states: Record<Proof["state"], string> = { open: t`not found yet`, proven: t`proven`, refused: t`not found` };
  return (
    <li className="grid gap-2 border-b border-line pb-4 text-sm last:border-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-2">
        <bdi className="font-medium break-all">{subject}</bdi>
        <Badge tone={TONES[state]}>{states[state]}</Badge>
        {checkedAt !== undefined && (
          <span className="text-muted">
            <When at={checkedAt} />
          </span>
        )}
      </p>
      {why && <p className="text-bad">{say(why)}</p>}
      {state !== "proven" && (
        <div className="grid gap-2">
          <p>
            <Trans>Publish this, word by word:</Trans>
          </p>
          <Copy text={statement} label={t`Copy what to publish`} />
          <p className="text-muted">
            <Trans>It is looked for here:</Trans>
          </p>
          <ul className="grid gap-1">
            {places.map((place) => (
              <li key={place}>
                <code className="text-xs break-all">{place}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {(check.isError || remove.isError) && <Failure error={check.error ?? remove.error} />}
      {!disabled && (
        <div className="flex flex-wrap gap-2">
          <Button busy={check.isPending} onClick={() => check.mutate({ organisation, proof: id })}>
            <Trans>Look for it</Trans>
          </Button>
          <Button look="quiet" busy={remove.isPending} onClick={() => remove.mutate({ organisation, proof: id })}>
            <Trans>Forget it</Trans>
          </Button>
        </div>
      )}
    </li>
  );
}
