/** The text of the contract, in both languages. */
import { useLingui } from "@lingui/react/macro";
import { memo } from "react";
import { useLanguage } from "../../../Language.tsx";
import { ChoiceAt, ProseAt } from "../write/fields.tsx";

export const Text = memo(function Text() {
  const { t } = useLingui();
  const { language } = useLanguage();
  const order = language === "en" ? (["en", "zh"] as const) : (["zh", "en"] as const);
  return (
    <div className="grid gap-4">
      <ChoiceAt
        field="text.prevails"
        label={t`Language that prevails`}
        choices={[
          ["en", "English"],
          ["zh", "中文"],
        ]}
      />
      {order.map((one) => (
        <ProseAt
          key={one}
          field={`text.${one}`}
          label={one === "en" ? "English" : "中文"}
          lang={one === "en" ? "en" : "zh-CN"}
          rows={14}
        />
      ))}
    </div>
  );
});
