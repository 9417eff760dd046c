/** Numbers for Prometheus; a registry of its own for each node in a process. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Looked up when somebody asks. */
export type Sources = {
  listeners(): number;
  /** Blocks that the ledger is ahead of what was read. */
  lag(): number;
  /** Jobs that wait, by queue. */
  waiting(): Promise<Readonly<Record<string, number>>>;
  storeIsUp(): Promise<boolean>;
  ledgerIsUp(): Promise<boolean>;
};

export type Metrics = {
  /** An answered request; `seconds` until its head was sent. */
  request(operation: string, status: number, seconds: number): void;
  /** In the format of Prometheus. */
  text(): Promise<{ type: string; body: string }>;
};

export function open(sources: Sources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "commenda_request_seconds",
    help: "Duration of requests by operation and status",
    labelNames: ["operation", "status"],
    buckets: [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers,
  });
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        this.set(await read());
      },
    });
  gauge("commenda_listeners", "Open event streams", sources.listeners);
  gauge("commenda_lag_blocks", "Blocks that the ledger is ahead of what was read", sources.lag);
  gauge("commenda_store_up", "Whether the store answers", async () => Number(await sources.storeIsUp()));
  gauge("commenda_ledger_up", "Whether the ledger answers", async () => Number(await sources.ledgerIsUp()));
  new Gauge({
    ...{ name: "commenda_jobs_waiting", help: "Jobs that wait, by queue", labelNames: ["queue"], registers },
    async collect() {
      for (const [queue, count] of Object.entries(await sources.waiting())) this.set({ queue }, count);
    },
  });
  return {
    request: (operation, status, seconds) => requests.observe({ operation, status: String(status) }, seconds),
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}
