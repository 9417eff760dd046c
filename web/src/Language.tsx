/** The language of the pages: texts of ours by Lingui, words of the node and of documents by `say`. */
import { type Messages, setupI18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";

export type Language = "en" | "zh";
export type Words = { readonly en: string; readonly zh: string };

const KEPT = "commenda.language";
const catalogs = import.meta.glob<{ messages: Messages }>(["./texts/*.po", "./screens/*/texts/*.po"]);
const pathOf = (screen: string | undefined, language: Language) =>
  screen === undefined ? `./texts/${language}.po` : `./screens/${screen}/texts/${language}.po`;

export const i18n = setupI18n();
/** Screens whose texts are in use; undefined: those of the shell. */
const used = new Set<string | undefined>([undefined]);

/** The language chosen here before, else the browser's. */
export function preferred(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "zh") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

async function texts(screen: string | undefined, language: Language): Promise<void> {
  const load = catalogs[pathOf(screen, language)];
  if (load) i18n.load(language, (await load()).messages);
}

/** Brings the texts of a screen; its route waits for it. */
export async function bring(screen: string): Promise<void> {
  used.add(screen);
  await texts(screen, (i18n.locale || preferred()) as Language);
}

export async function activate(language: Language): Promise<void> {
  await Promise.all([...used].map((screen) => texts(screen, language)));
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  i18n.activate(language);
}

type Choice = { language: Language; choose: (language: Language) => void };
const Chosen = createContext<Choice | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, set] = useState(i18n.locale as Language);
  const choose = useCallback((next: Language) => {
    localStorage.setItem(KEPT, next);
    void activate(next).then(() => set(next));
  }, []);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  useEffect(() => {
    // After the first paint: the glyphs of a language come only where a page shows them.
    const load = () => void import("./fonts.ts");
    if ("requestIdleCallback" in window) requestIdleCallback(load);
    else setTimeout(load);
  }, []);
  return (
    <I18nProvider i18n={i18n}>
      <Chosen value={choice}>{children}</Chosen>
    </I18nProvider>
  );
}

export function useLanguage(): Choice {
  const choice = useContext(Chosen);
  if (!choice) throw new Error("no LanguageProvider above");
  return choice;
}

/** `say(words)`: words that come in both languages, in the one of the page. */
export function useSay(): (words: Words) => string {
  const { language } = useLanguage();
  return useCallback((words: Words) => words[language], [language]);
}
