/**
 * That a git account or a domain is an organisation's: its key signs a statement, and whoever controls the account or the domain
 * publishes it at a known place. Nothing is believed of what comes back but what the signature or the statement itself says.
 */
import { InputError } from "../../agreement/index.ts";
import { Attestation } from "../../matching/index.ts";
import * as SafeFetch from "../notify/SafeFetch.ts";

const { both, CommendaError, show } = InputError;
type Words = InputError.Words;

export type Kind = "git" | "domain";
export type Claim = { readonly kind: Kind; readonly subject: string; readonly organisation: string };

/** How what was published is read. */
export type Reach = {
  get(url: string, signal: AbortSignal): Promise<{ status: number; text: string }>;
  texts(name: string, signal: AbortSignal): Promise<readonly string[]>;
};

/** Milliseconds for all of it, and bytes of an answer. */
const PATIENCE = 8_000;
const LIMIT = 10_000;

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^(?=.{4,253}$)(?:${LABEL}\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`);

/** In its one form; nothing for what is no account of a git host, or no domain. */
export function subjectOf(kind: Kind, given: string): string | undefined {
  if (kind === "domain") {
    const name = hostOf(given.includes("://") ? given : `https://${given}`);
    return name && DOMAIN.test(name) ? name : undefined;
  }
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const [, account] = /^\/([A-Za-z0-9][\w.-]{0,99})\/?$/.exec(url?.pathname ?? "") ?? [];
  const isPlain = url?.protocol === "https:" && !url.username && !url.password && !url.port && !url.search && !url.hash;
  return url && isPlain && account && DOMAIN.test(url.hostname) ? `https://${url.hostname}/${account}` : undefined;
}

const hostOf = (text: string): string | undefined => (URL.canParse(text) ? new URL(text).hostname : undefined);

/** What is published: for a git account signed by a key of the organisation's, for a domain as it is. */
export const statementOf = ({ kind, subject, organisation }: Claim): string =>
  `commenda-${kind}: ${subject} belongs to ${organisation}`;

/** Where it is looked for. The file of a git account lies in its repository `commenda`. */
export function placesOf({ kind, subject }: Claim): readonly string[] {
  if (kind === "domain") return [`TXT _commenda.${subject}`, `https://${subject}/.well-known/commenda.txt`];
  const { hostname, pathname } = new URL(subject);
  return [
    hostname === "github.com"
      ? `https://raw.githubusercontent.com${pathname}/commenda/HEAD/commenda.txt`
      : hostname === "gitlab.com"
        ? `https://gitlab.com${pathname}/commenda/-/raw/HEAD/commenda.txt`
        : `https://${hostname}${pathname}/commenda/raw/HEAD/commenda.txt`,
  ];
}

/** Why it is not proven; nothing if it is. `keys`: addresses of the organisation. */
export async function refusalOf(claim: Claim, keys: readonly string[], reach: Reach): Promise<Words | undefined> {
  const signal = AbortSignal.timeout(PATIENCE);
  const statement = statementOf(claim);
  const says = (text: string) => text.split(/\r?\n/).some((line) => line.trim() === statement);
  const places = placesOf(claim);
  if (claim.kind === "domain") {
    const records = await reach.texts(`_commenda.${claim.subject}`, signal);
    if (records.some(says)) return undefined;
  }
  const url = places.at(-1) ?? "";
  const answer = await fetched(url, reach, signal);
  if (!("text" in answer)) return answer;
  const { status, text } = answer;
  if (status !== 200) {
    return both(
      `${url} answered ${status}; expected 200 with the statement. Publish it there, for everyone to read.`,
      `${url} 返回 ${status}，应返回 200 及声明内容。请在该处公开发布。`,
    );
  }
  if (!says(text)) {
    return both(
      `${url} says ${show(text.slice(0, 60))}; expected a line ${show(statement)}. Publish it as it is.`,
      `${url} 内容为 ${show(text.slice(0, 60))}，应有一行 ${show(statement)}。请原样发布。`,
    );
  }
  if (claim.kind === "domain") return undefined;
  const [signature = ""] = /0x[0-9a-fA-F]{130}/.exec(text) ?? [];
  if (keys.some((key) => Attestation.signedBy(statement, signature, key))) return undefined;
  return both(
    `${url} has the statement, but no signature over it by a key of the organisation; expected a line 0x… by ${keys.join(", ") || "one of its accounts"} (EIP-191).`,
    `${url} 有声明，但没有本组织密钥的签名；应另有一行 0x… 签名，签名者为 ${keys.join("、") || "其账户之一"}（EIP-191）。`,
  );
}

async function fetched(url: string, reach: Reach, signal: AbortSignal) {
  try {
    return await reach.get(url, signal);
  } catch (error) {
    if (error instanceof CommendaError) return both(`${url}: ${error.words.en}`, `${url}：${error.words.zh}`);
    // Whatever keeps a foreign server from answering is that server's matter, and told as such.
    const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : String(error);
    return both(
      `${url} cannot be read (${why}); expected the statement there. Try again once it can be reached.`,
      `无法读取 ${url}（${why}）；该处应有声明。请在可访问后重试。`,
    );
  }
}

/** Over the public internet, and into no private network that the operator has not allowed. */
export function overNetwork(networks: readonly string[]): Reach {
  const gate = SafeFetch.gate(networks);
  return {
    get: async (url, signal) => SafeFetch.get(await SafeFetch.check(url, gate, signal), { limit: LIMIT }, signal),
    texts: SafeFetch.texts,
  };
}
