/** What stands around every page: where one is, who one is, which ledger this is. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Link, type LinkProps, Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import {
  Bell,
  FileText,
  House,
  IdCard,
  Inbox,
  Languages,
  LogIn,
  LogOut,
  Menu,
  Moon,
  Plus,
  Search,
  ShieldCheck,
  Sun,
  UsersRound,
} from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLanguage } from "./Language.tsx";
import { queries, useAsk } from "./Node.ts";
import { RehearsalBar } from "./RehearsalBar.tsx";
import { useSession } from "./Session.tsx";
import { SignInForm } from "./signing/SignInForm.tsx";
import { useTheme } from "./Theme.ts";
import { Dialog } from "./ui/Dialog.tsx";

const ITEM =
  "inline-flex min-h-9 items-center gap-2 rounded-lg px-3 text-sm whitespace-nowrap text-muted hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-medium data-[status=active]:text-accent";

export function Shell() {
  const { me, ended } = useSession();
  const { t } = useLingui();
  const main = useRef<HTMLElement>(null);
  return (
    <div className="flex min-h-dvh flex-col">
      <button
        type="button"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
        onClick={() => main.current?.focus()}
      >
        <Trans>Skip to the content</Trans>
      </button>
      <RehearsalBar />
      <Header />
      <Offline />
      <main ref={main} id="main" tabIndex={-1} className="min-h-[90dvh] flex-1">
        <Outlet />
      </main>
      <Footer />
      <Dialog
        open={ended}
        onClose={() => {}}
        closable={false}
        title={t`Your session has ended`}
        lead={t`Sign in again and go on where you are. What you typed is still here.`}
      >
        <SignInForm personas={me?.demo ?? false} />
      </Dialog>
    </div>
  );
}

function Header() {
  const { me } = useSession();
  const { t } = useLingui();
  const menu = useRef<HTMLDetailsElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [path]);
  return (
    <header className="no-print sticky top-0 z-30 border-b border-line bg-page/95 backdrop-blur">
      <div className="mx-auto flex max-w-6xl items-center gap-2 px-4 py-2 sm:px-6">
        <Link
          to={me ? "/home" : "/"}
          className="mr-2 inline-flex items-center gap-2 py-1 font-semibold whitespace-nowrap"
        >
          <img src="/favicon.svg" alt="" width="26" height="26" />
          <span className="max-[430px]:sr-only">Commenda</span>
        </Link>
        {me && (
          <nav aria-label={t`Main`} className="hidden gap-1 xl:flex">
            <Places />
          </nav>
        )}
        <div className="ml-auto flex items-center gap-1">
          {me && <Bells />}
          <LanguageSwitch />
          <ThemeSwitch />
          {me ? (
            <details ref={menu} className="relative">
              <summary
                aria-label={t`Menu`}
                className="inline-flex size-10 list-none items-center justify-center rounded-lg hover:bg-sunken [&::-webkit-details-marker]:hidden"
              >
                <Menu aria-hidden="true" className="size-5" />
              </summary>
              <div className="absolute right-0 z-40 mt-1 grid w-72 gap-1 rounded-xl border border-line bg-surface p-2 shadow-lg">
                <Who />
                <nav aria-label={t`More`} className="grid gap-1">
                  <div className="grid gap-1 xl:hidden">
                    <Places />
                  </div>
                  <Item to="/profile" icon={<IdCard aria-hidden="true" className="size-4" />}>
                    <Trans>Provider profile</Trans>
                  </Item>
                  <Item to="/settings" icon={<UsersRound aria-hidden="true" className="size-4" />}>
                    <Trans>My profile and passkeys</Trans>
                  </Item>
                  <SignOut />
                </nav>
              </div>
            </details>
          ) : (
            <Link to="/sign-in" className={ITEM}>
              <LogIn aria-hidden="true" className="size-4" />
              <Trans>Sign in</Trans>
            </Link>
          )}
        </div>
      </div>
    </header>
  );
}

/** Addresses of routes that a screen's name is not known of here. */
type To = NonNullable<LinkProps["to"]>;

function Item({ to, icon, children }: { to: To; icon: ReactNode; children: ReactNode }) {
  return (
    <Link to={to} className={ITEM}>
      {icon}
      {children}
    </Link>
  );
}

function Places() {
  const { organisation } = useSession();
  return (
    <>
      <Item to="/home" icon={<House aria-hidden="true" className="size-4" />}>
        <Trans>Home</Trans>
      </Item>
      <Item to="/agreements" icon={<FileText aria-hidden="true" className="size-4" />}>
        <Trans>Agreements</Trans>
      </Item>
      <Item to="/new" icon={<Plus aria-hidden="true" className="size-4" />}>
        <Trans>New</Trans>
      </Item>
      <Item to="/briefs" icon={<Search aria-hidden="true" className="size-4" />}>
        <Trans>Find a provider</Trans>
      </Item>
      {organisation && !organisation.personal && (
        <Link to="/desks/$organisation" params={{ organisation: organisation.id }} className={ITEM}>
          <Inbox aria-hidden="true" className="size-4" />
          <Trans>Desk</Trans>
        </Link>
      )}
      {organisation && (
        <Link to="/organisations/$organisation" params={{ organisation: organisation.id }} className={ITEM}>
          <UsersRound aria-hidden="true" className="size-4" />
          <Trans>Organisation</Trans>
        </Link>
      )}
      <Item to="/verify" icon={<ShieldCheck aria-hidden="true" className="size-4" />}>
        <Trans>Verify</Trans>
      </Item>
    </>
  );
}

/** Notices that nobody has read: the newest page of them is enough to tell. */
function Bells() {
  const { t } = useLingui();
  const { data } = useAsk("GET /v1/notices", { limit: 50 });
  const unread = data?.items.filter(({ readAt }) => readAt === undefined).length ?? 0;
  return (
    <Link to="/notices" className="relative inline-flex size-10 items-center justify-center rounded-lg hover:bg-sunken">
      <Bell aria-hidden="true" className="size-5" />
      <span className="sr-only">{unread > 0 ? t`Notices: ${unread} unread` : t`Notices`}</span>
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-1 right-1 min-w-4 rounded-full bg-bad px-1 text-center text-[10px] leading-4 font-semibold text-page"
        >
          {unread > 9 ? "9+" : unread}
        </span>
      )}
    </Link>
  );
}

function LanguageSwitch() {
  const { language, choose } = useLanguage();
  return (
    <button
      type="button"
      lang={language === "en" ? "zh-CN" : "en"}
      onClick={() => choose(language === "en" ? "zh" : "en")}
      className="inline-flex min-h-10 items-center gap-1.5 rounded-lg px-2 text-sm whitespace-nowrap hover:bg-sunken"
    >
      <Languages aria-hidden="true" className="size-4" />
      {language === "en" ? "中文" : "English"}
    </button>
  );
}

function ThemeSwitch() {
  const { t } = useLingui();
  const [theme, choose] = useTheme();
  const isDark = theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <button
      type="button"
      aria-label={isDark ? t`Light colours` : t`Dark colours`}
      onClick={() => choose(isDark ? "light" : "dark")}
      className="inline-flex size-10 items-center justify-center rounded-lg hover:bg-sunken"
    >
      {isDark ? <Sun aria-hidden="true" className="size-4" /> : <Moon aria-hidden="true" className="size-4" />}
    </button>
  );
}

function Who() {
  const { me, organisation, actFor } = useSession();
  if (!me) return null;
  return (
    <div className="grid gap-1 border-b border-line px-3 pb-2 text-sm">
      <p className="font-medium">{me.name}</p>
      <label className="grid gap-1 text-xs text-muted">
        <Trans>Acts for</Trans>
        <select
          value={organisation?.id}
          onChange={(event) => actFor(event.target.value)}
          className="min-h-9 rounded-lg border border-edge bg-surface px-2 text-sm text-ink"
        >
          {me.organisations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function SignOut() {
  const navigate = useNavigate();
  return (
    <button
      type="button"
      className={ITEM}
      onClick={async () => {
        const { signOut } = await import("./signing/SignIn.ts");
        await signOut();
        sessionStorage.clear();
        queries.clear();
        await navigate({ to: "/" });
        // Nothing of theirs is kept in the page's memory.
        window.location.reload();
      }}
    >
      <LogOut aria-hidden="true" className="size-4" />
      <Trans>Sign out</Trans>
    </button>
  );
}

/** Said to those who do not see the bar. */
function Offline() {
  const [online, set] = useState(navigator.onLine);
  useEffect(() => {
    const tell = () => set(navigator.onLine);
    for (const kind of ["online", "offline"]) window.addEventListener(kind, tell);
    return () => {
      for (const kind of ["online", "offline"]) window.removeEventListener(kind, tell);
    };
  }, []);
  return (
    <div role="status" className="contents">
      {!online && (
        <p className="bg-warn-soft px-4 py-1.5 text-center text-sm text-warn">
          <Trans>You are offline. What you see may be old; nothing can be sent.</Trans>
        </p>
      )}
    </div>
  );
}

function Footer() {
  const { node } = useSession();
  return (
    <footer className="no-print border-t border-line px-4 py-5 text-center text-xs text-muted">
      Commenda {node.version} · <Trans>no fee beyond 3 %, by a constant in the contract</Trans> ·{" "}
      <a href="/docs" className="underline">
        <Trans>For programs and agents</Trans>
      </a>
    </footer>
  );
}
