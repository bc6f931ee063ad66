# shellcheck shell=bash
# etcd, the API server, the controllers and the scheduler.

readonly etcd_client=http://127.0.0.1:2379 # in the cluster's network namespace, where no pod is

start_etcd() {
  # Without fsync: what a power cut may cost here is a cluster for tests.
  start etcd etcd --name "$node_name" --data-dir "$dir/etcd" --unsafe-no-fsync --logger=zap \
    --listen-client-urls "$etcd_client" --advertise-client-urls "$etcd_client" \
    --listen-peer-urls http://127.0.0.1:2380 \
    --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster "$node_name=http://127.0.0.1:2380"
}

etcd_listens() {
  in_net_namespace bash -c '</dev/tcp/127.0.0.1/2379'
}

start_api_server() {
  local -a options=(
    --etcd-servers="$etcd_client"
    --advertise-address="$(node_address)"
    --service-cluster-ip-range="$service_network"
    --allow-privileged=true
    # Both need an etcd that says how far a watch has come, which 3.4 does not.
    --feature-gates=SizeBasedListCostEstimate=false,WatchList=false

    --authorization-mode=Node,RBAC
    --enable-admission-plugins=NodeRestriction

    --client-ca-file="$pki/ca.crt"
    --tls-cert-file="$pki/kube-apiserver.crt"
    --tls-private-key-file="$pki/kube-apiserver.key"

    --kubelet-certificate-authority="$pki/ca.crt"
    --kubelet-client-certificate="$pki/kube-apiserver-kubelet-client.crt"
    --kubelet-client-key="$pki/kube-apiserver-kubelet-client.key"
    --kubelet-preferred-address-types=InternalIP

    --service-account-issuer="https://kubernetes.default.svc.$cluster_domain"
    --service-account-signing-key-file="$pki/service-account.key"
    --service-account-key-file="$pki/service-account.pub"

    # So that aggregated APIs (metrics-server and its like) can be added.
    --requestheader-client-ca-file="$pki/front-proxy-ca.crt"
    --requestheader-allowed-names=front-proxy-client
    --requestheader-username-headers=X-Remote-User
    --requestheader-group-headers=X-Remote-Group
    --requestheader-extra-headers-prefix=X-Remote-Extra-
    --proxy-client-cert-file="$pki/front-proxy-client.crt"
    --proxy-client-key-file="$pki/front-proxy-client.key"
  )
  start kube-apiserver "$programs/kube-apiserver" "${options[@]}"
}

start_controllers() {
  local user=$kubeconfigs/kube-controller-manager
  start kube-controller-manager "$programs/kube-controller-manager" \
    --kubeconfig="$user" --authentication-kubeconfig="$user" --authorization-kubeconfig="$user" \
    --leader-elect=false \
    --use-service-account-credentials=true \
    --service-account-private-key-file="$pki/service-account.key" \
    --root-ca-file="$pki/ca.crt" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" \
    --requestheader-client-ca-file="$pki/front-proxy-ca.crt" \
    --kube-api-qps=200 --kube-api-burst=400
}

start_scheduler() {
  local user=$kubeconfigs/kube-scheduler
  start kube-scheduler "$programs/kube-scheduler" \
    --kubeconfig="$user" --authentication-kubeconfig="$user" --authorization-kubeconfig="$user" \
    --leader-elect=false --kube-api-qps=200 --kube-api-burst=400
}

administer() {
  "${cluster_environment[@]}" "$(programs_in_use)/kubectl" --kubeconfig="$kubeconfig" --request-timeout=10s "$@"
}

api_is_ready() { administer get --raw=/readyz; }
