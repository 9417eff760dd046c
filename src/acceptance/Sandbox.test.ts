import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NoSandbox, SandboxFailed } from "./Errors.ts";
import * as Folder from "./Folder.ts";
import * as Sandbox from "./Sandbox.ts";
import { bare } from "./sandbox/Bare.ts";
import * as Usage from "./sandbox/Usage.ts";
import { ENVIRONMENT, LIMITS, open } from "./testing/Scratch.ts";

const scratch = open();
afterAll(() => scratch.close());
const packed = join(scratch.folder, "packed");
const tar = join(packed, "delivery.tar");
beforeAll(() => {
  const tree = scratch.write("tree", { "main.js": "console.log('main')", "数据/结果.txt": "一", b: "", a: "" });
  mkdirSync(packed);
  Folder.pack(tree, tar);
});

const job = (argv: readonly string[], more: Partial<Sandbox.Job> = {}): Sandbox.Job => ({
  ...{ argv, tars: [tar], environment: ENVIRONMENT, limits: LIMITS },
  ...more,
});
const sh = (script: string, more: Partial<Sandbox.Job> = {}) => job(["/bin/sh", "-c", script], more);
const text = (ran: Sandbox.Ran) => ran.stdout.toString("utf8").trim();

/** All that hold on this machine. */
const survey = await Sandbox.survey();
const engines = survey.filter(({ why }) => why === undefined).map(({ engine }) => [engine.name, engine] as const);

test("behavior: an engine that holds foreign code is found, and tried first", async () => {
  expect(engines.length).toBeGreaterThan(0);
  expect((await Sandbox.find()).name).toBe(engines[0]?.[0]);
  expect(engines.every(([, { confined }]) => confined)).toBe(true);
});

test("error: where none holds, foreign code is refused, unless it is said", async () => {
  const only = "a jail";
  await expect(Sandbox.find({ only })).rejects.toThrow(NoSandbox);
  expect(await Sandbox.find({ only, unconfined: true })).toBe(bare);
});

describe.each(engines)("%s", (_, engine) => {
  test("behavior: pinned are account, folder, clock, seed, locale, time zone, and the order of files", async () => {
    const script = [
      "id -u; pwd; echo $LC_ALL $TZ $SOURCE_DATE_EPOCH; ls -f | tr '\\n' ' '; echo",
      "node -e 'console.log(new Date().toISOString().slice(0,16), typeof Date(), new Date(0).constructor === Date, Math.random())'",
    ].join("\n");
    const ran = await Sandbox.run(engine, sh(script));
    expect(ran.stderr.toString("utf8")).toBe("");
    const [id, folder, pins, files, node] = text(ran).split("\n");
    expect([id, folder, pins]).toEqual(["1000", "/job/work", "C.UTF-8 Asia/Shanghai 1798761600"]);
    expect(files).toMatch(/^数据 main\.js b a|\. \.\. 数据 main\.js b a/);
    expect(node).toBe("2027-01-01T00:00 string true 0.011704753153026104");
  });

  test("behavior: hands back what was asked for, feeds stdin, tells the exit code", async () => {
    const ran = await Sandbox.run(
      engine,
      sh("cat > 出.txt; ln -s main.js link; exit 3", { stdin: "你好", collect: ["出.txt", "link", "none"] }),
    );
    expect([ran.ended, ran.code]).toEqual(["exit", 3]);
    expect([...ran.collected].map(([name, bytes]) => [name, bytes.toString("utf8")])).toEqual([["出.txt", "你好"]]);
  });

  test("behavior: a command that goes on is spoken with line by line, and ends when it is told", async () => {
    const running = Sandbox.start(engine, sh("while read line; do echo got $line; done"));
    const lines = running.lines()[Symbol.asyncIterator]();
    running.write("one\n");
    expect((await lines.next()).value).toBe("got one");
    expect((await running.stop()).ended).toBe("stopped");
    expect((await lines.next()).done).toBe(true);
  });

  test("escape: no file outside is seen or written, whatever account and link is tried", async () => {
    const secret = join(scratch.folder, "secret.txt");
    writeFileSync(secret, "the answers");
    const attempts = [
      `cat ${secret}`,
      `ln -s ${secret} l; cat l`,
      `cat /proc/1/root${secret}`,
      `cat /proc/1/cwd/secret.txt`,
      "cat /etc/shadow /root/.profile /proc/1/environ",
      `echo x > ${secret}`,
      "echo x > /usr/bin/x || echo x > /etc/x || echo x > /opt/commenda/x || echo x > /opt/bin/node",
      "mount -o remount,rw /usr && echo x > /usr/x",
      "mount -t proc proc /job/tmp",
      "unshare -rm sh -c 'mount -o remount,rw /usr'",
      "mknod disk b 254 0 && cat disk",
      "echo core > /proc/sys/kernel/core_pattern; echo c > /proc/sysrq-trigger",
      "chroot / id; su - root; kill -9 1",
    ];
    const ran = await Sandbox.run(engine, sh(`${attempts.join("\n")}\nls /job/work; ls /proc | grep -c '^[0-9]'`));
    expect(ran.stdout.toString("utf8")).not.toContain("answers");
    expect(ran.stdout.toString("utf8")).toContain("main.js");
    expect(readFileSync(secret, "utf8")).toBe("the answers");
    expect(existsSync("/usr/bin/x") || existsSync("/usr/x") || existsSync("/etc/x")).toBe(false);
  });

  test("escape: there is no network, not even to this machine", async () => {
    let reached = 0;
    const server = createServer((socket) => {
      reached += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const script = `for (const url of ["http://127.0.0.1:${port}", "http://1.1.1.1", "http://example.com"])
      await fetch(url).then(() => console.log("reached"), (error) => console.log(error.cause.code));`;
    const ran = await Sandbox.run(engine, job(["node", "--input-type=module", "-e", script]));
    await new Promise((resolve) => server.close(resolve));
    expect(text(ran).split("\n")).toEqual([
      "ECONNREFUSED",
      "ENETUNREACH",
      expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    ]);
    expect(reached).toBe(0);
  });

  test("limit: time, output, disk, memory of programs and of memory files, processes", async () => {
    const small = { ...LIMITS, time: 1 };
    const memfds =
      'for my $i (1..40) { my $n="m"; my $f=syscall(319,$n,0); open(my $h,">&=",$f); push @h,$h; print $h "x" x 1e7; $h->flush } sleep 9';
    const [time, output, disk, heap, shared, forks] = await Promise.all([
      Sandbox.run(engine, sh("sleep 60 & setsid sleep 60 & sleep 60", { limits: small })),
      Sandbox.run(engine, sh("yes 你好")),
      Sandbox.run(engine, sh("head -c 64M /dev/zero > big; echo $?; ls -l big | wc -l")),
      Sandbox.run(engine, job(["node", "-e", "const a=[];for(;;)a.push(Buffer.alloc(1e7,1))"])),
      Sandbox.run(engine, process.arch === "x64" ? job(["perl", "-e", memfds]) : sh("head -c 300M /dev/zero | tail")),
      Sandbox.run(engine, sh("f() { f | f & }; f 2>/dev/null; i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")),
    ]);
    expect(time.ended).toBe("time");
    expect(output.ended).toBe("output");
    expect(output.stdout.length).toBeLessThanOrEqual(1_048_576);
    expect(text(disk)).toBe("1\n1");
    // Between two looks a program may come to the limit of its own addresses, and fail by itself.
    expect([heap.ended, heap.code]).not.toEqual(["exit", 0]);
    expect(shared.ended).toBe("memory");
    expect(forks.peak.processes).toBeLessThanOrEqual(LIMITS.processes + 8);
  });

  test("limit: nothing goes on after the end", async () => {
    const mark = `commenda-${process.pid}-left`;
    await Sandbox.run(engine, sh(`(setsid sh -c 'exec -a ${mark} sleep 60' &) ; (trap '' TERM HUP; sleep 60) & echo`));
    const list = spawnSync("sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"], { encoding: "utf8" });
    expect(list.stdout).not.toContain(mark);
  });

  test("error: a delivery that does not fit on the disk is no fault of its command", async () => {
    const big = scratch.write("big", {});
    writeFileSync(join(big, "big"), Buffer.alloc(20_000_000));
    const place = scratch.write("packed-big", {});
    Folder.pack(big, join(place, "delivery.tar"));
    await expect(Sandbox.run(engine, sh("true", { tars: [join(place, "delivery.tar")] }))).rejects.toThrow(
      SandboxFailed,
    );
  });
});

test("behavior: without a sandbox the same command runs, measured, and is ended with its group", async () => {
  const script = "cat 数据/*; node main.js; test -e /suite || echo unmapped; cat > /dev/null";
  const ran = await Sandbox.run(bare, sh(script, { stdin: "x" }));
  expect(text(ran)).toBe("一main\nunmapped");
  const forks = await Sandbox.run(
    bare,
    sh("for i in $(seq 60); do sleep 30 & done; wait", { limits: { ...LIMITS, processes: 16 } }),
  );
  expect(forks.ended).toBe("processes");
});

test("error: a machine that is short of memory ends what runs, and that is no verdict", async () => {
  const engine = await Sandbox.find();
  const short = Sandbox.run(engine, sh("sleep 30", { reserve: Number.MAX_SAFE_INTEGER }));
  await expect(short).rejects.toThrow("the machine has too little memory left");
});

test("behavior: a runner that is told to end takes its rooms with it", () => {
  const mark = `commenda-${process.pid}-orphan`;
  const script = `
    import * as Sandbox from ${JSON.stringify(join(import.meta.dirname, "Sandbox.ts"))};
    const job = ${JSON.stringify(sh(`echo up; sleep 30 # ${mark}`))};
    const running = Sandbox.start(await Sandbox.find(), job);
    for await (const line of running.lines()) process.exit(line === "up" ? 7 : 1);`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script]);
  expect(run.status).toBe(7);
  const list = spawnSync("sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"], { encoding: "utf8" });
  expect(list.stdout).not.toContain(mark);
});

test("behavior: usage counts a tree of processes, and a process that is gone counts nothing", () => {
  expect(Usage.of(process.pid).processes).toBeGreaterThan(0);
  expect(Usage.of(process.pid).memory).toBeGreaterThan(1);
  expect(Usage.of(2 ** 22)).toEqual({ memory: 0, cpu: 0, processes: 0 });
  expect(Usage.left()).toBeGreaterThan(0);
});
