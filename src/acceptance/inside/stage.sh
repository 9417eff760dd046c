# Builds the room in which foreign code runs, from user, mount, pid, net, ipc and uts namespaces that util-linux' unshare
# has made, and enters it. It is process 1 of the room: when it ends, or is killed, all in it ends. Variables:
#   C_ROOT     an empty folder, over which the room is built     C_FSTAB   what is mounted there, as fstab(5)
#   C_FOLDERS  folders of the room, from its root, in lines      C_FILES   files of the room, likewise
#   C_LINKS    NAME=TARGET lines                                 C_DISK    MB that may be written
#   C_OWNER    number of the account that owns what is written   C_TIME    seconds until it ends whatever happens
# Arguments: the command that follows, as `enter.sh` takes it.
set -euf
umask 022
mount -t tmpfs -o size=4m,nr_inodes=8192,mode=755 commenda "$C_ROOT"
cd "$C_ROOT"
IFS='
'
# shellcheck disable=SC2086
mkdir -p $C_FOLDERS
for name in $C_FILES; do : >"$name"; done
for link in $C_LINKS; do ln -s "${link#*=}" "${link%%=*}"; done
unset IFS
echo 'runner:x:1000:1000::/job/home:/bin/sh' >etc/passwd
echo 'runner:x:1000:' >etc/group
printf '127.0.0.1 localhost commenda\n::1 localhost\n' >etc/hosts
printf 'passwd: files\ngroup: files\nhosts: files\n' >etc/nsswitch.conf
mount --all --fstab "$C_FSTAB"
hostname commenda 2>/dev/null || true
ip link set lo up 2>/dev/null ||
  perl -e 'use Socket; socket(S, PF_INET, SOCK_DGRAM, 0); ioctl(S, 0x8914, pack("a16s", "lo", 0x41))' 2>/dev/null || true
# Shared memory of System V counts nowhere else: as many pages as may be written to disk.
echo $((C_DISK * 256)) >/proc/sys/kernel/shmall 2>/dev/null || true

pivot_root . old
umount -l /old
rmdir /old
mount -o remount,bind,ro,nosuid,nodev /
cd /job

# A second user namespace, in which nobody can be made an administrator again.
drop=''
if [ "$C_OWNER" != 0 ]; then drop="setpriv --reuid=$C_OWNER --regid=$C_OWNER --clear-groups --"; fi
# shellcheck disable=SC2086
timeout -s KILL "$C_TIME" $drop unshare --user --map-user=1000 --map-group=1000 --keep-caps -- /bin/sh -euc '
  echo 0 >/proc/sys/user/max_user_namespaces
  exec setpriv --no-new-privs --inh-caps=-all --ambient-caps=-all --bounding-set=-all -- /bin/sh /opt/commenda/enter.sh "$@"
' sh "$@"
