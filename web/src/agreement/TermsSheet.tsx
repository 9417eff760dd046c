/** The terms, clause by clause, as the document says it; in either language, whichever the page is in. */
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { useLanguage, type Words } from "../Language.tsx";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";

export function TermsSheet({ title, sheet }: { title: string; sheet: Words }) {
  const { t } = useLingui();
  const { language } = useLanguage();
  const [shown, show] = useState(language);
  const sections = sheet[shown].split("\n\n");
  return (
    <Card
      title={title}
      lead={t`Both languages are part of what is signed.`}
      actions={
        <fieldset className="no-print flex gap-1">
          <legend className="sr-only">{t`Language of the terms`}</legend>
          {(["en", "zh"] as const).map((one) => (
            <Button
              key={one}
              look={one === shown ? "primary" : "plain"}
              aria-pressed={one === shown}
              onClick={() => show(one)}
            >
              <span lang={one === "zh" ? "zh-CN" : "en"}>{one === "zh" ? "中文" : "English"}</span>
            </Button>
          ))}
        </fieldset>
      }
    >
      <section
        lang={shown === "zh" ? "zh-CN" : "en"}
        aria-label={t`Terms`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
        tabIndex={0}
        className="grid max-h-[32rem] gap-4 overflow-y-auto rounded-lg bg-sunken p-4 text-sm print:max-h-none"
      >
        {sections.map((section) => {
          const [heading = "", ...rows] = section.split("\n");
          return (
            <div key={heading}>
              <p className="font-medium">{heading}</p>
              {rows.map((row) => (
                <p key={row} className="pl-3 whitespace-pre-wrap">
                  {row.trim()}
                </p>
              ))}
            </div>
          );
        })}
      </section>
    </Card>
  );
}
