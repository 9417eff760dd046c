/** Skills of the taxonomy. */
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Picker } from "./Picker.tsx";
import { search, wordsOf } from "./Skills.ts";

type Props = {
  label: ReactNode;
  chosen: readonly string[];
  set: (chosen: readonly string[]) => void;
  error?: ReactNode;
  disabled?: boolean;
};

/** As many as the node takes. */
const MOST = 100;

export function SkillPicker(props: Props) {
  const { t } = useLingui();
  return <Picker {...props} placeholder={t`React, mobile, 等保 …`} search={search} wordsOf={wordsOf} most={MOST} />;
}
