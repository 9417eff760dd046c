/** A mail server for tests: it speaks as much SMTP as it takes, on this machine alone. */
import { type AddressInfo, createServer } from "node:net";

export type Letter = { from: string; to: string[]; text: string };

/** `refuse`: what every recipient is answered. */
export async function open(refuse?: string) {
  const letters: Letter[] = [];
  const server = createServer((socket) => {
    let letter: Letter = { from: "", to: [], text: "" };
    let [inData, rest] = [false, ""];
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 test");
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (inData && line === ".") {
          inData = false;
          letters.push(letter);
          letter = { from: "", to: [], text: "" };
          say("250 taken");
        } else if (inData) letter.text += `${line}\n`;
        else if (/^DATA/i.test(line)) {
          inData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else if (/^RCPT/i.test(line) && refuse) say(refuse);
        else {
          if (/^MAIL/i.test(line)) letter.from = line;
          if (/^RCPT/i.test(line)) letter.to.push(line);
          say("250 ok");
        }
      }
    });
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    letters,
    close: () => void server.close(),
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}

/** Headers by lower-case name, and the body in plain. */
export function parse(text = "") {
  const at = text.indexOf("\n\n");
  const lines = text
    .slice(0, at)
    .replaceAll(/\n[ \t]+/g, " ")
    .split("\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.replace(/^[^:]*: ?/, "")]),
  );
  const body = text.slice(at + 2);
  const isBase64 = headers.get("content-transfer-encoding") === "base64";
  const quoted = () => {
    const bytes = body
      .replaceAll("=\n", "")
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  };
  return { headers, body: isBase64 ? Buffer.from(body, "base64").toString("utf8") : quoted() };
}
