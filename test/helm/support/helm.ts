/** Real Helm over the chart, and what it renders as data. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import { arrayAt, stringAt, valueAt } from '../../../src/decode/untrusted-json.ts'
import { toolSkip } from './tool.ts'

export const chart = 'helm/holdfast'
export const helmSkip = toolSkip('helm', 'helm.sh/helm/v3/cmd/helm')

/** The oldest Kubernetes that the chart allows, and the newest there is. */
export const kubeVersions = ['1.29.0', '1.37.0'] as const

/** Names of the value sets: files of ci/ without their ending. */
export const valueSets: readonly string[] = readdirSync(`${chart}/ci`)
  .sort()
  .map((name) => name.replace(/-values\.yaml$/, ''))

export const valuesFile = (set: string): string => `${chart}/ci/${set}-values.yaml`

export interface Said {
  status: number | null
  text: string
}

export function helm(...args: string[]): Said {
  const { status, stdout, stderr } = spawnSync('helm', args, { encoding: 'utf8' })
  return { status, text: status === 0 ? stdout : `${stdout}${stderr}` }
}

const cluster = ['--namespace', 'models', '--kube-version', kubeVersions[1]] as const
const release = ['template', 'demo', chart, ...cluster] as const

/** What `helm template` says of a value set, with further `--set` values. */
export const template = (set: string, sets: readonly string[] = []): Said =>
  helm(...release, '--values', valuesFile(set), ...sets.flatMap((pair) => ['--set', pair]))

/** The objects of a text; throws where it is not YAML. */
export function objectsOf(text: string): unknown[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0]
    const value: unknown = document.toJS()
    return value === null ? [] : [value]
  })
}

const rendered = new Map<string, unknown[]>()

/** The objects of a value set; those of one process are rendered once. */
export function render(set: string, sets: readonly string[] = []): unknown[] {
  const key = [set, ...sets].join(' ')
  const known = rendered.get(key)
  if (known !== undefined) return known
  const { status, text } = template(set, sets)
  if (status !== 0) throw new Error(`${set}: ${text}`)
  const objects = objectsOf(text)
  rendered.set(key, objects)
  return objects
}

/** Kind/name, as kubectl says it. */
export const nameOf = (object: unknown): string =>
  `${stringAt(object, 'kind')}/${stringAt(valueAt(object, 'metadata'), 'name')}`

/** The only object of a kind and name; throws when there is none. */
export function objectNamed(objects: readonly unknown[], name: string): unknown {
  const found = objects.find((object) => nameOf(object) === name)
  if (found === undefined) throw new Error(`no ${name} in ${objects.map(nameOf).join(', ')}`)
  return found
}

/** A value under words; undefined where one of them is missing. A number is a place in a list. */
export const under = (value: unknown, ...words: (string | number)[]): unknown =>
  words.reduce<unknown>(
    (at, word) =>
      typeof word === 'number' ? (Array.isArray(at) ? at : [])[word] : valueAt(at, word),
    value,
  )

/** Pod specs of what is rendered, with the name of their object. */
export const podSpecs = (objects: readonly unknown[]): { of: string; spec: unknown }[] =>
  objects.flatMap((object) => {
    const spec = valueAt(object, 'spec')
    const pod = stringAt(object, 'kind') === 'Pod' ? spec : under(spec, 'template', 'spec')
    return pod === undefined ? [] : [{ of: nameOf(object), spec: pod }]
  })

export const containersOf = (spec: unknown): unknown[] => [
  ...(arrayAt(spec, 'initContainers') ?? []),
  ...(arrayAt(spec, 'containers') ?? []),
]
