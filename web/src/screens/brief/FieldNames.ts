/** What the fields of a brief are called, and how a value of each reads. */
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Field } from "../../../../src/matching/Brief.ts";
import { useLanguage } from "../../Language.tsx";
import { amountText } from "../../ui/Amount.tsx";
import { dateText } from "../../ui/When.tsx";
import { offsetText, UNITS, ZONES } from "./Answer.ts";
import type { Fields } from "./Intake.ts";

export function useFieldNames(): Readonly<Record<Field, string>> {
  const { t } = useLingui();
  return {
    outcome: t`Outcome`,
    skills: t`Skills`,
    criteria: t`Done when`,
    compliance: t`Certificates`,
    budget: t`Budget`,
    overlap: t`Shared working hours`,
    start: t`Start`,
    term: t`Duration`,
  };
}

/** Values that are told in a line; lists are shown as such. */
export function useValueText(): (field: "budget" | "overlap" | "start" | "term", brief: Fields) => string {
  const { t } = useLingui();
  const { language } = useLanguage();
  const money = (amount: number, code: string) => amountText(BigInt(amount), { code, scale: 0 }, language);
  return (field, { budget, overlap, start, term }) => {
    switch (field) {
      case "budget": {
        if (!budget) return "";
        const most = money(budget.most, budget.currency);
        return budget.least === undefined ? t`up to ${most}` : t`${money(budget.least, budget.currency)} to ${most}`;
      }
      case "overlap": {
        if (!overlap) return "";
        const { hours, offset } = overlap;
        const zone = offsetText(offset);
        const city = ZONES.find((one) => one.offset === offset)?.[language];
        return t`${hours} h a day with ${city === undefined ? zone : `${city} (${zone})`}`;
      }
      case "start":
        return start === undefined ? "" : dateText(`${start}T00:00:00`, language, false);
      case "term": {
        if (term === undefined) return "";
        if (term % UNITS.months === 0) return t`${plural(term / UNITS.months, { one: "# month", other: "# months" })}`;
        if (term % UNITS.weeks === 0) return t`${plural(term / UNITS.weeks, { one: "# week", other: "# weeks" })}`;
        return t`${plural(term, { one: "# day", other: "# days" })}`;
      }
    }
  };
}
