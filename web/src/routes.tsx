/** Every address of the app, and the screen that it shows. A screen is loaded, with its texts, when it is gone to. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { bring } from "./Language.tsx";
import { Failing, NotFound } from "./Lost.tsx";
import { Shell } from "./Shell.tsx";
import { SignedIn } from "./SignedIn.tsx";
import { Loading } from "./ui/Waiting.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
/** Pages for who is signed in; others are asked to, and stay where they are. */
const inside = createRoute({ getParentRoute: () => root, id: "in", component: SignedIn });

type Load = () => Promise<Record<string, unknown>>;
/** `screen`: folder of the screen, whose texts come with it; `others`: folders that it takes parts from. */
function screen(name: string, load: Load, component: string, ...others: readonly string[]) {
  return {
    component: lazyRouteComponent(load as () => Promise<Record<string, never>>, component),
    loader: () => Promise.all([name, ...others].map(bring)),
  };
}

const front = createRoute({
  getParentRoute: () => root,
  path: "/",
  ...screen("front", () => import("./screens/front/Front.tsx"), "Front"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  ...screen("front", () => import("./screens/front/SignInPage.tsx"), "SignInPage"),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: "/home",
  ...screen("home", () => import("./screens/home/Home.tsx"), "Home"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/i/$token",
  ...screen("invitation", () => import("./screens/invitation/Invitation.tsx"), "Invitation"),
});
const membership = createRoute({
  getParentRoute: () => root,
  path: "/join/$token",
  ...screen("invitation", () => import("./screens/invitation/Membership.tsx"), "Membership"),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: "/verify",
  ...screen("verify", () => import("./screens/verify/Verify.tsx"), "Verify"),
});
const agreements = createRoute({
  getParentRoute: () => inside,
  path: "/agreements",
  ...screen("agreements", () => import("./screens/agreements/Agreements.tsx"), "Agreements"),
});
const begin = createRoute({
  getParentRoute: () => inside,
  path: "/new",
  ...screen("draft", () => import("./screens/draft/New.tsx"), "New"),
});
const notices = createRoute({
  getParentRoute: () => inside,
  path: "/notices",
  ...screen("notices", () => import("./screens/notices/Notices.tsx"), "Notices"),
});
const settings = createRoute({
  getParentRoute: () => inside,
  path: "/settings",
  ...screen("settings", () => import("./screens/settings/Settings.tsx"), "Settings"),
});
const email = createRoute({
  getParentRoute: () => inside,
  path: "/e/$token",
  ...screen("settings", () => import("./screens/settings/ProvenEmail.tsx"), "ProvenEmail"),
});
const organisation = createRoute({
  getParentRoute: () => inside,
  path: "/organisations/$organisation",
  validateSearch: ({ part }: Record<string, unknown>): { part?: string } => (typeof part === "string" ? { part } : {}),
  ...screen("organisation", () => import("./screens/organisation/Organisation.tsx"), "Organisation"),
});
const desks = createRoute({
  getParentRoute: () => inside,
  path: "/desks/$organisation",
  ...screen("desk", () => import("./screens/desk/Desks.tsx"), "Desks"),
});
/** One desk: its parts share what is above them. */
const desk = createRoute({
  getParentRoute: () => inside,
  path: "/desks/$organisation/$desk",
  ...screen("desk", () => import("./screens/desk/Frame.tsx"), "Frame"),
});
const queue = createRoute({
  getParentRoute: () => desk,
  path: "/",
  ...screen("desk", () => import("./screens/desk/queue/Queue.tsx"), "Queue"),
});
const ticket = createRoute({
  getParentRoute: () => desk,
  path: "/tickets/$ticket",
  ...screen("desk", () => import("./screens/desk/ticket/Ticket.tsx"), "Ticket"),
});
const feedback = createRoute({
  getParentRoute: () => desk,
  path: "/import",
  ...screen("desk", () => import("./screens/desk/feedback/Import.tsx"), "Import"),
});
const figures = createRoute({
  getParentRoute: () => desk,
  path: "/figures",
  ...screen("desk", () => import("./screens/desk/figures/Figures.tsx"), "Figures"),
});
const counts = createRoute({
  getParentRoute: () => desk,
  path: "/counts",
  ...screen("desk", () => import("./screens/desk/count/Counts.tsx"), "Counts"),
});
const deskSettings = createRoute({
  getParentRoute: () => desk,
  path: "/settings",
  validateSearch: ({ part }: Record<string, unknown>): { part?: string } => (typeof part === "string" ? { part } : {}),
  ...screen("desk", () => import("./screens/desk/settings/Settings.tsx"), "Settings"),
});
const briefs = createRoute({
  getParentRoute: () => inside,
  path: "/briefs",
  ...screen("brief", () => import("./screens/brief/Briefs.tsx"), "Briefs"),
});
const newBrief = createRoute({
  getParentRoute: () => inside,
  path: "/briefs/new",
  ...screen("brief", () => import("./screens/brief/New.tsx"), "New"),
});
const team = createRoute({
  getParentRoute: () => inside,
  path: "/briefs/team",
  ...screen("brief", () => import("./screens/brief/Team.tsx"), "Team", "matches"),
});
const brief = createRoute({
  getParentRoute: () => inside,
  path: "/briefs/$organisation/$brief",
  ...screen("brief", () => import("./screens/brief/BriefPage.tsx"), "BriefPage"),
});
const matches = createRoute({
  getParentRoute: () => inside,
  path: "/briefs/$organisation/$brief/matches",
  validateSearch: ({ ranking }: Record<string, unknown>): { ranking?: string } =>
    typeof ranking === "string" ? { ranking } : {},
  ...screen("matches", () => import("./screens/matches/Matches.tsx"), "Matches", "brief", "provider"),
});
const whyNot = createRoute({
  getParentRoute: () => inside,
  path: "/briefs/$organisation/why/$ranking",
  ...screen("brief", () => import("./screens/brief/WhyNot.tsx"), "WhyNot", "matches"),
});
/** The way of a link that somebody outside was sent. */
const call = createRoute({
  getParentRoute: () => root,
  path: "/b/$token",
  ...screen("brief", () => import("./screens/brief/CallPage.tsx"), "CallPage"),
});
const provider = createRoute({
  getParentRoute: () => inside,
  path: "/providers/$provider",
  ...screen("provider", () => import("./screens/provider/ProviderPage.tsx"), "ProviderPage", "brief"),
});
const profile = createRoute({
  getParentRoute: () => inside,
  path: "/profile",
  validateSearch: ({ part }: Record<string, unknown>): { part?: string } => (typeof part === "string" ? { part } : {}),
  ...screen("provider", () => import("./screens/provider/Own.tsx"), "Own", "brief"),
});
/** One agreement: its parts share what is above them. */
const agreement = createRoute({
  getParentRoute: () => inside,
  path: "/agreements/$agreement",
  ...screen("agreement", () => import("./screens/agreement/Frame.tsx"), "Frame"),
});
const standing = createRoute({
  getParentRoute: () => agreement,
  path: "/",
  ...screen("agreement", () => import("./screens/agreement/Standing.tsx"), "Standing", "acceptance"),
});
const draft = createRoute({
  getParentRoute: () => agreement,
  path: "/draft",
  ...screen("draft", () => import("./screens/draft/Draft.tsx"), "Draft", "endings"),
});
const endings = createRoute({
  getParentRoute: () => agreement,
  path: "/endings",
  ...screen("endings", () => import("./screens/endings/EveryEnding.tsx"), "EveryEnding"),
});
const payout = createRoute({
  getParentRoute: () => agreement,
  path: "/payout",
  ...screen("payout", () => import("./screens/payout/Payout.tsx"), "Payout"),
});
const versions = createRoute({
  getParentRoute: () => agreement,
  path: "/versions",
  ...screen("negotiate", () => import("./screens/negotiate/Negotiate.tsx"), "Negotiate", "draft", "endings"),
});
const sign = createRoute({
  getParentRoute: () => agreement,
  path: "/sign",
  ...screen("sign", () => import("./screens/sign/Sign.tsx"), "Sign"),
});
const outcome = createRoute({
  getParentRoute: () => agreement,
  path: "/outcome",
  ...screen("outcome", () => import("./screens/outcome/Outcome.tsx"), "Outcome"),
});
const dispute = createRoute({
  getParentRoute: () => agreement,
  path: "/disputes/$milestone",
  ...screen("dispute", () => import("./screens/dispute/Dispute.tsx"), "Dispute"),
});
const acceptance = createRoute({
  getParentRoute: () => agreement,
  path: "/acceptance",
  ...screen("acceptance", () => import("./screens/acceptance/Acceptance.tsx"), "Acceptance"),
});
const trial = createRoute({
  getParentRoute: () => agreement,
  path: "/acceptance/try",
  validateSearch: ({ suite }: Record<string, unknown>): { suite?: string } =>
    typeof suite === "string" ? { suite } : {},
  ...screen("acceptance", () => import("./screens/acceptance/Try.tsx"), "Try"),
});
const run = createRoute({
  getParentRoute: () => agreement,
  path: "/acceptance/runs/$run",
  ...screen("acceptance", () => import("./screens/acceptance/Run.tsx"), "Run"),
});
const verdict = createRoute({
  getParentRoute: () => agreement,
  path: "/acceptance/verdicts/$verdict",
  ...screen("acceptance", () => import("./screens/acceptance/Verdict.tsx"), "Verdict"),
});
const compare = createRoute({
  getParentRoute: () => agreement,
  path: "/acceptance/compare/$one/$other",
  ...screen("acceptance", () => import("./screens/acceptance/Compare.tsx"), "Compare"),
});
const statement = createRoute({
  getParentRoute: () => agreement,
  path: "/statement",
  ...screen("statement", () => import("./screens/statement/Statement.tsx"), "Statement"),
});

const deskCounts = createRoute({
  getParentRoute: () => agreement,
  path: "/counts",
  ...screen("desk", () => import("./screens/desk/count/OfAgreement.tsx"), "OfAgreement"),
});

const tree = root.addChildren([
  front,
  signIn,
  invitation,
  membership,
  verify,
  call,
  inside.addChildren([
    home,
    agreements,
    begin,
    notices,
    settings,
    email,
    organisation,
    desks,
    desk.addChildren([queue, ticket, feedback, figures, counts, deskSettings]),
    briefs,
    newBrief,
    team,
    brief,
    matches,
    whyNot,
    provider,
    profile,
    agreement.addChildren([
      ...[standing, draft, endings, payout, versions, sign, outcome, dispute, statement, deskCounts],
      ...[acceptance, trial, run, verdict, compare],
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultPendingComponent: () => (
    <div className="mx-auto max-w-6xl px-4 py-8 sm:px-6">
      <Loading rows={4} />
    </div>
  ),
  defaultErrorComponent: Failing,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
