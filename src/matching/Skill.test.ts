import { expect, test } from "vitest";
import { Token } from "../text/index.ts";
import * as Skill from "./Skill.ts";

test("behavior: at least 300 skills, each with a name of its own in both languages", () => {
  expect(Skill.ALL.length).toBeGreaterThanOrEqual(300);
  expect(new Set(Skill.ALL.map(({ name }) => name)).size).toBe(Skill.ALL.length);
  expect(Skill.ALL.filter(({ en, zh }) => !/[a-z]/i.test(en) || zh === "")).toEqual([]);
  for (const key of ["en", "zh"] as const) {
    const shown = Skill.ALL.map((skill) => skill[key].toLowerCase());
    expect(shown.filter((name, at) => shown.indexOf(name) !== at)).toEqual([]);
  }
});

test("behavior: every name that is shown finds its own skill", () => {
  const wrong = Skill.ALL.flatMap(({ name, en, zh }) =>
    [name, en, zh]
      .filter((each) => Skill.parse(each) !== name)
      .map((each) => `${each} -> ${Skill.parse(each)}, not ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("behavior: found in either language, the longest name first", () => {
  expect(Skill.find("We need a React Native app with Stripe checkout and CI/CD on AWS")).toEqual([
    "react-native",
    "payments",
    "ci-cd",
    "aws",
  ]);
  expect(Skill.find("用ＲＥＡＣＴ和Node.js开发微信小程序，接入微信支付，需通过等保三级")).toEqual([
    "react",
    "nodejs",
    "mini-program",
    "alipay",
    "mlps",
  ]);
  expect(Skill.find("C++, C#, .NET and F#")).toEqual(["cpp", "csharp", "dotnet", "fsharp"]);
});

test("behavior: words that are also verbs count only as they are written", () => {
  expect(Skill.find("Go to the shop in spring and express your interest; rust and dart are no help")).toEqual([]);
  expect(Skill.find("Backend in Go, Rust or Spring")).toEqual(["backend", "go", "rust", "spring"]);
});

test("behavior: an unknown skill is told what may be meant; nothing, noise and a megabyte find nothing", () => {
  expect(Skill.parse("Kuberntes")).toBeUndefined();
  expect(Skill.near("Kuberntes")[0]).toBe("kubernetes");
  expect(Skill.near("微信小程")).toContain("mini-program");
  expect([Skill.find(""), Skill.find("\u202E؟ …"), Skill.near("")]).toEqual([[], [], []]);
  expect(Skill.find(`${"lorem ".repeat(150_000)} Kubernetes`)).toEqual(["kubernetes"]);
});

test("behavior: its Chinese words are what texts are segmented by", () => {
  expect(Token.tokens("微服务和知识图谱", { dictionary: Skill.dictionary })).toEqual(["微服务", "知识图谱"]);
});
