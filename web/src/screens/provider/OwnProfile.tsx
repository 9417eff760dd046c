/** The offer: written, checked and saved. What was typed is kept in this tab until it is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Save } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useKept } from "../../Kept.ts";
import { useCall } from "../../Node.ts";
import { useSession } from "../../Session.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Check, TextArea } from "../../ui/Field.tsx";
import { Failure } from "../../ui/Waiting.tsx";
import { ownOffset } from "../brief/AnswerForm.tsx";
import type { OwnProps } from "./Own.tsx";
import { begin, read, type Writing, type Wrong, writingOf } from "./Profile.ts";
import { ProfileForm } from "./ProfileForm.tsx";

type State = Writing & { readonly about: string; readonly listed: boolean };

export function OwnProfile({ organisation, profile, disabled }: OwnProps) {
  const { t } = useLingui();
  const { now } = useSession();
  const kept: State = profile
    ? { ...writingOf(profile, ownOffset()), about: profile.about, listed: profile.listed }
    : { ...begin(ownOffset()), about: "", listed: true };
  const [typed, set, forget] = useKept<State | undefined>(`profile-${organisation.id}`, undefined);
  const [wrong, setWrong] = useState<Wrong>({});
  const state = typed ?? kept;
  const update = useCall("PUT /v1/organisations/{organisation}/provider", () => {
    set(undefined);
    forget();
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const found = read(state);
    setWrong("wrong" in found ? found.wrong : {});
    if ("wrong" in found) return;
    const { about, listed } = state;
    update.mutate({ organisation: organisation.id, ...found.profile, about, listed });
  };
  const change = (part: Partial<State>) => set({ ...state, ...part });
  const today = new Date(now()).toISOString().slice(0, 10);
  const count = Object.keys(wrong).length;
  return (
    <form onSubmit={send} noValidate className="grid grid-cols-1 gap-5">
      <ProfileForm writing={state} wrong={wrong} set={change} disabled={disabled} today={today} />
      <Card title={t`In your words`} lead={t`For people; nothing is ranked by it.`}>
        <div className="grid gap-4">
          <TextArea
            label={t`About you`}
            optional={t`(may be left out)`}
            dir="auto"
            rows={4}
            maxLength={2_000}
            value={state.about}
            disabled={disabled}
            onChange={(event) => change({ about: event.target.value })}
          />
          <Check
            label={t`Show this profile: others find it, and it is ranked`}
            checked={state.listed}
            disabled={disabled}
            onChange={(event) => change({ listed: event.target.checked })}
          />
        </div>
      </Card>
      {update.isError && <Failure error={update.error} />}
      {!disabled && (
        <div className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center justify-between gap-3 border-t border-line bg-surface/95 px-4 py-2.5 backdrop-blur sm:mx-0 sm:rounded-t-xl sm:border-x">
          <p role="status" className="text-sm">
            {count > 0 ? (
              <span className="font-medium text-bad">
                <Trans>Some boxes are not right yet: they say why.</Trans>
              </span>
            ) : typed ? (
              <span className="font-medium text-warn">
                <Trans>Not saved yet</Trans>
              </span>
            ) : (
              <span className="text-muted">{profile ? <Trans>Saved</Trans> : <Trans>Nothing saved yet</Trans>}</span>
            )}
          </p>
          <Button
            type="submit"
            look="primary"
            busy={update.isPending}
            disabled={typed === undefined && profile !== undefined}
          >
            <Save aria-hidden="true" className="size-4" />
            <Trans>Save the profile</Trans>
          </Button>
        </div>
      )}
    </form>
  );
}
