/**
 * Finds the RDMA devices that are up and the address index most of them share, and tells NCCL, NVSHMEM and UCX, unless the pod's
 * environment already does. Asked for by `KSERVE_INFER_ROCE=true`.
 */
const INFER_ROCE = `
infer_roce() {
  local kind="\${KSERVE_INFER_IB_GID_INDEX_GREP:-RoCE v2}" device type gid best="" devices ports
  local -a active=()
  local -A votes=()
  for device in /sys/class/infiniband/mlx5_*; do
    [ -d "$device" ] || continue
    grep -qs ACTIVE "$device/ports/1/state" || continue
    grep -qs "$kind" "$device"/ports/1/gid_attrs/types/* || continue
    active+=("\${device##*/}")
    for type in "$device"/ports/1/gid_attrs/types/*; do
      gid="\${type##*/}"
      # An IPv4 address is written with ffff: in front.
      grep -qs "$kind" "$type" && grep -qs ffff: "$device/ports/1/gids/$gid" || continue
      votes[$gid]=$(( \${votes[$gid]:-0} + 1 ))
      break
    done
  done
  if [ "\${#active[@]}" -eq 0 ]; then
    echo "RoCE: no device is up"
    return
  fi
  printf -v devices '%s,' "\${active[@]}"
  printf -v ports '%s:1,' "\${active[@]}"
  export NCCL_IB_HCA="\${NCCL_IB_HCA:-\${devices%,}}"
  export NVSHMEM_HCA_LIST="\${NVSHMEM_HCA_LIST:-\${devices%,}}"
  export UCX_NET_DEVICES="\${UCX_NET_DEVICES:-\${ports%,}}"

  # The index most devices have; of several such, 3 (usual for virtual functions), else the lowest.
  for gid in "\${!votes[@]}"; do
    if [ -z "$best" ] || [ "\${votes[$gid]}" -gt "\${votes[$best]}" ]; then
      best="$gid"
    elif [ "\${votes[$gid]}" -eq "\${votes[$best]}" ] && [ "$best" -ne 3 ]; then
      if [ "$gid" -eq 3 ] || [ "$gid" -lt "$best" ]; then best="$gid"; fi
    fi
  done
  best="\${NCCL_IB_GID_INDEX:-$best}"
  if [ -z "$best" ]; then
    echo "RoCE: no device has an IPv4 address of kind '$kind'"
    return
  fi
  export NCCL_IB_GID_INDEX="$best"
  export NVSHMEM_IB_GID_INDEX="\${NVSHMEM_IB_GID_INDEX:-$best}"
  export UCX_IB_GID_INDEX="\${UCX_IB_GID_INDEX:-$best}"
  echo "RoCE: devices $NCCL_IB_HCA, GID index $NCCL_IB_GID_INDEX"
}
[ "$KSERVE_INFER_ROCE" != true ] || infer_roce
`;

/** One node of a server that spreads over several. */
export interface ParallelNode {
  /** Where the LLMInferenceService says how it spreads: of the decode (or only) workload, or of prefill. */
  readonly parallelism: '.Spec.Parallelism' | '.Spec.Prefill.Parallelism';
  readonly port: number;
  /** The first node answers requests; the others compute for it. */
  readonly leads: boolean;
}

/**
 * Command of a node of a data-parallel server. KServe fills in what stands in double braces; further arguments of the container,
 * and `VLLM_ADDITIONAL_ARGS` with its quotes, go to vLLM.
 */
export function parallelCommand({ parallelism, port, leads }: ParallelNode): string[] {
  const local = `{{ or ${parallelism}.DataLocal 1 }}`;
  const script = `${INFER_ROCE}
eval "more=($VLLM_ADDITIONAL_ARGS)"
exec vllm serve /mnt/models \\
  --served-model-name "{{ .Spec.Model.Name }}" \\
  --port ${port} \\
  ${leads ? '--api-server-count "${VLLM_API_SERVER_COUNT:-8}"' : '--headless'} \\
  {{ if ${parallelism}.Expert }}--enable-expert-parallel{{ end }} \\
  {{ if ${parallelism}.Tensor }}--tensor-parallel-size {{ ${parallelism}.Tensor }}{{ end }} \\
  --data-parallel-size {{ or ${parallelism}.Data 1 }} \\
  --data-parallel-size-local ${local} \\
  --data-parallel-address "$LWS_LEADER_ADDRESS" \\
  --data-parallel-rpc-port {{ or ${parallelism}.DataRPCPort 5555 }} \\
  --data-parallel-start-rank ${leads ? '0' : `"$(( \${LWS_WORKER_INDEX:-0} * ${local} ))"`} \\
  "\${more[@]}" "$@"
`;
  return ['/bin/bash', '-c', script, '--'];
}
