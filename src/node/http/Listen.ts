/** The listening socket: open before everything else, so that its port is known and a start is seen. */
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { AddressInUse } from "../Errors.ts";

export type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

export type Door = {
  readonly port: number;
  /** Takes no new requests, lets the running ones end, and cuts what still runs after `grace` milliseconds. */
  close(grace: number): Promise<void>;
};

/** Milliseconds for the head of a request; bodies have their own limits. */
const HEADERS_TIMEOUT = 10_000;
/** Longer than what proxies keep an idle connection for, so that it is they who close it. */
const KEEP_ALIVE = 75_000;

/** Throws `AddressInUse`. */
export async function open({ host, port }: { host: string; port: number }, fetch: Fetch): Promise<Door> {
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, bindings as HttpBindings),
    overrideGlobalObjects: false,
    serverOptions: {
      headersTimeout: HEADERS_TIMEOUT,
      keepAliveTimeout: KEEP_ALIVE,
      // Uploads take what they take; every other body is timed where it is read.
      requestTimeout: 0,
      maxHeaderSize: 16_384,
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      reject(
        ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL"].includes(cause.code ?? "") ? new AddressInUse(host, port) : cause,
      );
    });
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(grace) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ("closeIdleConnections" in server) server.closeIdleConnections();
      const timer = setTimeout(() => {
        if ("closeAllConnections" in server) server.closeAllConnections();
      }, grace);
      await closed.finally(() => clearTimeout(timer));
    },
  };
}
