import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { BadConfiguration } from "../Errors.ts";
import * as SafeFetch from "./SafeFetch.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const soon = () => AbortSignal.timeout(5_000);
const names =
  (table: Record<string, readonly string[]>): SafeFetch.Resolve =>
  async (name) =>
    table[name] ?? [];
const NAMES = names({
  "hooks.example": ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"],
  "rebound.example": ["127.0.0.1"],
  "mixed.example": ["93.184.216.34", "10.0.0.7"],
  "metadata.google.internal": ["169.254.169.254"],
  "garbage.example": ["not an address"],
});
const refusal = (url: string, networks: readonly string[] = []) =>
  SafeFetch.check(url, SafeFetch.gate(networks, NAMES), soon()).then(
    () => "taken",
    (error: Error) => error.name,
  );

describe("SafeFetch.check", () => {
  test.each([
    // this machine, in every way to write it
    "https://127.0.0.1/",
    "https://127.0.0.1.:443/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://127.255.255.254:8443/",
    "https://１２７.０.０.１/",
    "https://localhost/",
    "https://localhost./",
    "https://LOCALHOST:8420/",
    "https://anything.localhost/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[::ffff:0:127.0.0.1]/",
    "https://0.0.0.0/",
    "https://0.1.2.3/",
    "https://0/",
    // the networks around it
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://100.100.100.200/latest/meta-data",
    "https://169.254.169.254/latest/meta-data",
    "https://168.63.129.16/machine",
    "https://192.0.0.192/opc/v2",
    "https://198.18.0.1/",
    "https://192.0.2.1/",
    "https://224.0.0.1/",
    "https://239.255.255.250/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[ff02::1]/",
    "https://[100::1]/",
    "https://[2001:db8::1]/",
    "https://[4000::1]/",
    // names that lead there
    "https://rebound.example/",
    "https://mixed.example/",
    "https://metadata.google.internal/computeMetadata/v1/",
    // not the web, not secret, not without a name
    "ftp://hooks.example/",
    "file:///etc/passwd",
    "gopher://hooks.example/",
    "data:text/plain,1",
    "javascript:1",
    "https://user:pass@hooks.example/",
    "https://127.0.0.1@hooks.example/",
    "http://hooks.example/",
    "hooks.example",
    "https://",
    "",
  ])("error: refuses %s", async (url) => {
    expect(await refusal(url)).toBe("AddressRefused");
  });

  test("error: a name without an address is told from one that is refused", async () => {
    expect(await refusal("https://nowhere.example/")).toBe("NameUnknown");
    expect(await refusal("https://garbage.example/")).toBe("NameUnknown");
  });

  test("behavior: takes the public internet, at any port, and says where it leads", async () => {
    const { url, addresses } = await SafeFetch.check(
      "https://hooks.example:8443/in?a=1",
      SafeFetch.gate([], NAMES),
      soon(),
    );
    expect(url.href).toBe("https://hooks.example:8443/in?a=1");
    expect(addresses).toEqual(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]);
    expect(await refusal("https://93.184.216.34/")).toBe("taken");
    expect(await refusal("https://[2606:2800:220:1:248:1893:25c8:1946]/")).toBe("taken");
  });

  test("behavior: networks named by the operator are reached, without TLS only on this machine", async () => {
    const networks = ["10.0.0.0/8", "127.0.0.0/8", "fd00::/8"];
    const urls = ["https://10.0.0.1/", "https://mixed.example/", "https://[fd00::1]/", "http://127.0.0.1:80/"];
    for (const url of [...urls, "http://localhost:9/", "http://[::ffff:127.0.0.1]/"])
      expect([url, await refusal(url, networks)]).toEqual([url, "taken"]);
    for (const url of ["http://10.0.0.1/", "https://192.168.1.1/", "https://[::1]/", "http://mixed.example/"])
      expect([url, await refusal(url, networks)]).toEqual([url, "AddressRefused"]);
  });

  test("error: networks that are none are all named", () => {
    const open = () => SafeFetch.gate(["10.0.0.0/8", "10.0.0.0", "10.0.0.0/64"]);
    expect(open).toThrow(BadConfiguration);
    expect(open).toThrow(/"10\.0\.0\.0".*\n.*"10\.0\.0\.0\/64"/);
  });

  test("error: a name server that does not answer is not waited for", async () => {
    const gate = SafeFetch.gate(
      [],
      (_, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    const checking = SafeFetch.check("https://hooks.example/", gate, AbortSignal.timeout(1));
    await expect(checking).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("SafeFetch.post", () => {
  /** A receiver on this machine, and what it was asked. */
  async function receiver(status: number, headers: Record<string, string> = {}, answer = "thanks") {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.headers.host} ${request.url}`);
      response.writeHead(status, headers).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    return { port, asked };
  }
  const LOCAL = ["127.0.0.0/8"];
  const post = { headers: {}, body: "{}", limit: 1024 };

  test("behavior: connects to what was judged, though the name has moved since", async () => {
    const { port, asked } = await receiver(200);
    const addresses = [["127.0.0.1"], ["10.255.255.1"]];
    const gate = SafeFetch.gate(LOCAL, async () => addresses.shift() ?? []);
    const checked = await SafeFetch.check(`http://moving.example:${port}/in?a=1`, gate, soon());
    expect(await SafeFetch.post(checked, post, soon())).toEqual({ status: 200, text: "thanks" });
    expect(asked).toEqual([`POST moving.example:${port} /in?a=1`]);
    expect(addresses).toHaveLength(1);
    await expect(SafeFetch.check(checked.url.href, gate, soon())).rejects.toThrow(SafeFetch.AddressRefused);
  });

  test("behavior: a redirect is an answer, not a way", async () => {
    const inside = await receiver(200);
    const { port } = await receiver(307, { location: `http://127.0.0.1:${inside.port}/secret` }, "");
    const checked = await SafeFetch.check(`http://127.0.0.1:${port}/`, SafeFetch.gate(LOCAL), soon());
    expect(await SafeFetch.post(checked, post, soon())).toEqual({ status: 307, text: "" });
    expect(inside.asked).toEqual([]);
  });

  test("behavior: reads no more of the answer than asked for", async () => {
    const { port } = await receiver(200, {}, "x".repeat(10_000_000));
    const checked = await SafeFetch.check(`http://127.0.0.1:${port}/`, SafeFetch.gate(LOCAL), soon());
    const { text } = await SafeFetch.post(checked, post, soon());
    expect(text).toBe("x".repeat(1024));
  });
});
