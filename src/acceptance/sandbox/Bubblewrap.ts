/** Linux namespaces by bubblewrap, which some systems allow where they forbid user namespaces to everybody else. */
import { existsSync } from "node:fs";
import { asNobody, type Engine, isRoot, linkOf, PATH, SYSTEM } from "./Engine.ts";

export const bubblewrap: Engine = {
  name: "bubblewrap",
  confined: true,
  command({ tools, places, disk, time, enter }) {
    const size = String(disk * 1_048_576);
    const system = SYSTEM.filter((path) => existsSync(path)).flatMap((path) => {
      const link = linkOf(path);
      return link === undefined ? ["--ro-bind", path, path] : ["--symlink", link, path];
    });
    const optional = ["/etc/alternatives", "/etc/ld.so.cache", "/nix", "/gnu"];
    const args = [
      ...["--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"],
      ...["--uid", "1000", "--gid", "1000", "--hostname", "commenda", "--cap-drop", "ALL"],
      ...["--ro-bind", "/usr", "/usr", ...system],
      ...optional.flatMap((path) => ["--ro-bind-try", path, path]),
      ...["--proc", "/proc", "--dev", "/dev", "--size", "1048576", "--tmpfs", "/dev/shm"],
      ...["--size", size, "--tmpfs", "/job", "--symlink", "/job/tmp", "/tmp"],
      ...tools.flatMap(([name, file]) => ["--ro-bind", file, `/opt/bin/${name}`]),
      ...places.flatMap(([place, folder]) => ["--ro-bind", folder, place]),
      ...["--remount-ro", "/", "--chdir", "/job", "--clearenv", "--setenv", "PATH", PATH],
      ...["--", "timeout", "-s", "KILL", String(time), "/bin/sh", "/opt/commenda/enter.sh", ...enter],
    ];
    return { ...asNobody("bwrap", args, isRoot()), env: { PATH } };
  },
};
