import { describe, expect, test } from "vitest";
import * as Config from "./Config.ts";
import { BadConfiguration } from "./Errors.ts";

const problemsOf = (env: Config.Environment, given = {}): readonly string[] => {
  try {
    Config.read(env, given);
    return [];
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    return error.problems.map(({ en }) => en.slice(0, en.indexOf(":")));
  }
};

describe("what a node is told", () => {
  test("behavior: with nothing said, all that it needs is on this machine", () => {
    const config = Config.read({}, { home: "/data" });
    expect(config).toMatchObject({ home: "/data", host: "127.0.0.1", port: 8420, demo: false, databaseUrl: undefined });
    expect([config.chain, config.s3, config.smtp]).toEqual([undefined, undefined, undefined]);
  });

  test("error: every mistake at once, in both languages, and no secret in them", () => {
    const env = {
      COMMENDA_HOST: "0.0.0.0",
      DATABASE_URL: "mysql://root:hunter2@db/x",
      COMMENDA_RPC_URL: "ws://node",
      COMMENDA_ESCROW: "0x12",
      COMMENDA_RELAYER_KEY: "hunter2",
      COMMENDA_LOG: "loud",
      PORT: "99999",
      SMTP_URL: "smtp://mail",
      S3_BUCKET: "evidence",
      COMMENDA_WEBHOOK_NETWORKS: "10.0.0.0/8, everything",
      COMMENDA_PUBLICURL: "https://x.example",
    };
    expect(problemsOf(env).toSorted()).toEqual(
      [
        ...["COMMENDA_ESCROW", "COMMENDA_LOG", "COMMENDA_PUBLICURL", "COMMENDA_PUBLIC_URL", "COMMENDA_RELAYER_KEY"],
        ...["COMMENDA_RPC_URL", "COMMENDA_WEBHOOK_NETWORKS", "DATABASE_URL", "PORT"],
        ...["S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY", "SMTP_FROM"],
      ].toSorted(),
    );
    expect(() => Config.read(env)).toThrow(BadConfiguration);
    const told = (() => {
      try {
        return Config.read(env);
      } catch (error) {
        return error as BadConfiguration;
      }
    })() as BadConfiguration;
    expect(`${told.in("en")}${told.in("zh")}`).not.toContain("hunter2");
  });

  test("error: what is said of a chain without its address, personas on one, a port of the command line", () => {
    expect(problemsOf({ COMMENDA_ESCROW: `0x${"12".repeat(20)}` })).toEqual(["COMMENDA_RPC_URL"]);
    expect(problemsOf({ COMMENDA_RPC_URL: "http://node", COMMENDA_DEMO: "1" })).toEqual([
      "COMMENDA_ESCROW",
      "COMMENDA_DEMO",
    ]);
    expect(problemsOf({}, { port: 70_000 })).toEqual(["--port"]);
  });
});
