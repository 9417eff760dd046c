/**
 * Where a commit is fetched from. The address was written by the other party, and the node stands inside a network: only
 * HTTPS to the public internet, to the very addresses that were judged, and what the node's operator allowed beside.
 */
import { normalize } from "node:path";
import { InputError } from "../../agreement/index.ts";
import type { Config } from "../Config.ts";
import * as SafeFetch from "../notify/SafeFetch.ts";

const { both, CommendaError } = InputError;

/** What `Delivery` fetches with. */
export type Checked = { readonly repository: string; readonly git: readonly string[]; readonly protocols: string };

/** An address that this node fetches nothing from. */
export class RepositoryRefused extends CommendaError {
  readonly next = "fix";

  constructor(repository: string) {
    const shown = InputError.show(repository);
    super(
      "RepositoryRefused",
      both("the node does not fetch from this repository", "节点不从该仓库获取代码"),
      both(
        `repository: found ${shown}, expected https:// without a user name, at an address of the public internet. Push the commit to such a place, deliver a folder in its place, or let the operator allow it by COMMENDA_REPOSITORIES.`,
        `repository：现为 ${shown}，应为公网上不含用户名的 https:// 地址。请将提交推送至此类仓库，或改以文件夹交付，或请运营者以 COMMENDA_REPOSITORIES 放行。`,
      ),
    );
  }
}

/** Milliseconds to look a name up. */
const PATIENCE = 10_000;

/** Throws `RepositoryRefused`, `AddressRefused`, `NameUnknown`. */
export async function check(
  { repositories, webhookNetworks }: Pick<Config, "repositories" | "webhookNetworks">,
  repository: string,
): Promise<Checked> {
  if (repositories.some((allowed) => isWithin(repository, allowed))) {
    const path = repository.startsWith("/") || repository.startsWith("file:");
    return { repository, git: ["http.followRedirects=false"], protocols: path ? "file" : "https:ssh:git:http" };
  }
  const url = URL.canParse(repository) ? new URL(repository) : undefined;
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") throw new RepositoryRefused(repository);
  const gate = SafeFetch.gate(webhookNetworks);
  const { addresses } = await SafeFetch.check(repository, gate, AbortSignal.timeout(PATIENCE));
  const port = url.port === "" ? "443" : url.port;
  const literal = addresses.map((address) => (address.includes(":") ? `[${address}]` : address)).join(",");
  const git = [`http.curloptResolve=${url.hostname}:${port}:${literal}`, "http.followRedirects=false"];
  return { repository: url.href, git, protocols: "https" };
}

/** By whole steps of the path: `/srv/git` allows `/srv/git/shop`, and neither `/srv/git-old` nor `/srv/git/../x`. */
function isWithin(repository: string, allowed: string): boolean {
  const path = (text: string) => text.replace(/^file:\/\//, "").replace(/\/+$/, "");
  const [one, base] = [path(repository), path(allowed)];
  if (base === "" || /%2e|\\/i.test(one)) return false;
  if (one.startsWith("/") && normalize(one) !== one) return false;
  return !one.split("/").includes("..") && (one === base || one.startsWith(`${base}/`));
}
