/** kube-score over the workloads of the chart: what it finds is listed here, with the reason. */
import { spawnSync } from 'node:child_process'
import t from 'tap'
import { stringify } from 'yaml'
import { arrayAt, stringAt } from '../../src/decode/untrusted-json.ts'
import { helmSkip, render, valueSets } from './support/helm.ts'
import { toolSkip } from './support/tool.ts'

const skip = helmSkip || toolSkip('kube-score', 'github.com/zegl/kube-score/cmd/kube-score')

/** What is meant to be as it is. */
const accepted: ReadonlyMap<string, string> = new Map([
  ['container-image-pull-policy', 'the tag is a version, which does not change'],
  [
    'container-ephemeral-storage-request-and-limit',
    'the root is read-only, and volumes have a size',
  ],
  ['container-resources CPU limit is not set', 'a throttled proxy delays every request'],
  ['pod-networkpolicy Pod', 'the pod of `helm test` lives for seconds and takes no connection'],
])

/** What one pod with a volume of its own cannot have. */
const acceptedOfOnePod: ReadonlyMap<string, string> = new Map([
  ['deployment-replicas', 'a second pod would not share its evidence'],
  ['deployment-strategy', 'two pods must not write to one volume'],
])
/** What value set 13 turns off. */
const acceptedWhereOff: ReadonlyMap<string, string> = new Map([
  ['pod-networkpolicy', 'networkPolicy.enabled is false'],
  ['deployment-has-poddisruptionbudget', 'podDisruptionBudget.enabled is false'],
])
const isOnePod = (set: string): boolean => set.includes('evidence')

interface Finding {
  id: string
  kind: string
  summary: string
}

/** Everything below the best grade. */
function score(objects: readonly unknown[]): Finding[] {
  const { stdout, stderr } = spawnSync('kube-score', ['score', '--output-format', 'json', '-'], {
    encoding: 'utf8',
    input: objects.map((object) => `---\n${stringify(object)}`).join(''),
  })
  const scored: unknown = JSON.parse(stdout === '' ? 'null' : stdout)
  // Nothing but objects that none of its checks is about.
  if (scored === null && stderr === '') return []
  if (!Array.isArray(scored)) throw new Error(`kube-score said ${stderr}`)
  const best = 10
  return scored.flatMap((object: unknown) =>
    (arrayAt(object, 'checks') ?? []).flatMap((check) => {
      const { id, grade, skipped } = gradeOf(check)
      if (skipped || grade === best) return []
      const kind = stringAt(object, 'object_name')?.split('/')[0] ?? ''
      return (arrayAt(check, 'comments') ?? [undefined]).map((comment) => ({
        id,
        kind,
        summary: stringAt(comment, 'summary') ?? '',
      }))
    }),
  )
}

function gradeOf(check: unknown): { id: string; grade: number; skipped: boolean } {
  // kube-score's own shape, a fixed version of it.
  const {
    check: about,
    grade,
    skipped,
  } = check as {
    check: { id: string }
    grade: number
    skipped: boolean
  }
  return { id: about.id, grade, skipped }
}

const wordsOf = ({ id, kind, summary }: Finding): string[] => [
  id,
  `${id} ${summary}`,
  `${id} ${kind}`,
]

t.test('nothing is found in any value set but what is listed', { skip }, async (t) => {
  for (const set of valueSets) {
    const known = new Map([
      ...accepted,
      ...(isOnePod(set) ? acceptedOfOnePod : []),
      ...(set.startsWith('13-') ? acceptedWhereOff : []),
    ])
    const found = score(render(set))
    t.same(
      found.filter((finding) => !wordsOf(finding).some((words) => known.has(words))),
      [],
      set,
    )
  }
  t.ok(valueSets.length >= 12)
})

t.test('and what is listed is still found', { skip }, async (t) => {
  const found = score(render('06-evidence-claim')).flatMap(wordsOf)
  for (const [words, reason] of [...accepted, ...acceptedOfOnePod]) {
    t.ok(found.includes(words), `${words}: ${reason}`)
  }
})
