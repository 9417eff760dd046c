/** What a verb asks for beside its name. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useAgreement } from "../../../agreement/useAgreement.ts";
import { isCoded } from "../../../agreement/useStanding.ts";
import type { Currency } from "../../../ui/Amount.tsx";
import { Amount } from "../../../ui/Amount.tsx";
import { Check, TextArea, TextField } from "../../../ui/Field.tsx";
import * as Draft from "./Draft.ts";
import { Upload } from "./Upload.tsx";
import { Work } from "./Work.tsx";

export type Props = {
  agreement: string;
  asked: Draft.Asked;
  fields: Draft.Fields;
  set: (fields: Draft.Fields) => void;
  currency: Currency;
  /** Unit of the metric, in the reader's language. */
  unit?: string;
  /** Others that can be done with it in one act. */
  others: readonly { readonly name: string; readonly title: string }[];
};

export function Fields(props: Props) {
  const { verb } = props.asked;
  if (Draft.names(verb)) return <Named {...props} />;
  switch (verb) {
    case "fund":
    case "accept":
    case "terminate":
      return props.others.length > 1 ? <Several {...props} /> : null;
    case "rule":
      return <Ruling {...props} />;
    case "report":
      return <Value {...props} />;
    case "settle":
      return <Split {...props} />;
    case "namePayee":
      return <Address {...props} />;
    case "redirect":
      return <Redirect {...props} />;
    default:
      return null;
  }
}

function Named(props: Props) {
  const { t } = useLingui();
  const { data } = useAgreement();
  const { agreement, asked, fields, set } = props;
  const { verb, milestone } = asked;
  const isJudged = verb === "deliver" && data !== undefined && milestone !== undefined && isCoded(data, milestone);
  if (!isJudged || fields.file !== undefined) return <Brought {...props} />;
  return (
    <>
      <Work agreement={agreement} milestone={milestone} onFile={(file) => set({ ...fields, file })} />
      <details>
        <summary className="inline-flex min-h-8 items-center text-sm text-accent">{t`Something else, that people judge`}</summary>
        <div className="mt-2 grid gap-4">
          <Brought {...props} />
        </div>
      </details>
    </>
  );
}

function Brought({ agreement, asked: { verb }, fields, set }: Props) {
  const { t } = useLingui();
  const isDelivery = verb === "deliver";
  return (
    <>
      {verb === "acceptPart" && (
        <TextField
          label={t`Share that you accept, in %`}
          hint={t`It is paid at once. The rest is rejected, with your reasons; it can be delivered again. Once for each milestone.`}
          inputMode="decimal"
          value={fields.share}
          onChange={({ target }) => set({ ...fields, share: target.value })}
          required
        />
      )}
      <Upload
        agreement={agreement}
        file={fields.file}
        onFile={(file) => {
          const { file: _, ...rest } = fields;
          set(file ? { ...rest, file } : rest);
        }}
        label={isDelivery ? t`What you deliver` : t`Evidence, if you have some`}
      />
      {fields.file?.upload === undefined && fields.file !== undefined ? null : (
        <TextArea
          label={isDelivery ? t`Or in words: where it is, how to open it` : t`Your reasons`}
          hint={t`It is kept as a file that both sides can read. On the ledger only its fingerprint stands.`}
          value={fields.text}
          maxLength={10_000}
          onChange={({ target }) => set({ ...fields, text: target.value })}
        />
      )}
    </>
  );
}

function Several({ asked, fields, set, others }: Props) {
  const { t } = useLingui();
  const chosen = fields.milestones.length > 0 ? fields.milestones : [asked.milestone ?? ""];
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t`For which milestones`}</legend>
      {others.map(({ name, title }) => (
        <Check
          key={name}
          label={title}
          checked={chosen.includes(name)}
          onChange={({ target }) => {
            const next = target.checked ? [...chosen, name] : chosen.filter((one) => one !== name);
            if (next.length > 0) set({ ...fields, milestones: next });
          }}
        />
      ))}
    </fieldset>
  );
}

function Ruling({ asked: { held }, fields, set, currency }: Props) {
  const { t } = useLingui();
  const share = /^\d{1,3}$/.test(fields.share) ? Math.min(Number(fields.share), 100) : undefined;
  const provider = share === undefined ? undefined : (held * BigInt(share)) / 100n;
  return (
    <>
      <TextField
        label={t`Share of what is unpaid that the provider gets, in whole %`}
        inputMode="numeric"
        value={fields.share}
        disabled={fields.refuses}
        onChange={({ target }) => set({ ...fields, share: target.value.replace(/[^\d]/g, "").slice(0, 3) })}
      />
      {provider !== undefined && !fields.refuses && (
        <p className="text-sm" role="status">
          <Trans>
            Provider <Amount units={provider} currency={currency} />, client{" "}
            <Amount units={held - provider} currency={currency} />
          </Trans>
        </p>
      )}
      <Check
        label={t`I refuse to rule`}
        hint={t`The share that the terms name for this case then holds.`}
        checked={fields.refuses}
        onChange={({ target }) => set({ ...fields, refuses: target.checked })}
      />
    </>
  );
}

function Value({ fields, set, unit }: Props) {
  const { t } = useLingui();
  return (
    <TextField
      label={unit === undefined ? t`Measured value` : t`Measured value (${unit})`}
      hint={t`A whole number. The first valid report stands unless a party contests it in time.`}
      inputMode="numeric"
      value={fields.value}
      onChange={({ target }) => set({ ...fields, value: target.value.replace(/[^\d]/g, "").slice(0, 38) })}
      required
    />
  );
}

function Split({ asked: { held, deposits, scale }, fields, set, currency }: Props) {
  const { t } = useLingui();
  const provider = Draft.units(fields.toProvider, scale);
  const isTooMuch = provider !== undefined && provider > held;
  return (
    <>
      <p className="text-sm">
        <Trans>
          <Amount units={held} currency={currency} /> are held. All of it is divided, and everything ends at once. It
          counts when both sides have signed the same split.
        </Trans>
      </p>
      <TextField
        label={t`To the provider`}
        inputMode="decimal"
        value={fields.toProvider}
        error={isTooMuch ? t`More than is held.` : undefined}
        onChange={({ target }) => set({ ...fields, toProvider: target.value })}
        required
      />
      {provider !== undefined && !isTooMuch && (
        <p className="text-sm" role="status">
          <Trans>
            The client gets <Amount units={held - provider} currency={currency} /> back.
          </Trans>
        </p>
      )}
      {deposits > 0n && (
        <TextField
          label={t`Of the deposits, to the provider`}
          hint={
            <Trans>
              <Amount units={deposits} currency={currency} /> of deposits are held; the client gets the rest.
            </Trans>
          }
          inputMode="decimal"
          value={fields.depositsToProvider}
          onChange={({ target }) => set({ ...fields, depositsToProvider: target.value })}
        />
      )}
    </>
  );
}

function Address({ fields, set }: Props) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`Account that receives the payments from now on`}
      hint={t`0x and 40 letters or digits. Refunds and deposits still go to the party itself.`}
      spellCheck={false}
      value={fields.address}
      onChange={({ target }) => set({ ...fields, address: target.value })}
      required
    />
  );
}

function Redirect({ fields, set }: Props) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        label={t`Amount`}
        inputMode="decimal"
        value={fields.amount}
        onChange={({ target }) => set({ ...fields, amount: target.value })}
        required
      />
      <TextField
        label={t`Account that it goes to`}
        spellCheck={false}
        value={fields.address}
        onChange={({ target }) => set({ ...fields, address: target.value })}
        required
      />
    </>
  );
}
