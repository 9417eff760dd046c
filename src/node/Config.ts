/** What a node is told at its start, from the environment and the command line. Every mistake is named at once. */
import { homedir } from "node:os";
import { join } from "node:path";
import ipaddr from "ipaddr.js";
import { InputError } from "../agreement/index.ts";
import { BadConfiguration } from "./Errors.ts";

const { both } = InputError;
type Words = InputError.Words;

export type Config = {
  /** Where everything lies that is not elsewhere: store, ledger, evidence, secrets. */
  readonly home: string;
  /** Address to listen on. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Origin in links, passkeys and sign-in messages; of a demonstration `http://localhost:PORT`. */
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  /** Absent: the embedded rehearsal ledger. */
  readonly chain: Chain | undefined;
  /** Offers personas with keys kept here; only on a rehearsal. */
  readonly demo: boolean;
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  readonly s3: S3 | undefined;
  /** Bytes of one file of evidence. */
  readonly evidenceLimit: number;
  /** E-mail addresses, and lower-case wallet addresses, of those who run the node. */
  readonly operators: readonly string[];
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** Networks that webhooks may reach although they are private; CIDR. */
  readonly webhookNetworks: readonly string[];
  /** An endpoint that speaks as OpenAI's does and rewrites drafts of desks; absent: nothing leaves the node. */
  readonly rewriting: { readonly url: string; readonly model: string; readonly key: string | undefined } | undefined;
  /** Desks learn English by sentence embeddings too, where those packages are installed: ten times slower, 600 MB. */
  readonly embeddings: boolean;
  /** Bearer token for `/metrics`; without it only this machine may read them. */
  readonly metricsToken: string | undefined;
  /** Where commits may be fetched from beside public HTTPS: beginnings of addresses, or folders. */
  readonly repositories: readonly string[];
  /** What sessions are signed with; nodes that share a store share it. Absent: made once and kept in `home`. */
  readonly secret: string | undefined;
};

export type Chain = {
  readonly url: string;
  readonly escrow: `0x${string}`;
  readonly evidence: `0x${string}` | undefined;
  readonly accounts: `0x${string}` | undefined;
  readonly firstBlock: number;
  readonly confirmations: number;
  /** Wei a unit of gas that are never exceeded; 0 where gas is free. */
  readonly feeCap: bigint | undefined;
  /** Private key of who pays for sending; absent: parties send for themselves. */
  readonly relayerKey: `0x${string}` | undefined;
};

export type S3 = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `BadConfiguration` with every mistake. */
export function read(
  env: Environment,
  given: { home?: string; host?: string; port?: number; demo?: boolean } = {},
): Config {
  const problems: Words[] = [];
  const wrong = (name: string, found: string, en: string, zh: string) =>
    problems.push(
      both(
        `${name}: found ${InputError.show(found)}, expected ${en}`,
        `${name}：现为 ${InputError.show(found)}，应为${zh}`,
      ),
    );
  const text = (name: string) => (env[name] === undefined || env[name] === "" ? undefined : env[name]);
  const match = (name: string, form: RegExp, en: string, zh: string) => {
    const found = text(name);
    if (found !== undefined && !form.test(found)) wrong(name, SECRET.test(name) ? "***" : found, en, zh);
    return found;
  };
  const url = (name: string, schemes: readonly string[]) => {
    const found = text(name);
    const fits = found !== undefined && URL.canParse(found) && schemes.includes(new URL(found).protocol);
    if (found !== undefined && !fits) {
      const list = schemes.map((scheme) => `${scheme}//…`).join(" or ");
      wrong(name, SECRET.test(name) ? "***" : found, `an address ${list}`, `形如 ${list} 的地址`);
    }
    return fits ? found : undefined;
  };
  const number = (name: string, otherwise: number, least = 0, most = Number.MAX_SAFE_INTEGER) => {
    const found = text(name);
    if (found === undefined) return otherwise;
    const value = Number(found);
    if (/^\d+$/.test(found) && value >= least && value <= most) return value;
    wrong(name, found, `a whole number from ${least} to ${most}`, `${least} 到 ${most} 的整数`);
    return otherwise;
  };
  const together = (names: readonly string[]) => {
    const there = names.filter((name) => text(name) !== undefined);
    const missing = names.filter((name) => text(name) === undefined);
    if (there.length > 0 && missing.length > 0) {
      problems.push(
        both(
          `${missing.join(", ")}: missing, though ${there.join(", ")} is set; give all of them or none`,
          `${missing.join("、")}：缺失，而已设置 ${there.join("、")}；须全部提供或全部省略`,
        ),
      );
    }
    return there.length === names.length;
  };
  const address = (name: string) =>
    match(name, /^0x[0-9a-fA-F]{40}$/, "0x and 40 hex digits", "0x 加 40 位十六进制")?.toLowerCase() as
      | `0x${string}`
      | undefined;

  const host = given.host ?? text("COMMENDA_HOST") ?? "127.0.0.1";
  const publicUrl = url("COMMENDA_PUBLIC_URL", ["http:", "https:"])?.replace(/\/+$/, "");
  if (!isLocal(host) && !publicUrl?.startsWith("https:")) {
    problems.push(
      both(
        `COMMENDA_PUBLIC_URL: found ${InputError.show(publicUrl)}, expected an address https://…, since ${host} can be reached by others; put a proxy with TLS before it`,
        `COMMENDA_PUBLIC_URL：现为 ${InputError.show(publicUrl)}，因 ${host} 可由他人访问，应为 https://… 地址；请在其前部署 TLS 代理`,
      ),
    );
  }
  const databaseUrl = url("DATABASE_URL", ["postgres:", "postgresql:"]);
  const rpc = url("COMMENDA_RPC_URL", ["http:", "https:"]);
  const escrow = address("COMMENDA_ESCROW");
  if (rpc !== undefined && text("COMMENDA_ESCROW") === undefined)
    problems.push(
      both(
        "COMMENDA_ESCROW: missing, though COMMENDA_RPC_URL is set; give the address of the escrow contract on that chain",
        "COMMENDA_ESCROW：缺失，而已设置 COMMENDA_RPC_URL；请提供该链上托管合约的地址",
      ),
    );
  const stray = CHAIN.filter((name) => text(name) !== undefined);
  if (text("COMMENDA_RPC_URL") === undefined && stray.length > 0) {
    const names = stray.join(", ");
    problems.push(
      both(
        `COMMENDA_RPC_URL: missing, though ${names} is set; without it the node would work on a rehearsal ledger of its own`,
        `COMMENDA_RPC_URL：缺失，而已设置 ${names}；缺少它节点将使用自带的预演账本`,
      ),
    );
  }
  const unknown = Object.keys(env).filter((name) => name.startsWith("COMMENDA_") && !KNOWN.has(name));
  for (const name of unknown)
    problems.push(
      both(
        `${name}: there is no such setting. Known ones: ${[...KNOWN].join(", ")}`,
        `${name}：没有此项设置。可用：${[...KNOWN].join("、")}`,
      ),
    );
  const demo = given.demo ?? text("COMMENDA_DEMO") === "1";
  if (demo && rpc !== undefined)
    problems.push(
      both(
        "COMMENDA_DEMO: personas with keys on the node are for the rehearsal ledger only; unset COMMENDA_DEMO or COMMENDA_RPC_URL",
        "COMMENDA_DEMO：由节点保管密钥的演示角色仅限预演账本；请取消 COMMENDA_DEMO 或 COMMENDA_RPC_URL",
      ),
    );
  const smtp = url("SMTP_URL", ["smtp:", "smtps:"]);
  together(["SMTP_URL", "SMTP_FROM"]);
  const isS3 = together(["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]);
  const isRewriting = together(["COMMENDA_DESK_URL", "COMMENDA_DESK_MODEL"]);
  const rewriter = url("COMMENDA_DESK_URL", ["http:", "https:"]);
  const endpoint = url("S3_ENDPOINT", ["http:", "https:"]);
  const logLevel = (text("COMMENDA_LOG") ?? "info") as Config["logLevel"];
  if (!LEVELS.includes(logLevel)) wrong("COMMENDA_LOG", logLevel, LEVELS.join(", "), ` ${LEVELS.join("、")} 之一`);
  if (given.port !== undefined && given.port > 65_535)
    wrong("--port", String(given.port), "a whole number from 0 to 65535", "0 到 65535 的整数");
  const port = given.port ?? number("PORT", 8420, 0, 65_535);
  const webhookNetworks = list(text("COMMENDA_WEBHOOK_NETWORKS"));
  for (const network of webhookNetworks)
    if (!isNetwork(network))
      wrong("COMMENDA_WEBHOOK_NETWORKS", network, "networks like 10.1.0.0/16", "形如 10.1.0.0/16 的网段");
  const relayerKey = match(
    "COMMENDA_RELAYER_KEY",
    /^0x[0-9a-fA-F]{64}$/,
    "0x and 64 hex digits",
    "0x 加 64 位十六进制",
  ) as `0x${string}` | undefined;
  const chain = {
    evidence: address("COMMENDA_EVIDENCE"),
    accounts: address("COMMENDA_ACCOUNTS"),
    firstBlock: number("COMMENDA_FIRST_BLOCK", 0),
    confirmations: number("COMMENDA_CONFIRMATIONS", 1, 1, 10_000),
    feeCap: text("COMMENDA_FEE_CAP") === undefined ? undefined : BigInt(number("COMMENDA_FEE_CAP", 0)),
    relayerKey,
  };
  const config: Config = {
    home: given.home ?? text("COMMENDA_HOME") ?? join(homedir(), ".commenda"),
    ...{ host, port, publicUrl, databaseUrl, demo },
    chain: rpc !== undefined && escrow !== undefined ? { url: rpc, escrow, ...chain } : undefined,
    smtp: smtp === undefined ? undefined : { url: smtp, from: text("SMTP_FROM") ?? "" },
    s3:
      isS3 && endpoint !== undefined
        ? {
            endpoint,
            bucket: text("S3_BUCKET") ?? "",
            region: text("S3_REGION") ?? "us-east-1",
            accessKeyId: text("S3_ACCESS_KEY_ID") ?? "",
            secretAccessKey: text("S3_SECRET_ACCESS_KEY") ?? "",
          }
        : undefined,
    evidenceLimit: number("COMMENDA_EVIDENCE_LIMIT", 2_000_000_000, 1),
    operators: list(text("COMMENDA_OPERATORS")).map((name) => name.toLowerCase()),
    logLevel,
    webhookNetworks,
    rewriting:
      isRewriting && rewriter !== undefined
        ? { url: rewriter, model: text("COMMENDA_DESK_MODEL") ?? "", key: text("COMMENDA_DESK_KEY") }
        : undefined,
    embeddings: text("COMMENDA_DESK_EMBEDDINGS") === "1",
    repositories: list(text("COMMENDA_REPOSITORIES")),
    metricsToken: text("COMMENDA_METRICS_TOKEN"),
    secret: match("COMMENDA_SECRET", /^.{32,}$/, "at least 32 characters", "至少 32 个字符"),
  };
  if (problems.length > 0) throw new BadConfiguration(problems);
  return config;
}

/** Said of a chain, and meaningless without one. */
const CHAIN = [
  "COMMENDA_ESCROW",
  "COMMENDA_EVIDENCE",
  "COMMENDA_ACCOUNTS",
  "COMMENDA_FIRST_BLOCK",
  "COMMENDA_CONFIRMATIONS",
  "COMMENDA_FEE_CAP",
  "COMMENDA_RELAYER_KEY",
] as const;
/** All of ours that may be in an environment, those of the command line and the tests among them. */
const KNOWN: ReadonlySet<string> = new Set([
  ...CHAIN,
  ...["COMMENDA_RPC_URL", "COMMENDA_HOME", "COMMENDA_HOST", "COMMENDA_PUBLIC_URL", "COMMENDA_DEMO", "COMMENDA_SECRET"],
  ...["COMMENDA_EVIDENCE_LIMIT", "COMMENDA_OPERATORS", "COMMENDA_LOG", "COMMENDA_WEBHOOK_NETWORKS"],
  ...["COMMENDA_DESK_URL", "COMMENDA_DESK_MODEL", "COMMENDA_DESK_KEY", "COMMENDA_DESK_EMBEDDINGS"],
  ...["COMMENDA_METRICS_TOKEN", "COMMENDA_URL", "COMMENDA_API_KEY", "COMMENDA_PERSONA", "COMMENDA_KEY"],
  ...["COMMENDA_PASSWORD", "COMMENDA_DEBUG", "COMMENDA_DEEP", "COMMENDA_TEST_DATABASE_URL"],
  ...["COMMENDA_REPOSITORIES", "COMMENDA_SANDBOX", "COMMENDA_CONTAINER", "COMMENDA_CONTAINER_IMAGE"],
]);

const isNetwork = (text: string): boolean => {
  try {
    ipaddr.parseCIDR(text);
    return true;
  } catch {
    return false;
  }
};

const LEVELS: readonly Config["logLevel"][] = ["silent", "error", "warn", "info", "debug"];
/** Never repeated in a message. */
const SECRET = /KEY|SECRET|TOKEN|DATABASE_URL|SMTP_URL/;

const list = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** Whether only this machine reaches it. */
export const isLocal = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
