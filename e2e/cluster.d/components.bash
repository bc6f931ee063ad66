# shellcheck shell=bash
# Starting, watching and ending the programs that the cluster consists of. A
# component has one name, which is that of its control group and of its log.

# In the order in which they are ended: who starts things goes first.
readonly -a components=(
  kubelet kube-proxy kube-scheduler kube-controller-manager kube-apiserver etcd containerd
)

log_of() { echo "$logs/$1.log"; }

is_running() { has_members "components/$1"; }

# start NAME COMMAND...: in the cluster's namespaces, detached from this
# terminal, unless it runs already.
start() {
  local name=$1
  shift
  is_running "$name" && return
  (
    join_group "components/$name"
    # Neither the lock nor the caller's pipes may stay open as long as a component lives.
    exec {lock}<&- </dev/null >>"$(log_of "$name")" 2>&1
    ulimit -n "$(ulimit -Hn)"
    export TMPDIR=$dir/tmp
    cd /
    exec setsid --fork nsenter --net="$net_namespace" --mount="$mount_namespace" -- "$@"
  )
}

# await NAME SECONDS WHAT COMMAND...: until the command succeeds, which shows
# that WHAT has happened. Ends with NAME's log if it dies, or when time is up.
await() {
  local name=$1 seconds=$2 what=$3
  shift 3
  local deadline=$((SECONDS + seconds))
  until "$@" >/dev/null 2>&1; do
    is_running "$name" || fail "$name has ended before $what" "$(log_of "$name")"
    ((SECONDS < deadline)) || fail "$what: not within $seconds s" "$(log_of "$name")"
    sleep 0.1
  done
  step "$what"
}
