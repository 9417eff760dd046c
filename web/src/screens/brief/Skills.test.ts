import { describe, expect, test } from "vitest";
import * as Skills from "./Skills.ts";

const names = Skills.search;

describe("Skills", () => {
  test("behavior: a skill is found by its name, its synonyms and parts of either, in both languages", () => {
    expect(names("React")[0]).toBe("react");
    expect(names("react nat")[0]).toBe("react-native");
    expect(names("ECMAScript")[0]).toBe("javascript");
    expect(names("等保")[0]).toBe("mlps");
    expect(names("小程序")).toContain("mini-program");
  });

  test("a slip of the pen finds what was meant", () => {
    expect(names("kuberntes")).toContain("kubernetes");
  });

  test("what is taken is not offered again, and nothing is found by nothing", () => {
    expect(names("React", ["react"])).not.toContain("react");
    expect(names(" ")).toEqual([]);
  });

  test("names of products and norms are kept in Chinese", () => {
    expect(["nodejs", "react", "gdpr", "testing", "wechat"].map((name) => Skills.wordsOf(name).zh)).toEqual([
      ...["Node.js（服务端 JS）", "React 框架", "GDPR（欧盟数据保护）", "软件测试", "微信"],
    ]);
  });

  test("every certificate is in the taxonomy; an unknown name stays what it is", () => {
    for (const name of Skills.COMPLIANCE) expect(Skills.wordsOf(name).en).not.toBe(name);
    expect(Skills.wordsOf("forgotten")).toEqual({ en: "forgotten", zh: "forgotten" });
  });
});
