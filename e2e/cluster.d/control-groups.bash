# shellcheck shell=bash
# The kernel's record of which processes belong to this cluster. Every process is
# started in a control group below $group, its children stay in it whatever they
# do, and the record cannot go stale as a file of process ids would: after a
# crash it still holds, after a reboot it is empty.
#
#   $group/components/NAME   one of the cluster's own programs
#   $group/commands          what `run` has started
#   $group/kubepods          the pods, made by the kubelet
#
# Tried on cgroup v1 (hybrid). The branches for v2 follow the kernel's
# documentation and the kubelet's checks, and have not been tried.

if [[ $(stat -f -c %T /sys/fs/cgroup) == cgroup2fs ]]; then
  readonly cgroup_version=2
  readonly -a hierarchies=(/sys/fs/cgroup)
  readonly membership=/sys/fs/cgroup/$group
else
  readonly cgroup_version=1
  # The kubelet wants its root in the hierarchy of every controller; one
  # hierarchy is enough to know the members.
  mapfile -t hierarchies < <(awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/mounts)
  readonly hierarchies
  readonly membership=/sys/fs/cgroup/pids/$group
fi

make_control_groups() {
  [[ -e ${membership%/*}/cgroup.procs ]] ||
    fail "no control groups at ${membership%/*}: mounted must be either cgroup v2, or v1 with its controllers"
  local hierarchy controller
  for hierarchy in "${hierarchies[@]}"; do
    mkdir -p "$hierarchy/$group"
  done
  mkdir -p "$membership"/{components,commands}
  if ((cgroup_version == 2)); then
    # The kubelet needs these below its root. A group that has members cannot
    # pass controllers on, therefore $group itself has none.
    for hierarchy in /sys/fs/cgroup "$membership"; do
      for controller in cpuset cpu io memory pids hugetlb; do
        echo "+$controller" >"$hierarchy/cgroup.subtree_control" || true
      done
    done 2>/dev/null
  fi
}

# join_group NAME: moves the calling (sub)shell into $group/NAME.
join_group() {
  mkdir -p "$membership/$1"
  echo "$BASHPID" >"$membership/$1/cgroup.procs"
}

# members [NAME]: the process ids in $group/NAME and in all groups below it.
members() {
  local top=$membership${1:+/$1}
  [[ -d $top ]] || return 0
  find "$top" -name cgroup.procs -exec cat {} + 2>/dev/null || true
}

has_no_members() { [[ -z $(members "${1:-}") ]]; }

# is_member PID [NAME]: whether it lives and is in $group/NAME or in a group below.
is_member() { grep -q -s -E ":/$group${2:+/$2}(/|\$)" "/proc/$1/cgroup"; }

# signal_members SIGNAL [NAME]
signal_members() {
  local pid
  for pid in $(members "${2:-}"); do
    # Between the list and the signal the id may have become someone else's.
    if is_member "$pid"; then
      kill -s "$1" "$pid" 2>/dev/null || true
    fi
  done
}

# end_members SECONDS [NAME]: asks all to end, and insists when time is up.
end_members() {
  signal_members TERM "${2:-}"
  until_true "$1" has_no_members "${2:-}" || kill_members "${2:-}"
}

# kill_members [NAME]: again and again, since what is killed may have been forking.
kill_members() {
  local attempt
  for ((attempt = 0; attempt < 100; attempt++)); do
    signal_members KILL "${1:-}"
    has_no_members "${1:-}" && return
    sleep 0.05
  done
  fail "these processes do not end even when killed: $(members "${1:-}" | paste -sd' ')"
}

remove_control_groups() {
  local hierarchy
  for hierarchy in "${hierarchies[@]}"; do
    # A group whose last process has just ended may stay busy for a moment.
    until_true 5 remove_tree "$hierarchy/$group" ||
      fail "the control group $hierarchy/$group cannot be removed"
  done
}

remove_tree() {
  [[ ! -d $1 ]] || find "$1" -depth -type d -exec rmdir {} + 2>/dev/null
}
