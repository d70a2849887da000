/**
 * The values of the chart, declared once: type, default, range and meaning. values.yaml,
 * values.schema.json and docs/chart-values.md are made from this object; `config` is holdfast's own
 * schema (src/config/schema.ts).
 */
import { configNode } from './config-node.ts'
import {
  choice,
  flag,
  fragment,
  list,
  section,
  text,
  texts,
  type ValueNode,
  whole,
} from './value-node.ts'

const quantity = '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$'
const resourceName = '^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)?$'
const duration = '^[0-9]+(ms|s|m|h)$'

const quantities = (what: string, value: Record<string, string>): ValueNode => ({
  type: 'object',
  description: what,
  default: value,
  additionalProperties: { type: ['string', 'integer'], pattern: quantity },
})

const healthCheck = (what: string, periodSeconds: number, failures: number): ValueNode =>
  section(what, {
    periodSeconds: whole('Seconds between two checks.', periodSeconds, 1, 3600),
    timeoutSeconds: whole('A check without an answer for this long has failed.', 3, 1, 600),
    failureThreshold: whole('So many failures in a row count.', failures, 1, 1000),
  })

export const chartValues: Readonly<Record<string, ValueNode>> = {
  enabled: flag(
    'For a chart that depends on this one: the `condition` of the dependency. Unused by the chart itself.',
    true,
  ),
  nameOverride: text('Instead of the chart name, in names and labels.', '', resourceName),
  fullnameOverride: text('The whole name of everything that is made.', '', resourceName),
  mode: choice(
    'gateway: a Deployment and a Service before the model API. sidecar: no workload; the configuration and the named templates `holdfast.sidecar*`, which your own chart includes in its pods.',
    'gateway',
    'sidecar',
  ),
  config: configNode,
  image: section('The container image, built from the Dockerfile of the project.', {
    repository: text('With the registry, without a tag.', 'holdfast', '^[^\\s@]+$'),
    tag: text('Empty: the version of the application that the chart states.'),
    digest: text('sha256:...; it goes before the tag.', '', '^(sha256:[0-9a-f]{64})?$'),
    pullPolicy: choice('When the image is pulled.', 'IfNotPresent', 'Always', 'Never'),
  }),
  imagePullSecrets: list('Secrets of a private registry: [{name: ...}].'),
  ports: section('Where the container listens; `config.listen` and `config.admin` follow.', {
    host: text(
      'Address of the admin port, and of the data port of a gateway; "[::]" where pods have IPv6 addresses alone. The data port of a sidecar is always on 127.0.0.1.',
      '0.0.0.0',
      '^([0-9.]+|\\[[0-9a-fA-F:]+\\])$',
    ),
    data: whole('Port that clients connect to.', 8787, 1024, 65_535),
    admin: whole('Port of metrics and health.', 9464, 1024, 65_535),
  }),
  replicas: whole('Pods of the gateway, where autoscaling is off.', 2, 1, 1000),
  autoscaling: section('HorizontalPodAutoscaler of the gateway, by CPU.', {
    enabled: flag('Make one; `replicas` is then unused.', false),
    minReplicas: whole('Pods at the least.', 2, 1, 1000),
    maxReplicas: whole('Pods at the most.', 6, 1, 1000),
    targetCPUUtilizationPercentage: whole('Of the requested CPU.', 70, 1, 1000),
  }),
  podDisruptionBudget: section('Made where there is more than one pod.', {
    enabled: flag('Make one.', true),
    minAvailable: whole('Pods that a drain of a node leaves running.', 1, 0, 1000),
  }),
  resources: section('Of the container (docs/deploying.md, sizing).', {
    requests: quantities('What a node sets aside.', { cpu: '250m', memory: '512Mi' }),
    limits: quantities(
      'No CPU by default: a throttled proxy delays every request. CPU counts as one of cpu, memory, ephemeral-storage.',
      { memory: '1Gi' },
    ),
  }),
  heapMb: whole(
    "Heap limit of the traffic thread in MiB (--max-old-space-size). The monitor's own is config.monitor.heap_mb; copies of traffic are outside of both.",
    384,
    64,
    65_536,
  ),
  existingSecret: text(
    'Secret mounted at /etc/holdfast/secret, one file for each of its keys. Configuration names them: config.identity.secret_file: /etc/holdfast/secret/identity. The chart makes no secret.',
    '',
    resourceName,
  ),
  certificates: section('Authorities of your own, mounted at /etc/holdfast/ca.', {
    configMap: text('ConfigMap with PEM files.', '', resourceName),
    secret: text('Secret with PEM files; instead of the ConfigMap.', '', resourceName),
  }),
  storage: section(
    'Volume at /var/lib/holdfast, the only place where the container can write: for config.state.file and the evidence folder.',
    {
      kind: choice(
        'emptyDir lives as long as its pod. claim: a PersistentVolumeClaim, for a gateway of one replica, which is then stopped before the next starts.',
        'none',
        'emptyDir',
        'claim',
      ),
      size: text('sizeLimit of the emptyDir, or what is claimed.', '1Gi', quantity),
      storageClassName: text("Of the claim; empty: the cluster's default.", '', resourceName),
      existingClaim: text('A claim of your own instead of a new one.', '', resourceName),
    },
  ),
  service: section('Service of the gateway: the data port alone.', {
    type: choice('How it is reached.', 'ClusterIP', 'NodePort', 'LoadBalancer'),
    port: whole('Port of the Service.', 8787, 1, 65_535),
    annotations: texts('Further annotations.'),
  }),
  serviceAccount: section('Its token is never mounted.', {
    create: flag('Make one; otherwise `name` is used, or the default one.', true),
    name: text('Empty: the full name.', '', resourceName),
    annotations: texts('Further annotations.'),
  }),
  monitor: section('How the Prometheus operator finds the admin port.', {
    kind: choice(
      'PodMonitor is the one for sidecars, whose pods have no Service of this chart.',
      'none',
      'ServiceMonitor',
      'PodMonitor',
    ),
    interval: text('Between two scrapes.', '30s', duration),
    scrapeTimeout: text('At most the interval.', '10s', duration),
    labels: texts('Labels that your Prometheus selects monitors by.'),
  }),
  prometheusRule: section('The recording rules and alerts of rules/, as PrometheusRule objects.', {
    enabled: flag('Make them; once in a cluster is enough.', false),
    labels: texts('Labels that your Prometheus selects rules by.'),
    runbookUrl: text(
      'Put before the runbook_url of each alert, as https://git.example.com/holdfast/.',
    ),
    grafanaUrl: text('Put before the dashboard_url of each alert, as https://grafana.example.com.'),
  }),
  dashboards: section('The dashboards of dashboards/, a ConfigMap each.', {
    enabled: flag('Make them; once in a cluster is enough.', false),
    labels: texts('Labels that the sidecar of Grafana looks for.', { grafana_dashboard: '1' }),
    annotations: texts('Annotations that name the folder.', { grafana_folder: 'Holdfast' }),
  }),
  networkPolicy: section(
    'Lists of peers as NetworkPolicy has them; an empty list means every address. The ports of the outgoing rules are taken from `config`.',
    {
      enabled: flag('Make one for the gateway.', true),
      clients: list('Who may reach the data port; by default every pod of the namespace.', [
        { podSelector: {} },
      ]),
      scrapers: list('Who may reach the admin port; by default every pod of the cluster.', [
        { namespaceSelector: {} },
      ]),
      dns: list('Where names are resolved.'),
      upstreams: list('Addresses of the model APIs: of routes, probes and the judge.'),
      redis: list('Addresses of Redis.'),
      extraEgress: list('Further outgoing rules, whole.'),
    },
  ),
  health: section('Checks of the kubelet, on the admin port.', {
    startup: healthCheck('Until /readyz answers 200; the app of a sidecar starts after it.', 2, 60),
    readiness: healthCheck('/readyz: 503 from SIGTERM on. Depends on nothing outside.', 5, 2),
    liveness: healthCheck('/healthz: the traffic thread answers.', 10, 6),
  }),
  preStopSleepSeconds: whole(
    'Sleep before SIGTERM (Kubernetes 1.30 or newer). Not needed: holdfast itself goes on serving for config.drain.delay_ms while it is taken out of the Service.',
    0,
    0,
    600,
  ),
  terminationGracePeriodSeconds: whole(
    'Of the gateway. 0: as long as a drain may take (preStopSleepSeconds, config.drain.delay_ms, config.drain.deadline_ms and 10 s). Less than that is refused.',
    0,
    0,
    100_000,
  ),
  securityContext: section(
    'User and groups; the rest of the restricted profile is fixed: no root, read-only root, no capabilities, no privilege escalation, the seccomp profile of the runtime.',
    {
      runAsUser: whole('User of the process.', 65_532, 1, 4_294_967_294),
      runAsGroup: whole('Its group.', 65_532, 1, 4_294_967_294),
      fsGroup: whole('Group of mounted volumes, which may read secrets.', 65_532, 1, 4_294_967_294),
    },
  ),
  podAnnotations: texts('Further annotations of the pods.'),
  podLabels: texts('Further labels of the pods.'),
  nodeSelector: texts('Nodes that pods may run on.'),
  tolerations: list('Taints of nodes that pods tolerate.'),
  affinity: fragment('Empty: pods keep away from each other, by node.'),
  topologySpreadConstraints: list('Empty: pods are spread over zones where that is possible.'),
  priorityClassName: text('Class of the pods.', '', resourceName),
  extraEnv: list(
    'Further variables, as of config.probes.key_env; not HOLDFAST_*, which go before the file.',
  ),
  extraEnvFrom: list('Secrets or ConfigMaps whose keys become variables.'),
  extraVolumes: list('Further volumes.'),
  extraVolumeMounts: list('Where they are mounted.'),
  tests: section('`helm test`: a pod that asks the gateway for its readiness.', {
    enabled: flag('Make it.', true),
  }),
}
