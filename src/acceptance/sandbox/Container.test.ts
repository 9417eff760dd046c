import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { NoSandbox, SandboxFailed } from "../Errors.ts";
import * as Sandbox from "../Sandbox.ts";
import { ENVIRONMENT, LIMITS, open } from "../testing/Scratch.ts";
import { container } from "./Container.ts";
import type { Engine, Room } from "./Engine.ts";

const scratch = open();
afterAll(() => scratch.close());

const ROOM: Room = {
  ...{ folder: "/tmp/commenda-run-a1B2c3", tools: [["node", "/usr/bin/node"]], places: [["/suite", '/a "b", c:d']] },
  ...{ disk: 16, memory: 128, processes: 32, time: 15, enter: ["32", "10", "1000", "0", "0", "true"] },
};

const chosen = (env: Readonly<Record<string, string>>): Engine => {
  const engine = container(env);
  if (!engine) throw new Error("nothing is chosen");
  return engine;
};

/** The values of an option of the engine's command line. */
const valuesOf = (args: readonly string[], option: string) =>
  args.flatMap((word, index) => (word === option ? [args[index + 1]] : []));

describe("the command line", () => {
  const engine = chosen({ COMMENDA_CONTAINER_IMAGE: "localhost/room:1", HOME: "/home/a", COMMENDA_KEY: "secret" });
  const { file, args, env } = engine.command(ROOM);

  test("behavior: nothing is chosen unless it is configured, and podman where only an image is named", () => {
    expect(container({ PATH: "/usr/bin" })).toBeUndefined();
    expect(container({ COMMENDA_CONTAINER: "", COMMENDA_CONTAINER_IMAGE: "" })).toBeUndefined();
    expect([engine.name, engine.confined, engine.configured]).toEqual(["podman localhost/room:1", true, true]);
    expect(chosen({ COMMENDA_CONTAINER: "/opt/podman", COMMENDA_CONTAINER_IMAGE: "a" }).name).toBe("podman a");
    expect([file, args[2], args[5]]).toEqual(["/bin/sh", "podman", "run"]);
  });

  test("behavior: without network, rights and anything to write to, within the limits of the terms", () => {
    for (const flag of ["--rm", "--read-only", "--read-only-tmpfs=false"]) expect(args).toContain(flag);
    expect(valuesOf(args, "--network")).toEqual(["none"]);
    expect(valuesOf(args, "--cap-drop")).toEqual(["all"]);
    expect(valuesOf(args, "--security-opt")).toContain("no-new-privileges");
    expect(valuesOf(args, "--user")).toEqual(["1000:1000"]);
    expect(valuesOf(args, "--pull")).toEqual(["never"]);
    expect(valuesOf(args, "--pids-limit")).toEqual(["36"]);
    expect([valuesOf(args, "--memory"), valuesOf(args, "--memory-swap")]).toEqual([["224m"], ["224m"]]);
    expect(valuesOf(args, "--timeout")).toEqual(["15"]);
    expect(valuesOf(args, "--tmpfs").every((value) => value?.includes("size=16m"))).toBe(true);
    expect(args.slice(args.indexOf("localhost/room:1") + 4)).toEqual(["15", ...ROOM.enter]);
  });

  test("behavior: places are only read, whatever letters are in their names", () => {
    expect(valuesOf(args, "--mount")).toEqual([
      "type=bind,src=/usr/bin/node,dst=/opt/bin/node,ro=true",
      'type=bind,"src=/a ""b"", c:d",dst=/suite,ro=true',
    ]);
  });

  test("behavior: its first process is known by the file that the engine writes, and it is ended by name", () => {
    const folder = scratch.write("commenda-run-x", {});
    expect(engine.first?.(folder)).toBeUndefined();
    writeFileSync(join(folder, "pid"), "4711");
    expect(engine.first?.(folder)).toBe(4711);
    const ending = engine.ending?.(ROOM.folder);
    expect([ending?.file, ...(ending?.args ?? [])].join(" ")).toBe(
      "podman rm --force --time 0 --ignore commenda-run-a1B2c3",
    );
  });

  test("behavior: the engine is told where its own settings are, and nothing that anybody keeps secret", () => {
    expect(Object.keys(env).toSorted()).toEqual(["HOME", "PATH"]);
  });
});

test("error: an engine that is not there, does not know its options, or has no image says so", async () => {
  const job = { argv: ["true"], tars: [], environment: ENVIRONMENT, limits: LIMITS };
  const PATH = process.env.PATH ?? "";
  const gone = Sandbox.run(chosen({ PATH, COMMENDA_CONTAINER: "/nowhere/podman", COMMENDA_CONTAINER_IMAGE: "a" }), job);
  await expect(gone).rejects.toThrow(/\/nowhere\/podman.*not found/);
  await expect(Sandbox.run(chosen({ PATH, COMMENDA_CONTAINER: "podman" }), job)).rejects.toThrow(SandboxFailed);
  await expect(Sandbox.run(chosen({ PATH, COMMENDA_CONTAINER: "podman" }), job)).rejects.toThrow(
    "COMMENDA_CONTAINER_IMAGE names no image",
  );
});

test("error: what is configured and does not hold is not replaced by another", async () => {
  const before = process.env.COMMENDA_CONTAINER;
  process.env.COMMENDA_CONTAINER = "/nowhere/podman-of-a-test";
  try {
    await expect(Sandbox.find({ only: "" })).rejects.toThrow(NoSandbox);
    expect((await Sandbox.survey())[0]).toMatchObject({
      engine: { configured: true },
      why: expect.stringMatching(/not found|names no image/),
    });
  } finally {
    if (before === undefined) delete process.env.COMMENDA_CONTAINER;
    else process.env.COMMENDA_CONTAINER = before;
  }
});
