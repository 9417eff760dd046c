// In the room: starts a service, waits until it answers, and carries requests to it, a JSON line each, from stdin; answers
// go to stdout, a JSON line each. What is expected of them stays outside. Arguments: PORT READY-PATH SECONDS COMMAND...
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

const [port, ready, seconds, ...command] = process.argv.slice(2);
// The pinned clock is the service's; patience is measured by the real one.
const began = performance.now();
const service = spawn(command[0], command.slice(1), {
  env: { ...process.env, PORT: port, HOST: "127.0.0.1" },
  stdio: ["ignore", 2, 2],
});
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
service.on("error", (error) => {
  say({ failed: error.message });
  process.exit(1);
});
service.on("exit", (code, signal) => {
  say({ failed: `it ended with ${code ?? signal}` });
  process.exit(1);
});

function ask({ method, path, headers, body }, most = 8_000_000) {
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port: Number(port), method, path, headers, agent: false });
    call.on("error", reject);
    call.on("response", (response) => {
      const chunks = [];
      let size = 0;
      response.on("error", reject);
      response.on("data", (chunk) => {
        size += chunk.length;
        if (size > most) call.destroy(new Error(`the answer is longer than ${most} bytes`));
        else chunks.push(chunk);
      });
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      });
    });
    call.end(body);
  });
}

for (;;) {
  try {
    await ask({ method: "GET", path: ready, headers: {} });
    break;
  } catch (error) {
    if (performance.now() - began > Number(seconds) * 1_000) {
      say({ failed: `it does not answer: ${error.message}` });
      process.exit(1);
    }
    await wait(20);
  }
}
say({ ready: true });
const lines = createInterface({ input: process.stdin });
lines.on("line", async (line) => {
  try {
    say(await ask(JSON.parse(line)));
  } catch (error) {
    say({ error: error.message });
  }
});
await once(lines, "close");
process.exit(0);
