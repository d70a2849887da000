/**
 * Everything that the chart renders, against the schemas of Kubernetes and of the Prometheus operator:
 * a field of another type, or one that does not exist, is found.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { parse, stringify } from 'yaml'
import { arrayAt, isJsonObject, stringAt } from '../../src/decode/untrusted-json.ts'
import { helmSkip, kubeVersions, objectNamed, render, under, valueSets } from './support/helm.ts'
import { toolSkip } from './support/tool.ts'

const folder = process.env['HOLDFAST_KUBE_SCHEMAS'] ?? ''
const noSchemas =
  existsSync(folder) || process.env['HOLDFAST_CHART_TOOLS'] === 'installed'
    ? false
    : 'HOLDFAST_KUBE_SCHEMAS names no folder that .ci/chart-tools has filled'
const skip =
  helmSkip || toolSkip('kubeconform', 'github.com/yannh/kubeconform/cmd/kubeconform') || noSchemas

/** A resource definition lets every unknown field pass unless it is told not to. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed)
  if (!isJsonObject(node)) return node
  const out = Object.fromEntries(Object.entries(node).map(([word, child]) => [word, closed(child)]))
  const open = node['x-kubernetes-preserve-unknown-fields'] === true
  const isSection = isJsonObject(node['properties']) && node['additionalProperties'] === undefined
  return isSection && !open ? { ...out, additionalProperties: false } : out
}

/** File names and JSON Schema of the resources that the operator defines. */
const operatorSchemas = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, 'crds')).map((name) => {
      const definition: unknown = parse(readFileSync(join(folder, 'crds', name), 'utf8'))
      const kind = stringAt(under(definition, 'spec', 'names'), 'kind') ?? ''
      const schema = under(definition, 'spec', 'versions', 0, 'schema', 'openAPIV3Schema')
      return [`${kind.toLowerCase()}.json`, JSON.stringify(closed(schema))]
    }),
  )

interface Verdict {
  valid: number
  faults: readonly string[]
}

function conform(objects: readonly unknown[], version: string, definitions: string): Verdict {
  const { stdout, stderr } = spawnSync(
    'kubeconform',
    [
      '-strict',
      '-summary',
      '-output',
      'json',
      '-kubernetes-version',
      version,
      '-schema-location',
      `${folder}/schemas/{{.NormalizedKubernetesVersion}}/{{.ResourceKind}}{{.KindSuffix}}.json`,
      '-schema-location',
      `${definitions}/{{.ResourceKind}}.json`,
      '-',
    ],
    { encoding: 'utf8', input: objects.map((object) => `---\n${stringify(object)}`).join('') },
  )
  const said: unknown = JSON.parse(stdout === '' ? `{"error":${JSON.stringify(stderr)}}` : stdout)
  const valid = under(said, 'summary', 'valid')
  return {
    valid: typeof valid === 'number' ? valid : Number.NaN,
    faults: (arrayAt(said, 'resources') ?? []).map(
      (resource) => `${stringAt(resource, 'kind')}: ${stringAt(resource, 'msg')}`,
    ),
  }
}

const definitionsIn = (t: Test): string => t.testdir(operatorSchemas())

t.test('every object of every value set is valid in old and new clusters', { skip }, async (t) => {
  const definitions = definitionsIn(t)
  const objects = valueSets.flatMap((set) => render(set))
  for (const version of kubeVersions) {
    const { valid, faults } = conform(objects, version, definitions)
    t.same(faults, [], version)
    t.equal(valid, objects.length, version)
  }
  t.ok(objects.length > 100, `${objects.length} objects`)
})

t.test('and what is wrong would be found', { skip }, async (t) => {
  const definitions = definitionsIn(t)
  const wrong = (set: string, name: string, from: string, to: string): unknown => {
    const text = JSON.stringify(objectNamed(render(set), name))
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`)
    return JSON.parse(text.replace(from, to))
  }
  const planted = [
    wrong('01-gateway', 'Deployment/demo-holdfast', '"replicas":2', '"replicas":"two"'),
    wrong('01-gateway', 'Deployment/demo-holdfast', '"securityContext"', '"securtyContext"'),
    wrong('12-service-monitor', 'ServiceMonitor/demo-holdfast', '"interval"', '"intervall"'),
    wrong('14-sidecar-monitored', 'PodMonitor/demo-holdfast', '"port"', '"prt"'),
    wrong('12-service-monitor', 'PrometheusRule/demo-holdfast-alerts', '"expr"', '"exp"'),
  ]
  const { valid, faults } = conform(planted, kubeVersions[1], definitions)
  t.equal(valid, 0)
  t.equal(faults.length, planted.length)
  for (const word of ['replicas', 'securtyContext', 'intervall', 'prt', 'exp']) {
    t.ok(
      faults.some((fault) => fault.includes(word)),
      word,
    )
  }
})
