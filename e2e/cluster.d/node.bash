# shellcheck shell=bash
# What makes the namespaces a node: containerd with runc and CNI, kubelet and
# kube-proxy.

readonly containerd_directory=$dir/containerd
readonly containerd_socket=$containerd_directory/containerd.sock

# overlayfs cannot lie on top of itself, as it would inside many containers.
snapshotter() {
  grep -qw overlay /proc/filesystems || modprobe --quiet overlay || true
  if [[ $(stat -f -c %T "$dir") == overlayfs ]] || ! grep -qw overlay /proc/filesystems; then
    echo native
  else
    echo overlayfs
  fi
}

start_containerd() {
  mkdir -p "$containerd_directory"
  write_containerd_configuration
  write_cni_configuration
  start containerd containerd --config "$containerd_directory/config.toml"
}

write_containerd_configuration() {
  cat >"$containerd_directory/config.toml" <<TOML
version = 2
root = "$containerd_directory/root"
state = "/run/containerd" # private, see namespaces.bash
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs",
]
[grpc]
  address = "$containerd_socket"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:built"
  # Without CAP_SYS_RESOURCE no container could have the score that the kubelet asks for.
  restrict_oom_score_adj = true
  # A profile would stay loaded in the kernel after \`down\`.
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "$(snapshotter)"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "$(cni_directory)"
    conf_dir = "$dir/cni"
TOML
}

# Point to point and routed, without a bridge: packets from pod to pod pass this
# namespace's firewall, where kube-proxy translates their answers back.
write_cni_configuration() {
  mkdir -p "$dir/cni"
  cat >"$dir/cni/pods.conflist" <<JSON
{
  "cniVersion": "0.4.0",
  "name": "pods",
  "plugins": [
    {
      "type": "ptp",
      "ipMasq": false,
      "ipam": {
        "type": "host-local",
        "dataDir": "$dir/cni/addresses",
        "ranges": [[{"subnet": "$pod_network"}]],
        "routes": [{"dst": "0.0.0.0/0"}]
      }
    },
    {"type": "portmap", "capabilities": {"portMappings": true}, "snat": false}
  ]
}
JSON
}

containerd_client() { ctr --address "$containerd_socket" --namespace k8s.io "$@"; }

containerd_answers() { containerd_client version; }

# import_images TAR...: and waits until the kubelet can see them.
import_images() {
  local tar
  for tar; do
    containerd_client images import --snapshotter "$(snapshotter)" "$tar" || return
  done
  # containerd's CRI part takes note of an image a moment after it was imported.
  until_true 10 all_images_are_noted
}

all_images_are_noted() {
  local unnoted
  unnoted=$(containerd_client images list | awk 'NR > 1 && !/io.cri-containerd.image=managed/') &&
    [[ -z $unnoted ]]
}

load_own_images() {
  local log
  log=$(log_of images)
  import_images "$images"/{pause,coredns}.tar >"$log" 2>&1 ||
    fail "the cluster's own images could not be loaded" "$log"
}

list_images() { containerd_client images list --quiet | grep -v '^sha256:'; }

start_kubelet() {
  mkdir -p "$dir/kubelet"
  write_kubelet_configuration
  start kubelet "$programs/kubelet" --config="$dir/kubelet/config.yaml" \
    --kubeconfig="$kubeconfigs/kubelet" --root-dir="$dir/kubelet/root" \
    --hostname-override="$node_name" --node-ip="$(node_address)"
}

write_kubelet_configuration() {
  cat >"$dir/kubelet/config.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix://$containerd_socket
podLogsDir: $logs/pods
volumePluginDir: $dir/kubelet/volume-plugins
cgroupDriver: cgroupfs
cgroupRoot: /$group
failCgroupV1: false
failSwapOn: false
oomScoreAdj: 0
maxPods: 110

authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $pki/ca.crt}
authorization: {mode: Webhook}
tlsCertFile: $pki/kubelet-server.crt
tlsPrivateKeyFile: $pki/kubelet-server.key

clusterDomain: $cluster_domain
clusterDNS: [$dns_service_address]
resolvConf: "" # no pod asks a name server outside

# Images exist only because \`load\` brought them: none may ever be collected,
# and a disk that is nearly full is no reason to evict.
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
evictionHard:
  memory.available: 100Mi
  nodefs.available: 0%
  nodefs.inodesFree: 0%
  imagefs.available: 0%
  imagefs.inodesFree: 0%

# A test waits for every one of these.
serializeImagePulls: false
kubeAPIQPS: 200
kubeAPIBurst: 400
syncFrequency: 10s
configMapAndSecretChangeDetectionStrategy: Watch
YAML
}

start_kube_proxy() {
  # No cluster CIDR: kube-proxy would masquerade clients from outside of it.
  # Timeouts and sizes of connection tracking are left as the kernel has them.
  start kube-proxy "$programs/kube-proxy" --kubeconfig="$kubeconfigs/kube-proxy" \
    --hostname-override="$node_name" --proxy-mode=nftables --masquerade-all=false \
    --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0s \
    --conntrack-tcp-timeout-close-wait=0s --oom-score-adj=0
}

# Asks the kubelet itself, through the API server: the node's condition alone may
# be what a kubelet that has died since had last reported.
node_is_ready() {
  administer get --raw="/api/v1/nodes/$node_name/proxy/healthz" &&
    [[ $(administer get node "$node_name" --output \
      jsonpath='{.spec.taints}{.status.conditions[?(@.type=="Ready")].status}') == True ]]
}

# probe_pod_runs: whether a pod is scheduled and started at this moment.
probe_pod_runs() {
  administer apply -f - <<YAML
apiVersion: v1
kind: Pod
metadata: {name: probe, namespace: kube-system}
spec:
  terminationGracePeriodSeconds: 0
  containers: [{name: pause, image: "localhost/pause:built", imagePullPolicy: Never}]
YAML
  administer --namespace kube-system wait --for=condition=Ready --timeout=10s pod/probe &&
    administer --namespace kube-system delete --now --wait=false pod/probe
}
