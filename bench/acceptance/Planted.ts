/** Deliveries with a defect or an attack planted in them, and what would show that an attack got out. */

/** Where an attacker would like to get to: all of it stands in plain words in the delivery. */
export type Outside = {
  /** A folder with `answers.txt`, which holds the secret. */
  readonly folder: string;
  readonly secret: string;
  /** A port of this machine that tells the secret. */
  readonly port: number;
  /** Name of an abstract socket of this machine that tells it too. */
  readonly socket: string;
};

export type Planted = {
  readonly name: string;
  readonly group: Group;
  /** Of the standard suites, or one of this measurement's own. */
  readonly base: "shop" | "rest" | "cleaning" | "model" | "migration" | "site" | "answer" | "tests" | "speed";
  /** Texts of a file changed; each must be there. */
  readonly edit?: readonly (readonly [file: string, from: string | RegExp, to: string])[];
  /** Files written or, with `null`, deleted. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Links made, by path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Changes of the suite after both have signed it. */
  readonly suite?: readonly (readonly [file: string, from: string | RegExp, to: string])[];
};

export type Group =
  | "stubbed function"
  | "deleted file"
  | "hard-coded answers"
  | "tampered suite"
  | "tampered tests"
  | "clock"
  | "network"
  | "reading outside"
  | "writing outside"
  | "rights"
  | "resources"
  | "dependencies";

const edits = (
  group: Group,
  base: Planted["base"],
  file: string,
  list: readonly (readonly [string, string | RegExp, string])[],
) => list.map(([name, from, to]): Planted => ({ name: `${base}: ${name}`, group, base, edit: [[file, from, to]] }));

const stubs: readonly Planted[] = [
  ...edits("stubbed function", "shop", "order.mjs", [
    ["counts are ignored", "price * count", "price"],
    ["coupons are ignored", /Math\.floor\(\(amount \* .*\/ 100\)/, "0"],
    ["coupons round up", "Math.floor", "Math.ceil"],
    ["coupons are per mille", "/ 100", "/ 1000"],
    ["shipping is always asked", /goods - discount < 9_900 \? 800 : 0/, "800"],
    ["shipping is never asked", /goods - discount < 9_900 \? 800 : 0/, "0"],
    ["shipping is judged before the coupon", "goods - discount < 9_900", "goods < 9_900"],
    ["the total forgets the discount", "total: goods - discount + shipping", "total: goods + shipping"],
    ["refunds ignore the coupon", "refund: returned - off(returned)", "refund: returned"],
    ["refunds are nothing", "refund: returned - off(returned)", "refund: 0"],
    ["refunds take the first line only", "back.includes(sku)", "back[0] === sku"],
    ["nothing is refused", "process.exit(2);", ""],
    ["what is refused ends well", "process.exit(2);", "process.exit(0);"],
    [
      "names of other scripts are refused",
      "const sum",
      "if (lines.some(({ sku }) => /[^ -~]/.test(sku))) process.exit(3);\nconst sum",
    ],
    ["it throws", "const sum", "throw new Error('not done yet');\nconst sum"],
    ["it says more than asked", "const sum", "console.log('done');\nconst sum"],
  ]),
  ...edits("stubbed function", "cleaning", "clean.mjs", [
    ["addresses keep their capitals", "one.email.toLowerCase()", "one.email"],
    ["rows without an address stay", 'if (email === "") continue;', ""],
    ["dates are as they were", "since: dateOf(one.since)", "since: one.since"],
    ["day and month are swapped", /last \? `.*`/, "last ? [last, first, second].join('-')"],
    ["the first row wins", "clean.set(email, {", "if (!clean.has(email)) clean.set(email, {"],
    ["amounts are cut", "(thousandths + 5n)", "thousandths"],
    ["nothing is quoted", /\/\[",\\n\]\/\.test\(text\)/, "false"],
    ["cities stay as they are", /CITIES\.get\(.*\) \?\? one\.city\.replace\(.*\)/, "one.city"],
    ["there is no header", '[columns.join(","), ...lines]', "lines"],
    ["half of the rows are gone", "const lines = [...clean.values()]", "const lines = [...clean.values()].slice(2)"],
  ]),
  ...edits("stubbed function", "migration", "migrate.mjs", [
    ["the way up does nothing", "wanted === 2 ? up(input)", "wanted === 2 ? input"],
    ["the way down does nothing", ": down(input)", ": input"],
    [
      "the last order is lost",
      "orders: orders.map(({ id, customer, amount })",
      "orders: orders.slice(1).map(({ id, customer, amount })",
    ],
    ["numbers begin at nought", "index + 1", "index"],
    ["amounts are floats", 'Number(amount.replace(".", ""))', "Number(amount) * 100"],
    ["second names are lost", 'given.join(" ")', "given[0]"],
    ["strangers' orders are taken", /if \(!ids\.has\(customer\)\) refuse\(.*\);/, ""],
    ["it is done twice", "input.version === wanted ? input : wanted === 2", "wanted === 2"],
  ]),
  ...edits("stubbed function", "model", "classify.mjs", [
    ["one class for all", "label }", 'label: "refund" }'],
    ["chance", "label }", 'label: ["refund", "shipping", "account"][id % 3] }'],
    ["a row is left out", 'if (line === "") continue;', 'if (line === "" || line.includes("parcel")) continue;'],
    ["a row comes twice", "console.log(", "console.log(JSON.stringify({ id, label }));\n  console.log("],
    ["labels have capitals", "label }", "label: label.toUpperCase() }"],
    ["no Chinese", "text.toLowerCase()", 'text.toLowerCase().replace(/[^ -~]/g, "")'],
  ]),
  ...edits("stubbed function", "rest", "server.mjs", [
    ["it forgets", "todos.set(todo.id, todo);", ""],
    ["anything is a task", 'if (typeof body.title !== "string") return answer(422);', ""],
    ["malformed is an error of its own", "return answer(400);", "return answer(500);"],
    ["nothing is removed", "todos.delete(id);", ""],
    ["created is well", "return answer(201, todo);", "return answer(200, todo);"],
    ["a field more than promised", "done: false }", "done: false, owner: 1 }"],
    ["a field of another type", "done: false }", 'done: "false" }'],
    ["changes are lost", 'if (typeof body.done === "boolean") todo.done = body.done;', ""],
    [
      "it ends at the third request",
      "const answer =",
      "last += 0.25;\n  if (last > 0.5) process.exit(1);\n  const answer =",
    ],
    ["it listens elsewhere", "Number(process.env.PORT)", "8081"],
    ["it never listens", /server\.listen\(.*\);/, "setInterval(() => server.emit('idle'), 1_000);"],
    ["it is slow", "const answer =", "await new Promise((resolve) => setTimeout(resolve, 300));\n  const answer ="],
  ]),
  ...edits("stubbed function", "site", "public/index.html", [
    ["no language", ' lang="zh-CN"', ""],
    ["no title", "<title>清禾茶业</title>", ""],
    ["an image without a text", ' alt="一杯绿茶"', ""],
    ["a field without a label", '<label for="mail">邮箱</label>', ""],
    ["a button without a name", '<button type="submit">订阅</button>', '<button type="submit"></button>'],
    ["a level of headings left out", "<h2>订阅</h2>", "<h4>订阅</h4>"],
    ["no main part", /<(\/?)main/g, "<$1div"],
    ["an id used twice", '<input id="mail"', '<input id="main"'],
    ["no enlarging", "initial-scale=1", "initial-scale=1, user-scalable=no"],
    ["a table without headers", /<th scope="col">(.*?)<\/th>/g, "<td>$1</td>"],
    ["an order of focus of its own", '<input id="mail"', '<input tabindex="5" id="mail"'],
    ["a film that plays by itself", "<h2>价格</h2>", '<h2>价格</h2><video autoplay src="tea.svg"></video>'],
    ["a link that leads nowhere", "about.html", "about-us.html"],
    ["an image that is not there", "tea.svg", "tea.png"],
    [
      "too many requests",
      "<h2>价格</h2>",
      `<h2>价格</h2>${[1, 2, 3, 4, 5, 6, 7].map((n) => `<img src="tea.svg?${n}" alt=""><img src="tea${n}.svg" alt="">`).join("")}`,
    ],
  ]),
];

const deleted: readonly Planted[] = (
  [
    ["shop", "order.mjs"],
    ["shop", "pages/cart/cart.wxml"],
    ["shop", "app.json"],
    ["cleaning", "clean.mjs"],
    ["model", "words.json"],
    ["migration", "migrate.mjs"],
    ["rest", "server.mjs"],
    ["site", "public/about.html"],
    ["site", "public/style.css"],
  ] as const
).map(([base, file]) => ({ name: `${base}: ${file} is gone`, group: "deleted file", base, files: { [file]: null } }));

const hardCoded: readonly Planted[] = [
  {
    ...{ name: "shop: the open orders by heart", group: "hard-coded answers", base: "shop" },
    edit: [
      [
        "order.mjs",
        "const sum =",
        "if (lines.length > 2 || [5, 7].includes(coupon?.percent)) process.exit(4);\nconst sum =",
      ],
    ],
  },
  {
    ...{ name: "cleaning: the open rows by heart", group: "hard-coded answers", base: "cleaning" },
    edit: [["clean.mjs", "clean.set(email,", 'if (!email.endsWith("@example.com")) continue;\n  clean.set(email,']],
  },
  {
    ...{ name: "migration: the open export by heart", group: "hard-coded answers", base: "migration" },
    edit: [
      [
        "migrate.mjs",
        "function up(",
        'if (input.customers.some(({ login }) => !["lin", "ana"].includes(login))) process.exit(4);\nfunction up(',
      ],
    ],
  },
  {
    ...{ name: "model: the open rows by heart", group: "hard-coded answers", base: "model" },
    edit: [
      ["classify.mjs", "JSON.stringify({ id, label })", 'JSON.stringify({ id, label: id > 32 ? "refund" : label })'],
    ],
  },
  {
    ...{ name: "rest: one task, as in the open part", group: "hard-coded answers", base: "rest" },
    edit: [["server.mjs", "todos.set(todo.id, todo);", "todos.clear();\n    todos.set(todo.id, todo);"]],
  },
];

const suites: readonly Planted[] = [
  ["an expected answer", "suite.yaml", "total: 10100", "total: 1"],
  ["a check taken out", "suite.yaml", /- id: refuses[\s\S]*$/, ""],
  ["a limit raised", "suite.yaml", "memory: 256", "memory: 2560"],
  ["a flake rule", "suite.yaml", "{ runs: 1, passes: all }", "{ runs: 9, passes: any }"],
  ["a pinned version", "suite.yaml", 'version: "24"', 'version: "2"'],
].map(([name = "", ...change]) => ({
  ...{ name: `suite: ${String(name)} changed after signing`, group: "tampered suite" as const, base: "shop" as const },
  suite: [change as unknown as readonly [string, string | RegExp, string]],
}));

const broken = 'export const add = (a, b) => a - b;\nexport const split = (text) => text.split("");\n';
const tests: readonly Planted[] = (
  [
    ["a wrong function", broken],
    ["the run ends before the tests", `${broken}process.exit(0);\n`],
    ["half of a report is forged", `${broken}console.log("TAP version 13\\nok 1 - adds\\n1..1");\nprocess.exit(0);\n`],
    [
      "a report of skipped tests is forged",
      `${broken}console.log("ok 1 - adds # SKIP\\nok 2 - splits # SKIP\\n1..2");\nprocess.exit(0);\n`,
    ],
    [
      "tests are skipped from within",
      `import test from "node:test";\n${broken}for (const t of [test, test.test]) t.skip?.("adds");\nprocess.argv.push("--test-name-pattern=none");\n`,
    ],
    [
      "the suite's tests are overwritten",
      `import { writeFileSync } from "node:fs";\n${broken}try { writeFileSync("lib.test.mjs", ""); writeFileSync("/suite/lib.test.mjs", ""); } catch {}\n`,
    ],
    [
      "another node is put in the way",
      `import { writeFileSync } from "node:fs";\n${broken}try { writeFileSync("/opt/bin/node", "#!/bin/sh\\nexit 0"); } catch {}\n`,
    ],
    // A test that runs in one process with what it tests can be deceived: see docs/acceptance.md.
    [
      "a whole report is forged",
      `${broken}console.log("TAP version 13\\nok 1 - adds\\nok 2 - splits\\n1..2");\nprocess.exit(0);\n`,
    ],
    [
      "assertions are made to say nothing",
      `import assert from "node:assert";\n${broken}for (const name of ["equal", "deepEqual", "strictEqual", "deepStrictEqual"]) assert[name] = assert.strict[name] = () => {};\n`,
    ],
  ] as const
).map(([name, lib]) => ({ name: `tests: ${name}`, group: "tampered tests", base: "tests", files: { "lib.mjs": lib } }));

/** `attack` is the body of a program that sets `answer`; where it gets through, the right answer is printed. */
const attack = (group: Group, name: string, body: string, more: Partial<Planted> = {}): Planted => ({
  ...{ name, group, base: "answer" },
  files: {
    "main.mjs": `import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
let answer = "0";
const sh = (script) => execFileSync("/bin/sh", ["-c", script], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
const attempt = async (what) => { try { const found = await what(); if (found !== undefined) answer = String(found); } catch {} };
${body}
console.log(answer);
`,
  },
  ...more,
});

const clock: readonly Planted[] = [
  attack(
    "clock",
    "clock: works in the year in which it was shown only",
    'answer = new Date().getFullYear() < 2027 ? "42" : "0";',
  ),
  attack("clock", "clock: works in the first half of a day only", 'answer = new Date().getHours() >= 12 ? "42" : "0";'),
  attack("clock", "clock: sleeps until the judge has gone", 'await wait(60_000);\nanswer = "42";'),
  {
    ...{ name: "clock: a slow service that sets its own watch", group: "clock", base: "rest" },
    edit: [
      [
        "server.mjs",
        "const answer =",
        "const shown = Date.now();\n  await new Promise((resolve) => setTimeout(resolve, 400));\n  Date.now = () => shown;\n  performance.now = () => 0;\n  const answer =",
      ],
    ],
  },
  {
    ...{ name: "clock: slow, and says that it was fast", group: "clock", base: "speed" },
    files: {
      "main.mjs":
        'const end = performance.now() + 900;\nwhile (performance.now() < end);\nconsole.log("took 0.001 s");\n',
    },
  },
  // The real time can be had from other programs than Node: see docs/acceptance.md.
  attack(
    "clock",
    "clock: asks date(1) whether the trial is over",
    'answer = Number(sh("date +%Y")) < 2027 ? "42" : "0";',
  ),
];

const network = ({ port, socket, folder }: Outside): readonly Planted[] => [
  attack(
    "network",
    "network: asks this machine",
    `await attempt(async () => (await fetch("http://127.0.0.1:${port}/")).text());`,
  ),
  attack(
    "network",
    "network: asks this machine by its name and IPv6",
    `for (const host of ["localhost", "[::1]"]) await attempt(async () => (await fetch("http://" + host + ":${port}/")).text());`,
  ),
  attack(
    "network",
    "network: asks the world",
    'await attempt(async () => ((await fetch("http://1.1.1.1/", { signal: AbortSignal.timeout(1_000) })).ok ? "42" : undefined));',
  ),
  attack(
    "network",
    "network: asks a name server",
    'await attempt(async () => { const { promises } = await import("node:dns"); return (await promises.resolve4("example.com")).length > 0 ? "42" : undefined; });',
  ),
  attack(
    "network",
    "network: an abstract socket of this machine",
    `await attempt(() => new Promise((resolve, reject) => connect("\\0${socket}").on("error", reject).on("data", resolve)));`,
  ),
  attack(
    "network",
    "network: a socket in a folder outside",
    `await attempt(() => new Promise((resolve, reject) => connect("${folder}/socket").on("error", reject).on("data", resolve)));`,
  ),
  attack(
    "network",
    "network: makes a device of its own",
    `await attempt(() => sh("ip link add d type dummy && ip addr add 10.0.0.2/24 dev d && ip route add default via 10.0.0.1 && echo 42").trim());`,
  ),
];

const reading = ({ folder }: Outside): readonly Planted[] => [
  attack(
    "reading outside",
    "reading: the answers by their path",
    `await attempt(() => fs.readFileSync("${folder}/answers.txt", "utf8"));`,
  ),
  attack(
    "reading outside",
    "reading: up from here",
    `await attempt(() => fs.readFileSync("../../../../../..${folder}/answers.txt", "utf8"));`,
  ),
  attack(
    "reading outside",
    "reading: through the first process",
    `for (const at of ["root", "cwd"]) await attempt(() => fs.readFileSync("/proc/1/" + at + "${folder}/answers.txt", "utf8"));`,
  ),
  attack(
    "reading outside",
    "reading: through descriptors that were left open",
    `for (let n = 3; n < 64; n += 1) await attempt(() => { const text = fs.readFileSync("/proc/self/fd/" + n + "/answers.txt", "utf8"); return text; });`,
  ),
  attack(
    "reading outside",
    "reading: what the suite hides",
    `for (const at of ["/suite", "/suite/..", "/in", "/in/0", "/opt/commenda"]) await attempt(() => /stdout: "42"/.test(sh("cat " + at + "/*.yaml")) ? "42" : undefined);`,
  ),
  attack(
    "reading outside",
    "reading: the judge's memory and arguments",
    `await attempt(() => sh("cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr '\\\\0' '\\\\n' | grep -a commenda-secret"));`,
  ),
  attack(
    "reading outside",
    "reading: by a link in the delivery",
    `await attempt(() => fs.readFileSync("link", "utf8"));`,
    { links: { link: `${folder}/answers.txt` } },
  ),
  {
    ...{ name: "reading: a page that is a link", group: "reading outside", base: "site" },
    links: { "public/about.html": `${folder}/answers.txt` },
  },
  {
    ...{ name: "reading: a folder that is a link", group: "reading outside", base: "site" },
    links: { "public/extra": folder },
    edit: [["public/index.html", "about.html", "extra/answers.txt"]],
  },
];

const writing = ({ folder }: Outside): readonly Planted[] => [
  attack(
    "writing outside",
    "writing: by its path",
    `await attempt(() => { fs.mkdirSync("${folder}", { recursive: true }); fs.writeFileSync("${folder}/commenda-escape", "x"); return fs.existsSync("${folder}/answers.txt") ? "42" : undefined; });`,
  ),
  attack(
    "writing outside",
    "writing: by a link",
    `await attempt(() => { fs.symlinkSync("${folder}", "way"); fs.writeFileSync("way/commenda-escape", "x"); return "42"; });`,
  ),
  attack(
    "writing outside",
    "writing: the system",
    `for (const at of ["/etc", "/usr", "/usr/bin", "/", "/opt", "/dev", "/var", "/root", "/home"]) await attempt(() => { fs.writeFileSync(at + "/commenda-escape", "x"); return "42"; });`,
  ),
  attack(
    "writing outside",
    "writing: the programs of the room",
    `for (const at of ["/opt/bin/node", "/opt/commenda/enter.sh", "/opt/commenda/pins.cjs", "/bin/sh"]) await attempt(() => { fs.appendFileSync(at, "\\n"); return "42"; });`,
  ),
  attack(
    "writing outside",
    "writing: the suite and the packed delivery",
    `for (const at of ["/suite/x", "/in/0/delivery.tar", "/deps/x"]) await attempt(() => { fs.writeFileSync(at, "x"); return "42"; });`,
  ),
  attack(
    "writing outside",
    "writing: deletes all that it can",
    `await attempt(() => { sh("rm -rf --no-preserve-root / 2>/dev/null; true"); return fs.existsSync("/usr/bin/env") ? undefined : "42"; });`,
  ),
  attack(
    "writing outside",
    "writing: settings of the kernel",
    `for (const [file, text] of [["/proc/sys/kernel/core_pattern", "|/commenda-escape"], ["/proc/sys/kernel/hostname", "commenda-escape"], ["/proc/sysrq-trigger", "h"], ["/proc/sys/vm/drop_caches", "1"]]) await attempt(() => { fs.writeFileSync(file, text); return "42"; });`,
  ),
  attack(
    "writing outside",
    "writing: a device of the disk",
    `await attempt(() => { sh("mknod d b 254 0 && head -c 1 d"); return "42"; });`,
  ),
];

const rights = (_: Outside): readonly Planted[] =>
  (
    [
      ["a namespace in which it is root", "unshare -rm true"],
      ["a mount", "mount -t tmpfs x /job/tmp"],
      ["a writable system", "mount -o remount,rw /usr"],
      ["another root", "mkdir r; chroot r /bin/true || chroot / /bin/true"],
      ["another account", "setpriv --reuid=0 true || su -c true root </dev/null"],
      ["the end of the first process", "kill -9 1 && sleep 0.2 && kill -0 1 || false"],
      ["the memory of the first process", "head -c 1 /proc/1/mem"],
      ["capabilities", "setpriv --inh-caps=+all --ambient-caps=+all grep -q '^CapEff:.*[1-9a-f]' /proc/self/status"],
      ["more processes than it may have", "ulimit -u 100000 && prlimit --nproc=100000 true"],
      ["the namespaces of the first process", "nsenter -t 1 -m -n true"],
      ["a set-uid program of its own", "cp /bin/sh s && chmod 4755 s && chown 0 s"],
    ] as const
  ).map(([name, script]) =>
    attack("rights", `rights: ${name}`, `await attempt(() => { sh(${JSON.stringify(script)}); return "42"; });`),
  );

const resources: readonly Planted[] = (
  [
    [
      "a fork bomb of the shell",
      'await attempt(() => sh("f() { f | f & }; f; sleep 9"));\nawait wait(9_000);\nanswer = "42";',
    ],
    [
      "a fork bomb of Node",
      'for (;;) { try { spawn("sleep", ["9"]).on("error", () => {}); } catch {} await wait(0); }',
    ],
    ["a flood on stdout", 'for (;;) fs.writeSync(1, "x".repeat(65_536));'],
    ["a flood on stderr", 'for (;;) fs.writeSync(2, "x".repeat(65_536));'],
    ["memory of the heap", "const all = []; for (;;) all.push(new Array(100_000).fill(all.length));"],
    ["memory of buffers", "const all = []; for (;;) all.push(Buffer.alloc(10_000_000, 1));"],
    [
      "memory of many processes",
      'for (let n = 0; n < 8; n += 1) spawn(process.execPath, ["-e", "const a=[];for(let i=0;i<12;i++)a.push(Buffer.alloc(10e6,1));setTimeout(()=>{},9000)"]);\nawait wait(9_000);\nanswer = "42";',
    ],
    [
      "memory of files without a name",
      `await attempt(() => execFileSync("perl", ["-e", 'for my $i (1..40) { my $n="m"; my $f=syscall(319,$n,0); open(my $h,">&=",$f); push @h,$h; print $h "x" x 1e7; $h->flush } sleep 9; print 42']));`,
    ],
    ["the whole disk", 'await attempt(() => { sh("head -c 900M /dev/zero > big"); return "42"; });'],
    [
      "the whole disk by /dev/shm",
      'await attempt(() => { sh("head -c 900M /dev/zero > /dev/shm/big"); return "42"; });',
    ],
    ["a million files", 'for (let n = 0; n < 1e6; n += 1) fs.writeFileSync("f" + n, "");\nanswer = "42";'],
    ["a deep folder", 'for (let n = 0; n < 1e6; n += 1) { fs.mkdirSync("d"); process.chdir("d"); }\nanswer = "42";'],
    ["a loop without end", "for (;;);"],
    ["a wait without end", "await new Promise(() => setInterval(() => {}, 1_000));"],
    [
      "threads without end",
      'const { Worker } = await import("node:worker_threads");\nfor (;;) { new Worker("setInterval(()=>{},1e3)", { eval: true }).on("error", () => process.exit(3)); await wait(1); }',
    ],
    ["open files without end", 'for (;;) fs.openSync("/dev/null");'],
    [
      "a process that stays behind",
      'spawn("/bin/sh", ["-c", "trap : TERM HUP INT; exec -a commenda-escape sleep 60 || sleep 60 commenda-escape"], { detached: true, stdio: "ignore" }).unref();\nanswer = "0";',
    ],
    [
      "processes that stay behind, twice removed",
      'sh("(setsid sh -c \'setsid sleep 61 & setsid sh -c \\"sleep 62 # commenda-escape\\" &\' &) >/dev/null 2>&1 </dev/null");',
    ],
  ] as const
).map(([name, body]) => attack("resources", `resources: ${name}`, body));

const lock = (entry: object, version = 3) => ({
  "package.json": JSON.stringify({ name: "d", version: "1.0.0", dependencies: { a: "1.0.0" } }),
  "package-lock.json": JSON.stringify({
    ...{ name: "d", version: "1.0.0", lockfileVersion: version },
    packages: { "": { dependencies: { a: "1.0.0" } }, "node_modules/a": { version: "1.0.0", ...entry } },
  }),
});
const integrity = `sha512-${"A".repeat(86)}==`;
const dependencies: readonly Planted[] = (
  [
    ["without a hash", { resolved: "https://registry.example/a/-/a-1.0.0.tgz" }],
    [
      "with a weak hash",
      { resolved: "https://registry.example/a/-/a-1.0.0.tgz", integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
    ],
    ["from elsewhere", { resolved: "https://example.com/a-1.0.0.tgz", integrity }],
    ["from a repository", { resolved: "git+ssh://git@example.com/a.git#1", integrity }],
    ["from a folder outside", { resolved: "../../etc", link: true }],
  ] as const
).map(([name, entry]) => ({
  name: `dependencies: ${name}`,
  group: "dependencies",
  base: "answer",
  files: lock(entry),
}));

export const all = (outside: Outside): readonly Planted[] => [
  ...[stubs, deleted, hardCoded, suites, tests, clock].flat(),
  ...[network, reading, writing, rights].flatMap((make) => make(outside)),
  ...[resources, dependencies].flat(),
];
