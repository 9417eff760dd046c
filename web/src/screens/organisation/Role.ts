/** What a role in an organisation is called, and allows. */
import { useLingui } from "@lingui/react/macro";
import type { Organisation } from "../../Session.tsx";

export type Role = Organisation["role"];
export const ROLES: readonly Role[] = ["owner", "signer", "member", "auditor"];

export function useRole(): (role: Role) => string {
  const { t } = useLingui();
  const names: Record<Role, string> = {
    owner: t`Owner: everything, people and keys included`,
    signer: t`Signer: binds the organisation`,
    member: t`Member: writes drafts and comments`,
    auditor: t`Auditor: reads`,
  };
  return (role) => names[role];
}
