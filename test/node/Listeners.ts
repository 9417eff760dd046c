/** Who hears of what a node does: a receiver of webhooks, a mail server, a reader of events that goes on where it was. */
import { createServer as createHttp } from "node:http";
import { type AddressInfo, createServer as createTcp } from "node:net";
import * as Client from "../../src/api/client.ts";
import type { Person } from "./People.ts";

export type Receiver = {
  readonly url: string;
  /** Bodies by `webhook-id`; each as often as it came. */
  readonly got: ReadonlyMap<string, readonly string[]>;
  close(): void;
};

export async function receiver(): Promise<Receiver> {
  const got = new Map<string, string[]>();
  const server = createHttp(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString("utf8");
    const id = String(request.headers["webhook-id"]);
    got.set(id, [...(got.get(id) ?? []), body]);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Takes every letter. `letters`: how many came, by `Message-ID`. */
export async function mailbox(): Promise<{ url: string; letters: ReadonlyMap<string, number>; close(): void }> {
  const letters = new Map<string, number>();
  const server = createTcp((socket) => {
    let [inData, rest, id] = [false, "", ""];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 test");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (inData && line === ".") {
          inData = false;
          letters.set(id, (letters.get(id) ?? 0) + 1);
          say("250 taken");
        } else if (inData) id = /^Message-ID: (.*)$/i.exec(line)?.[1] ?? id;
        else if (/^DATA/i.test(line)) {
          inData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else say("250 ok");
      }
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    close: () => void server.close(),
  };
}

/** Reads from the first event on, through every break. `heard`: numbers in the order in which they came. */
export function reader(url: string, { apiKey }: Person): { heard: readonly number[]; close(): Promise<void> } {
  const heard: number[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { id } of Client.create({ url, apiKey }).events({ after: "0", signal: stop.signal }))
      heard.push(Number(id));
  })();
  reading.catch(() => {});
  return {
    heard,
    async close() {
      stop.abort();
      await reading;
    },
  };
}
