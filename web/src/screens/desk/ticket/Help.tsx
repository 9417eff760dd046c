/** All keys, and the switch that turns them off: readers of screens and speech input have letters of their own. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Check } from "../../../ui/Field.tsx";

type Props = { open: boolean; close: () => void; isOn: boolean; turn: (on: boolean) => void };

export function Help({ open, close, isOn, turn }: Props) {
  const { t } = useLingui();
  const rows: readonly (readonly [string, string])[] = [
    ["1 2 3", t`picks one of the likeliest intents`],
    ["0", t`goes to the list of all intents`],
    ["Enter", t`confirms what is picked; once more, it gives the answer that is shown and goes on`],
    ["J", t`next ticket, without a decision`],
    ["K", t`the ticket before`],
    ["D", t`goes to the draft`],
    ["Q", t`back to the queue`],
    ["?", t`this help`],
  ];
  return (
    <Dialog open={open} onClose={close} title={t`Keys`} lead={t`They do nothing while you type in a field.`}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2 text-sm">
        {rows.map(([keys, says]) => (
          <div key={keys} className="contents">
            <dt className="flex gap-1">
              {keys.split(" ").map((key) => (
                <kbd
                  key={key}
                  className="min-w-7 rounded border border-edge bg-sunken px-1.5 py-0.5 text-center font-sans text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 border-t border-line pt-4">
        <Check
          label={t`Single keys are on`}
          hint={t`Turn them off if you speak to your browser, or if your reader of screens uses them.`}
          checked={isOn}
          onChange={(event) => turn(event.target.checked)}
        />
      </div>
      <p className="mt-3 text-sm text-muted">
        <Trans>Everything here is also reached by Tab, arrows and Enter.</Trans>
      </p>
    </Dialog>
  );
}
