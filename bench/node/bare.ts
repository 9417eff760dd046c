// The floor of a node: its server and one route, which always gives the same. Says its port.
import { parentPort, workerData } from "node:worker_threads";
import { Hono } from "hono";
import * as Listen from "../../src/node/http/Listen.ts";

const app = new Hono();
const headers = { "content-type": "application/json" };
app.get("/v1/agreements/:agreement", () => new Response(workerData, { headers }));
const door = await Listen.open({ host: "127.0.0.1", port: 0 }, (request, bindings) => app.fetch(request, bindings));
parentPort?.postMessage(door.port);
