import { readFileSync } from "node:fs";

const words = JSON.parse(readFileSync(new URL("words.json", import.meta.url), "utf8"));
const score = (text, list) => list.filter((word) => text.includes(word)).length;

for (const line of readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const { id, text } = JSON.parse(line);
  const [[label]] = Object.entries(words)
    .map(([name, list]) => [name, score(text.toLowerCase(), list)])
    .sort(([, one], [, other]) => other - one);
  console.log(JSON.stringify({ id, label }));
}
