/** The thread that verifies one pack; what it asks of the ledger is answered by the other side. */
import { parentPort, workerData } from "node:worker_threads";
import type { Ledger } from "../../ledger/Ledger.ts";
import * as Pack from "../../ledger/Pack.ts";
import { type Asked, errorOf, type FromThread, failureOf, METHODS, type Method, type ToThread } from "./Checking.ts";

const { pack, ledger } = workerData as Asked;
const say = (message: FromThread) => parentPort?.postMessage(message);

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };
const waiting = new Map<number, Waiting>();
let asked = 0;

parentPort?.on("message", (message: ToThread) => {
  const one = waiting.get(message.number);
  waiting.delete(message.number);
  if ("failure" in message) one?.reject(errorOf(message.failure));
  else one?.resolve(message.value);
});

const ask = (method: Method, args: readonly unknown[]) =>
  new Promise<unknown>((resolve, reject) => {
    const number = ++asked;
    waiting.set(number, { resolve, reject });
    say({ number, method, args });
  });

const asking = Object.fromEntries(
  METHODS.map((method) => [method, (...args: readonly unknown[]) => ask(method, args)]),
);

await Pack.verify(pack, ledger ? { ledger: { ...ledger, ...asking } as unknown as Ledger } : {}).then(
  (findings) => say({ findings }),
  (error: unknown) => {
    const failure = failureOf(error);
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ failed, ...(failure ? { failure } : {}) });
  },
);
