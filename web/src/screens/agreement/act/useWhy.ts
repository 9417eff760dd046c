/** Why an act ended, in words. */
import { useLingui } from "@lingui/react/macro";
import { useLanguage } from "../../../Language.tsx";
import type * as Progress from "./Progress.ts";

/** `details`: both languages, of the node. */
function detailOf(problem: Progress.Problem, language: string): string | undefined {
  const { details, detail } = problem;
  if (typeof details === "object" && details !== null) {
    const said = (details as Record<string, unknown>)[language];
    if (typeof said === "string") return said;
  }
  return typeof detail === "string" ? detail : undefined;
}

export function useWhy(): (problem: Progress.Problem | undefined, stage: Progress.Stage) => string {
  const { t } = useLingui();
  const { language } = useLanguage();
  return (problem = {}, stage) => {
    const { code, expected } = problem;
    if (stage === "refused") {
      const said = detailOf(problem, language) ?? t`The ledger does not take it.`;
      return t`Nothing of it happened. ${said}`;
    }
    const account = typeof expected === "string" ? expected : "";
    switch (code) {
      case undefined:
      case "interrupted":
        return t`The page was loaded anew before it was signed. Nothing was sent.`;
      case "declined":
      case "NotAllowedError":
      case "AbortError":
        return t`It was not signed. Nothing was sent.`;
      case "NoWallet":
        return t`This browser has no wallet. Open this page where your wallet is. Nothing was sent.`;
      case "OtherAccount":
        return t`Your wallet has another account chosen. Choose ${account} in it, then go on. Nothing was sent.`;
      case "NoPasskey":
        return t`None of your passkeys signs for the account. Ask who manages it to add yours. Nothing was sent.`;
      case "NoAccount":
        return t`None of your organisation's accounts may sign this: it takes ${account}. Nothing was sent.`;
      case "SeveralSign":
        return t`The account asks for the signatures of several people. Nothing was sent.`;
      default: {
        const said = detailOf(problem, language) ?? String(code);
        return t`It was not signed: ${said} Nothing was sent.`;
      }
    }
  };
}
