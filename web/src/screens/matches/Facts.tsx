/** What profiles and records say of those compared, beside their scores. */
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useLanguage, useSay } from "../../Language.tsx";
import { type Output, useAsk } from "../../Node.ts";
import { amountText } from "../../ui/Amount.tsx";
import * as Regions from "../provider/Regions.ts";

type Profile = Output<"GET /v1/providers/{provider}">;
type Line = Output<"GET /v1/providers/{provider}/record">["lines"][number];
export type Known = { profile: Profile | undefined; line: Line | undefined };

function useKnown(provider: string | undefined): Known {
  const enabled = provider !== undefined;
  const profile = useAsk("GET /v1/providers/{provider}", { provider: provider ?? "" }, { enabled });
  const record = useAsk("GET /v1/providers/{provider}/record", { provider: provider ?? "" }, { enabled });
  return {
    profile: profile.data?.provider === provider ? profile.data : undefined,
    line: record.data?.provider === provider ? record.data?.lines.find(({ skill }) => skill === undefined) : undefined,
  };
}

/** Of three at most, in their order. */
export function useAllKnown([one, other, third]: readonly string[]): readonly Known[] {
  return [useKnown(one), useKnown(other), useKnown(third)];
}

/** Names of the rows, and what each says. */
export function useFacts(): readonly { name: string; of: (known: Known) => ReactNode }[] {
  const { t } = useLingui();
  const say = useSay();
  const { language } = useLanguage();
  return [
    {
      name: t`A day costs`,
      of: ({ profile }) => {
        if (!profile) return "–";
        const { currency: code, from, to } = profile.rate;
        const money = (amount: number) => amountText(BigInt(amount), { code, scale: 0 }, language);
        return from === to ? money(from) : `${money(from)} – ${money(to)}`;
      },
    },
    {
      name: t`Regions`,
      of: ({ profile }) =>
        profile?.regions.map((code) => say(Regions.wordsOf(code))).join(language === "zh" ? "、" : ", "),
    },
    {
      name: t`Certificates`,
      of: ({ profile }) => {
        const good = profile?.attestations.filter(({ refused }) => refused === undefined) ?? [];
        return good.length === 0 ? <Trans>none that counts</Trans> : good.map(({ what }) => what).join(", ");
      },
    },
    {
      name: t`Settled here`,
      of: ({ line }) => (line ? <Plural value={line.settlements} one="# agreement" other="# agreements" /> : "–"),
    },
    {
      name: t`On time`,
      of: ({ line }) =>
        line && line.settlements > 0 ? (
          <Trans>
            {line.onTime} of {line.settlements}
          </Trans>
        ) : (
          "–"
        ),
    },
    {
      name: t`Disputes lost`,
      of: ({ line }) => line?.disputes.lost,
    },
    {
      name: t`Different clients`,
      of: ({ line }) => line?.counterparties,
    },
  ];
}
