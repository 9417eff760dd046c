/** Every operation of the table with who answers it: whatever is missing does not compile. */
import type { Handlers } from "./Call.ts";
import { accounts } from "./handlers/accounts.ts";
import { acts } from "./handlers/acts.ts";
import { agreements } from "./handlers/agreements.ts";
import { approvals } from "./handlers/approvals.ts";
import { attestations } from "./handlers/attestations.ts";
import { audit } from "./handlers/audit.ts";
import { balances } from "./handlers/balances.ts";
import { briefs } from "./handlers/briefs.ts";
import { calls } from "./handlers/calls.ts";
import { cases } from "./handlers/cases.ts";
import { ci } from "./handlers/ci.ts";
import { comments } from "./handlers/comments.ts";
import { counts } from "./handlers/counts.ts";
import { desks } from "./handlers/desks.ts";
import { emails } from "./handlers/emails.ts";
import { events } from "./handlers/events.ts";
import { evidence } from "./handlers/evidence.ts";
import { homes } from "./handlers/home.ts";
import { inlets } from "./handlers/inlets.ts";
import { invitations } from "./handlers/invitations.ts";
import { keys } from "./handlers/keys.ts";
import { manifests } from "./handlers/manifests.ts";
import { me } from "./handlers/me.ts";
import { members } from "./handlers/members.ts";
import { node } from "./handlers/node.ts";
import { notices } from "./handlers/notices.ts";
import { organisations } from "./handlers/organisations.ts";
import { packs } from "./handlers/packs.ts";
import { papers } from "./handlers/papers.ts";
import { persons } from "./handlers/persons.ts";
import { proofs } from "./handlers/proofs.ts";
import { providers } from "./handlers/providers.ts";
import { quorums } from "./handlers/quorums.ts";
import { rankings } from "./handlers/rankings.ts";
import { records } from "./handlers/records.ts";
import { runners } from "./handlers/runners.ts";
import { runs } from "./handlers/runs.ts";
import { seals } from "./handlers/seals.ts";
import { signatures } from "./handlers/signatures.ts";
import { standings } from "./handlers/standings.ts";
import { statements } from "./handlers/statements.ts";
import { suites } from "./handlers/suites.ts";
import { tickets } from "./handlers/tickets.ts";
import { verdicts } from "./handlers/verdicts.ts";
import { versions } from "./handlers/versions.ts";
import { webhooks } from "./handlers/webhooks.ts";

export const handlers: Handlers = {
  ...{ ...agreements, ...versions, ...comments, ...invitations, ...signatures },
  ...{ ...acts, ...standings, ...statements, ...packs, ...evidence, ...manifests, ...ci, ...papers },
  ...{
    ...homes,
    ...me,
    ...persons,
    ...emails,
    ...organisations,
    ...members,
    ...accounts,
    ...balances,
    ...quorums,
    ...approvals,
    ...keys,
  },
  ...{ ...desks, ...tickets, ...inlets, ...counts },
  ...{ ...suites, ...seals, ...runs, ...verdicts, ...runners },
  ...{ ...providers, ...cases, ...proofs, ...attestations, ...records, ...briefs, ...rankings, ...calls },
  ...{ ...node, ...events, ...notices, ...webhooks, ...audit },
};
