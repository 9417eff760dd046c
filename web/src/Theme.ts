/** Light, dark, or as the system has it. */
import { useState } from "react";

export type Theme = "system" | "light" | "dark";
const KEPT = "commenda.theme";

const now = (): Theme => {
  const kept = localStorage.getItem(KEPT);
  return kept === "light" || kept === "dark" ? kept : "system";
};

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, set] = useState(now);
  return [
    theme,
    (next) => {
      if (next === "system") {
        localStorage.removeItem(KEPT);
        delete document.documentElement.dataset.theme;
      } else {
        localStorage.setItem(KEPT, next);
        document.documentElement.dataset.theme = next;
      }
      set(next);
    },
  ];
}
