/** Many listeners on one agreement, and how long what was written takes to reach each of them. */
import { connect, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Crowd } from "./Load.ts";
import type { Scene } from "./Scene.ts";

/** Milliseconds between two writes, and for the last to arrive everywhere. */
const APART = 500;
const PATIENCE = 20_000;
/** Opened at once. */
const TOGETHER = 50;

/**
 * @returns Milliseconds of each event at each listener, from when the write was sent: the write itself is among them, as
 * the listeners may have it before the writer has its answer.
 */
export async function measure(
  crowd: Crowd,
  scene: Scene,
  { port, listeners, writes }: { port: number; listeners: number; writes: number },
): Promise<number[]> {
  const agreement = scene.agreements[0] ?? "";
  const times: number[] = [];
  let sent = 0;
  const sockets: Socket[] = [];
  try {
    for (let k = 0; k < listeners; k += TOGETHER) {
      const some = Array.from({ length: Math.min(TOGETHER, listeners - k) }, (_, j) => {
        const { cookie } = scene.people[(k + j) % scene.people.length] ?? { cookie: "" };
        return listen({ port, agreement, cookie, who: k + j }, () => times.push(performance.now() - sent));
      });
      sockets.push(...(await Promise.all(some)));
    }
    for (let k = 0; k < writes; k++) {
      await setTimeout(APART);
      const before = times.length;
      sent = performance.now();
      // Always of the first agreement.
      await crowd.ask(k, scene.write(k * scene.agreements.length));
      const until = performance.now() + PATIENCE;
      while (times.length < before + listeners) {
        if (performance.now() > until) throw new Error(`${times.length - before} of ${listeners} were told`);
        await setTimeout(5);
      }
    }
    return times;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

type Listener = { port: number; agreement: string; cookie: string; who: number };

/** A bare socket: a thousand of them must not keep this process from reading the clock. Resolves when it listens. */
function listen({ port, agreement, cookie, who }: Listener, heard: () => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, localAddress: `127.0.0.${(who % 8) + 2}` });
    socket.setEncoding("latin1").once("error", reject);
    let isOpen = false;
    let rest = "";
    socket.on("data", (text: string) => {
      rest += text;
      if (!isOpen && rest.includes("retry: ")) {
        isOpen = true;
        resolve(socket);
      } else if (!isOpen && !rest.startsWith("HTTP/1.1 200") && rest.includes("\r\n")) {
        reject(new Error(`a listener was told ${rest.slice(0, rest.indexOf("\r\n"))}`));
      }
      for (let at = rest.indexOf(EVENT); at !== -1; at = rest.indexOf(EVENT)) {
        heard();
        rest = rest.slice(at + EVENT.length);
      }
      if (isOpen) rest = rest.slice(-EVENT.length + 1);
    });
    const head = [
      `GET /v1/events/stream?agreement=${agreement} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      `cookie: ${cookie}`,
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
  });
}

const EVENT = "event: comment.added\n";
