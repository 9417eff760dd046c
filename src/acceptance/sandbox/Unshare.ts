/** Linux namespaces by util-linux' `unshare`, which every Linux has. `inside/stage.sh` builds the room. */
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asNobody, type Engine, isRoot, linkOf, NOBODY, PATH, SYSTEM } from "./Engine.ts";

const OWN = ["/etc", "/proc", "/dev", "/opt/bin", "/job", "/old"];
const LINKS = [
  ...[0, 1, 2].map((number, at) => [`/dev/${["stdin", "stdout", "stderr"][at]}`, `/proc/self/fd/${number}`] as const),
  ...([
    ["/dev/fd", "/proc/self/fd"],
    ["/dev/shm", "/job/shm"],
    ["/tmp", "/job/tmp"],
  ] as const),
];

const DEVICES = ["null", "zero", "full", "random", "urandom"];

/**
 * As root the room is built with root's rights and left with those of `nobody`; as an ordinary user it is built in a
 * user namespace. Inside, both look alike. Never is it left with the number of root, which limits of processes spare.
 */
const engine = (name: string, root: boolean): Engine => ({
  name,
  confined: true,
  command({ folder, tools, places, disk, time, enter }) {
    const owner = root ? NOBODY : 0;
    const room = join(folder, "root");
    const system = ["/usr", ...SYSTEM, "/nix", "/gnu", "/etc/alternatives"].filter((path) => existsSync(path));
    const links = system.flatMap((path) => (linkOf(path) === undefined ? [] : [[path, linkOf(path)] as const]));
    const folders = [
      ...system.filter((path) => linkOf(path) === undefined).map((path) => [path, path] as const),
      ...places,
    ];
    const files = [
      ...(existsSync("/etc/ld.so.cache") ? [["/etc/ld.so.cache", "/etc/ld.so.cache"] as const] : []),
      ...tools.map(([name, file]) => [`/opt/bin/${name}`, file] as const),
    ];
    const held = readMounts();
    const readable = [...folders, ...files].map(([place, source]) => {
      const kept = flagsAt(held, realpathSync(source));
      return [source, room + place, "none", ["rbind", "ro", ...new Set(["nosuid", "nodev", ...kept])].join(",")];
    });
    const writable = `nosuid,nodev,size=${disk}m,nr_inodes=${disk * 256},mode=755,uid=${owner},gid=${owner}`;
    const table = [
      ...readable,
      ...DEVICES.map((name) => [`/dev/${name}`, `${room}/dev/${name}`, "none", "bind"]),
      ["commenda", `${room}/job`, "tmpfs", writable],
      ["proc", `${room}/proc`, "proc", "nosuid,nodev,noexec"],
    ];
    const fstab = join(folder, "fstab");
    writeFileSync(fstab, table.map((row) => `${row.map(escaped).join(" ")} 0 0\n`).join(""));
    const inside = (paths: readonly string[]) => paths.map((path) => `.${path}`).join("\n");
    const namespaces = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child=KILL"];
    const own = root ? [] : ["--user", "--map-root-user"];
    const stage = join(import.meta.dirname, "../inside/stage.sh");
    return {
      ...asNobody("unshare", [...own, ...namespaces, "--", "/bin/sh", stage, ...enter], isRoot() && !root),
      env: {
        ...{ PATH, C_ROOT: room, C_FSTAB: fstab, C_OWNER: String(owner), C_DISK: String(disk), C_TIME: String(time) },
        C_FOLDERS: inside([...OWN, ...folders.map(([place]) => place)]),
        C_FILES: inside([...DEVICES.map((name) => `/dev/${name}`), ...files.map(([place]) => place)]),
        C_LINKS: [...LINKS, ...links].map(([name, target]) => `.${name}=${target}`).join("\n"),
      },
    };
  },
});

export const unshare = engine("unshare", isRoot());
/** For a root that may not mount, as in many containers. */
export const unshareAsNobody = engine("unshare-as-nobody", false);

/** Spaces and the like, as fstab(5) writes them. */
const escaped = (field: string | undefined) =>
  (field ?? "").replace(/[ \t\n\\#]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, "0")}`);

type Mount = { readonly at: string; readonly flags: readonly string[] };

/** What is mounted where, with the flags that a mount made of it in a user namespace may not drop. */
function readMounts(): readonly Mount[] {
  const kept = new Set(["nosuid", "nodev", "noexec", "noatime", "nodiratime", "relatime"]);
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .flatMap((line) => {
      // 36 35 98:0 /root /at rw,noatime shared:1 - ext4 ...
      const [, , , , at, flags] = line.split(" ");
      if (at === undefined || flags === undefined) return [];
      const path = at.replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8)));
      return [{ at: path, flags: flags.split(",").filter((flag) => kept.has(flag)) }];
    });
}

/** The last mount is the one that is seen. */
function flagsAt(mounts: readonly Mount[], path: string): readonly string[] {
  const holds = ({ at }: Mount) => at === "/" || path === at || path.startsWith(`${at}/`);
  const best = mounts
    .filter(holds)
    .reduce<Mount | undefined>((found, one) => (found && found.at.length > one.at.length ? found : one), undefined);
  return best?.flags ?? [];
}
