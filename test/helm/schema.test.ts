/** What an operator may get wrong in the values, and what Helm says of it. */
import t from 'tap'
import { chart, helm, helmSkip, kubeVersions, template } from './support/helm.ts'

/** With `--set`, and where the schema says the fault is. */
const refusedBySchema: readonly (readonly [string, string, string])[] = [
  ['replica=3', '', "additional properties 'replica' not allowed"],
  ['replicas=three', '/replicas', 'got string, want integer'],
  ['image.tagg=1', '/image', "additional properties 'tagg' not allowed"],
  ['image.digest=sha256:12', '/image/digest', 'does not match pattern'],
  ['mode=daemonset', '/mode', "value must be one of 'gateway', 'sidecar'"],
  ['ports.data=80', '/ports/data', 'minimum: got 80, want 1,024'],
  ['storage.kind=disk', '/storage/kind', "value must be one of 'none', 'emptyDir', 'claim'"],
  ['resources.limits.memory=1GB', '/resources/limits/memory', 'does not match pattern'],
  ['monitor.intervall=3s', '/monitor', "additional properties 'intervall' not allowed"],
  ['tolerations[0]=all', '/tolerations/0', 'got string, want object'],
  ['podLabels.team=null', '/podLabels/team', 'got null, want string'],
  ['config.upstrem=https://a', '/config', "additional properties 'upstrem' not allowed"],
  ['config.upstream=api.openai.com', '/config/upstream', 'does not match pattern'],
  ['config.listen=0.0.0.0:1', '/config', "additional properties 'listen' not allowed"],
  [
    'config.proxy.conections_max=3',
    '/config/proxy',
    "additional properties 'conections_max' not allowed",
  ],
  ['config.sample.rate=2', '/config/sample/rate', 'maximum: got 2, want 1'],
  ['config.judge.live=best', '/config/judge/live', "value must be one of 'lexical'"],
  ['config.routes[0].prefix=/a', '/config/routes/0', "missing property 'upstream'"],
  ['config.languages.served={en,deu}', '/config/languages/served/1', 'does not match pattern'],
]

t.test('a wrong value is refused by the schema, with its path', { skip: helmSkip }, async (t) => {
  for (const [set, path, reason] of refusedBySchema) {
    const { status, text } = template('01-gateway', [set])
    t.equal(status, 1, set)
    t.match(text, `- at '${path}': `, set)
    t.match(text, reason, set)
  }
})

const refusedByTemplates: readonly (readonly [string, readonly string[], string])[] = [
  [
    '04-tls-authority',
    ['certificates.configMap=x'],
    'certificates: configMap and secret are both set; keep one of them',
  ],
  [
    '02-sidecar',
    ['autoscaling.enabled=true'],
    'autoscaling.enabled: a sidecar is scaled with its app',
  ],
  [
    '02-sidecar',
    ['monitor.kind=ServiceMonitor'],
    'monitor.kind: sidecars have no Service; use PodMonitor',
  ],
  [
    '02-sidecar',
    ['storage.kind=claim'],
    'storage.kind: the pods of an app cannot share one claim; use emptyDir, or a volume of the app by extraVolumeMounts',
  ],
  [
    '06-evidence-claim',
    ['replicas=2'],
    'storage.kind: claim is for one pod: set replicas to 1 and autoscaling.enabled to false, or share state by config.state.redis_url',
  ],
  [
    '10-autoscaling',
    ['autoscaling.minReplicas=13'],
    'autoscaling.minReplicas: is more than maxReplicas',
  ],
  [
    '01-gateway',
    ['podDisruptionBudget.minAvailable=2'],
    'podDisruptionBudget.minAvailable: 2 of 2 pods: no node could ever be drained',
  ],
  [
    '04-tls-authority',
    ['terminationGracePeriodSeconds=139'],
    'terminationGracePeriodSeconds: 139 is less than the 140 seconds that a drain may take; raise it, or lower config.drain.deadline_ms',
  ],
  [
    '03-redis',
    ['existingSecret='],
    'config.identity.secret_file: /etc/holdfast/secret/identity lies where nothing is mounted; use existingSecret (/etc/holdfast/secret), certificates (/etc/holdfast/ca), storage (/var/lib/holdfast) or extraVolumeMounts',
  ],
  [
    '05-evidence-memory',
    ['config.state.file=/data/state'],
    'config.state.file: /data/state lies where nothing is mounted; use existingSecret (/etc/holdfast/secret), certificates (/etc/holdfast/ca), storage (/var/lib/holdfast) or extraVolumeMounts',
  ],
  [
    '15-private-registry',
    ['config.probes.folders={/etc/suites,/etc/suite}'],
    'config.probes.folders: /etc/suite lies where nothing is mounted; use existingSecret (/etc/holdfast/secret), certificates (/etc/holdfast/ca), storage (/var/lib/holdfast) or extraVolumeMounts',
  ],
]

t.test(
  'values that could only fail are refused, with the one to change',
  { skip: helmSkip },
  async (t) => {
    for (const [set, sets, reason] of refusedByTemplates) {
      const { status, text } = template(set, sets)
      t.equal(status, 1, reason)
      t.match(text, `): ${reason}\n`)
    }
  },
)

t.test('a model API has to be named', { skip: helmSkip }, async (t) => {
  const { status, text } = helm('template', 'demo', chart, '--kube-version', kubeVersions[1])
  t.equal(status, 1)
  t.match(text, '): config.upstream: is missing: name the model API to stand in front of (or ')
})

t.test('a cluster without native sidecars is refused', { skip: helmSkip }, async (t) => {
  const upstream = ['--set', 'config.upstream=https://api.openai.com']
  const { status, text } = helm('template', 'demo', chart, '--kube-version', '1.28.9', ...upstream)
  t.equal(status, 1)
  t.match(text, 'requires kubeVersion: >=1.29.0-0')
  t.equal(kubeVersions[0], '1.29.0')
})
