# shellcheck shell=bash
# Names of services: CoreDNS in the cluster, and a resolver configuration for
# commands that run beside it.

readonly resolver_configuration=$dir/resolv.conf

apply_dns() {
  administer apply --server-side --force-conflicts -f "$sources/coredns.yaml" \
    >"$(log_of coredns)" 2>&1 || fail 'cluster DNS could not be applied' "$(log_of coredns)"
}

write_resolver_configuration() {
  cat >"$resolver_configuration" <<CONF
search default.svc.$cluster_domain svc.$cluster_domain $cluster_domain
nameserver $dns_service_address
options ndots:5
CONF
}

# A prefix that runs a command in the cluster's network namespace, and with its
# name server in /etc/resolv.conf. That file is covered in a mount namespace of
# the command's own, which ends with it.
# shellcheck disable=SC2016 # expanded by the inner shell
readonly -a in_cluster_network=(
  nsenter --net="$net_namespace" -- unshare --mount --propagation slave -- sh -c '
    [ ! -e /etc/resolv.conf ] || mount --bind "$0" /etc/resolv.conf
    exec "$@"' "$resolver_configuration"
)

dns_answers() {
  "${in_cluster_network[@]}" timeout 2 getent ahostsv4 "kubernetes.default.svc.$cluster_domain"
}
