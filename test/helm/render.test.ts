/** What the chart renders of each value set, with real Helm, and whether holdfast takes its configuration. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { check } from '../../src/commands/check.ts'
import { arrayAt, stringAt } from '../../src/decode/untrusted-json.ts'
import { createAuthority } from '../e2e/support/certificates.ts'
import {
  chart,
  containersOf,
  helm,
  helmSkip,
  kubeVersions,
  nameOf,
  objectNamed,
  podSpecs,
  render,
  under,
  valueSets,
  valuesFile,
} from './support/helm.ts'

const gateway = [
  'ConfigMap/demo-holdfast-config',
  'Deployment/demo-holdfast',
  'NetworkPolicy/demo-holdfast',
  'Pod/demo-holdfast-test',
  'PodDisruptionBudget/demo-holdfast',
  'Service/demo-holdfast',
  'Service/demo-holdfast-admin',
  'ServiceAccount/demo-holdfast',
]
const sidecar = ['ConfigMap/demo-holdfast-config']
const dashboards = readdirSync('dashboards')
  .filter((name) => /^holdfast-.*\.json$/.test(name))
  .map((name) => `ConfigMap/demo-${name.replace('.json', '')}`)
const rules = ['PrometheusRule/demo-holdfast-alerts', 'PrometheusRule/demo-holdfast-rules']
const without = (...kinds: string[]): string[] =>
  gateway.filter((name) => !kinds.some((kind) => name.startsWith(`${kind}/`)))

const expected: Readonly<Record<string, readonly string[]>> = {
  '01-gateway': gateway,
  '02-sidecar': sidecar,
  '03-redis': gateway,
  '04-tls-authority': gateway,
  '05-evidence-memory': without('PodDisruptionBudget'),
  '06-evidence-claim': [
    ...without('PodDisruptionBudget'),
    'PersistentVolumeClaim/demo-holdfast-storage',
  ],
  '07-evidence-existing-claim': without('PodDisruptionBudget'),
  '08-probes': gateway,
  '09-graded-judge': gateway,
  '10-autoscaling': [...gateway, 'HorizontalPodAutoscaler/demo-holdfast'],
  '11-network': gateway,
  '12-service-monitor': [...gateway, 'ServiceMonitor/demo-holdfast', ...rules, ...dashboards],
  '13-pod-monitor-gateway': [
    ...without('NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount', 'Pod'),
    'PodMonitor/demo-holdfast',
  ],
  '14-sidecar-monitored': [...sidecar, 'PodMonitor/demo-holdfast', ...rules, ...dashboards],
  '15-private-registry': gateway.map((name) => name.replace('demo-holdfast', 'model-gateway')),
}

t.test('every value set renders the objects that it asks for', { skip: helmSkip }, async (t) => {
  t.same(valueSets, Object.keys(expected))
  for (const set of valueSets) {
    t.same(render(set).map(nameOf).sort(), [...(expected[set] ?? [])].sort(), set)
  }
})

t.test('Helm finds nothing to say about the chart', { skip: helmSkip }, async (t) => {
  for (const set of valueSets) {
    const args = ['--strict', '--quiet', '--kube-version', kubeVersions[0]]
    const { status, text } = helm('lint', chart, ...args, '--values', valuesFile(set))
    t.equal(status, 0, `${set}: ${text}`)
    t.equal(text.trim(), '', set)
  }
})

/** The files that the value sets name, as a pod would see them. */
function mountsIn(t: Test): string {
  const folder = t.testdir({ secret: {}, ca: {}, storage: {}, suites: {} })
  const secret = (name: string, text: string): void =>
    writeFileSync(join(folder, 'secret', name), text, { mode: 0o440 })
  for (const name of ['identity', 'redis-password', 'operator-token', 'probe-key']) {
    secret(name, 'k'.repeat(32))
  }
  const ca = createAuthority('holdfast test').cert
  for (const name of ['redis.pem', 'authority.pem']) writeFileSync(join(folder, 'ca', name), ca)
  mkdirSync(join(folder, 'config'))
  return folder
}

t.test('holdfast takes the configuration of every value set', { skip: helmSkip }, async (t) => {
  const folder = mountsIn(t)
  // Read by the rule over judge.graded.key_env, as the pod has it from extraEnv.
  process.env['JUDGE_KEY'] = 'k'.repeat(32)
  t.teardown(() => {
    delete process.env['JUDGE_KEY']
  })
  for (const set of valueSets) {
    const map = render(set).find((object) => nameOf(object).endsWith('-config'))
    const text = (stringAt(under(map, 'data'), 'holdfast.yaml') ?? '')
      .replaceAll('/etc/holdfast/', `${folder}/`)
      .replaceAll('/var/lib/holdfast/', `${folder}/storage/`)
    const path = join(folder, 'config', `${set}.yaml`)
    writeFileSync(path, text)
    const stdout = new PassThrough()
    const signal = new AbortController().signal
    const io = { stdout, stderr: new PassThrough(), env: {}, signal }
    const code = await check.run(['--config', path, '--json'], io)
    const said = String(stdout.read() ?? '')
    t.equal(code, 0, `${set}: ${said}`)
    t.match(JSON.parse(said), { ok: true }, set)
    const sidecarSet = set.includes('sidecar')
    const { listen } = parse(text) as { listen: string }
    t.match(listen, sidecarSet ? /^127\.0\.0\.1:/ : /^(0\.0\.0\.0|\[::\]):/, set)
  }
})

t.test('every container is of the restricted profile', { skip: helmSkip }, async (t) => {
  const pods = valueSets.flatMap((set) => podSpecs(render(set)))
  for (const { of, spec } of pods) {
    t.equal(under(spec, 'automountServiceAccountToken'), false, of)
    t.equal(under(spec, 'enableServiceLinks'), false, of)
    for (const word of ['hostNetwork', 'hostPID', 'hostIPC']) t.equal(under(spec, word), undefined)
    for (const container of containersOf(spec)) {
      const context = under(container, 'securityContext')
      t.match(context, {
        runAsNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        privileged: false,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      })
      t.equal(under(context, 'capabilities', 'add'), undefined, of)
      t.ok(Number(under(context, 'runAsUser')) > 0, of)
      t.ok(under(container, 'resources', 'limits', 'memory'), of)
      t.ok(under(container, 'resources', 'requests', 'cpu'), of)
      t.notMatch(stringAt(container, 'image') ?? '', /(:latest|^[^:@]+)$/, of)
    }
  }
  t.ok(pods.length >= 24, `${pods.length} pods`)
})

const deployment = (set: string, ...sets: string[]): unknown =>
  objectNamed(render(set, sets), 'Deployment/demo-holdfast')
const podOf = (set: string, ...sets: string[]): unknown =>
  under(deployment(set, ...sets), 'spec', 'template', 'spec')

t.test('a pod is given the time that its drain may take', { skip: helmSkip }, async (t) => {
  const grace = (set: string, ...sets: string[]): unknown =>
    under(podOf(set, ...sets), 'terminationGracePeriodSeconds')
  t.equal(grace('01-gateway'), 10 + 600 + 10)
  t.equal(grace('04-tls-authority'), 200, 'more than the 140 that it needs')
  t.equal(grace('04-tls-authority', 'terminationGracePeriodSeconds=0'), 5 + 5 + 120 + 10)
  t.equal(grace('01-gateway', 'config.drain.deadline_ms=30001'), 10 + 31 + 10, 'whole seconds')
  t.same(under(podOf('04-tls-authority'), 'containers', 0, 'lifecycle'), {
    preStop: { sleep: { seconds: 5 } },
  })
  t.equal(under(podOf('01-gateway'), 'containers', 0, 'lifecycle'), undefined)
})

const podAnnotations = ['spec', 'template', 'metadata', 'annotations'] as const

t.test(
  'pods are replaced with their configuration, and with nothing else',
  { skip: helmSkip },
  async (t) => {
    const sum = (...sets: string[]): unknown =>
      under(deployment('01-gateway', ...sets), ...podAnnotations, 'checksum/config')
    t.match(sum(), /^[0-9a-f]{64}$/)
    t.equal(sum('replicas=5'), sum())
    t.not(sum('config.log.level=warn'), sum())
  },
)

t.test('large numbers reach the file as they were written', { skip: helmSkip }, async (t) => {
  const map = objectNamed(render('04-tls-authority'), 'ConfigMap/demo-holdfast-config')
  const text = stringAt(under(map, 'data'), 'holdfast.yaml') ?? ''
  t.match(text, /^ {2}connections_max: 1000000$/m)
  t.match(text, /^ {2}budget_bytes: 134217728$/m)
})

t.test('secrets are for the group of the pod alone', { skip: helmSkip }, async (t) => {
  const [, secret, ca] = arrayAt(podOf('03-redis'), 'volumes') ?? []
  t.same(under(secret, 'secret'), { secretName: 'holdfast', defaultMode: 0o440 })
  t.same(under(ca, 'configMap'), { name: 'redis-authority' })
  t.equal(under(podOf('03-redis'), 'securityContext', 'fsGroup'), 65_532)
  t.match(under(podOf('04-tls-authority'), 'volumes', 1), {
    secret: { secretName: 'company-authority' },
  })
})

t.test(
  'a volume is as large as it is said to be, and of one pod',
  { skip: helmSkip },
  async (t) => {
    t.match(under(podOf('05-evidence-memory'), 'volumes', 1), { emptyDir: { sizeLimit: '512Mi' } })
    t.match(under(podOf('07-evidence-existing-claim'), 'volumes', 1), {
      persistentVolumeClaim: { claimName: 'holdfast-evidence' },
    })
    t.same(under(deployment('06-evidence-claim'), 'spec', 'strategy'), { type: 'Recreate' })
    const claim = objectNamed(
      render('06-evidence-claim'),
      'PersistentVolumeClaim/demo-holdfast-storage',
    )
    t.same(under(claim, 'spec'), {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '10Gi' } },
    })
    t.equal(under(claim, 'metadata', 'annotations', 'helm.sh/resource-policy'), 'keep')
  },
)
