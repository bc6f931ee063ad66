# shellcheck shell=bash
# The network and the mount namespace in which the whole cluster runs.
#
# Network: a veth pair leads out, to this machine only; there is no default
# route. Clients run in the same namespace (`e2e/cluster run`), and pods see the
# address that a client has bound: nothing on the way translates it. So a flood
# from many addresses needs only
#     ip route add local 198.18.0.0/15 dev lo
# in the namespace, after which any of them can be bound and connected from to a
# pod or to a ClusterIP. Three choices keep the address: the CNI plugin does not
# masquerade (node.bash), kube-proxy knows no cluster CIDR and so has no notion
# of an off-cluster client (node.bash), and pods' answers to any address go to
# their gateway, which is this namespace, where the address is local.
#
# Mounts: some paths are fixed in containerd's, the CNI library's and the
# kubelet's code. Private /run, /var/lib and /var/log keep them, and every mount
# that is made for a pod, away from the machine; they vanish with the namespace.

readonly namespaces=$dir/namespaces
readonly net_namespace=$namespaces/net
readonly mount_namespace=$namespaces/mnt
readonly link_file=$dir/link # the veth pair's network, such as 198.51.100.4/30

namespaces_exist() {
  [[ -e $net_namespace && $(stat -f -c %T "$net_namespace") == nsfs ]] &&
    [[ -e $mount_namespace && $(stat -f -c %T "$mount_namespace") == nsfs ]]
}

in_net_namespace() { nsenter --net="$net_namespace" -- "$@"; }

make_namespaces() {
  if ! namespaces_exist; then
    # Half of them is of no use, and who lives in the wrong ones even less.
    kill_members
    remove_namespaces
    mkdir -p "$namespaces"
    touch "$net_namespace" "$mount_namespace"
    # A mount namespace can be held by a file only on a mount that is private.
    mount --bind "$namespaces" "$namespaces"
    mount --make-private "$namespaces"
    unshare --net="$net_namespace" --mount="$mount_namespace" --propagation slave \
      bash -euo pipefail -c "$(declare -f make_mounts_private); make_mounts_private \"\$@\"" \
      make-mounts-private "$dir" "$cache" || fail 'the mount namespace could not be set up'
  fi
  make_network
}

# make_mounts_private KEPT...: runs inside. The directories KEPT stay visible.
make_mounts_private() {
  local -a kept=("$@")
  local -r covered=(/var/lib /var/log)
  local number path
  mount -t tmpfs -o mode=0755 tmpfs /run
  for number in "${!kept[@]}"; do
    mkdir "/run/kept-$number"
    mount --bind "${kept[number]}" "/run/kept-$number"
  done
  for path in "${covered[@]}"; do
    mount -t tmpfs -o mode=0755 tmpfs "$path"
  done
  for number in "${!kept[@]}"; do
    mkdir -p "${kept[number]}"
    mount --bind "/run/kept-$number" "${kept[number]}"
    umount "/run/kept-$number"
    rmdir "/run/kept-$number"
  done

  # The kubelet insists on these values and would set them for the whole
  # machine, reboot after a kernel fault among them. It is shown that they hold.
  mkdir /run/sysctl
  while read -r path number; do
    [[ -e /proc/sys/$path ]] || continue
    echo "$number" >"/run/sysctl/${path##*/}"
    mount --bind "/run/sysctl/${path##*/}" "/proc/sys/$path"
  done <<'KERNEL'
vm/overcommit_memory 1
vm/panic_on_oom 0
kernel/panic 10
kernel/panic_on_oops 1
kernel/keys/root_maxkeys 1000000
kernel/keys/root_maxbytes 25000000
KERNEL
  # Containers may ask for mounts that propagate.
  mount --make-rshared /
}

# host_address and node_address: the two ends of the veth pair.
host_address() { link_address 1; }
node_address() { link_address 2; }
link_address() {
  local network
  network=$(<"$link_file")
  network=${network%/*}
  echo "${network%.*}.$((${network##*.} + $1))"
}

make_network() {
  [[ -e $link_file ]] || free_link_network >"$link_file"
  if ! in_net_namespace ip link show "$node_interface" >/dev/null 2>&1; then
    ip link add "$host_interface" type veth peer name "$node_interface" netns "$net_namespace"
  fi
  ip address replace "$(host_address)/30" dev "$host_interface"
  ip link set "$host_interface" up
  in_net_namespace ip link set lo up
  in_net_namespace ip address replace "$(node_address)/30" dev "$node_interface"
  in_net_namespace ip link set "$node_interface" up
  # Only so that a client finds a route and an address of its own; kube-proxy
  # turns every packet to a service towards a pod, or rejects it.
  in_net_namespace ip route replace "$service_network" dev "$node_interface" src "$(node_address)"
  in_net_namespace sysctl -q -w net.ipv4.ip_forward=1
}

# Prints a /30 that this machine has no use for. It is taken from a range that is
# reserved for documentation, but some machines do live in one of those.
free_link_network() {
  local offset network
  for ((offset = 0; offset < 256; offset += 4)); do
    network=198.51.100.$offset/30
    if is_unused "$network"; then
      echo "$network"
      return
    fi
  done
  fail 'no /30 of 198.51.100.0/24 is free for the link to the cluster'
}

# is_unused NETWORK: whether no route, but the default route, leads into it or
# covers it, and no name server is near it.
is_unused() {
  local routes
  routes=$(
    ip -4 route show table all root "$1"
    ip -4 route show table all match "$1" | sed '/^default/d'
  )
  [[ -z $routes ]] && ! grep -q -s -F "nameserver ${1%.*}." /etc/resolv.conf
}

remove_namespaces() {
  if ip link show "$host_interface" >/dev/null 2>&1; then
    ip link delete "$host_interface"
  fi
  local mounted
  # From the last to the first: the namespaces lie on the mount of their directory.
  awk -v below="$namespaces" '$5 == below || index($5, below "/") == 1 { print $5 }' \
    /proc/self/mountinfo | tac | while read -r mounted; do
    umount "$mounted"
  done
}
