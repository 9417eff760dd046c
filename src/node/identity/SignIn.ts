/** Sign-in by passkey or wallet, sessions in signed cookies, API keys: who is calling. */
import { sql } from "drizzle-orm";
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";
import type { Ledger } from "../../ledger/Ledger.ts";
import type { Clock, User } from "../Call.ts";
import type { Config } from "../Config.ts";
import type { Store } from "../store/Store.ts";
import * as schema from "../store/schema.ts";
import type { Identity } from "./Identity.ts";
import * as Keys from "./Keys.ts";
import * as Lately from "./Lately.ts";
import * as Library from "./Library.ts";
import * as Refusals from "./Refusals.ts";
import * as Secret from "./Secret.ts";
import * as Site from "./Site.ts";

const { both } = InputError;
/** Said to every node when a key, a role or a name changed. */
const CHANNEL = "commenda_identity";

export type Options = {
  config: Pick<Config, "home" | "publicUrl" | "port" | "secret" | "operators" | "demo">;
  store: Store;
  /** Its chain is the one that sign-in messages must name; contract wallets are asked there. */
  ledger: Pick<Ledger, "call" | "chainId">;
  /** For the end of API keys. Sessions live by the clock of people. */
  clock: Pick<Clock, "now">;
  /** What went wrong inside; never reaches a caller. */
  report?: (message: string, error?: unknown) => void;
};

/** The addresses below `/v1/auth` that exist; the sign-in library has more. */
const OPEN: ReadonlySet<string> = new Set([
  "POST /siwe/nonce",
  "POST /siwe/verify",
  "GET /passkey/generate-register-options",
  "POST /passkey/verify-registration",
  "GET /passkey/generate-authenticate-options",
  "POST /passkey/verify-authentication",
  "POST /passkey/update-passkey",
  "POST /passkey/delete-passkey",
  "GET /passkeys",
  "GET /get-session",
  "GET /list-sessions",
  "POST /revoke-session",
  "POST /revoke-other-sessions",
  "POST /sign-out",
]);

/** Those after which a session may be over. */
const ENDS: ReadonlySet<string> = new Set(["/sign-out", "/revoke-session", "/revoke-other-sessions"]);
/** Bytes of a body: attestations of security keys have a few thousand. */
const LARGEST = 64_000;

export async function open({ config, store, ledger, clock, report = () => {} }: Options): Promise<Identity> {
  const origin = Site.originOf(config);
  const secret = config.secret ?? Secret.read(config.home);
  const library = Library.open({ store, ledger, origin, secret, report });
  const { authCookies } = await library.$context;
  const cookie = authCookies.sessionToken.name;
  const lately = Lately.open<User>();
  const stop = await store.listen(CHANNEL, () => lately.forget());

  async function bySession(value: string) {
    const headers = new Headers({ cookie: `${cookie}=${value}` });
    const found = await library.api.getSession({ headers, query: { disableRefresh: true } }).catch((error: unknown) => {
      report("a session could not be looked up", error);
      throw storeDown();
    });
    if (!found || !isHere(found.user as Row)) return undefined;
    const { user, session } = found;
    const ends = new Date(session.expiresAt).getTime();
    return { value: await userOf(user as Row), isGood: () => Date.now() < ends };
  }

  async function byKey(given: string) {
    const found = await Keys.find(store.db, given, clock.now());
    if (!found || !isHere(found.user)) return undefined;
    const { id, scopes, organisation } = found.key;
    const user = { ...(await userOf(found.user)), key: { id, scopes, organisation } };
    return { value: user, isGood: () => !Keys.isOver(found.key, clock.now()) };
  }

  /** Personas are there in a demonstration only, whatever was kept of an earlier one. */
  const isHere = ({ demo }: Row): boolean => config.demo || !demo;

  async function userOf({ id, name, language, demo, email, emailVerified }: Row): Promise<User> {
    const names = emailVerified ? [email.toLowerCase()] : [];
    if (config.operators.some((operator) => operator.startsWith("0x"))) names.push(...(await walletsOf(store, id)));
    const operator = names.some((one) => config.operators.includes(one));
    return { kind: "user", user: id, name, language: language === "zh" ? "zh" : "en", demo, operator };
  }

  return {
    async handle(request, address) {
      const { pathname, search } = new URL(request.url);
      const path = pathname.replace(/^\/v1\/auth/, "");
      if (!OPEN.has(`${request.method} ${path}`)) {
        const isPath = [...OPEN].some((one) => one.endsWith(` ${path}`));
        return answer(request, Refusals.problem(isPath ? 405 : 404, undefined));
      }
      const headers = new Headers(request.headers);
      headers.delete(Library.CLIENT);
      if (address !== undefined) headers.set(Library.CLIENT, address);
      let response: Response;
      try {
        const body = request.method === "GET" ? undefined : await request.arrayBuffer();
        if (body && body.byteLength > LARGEST) return answer(request, Refusals.problem(413, undefined));
        // At our own address, whatever the request says of its host.
        const at = new URL(`${pathname}${search}`, origin);
        response = await library.handler(
          new Request(at, { method: request.method, headers, ...(body ? { body } : {}) }),
        );
        if (ENDS.has(path)) await changed(store.db);
      } catch (error) {
        report("sign-in failed", error);
        return answer(request, Refusals.problem(500, undefined));
      }
      if (ENDS.has(path)) lately.forget();
      if (!response.ok) {
        const { code } = (await response.json().catch(() => ({}))) as { code?: unknown };
        return answer(request, Refusals.problem(response.status, code), response.headers);
      }
      return path.startsWith("/passkey/generate-") ? strict(response) : response;
    },

    async callerOf(headers) {
      // Another scheme is somebody else's, such as a proxy's.
      const [, given] = /^bearer +(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
      if (given !== undefined) {
        const user = await lately.of(`key ${Keys.hashOf(given)}`, () => byKey(given));
        if (user) return user;
        throw new Problem.Problem(
          "not-signed-in",
          both(
            "The API key is unknown, revoked or expired. Ask an owner of the organisation for another one.",
            "API 密钥不存在、已撤销或已过期。请向组织所有者申请新的密钥。",
          ),
        );
      }
      const value = cookieOf(headers, cookie);
      if (value === undefined) return { kind: "nobody" };
      const user = await lately.of(`session ${value}`, () => bySession(value));
      if (user) return user;
      throw new Problem.Problem(
        "session-expired",
        both("The session has ended. Sign in again.", "会话已失效，请重新登录。"),
      );
    },

    createKey: Keys.create,
    changed,
    forget: () => lately.forget(),
    async enter(user) {
      if (!config.demo) throw noPersona();
      const { headers } = await library.api.enter({ body: { user }, returnHeaders: true }).catch(() => {
        throw noPersona();
      });
      return headers.getSetCookie();
    },
    close: stop,
  };
}

const changed: Identity["changed"] = async (tx) => {
  await tx.execute(sql`select pg_notify(${CHANNEL}, '')`);
};

type Row = Pick<typeof schema.user.$inferSelect, "id" | "name" | "language" | "demo" | "email" | "emailVerified">;

async function walletsOf(store: Store, user: string): Promise<string[]> {
  const { walletAddress } = schema;
  const rows = await store.db
    .select({ address: walletAddress.address })
    .from(walletAddress)
    .where(sql`${walletAddress.userId} = ${user}`);
  return rows.map(({ address }) => address.toLowerCase());
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Asks for what an account's signer must be, which the library has no option for: P-256, and a verified user. */
async function strict(response: Response): Promise<Response> {
  const options = (await response.json()) as { pubKeyCredParams?: { alg: number }[]; userVerification?: string };
  if (options.pubKeyCredParams) options.pubKeyCredParams = options.pubKeyCredParams.filter(({ alg }) => alg === ES256);
  else options.userVerification = "required";
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify(options), { status: response.status, headers });
}
/** COSE algorithm: ECDSA with P-256 and SHA-256. */
const ES256 = -7;

function answer(request: Request, problem: Problem.Problem, given?: Headers): Response {
  const language = /^zh\b/i.test(request.headers.get("accept-language") ?? "") ? "zh" : "en";
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "no-store" });
  for (const one of given?.getSetCookie() ?? []) headers.append("set-cookie", one);
  const wait = given?.get("x-retry-after");
  if (wait) headers.set("retry-after", wait);
  return new Response(JSON.stringify(problem.toProblem(language)), { status: problem.status, headers });
}

const storeDown = () =>
  new Problem.Problem(
    "store-down",
    both("The session cannot be looked up. Try again later.", "无法查询会话，请稍后再试。"),
  );
const noPersona = () =>
  new Problem.Problem(
    "forbidden",
    both(
      "Only personas of a demonstration are entered like this. Sign in with a passkey or a wallet.",
      "仅演示角色可如此登录。请使用通行密钥或钱包登录。",
    ),
  );
