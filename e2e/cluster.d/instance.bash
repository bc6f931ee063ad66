# shellcheck shell=bash disable=SC2034 # read by the files beside this one
# Which cluster this is: its directory and all the names that follow from it.
# Two directories are two clusters, and neither can name a thing of the other's.

dir=$(realpath -m "${MAILSERVICE_CLUSTER_DIR:-/var/lib/mailservice-cluster}")
instance=$(printf %s "$dir" | sha256sum | cut -c1-6)
readonly dir instance

readonly marker=$dir/made-by-e2e-cluster
readonly logs=$dir/log
readonly kubeconfig=$dir/kubeconfig

readonly group=mailservice-$instance     # the control group of all its processes
readonly host_interface=ms-$instance     # the machine's end of the veth pair
readonly node_interface=node0            # the cluster's end of it

readonly node_name=node
readonly cluster_domain=cluster.local
readonly pod_network=10.244.0.0/16
readonly service_network=10.96.0.0/16
readonly api_service_address=10.96.0.1
readonly dns_service_address=10.96.0.10

# Longer, and the sockets in it would be longer than the kernel's 107 bytes.
readonly longest_dir=64

# refuse MESSAGE: bad usage, said in one line.
refuse() {
  echo "e2e/cluster: $1" >&2
  exit 2
}

# A control group of this name proves as much as the marker does.
is_made() { [[ -e $marker || -e $membership ]]; }

require_root() {
  ((EUID == 0)) || refuse 'needs root: it makes namespaces, control groups and a network interface'
}

# Takes $dir for this cluster, or refuses a directory that is somebody else's.
claim_directory() {
  ((${#dir} <= longest_dir)) ||
    refuse "MAILSERVICE_CLUSTER_DIR is too long for the sockets in it, at most $longest_dir characters: $dir"
  if ! is_made && [[ -e $dir && -n $(ls -A "$dir" 2>&1) ]]; then
    refuse "$dir was not made by e2e/cluster; set MAILSERVICE_CLUSTER_DIR to an empty or new directory"
  fi
  local existing=$dir
  while [[ ! -e $existing ]]; do existing=$(dirname "$existing"); done
  [[ $(stat -f -c %T "$existing") != tmpfs ]] ||
    refuse "$dir is in memory (tmpfs); set MAILSERVICE_CLUSTER_DIR to a directory on a disk"
  mkdir -p "$dir"
}

# One `up` or `down` at a time. The lock is the directory itself, so that it
# leaves nothing behind; whoever waited for a directory that `down` has removed
# in the meantime looks again.
lock_directory() {
  local waited=''
  while [[ -d $dir ]]; do
    exec {lock}<"$dir"
    if ! flock --nonblock "$lock"; then
      [[ -n $waited ]] || step "waiting for another e2e/cluster on $dir"
      waited=yes
      flock "$lock"
    fi
    [[ $dir -ef /proc/self/fd/$lock ]] && return
    exec {lock}<&-
  done
  return 1
}
