/** The capacity calendar: stretches of days with how many people are free in them, and the picture that they make. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Plus, Trash2 } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { CalendarStrip } from "./CalendarStrip.tsx";
import { type FormProps, useWrongText } from "./ProfileForm.tsx";

/** As many as the node takes. */
const MOST = 200;

export function FreeForm({ writing, wrong, set, disabled, today }: FormProps & { today: string }) {
  const { free } = writing;
  const shown = free.map((one) => ({ ...one, people: Number(one.people) || 0 }));
  return (
    <div className="grid gap-4">
      <CalendarStrip free={shown} today={today} />
      {free.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches are their places
        <Stretch key={at} at={at} {...{ writing, wrong, set, disabled }} />
      ))}
      {!disabled && free.length < MOST && (
        <div>
          <Button
            onClick={() =>
              set({ free: [...free, { from: dayAfter(free.at(-1)?.to ?? "", today), to: "", people: "1" }] })
            }
          >
            <Plus aria-hidden="true" className="size-4" />
            <Trans>Add a stretch</Trans>
          </Button>
        </div>
      )}
    </div>
  );
}

/** The day after; `otherwise` where there is none before. */
function dayAfter(day: string, otherwise: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? otherwise : new Date(time + 86_400_000).toISOString().slice(0, 10);
}

function Stretch({ at, writing, wrong, set, disabled }: FormProps & { at: number }) {
  const { t } = useLingui();
  const textOf = useWrongText();
  const one = writing.free[at];
  if (!one) return null;
  const put = (change: Partial<typeof one>) =>
    set({ free: writing.free.map((old, place) => (place === at ? { ...old, ...change } : old)) });
  const number = at + 1;
  return (
    <fieldset className="grid items-start gap-3 rounded-lg border border-line p-3 sm:grid-cols-[1fr_1fr_7rem_auto]">
      <legend className="px-1 text-sm font-semibold">
        <Trans>Stretch {number}</Trans>
      </legend>
      <TextField
        label={t`First day`}
        type="date"
        value={one.from}
        disabled={disabled}
        error={textOf(wrong[`free[${at}].from`])}
        onChange={(event) => put({ from: event.target.value })}
      />
      <TextField
        label={t`Last day`}
        type="date"
        value={one.to}
        disabled={disabled}
        error={textOf(wrong[`free[${at}].to`])}
        onChange={(event) => put({ to: event.target.value })}
      />
      <TextField
        label={t`People free`}
        inputMode="numeric"
        value={one.people}
        disabled={disabled}
        error={textOf(wrong[`free[${at}].people`])}
        onChange={(event) => put({ people: event.target.value })}
      />
      {!disabled && (
        <button
          type="button"
          aria-label={t`Remove stretch ${number}`}
          onClick={() => set({ free: writing.free.filter((_, place) => place !== at) })}
          className="inline-flex size-10 items-center justify-center rounded-lg text-muted hover:bg-bad-soft hover:text-bad sm:mt-6"
        >
          <Trash2 aria-hidden="true" className="size-4" />
        </button>
      )}
    </fieldset>
  );
}
