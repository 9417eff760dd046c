/**
 * No sandbox: the command runs with all the rights of whoever runs us. Only for `--unconfined`; limits are measured as
 * elsewhere, but nothing keeps a hostile program in.
 */
import { join } from "node:path";
import { type Engine, PATH } from "./Engine.ts";

export const bare: Engine = {
  name: "none",
  confined: false,
  command({ folder, tools, places, enter }) {
    // The places of the room are folders here.
    const real = (word: string) => {
      const place = places.find(([place]) => word === place || word.startsWith(`${place}/`));
      return place ? place[1] + word.slice(place[0].length) : word;
    };
    const job = join(folder, "job");
    const words = enter.map((word) => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/s.exec(word) ?? [];
      if (name === "PATH") {
        const own = tools.map(([, file]) => join(file, "..")).join(":");
        return `PATH=${own ? `${own}:` : ""}${PATH}`;
      }
      if (name === "HOME" || name === "TMPDIR") return `${name}=${(value ?? "").replace(/^\/job/, job)}`;
      if (name === "NODE_OPTIONS") return `${name}=${(value ?? "").split(" ").map(real).join(" ")}`;
      return real(word);
    });
    return { file: "/bin/sh", args: [real("/opt/commenda/enter.sh"), ...words], env: { PATH, C_JOB: job } };
  },
};
