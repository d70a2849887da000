/** holdfast in the pods of somebody else: by the named templates of the chart, and by kustomize. */
import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { arrayAt, stringAt } from '../../src/decode/untrusted-json.ts'
import {
  chart,
  helm,
  helmSkip,
  kubeVersions,
  nameOf,
  objectNamed,
  objectsOf,
  render,
  under,
} from './support/helm.ts'

const fixture = 'test/helm/fixtures'

/** The chart of an application, with ours among its dependencies. */
function templateApp(folder: string, ...args: string[]): ReturnType<typeof helm> {
  cpSync(`${fixture}/app`, folder, { recursive: true })
  cpSync(chart, join(folder, 'charts/holdfast'), { recursive: true })
  const version = ['--kube-version', kubeVersions[1]]
  return helm('template', 'shop', folder, '--namespace', 'shop', ...version, ...args)
}

t.test(
  'an application chart takes the sidecar from its dependency',
  { skip: helmSkip },
  async (t) => {
    const folder = t.testdir({})
    const full = ['--values', `${fixture}/app-values.yaml`]
    const { status, text } = templateApp(folder, ...full)
    t.equal(status, 0, text)
    const objects = objectsOf(text)
    t.same(objects.map(nameOf).sort(), [
      'ConfigMap/shop-holdfast-config',
      'Deployment/assistant',
      'PodMonitor/shop-holdfast',
    ])
    const pod = under(objectNamed(objects, 'Deployment/assistant'), 'spec', 'template')
    const [sidecar, ...others] = arrayAt(under(pod, 'spec'), 'initContainers') ?? []
    t.same(others, [])
    t.match(sidecar, { name: 'holdfast', restartPolicy: 'Always' }, 'a native sidecar')
    t.same(under(sidecar, 'startupProbe', 'httpGet'), { path: '/readyz', port: 'holdfast-admin' })
    t.same(
      (arrayAt(sidecar, 'volumeMounts') ?? []).map((mount) => stringAt(mount, 'name')).sort(),
      (arrayAt(under(pod, 'spec'), 'volumes') ?? [])
        .map((volume) => stringAt(volume, 'name'))
        .sort(),
      'what is mounted is there',
    )
    const monitor = objectNamed(objects, 'PodMonitor/shop-holdfast')
    t.same(under(monitor, 'spec', 'selector', 'matchLabels'), {
      'holdfast-sidecar': 'shop-holdfast',
    })
    t.match(under(pod, 'metadata', 'labels'), { 'holdfast-sidecar': 'shop-holdfast' })
    t.equal(under(monitor, 'spec', 'podMetricsEndpoints', 0, 'port'), 'holdfast-admin')
    t.match(under(pod, 'metadata', 'annotations', 'checksum/config'), /^[0-9a-f]{64}$/)

    await t.test('and a typo in its values is refused', async (t) => {
      const typo = templateApp(folder, ...full, '--set', 'holdfast.config.upstrem=https://a')
      t.equal(typo.status, 1)
      t.match(typo.text, "- at '/config': additional properties 'upstrem' not allowed")
    })
  },
)

const kustomize = ((): ((folder: string) => ReturnType<typeof helm>) | undefined => {
  const programs = [
    ['kubectl', 'kustomize'],
    ['kustomize', 'build'],
  ] as const
  const found = programs.find(
    ([program, word]) => spawnSync(program, [word, '--help'], { stdio: 'ignore' }).status === 0,
  )
  if (found === undefined) return undefined
  return (folder) => {
    const { status, stdout, stderr } = spawnSync(
      found[0],
      [found[1], '--load-restrictor', 'LoadRestrictionsNone', folder],
      { encoding: 'utf8' },
    )
    return { status, text: `${stdout}${stderr}` }
  }
})()
const noKustomize =
  kustomize === undefined
    ? 'neither kubectl nor kustomize is installed: go install sigs.k8s.io/kustomize/kustomize/v5@latest'
    : false

t.test(
  'the component adds the same sidecar to labelled Deployments alone',
  {
    skip: helmSkip || noKustomize,
  },
  async (t) => {
    if (kustomize === undefined) throw new Error('skipped without it')
    const { status, text } = kustomize(`${fixture}/kustomize`)
    t.equal(status, 0, text)
    const objects = objectsOf(text)
    const spec = under(objectNamed(objects, 'Deployment/assistant'), 'spec', 'template', 'spec')
    const containers = arrayAt(spec, 'initContainers') ?? []
    t.same(
      containers.map((container) => stringAt(container, 'name')).sort(),
      ['holdfast', 'migrate'],
      'what was there stays',
    )
    t.equal(
      under(
        objectNamed(objects, 'Deployment/database'),
        'spec',
        'template',
        'spec',
        'initContainers',
      ),
      undefined,
    )
    const rendered = sidecarOfChart(t.testdir({}))
    t.same(
      containers.find((container) => stringAt(container, 'name') === 'holdfast'),
      rendered,
      'helm/kustomize/sidecar/sidecar.yaml is what the chart renders',
    )
    const mounted = stringAt(under(spec, 'volumes', 0, 'configMap'), 'name') ?? ''
    t.ok(objectNamed(objects, `ConfigMap/${mounted}`), 'the ConfigMap, by the name it was given')
  },
)

/** With nothing set but what a sidecar needs. */
function sidecarOfChart(folder: string): unknown {
  const deployment = objectNamed(objectsOf(templateApp(folder).text), 'Deployment/assistant')
  return under(deployment, 'spec', 'template', 'spec', 'initContainers', 0)
}

t.test(
  'alone, the mode brings the configuration and no workload',
  { skip: helmSkip },
  async (t) => {
    t.same(render('02-sidecar').map(nameOf), ['ConfigMap/demo-holdfast-config'])
  },
)
