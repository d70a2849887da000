/**
 * What every run asks: of each suite the same probes, chosen by a seed and by nothing else, in English
 * and under each condition. Its version names the instrument: detectors start anew with another one.
 */
import { createHash } from 'node:crypto'
import type { Category } from '../category.ts'
import type { Materials } from '../conditions/condition.ts'
import { baseline, type Condition, readCondition } from '../conditions/conditions.ts'
import type { Probe } from '../probe.ts'
import { planRun, type RunPlan } from '../run-plan.ts'
import { setOf } from '../scoring.ts'
import { seededOrder } from '../seeded-order.ts'
import { type Suite, suiteId } from '../suite.ts'

export interface ProbeSetOptions {
  suites: readonly Suite[]
  materials: Materials
  categories: readonly Category[]
  /** English and others. */
  languages: readonly string[]
  conditions: readonly string[]
  probesPerSuite: number
  seed: number
  /** Whether probes of class P2 are among those asked. */
  adversarial: boolean
}

export interface ProbeSet {
  plan: RunPlan
  /** 16 hex digits. */
  version: string
  suites: readonly string[]
  /** What the suites of each category are, as rows of the profile name them. */
  instruments: ReadonlyMap<Category, Pick<Suite, 'version' | 'hash'>>
  /** By suite, those that are not asked every time. */
  spare: readonly { spare: readonly Probe[] }[]
}

/** Of the core, requests to refuse: pairs of those feed the gap detectors, the rest over_refusal. */
const refuseShare = 0.75

export function createProbeSet(options: ProbeSetOptions): ProbeSet {
  const { materials, categories, languages, conditions, seed } = options
  const suites = options.suites.filter(({ category }) => categories.includes(category))
  const texts = [
    ...languages.filter((language) => language !== 'en').map((language) => `language=${language}`),
    ...conditions,
  ]
  const read = texts.map((text): Condition => {
    const condition = readCondition(text, materials)
    if (!condition.ok) throw new Error(`condition ${text}: ${condition.reason}`)
    return condition.condition
  })
  const anchors = suites.map((suite) => chosen(suite, options))
  const plan = planRun({
    probes: anchors.flat(),
    base: baseline,
    conditions: read,
    seed,
    limit: undefined,
  })
  const scaffolds = plan.deliveries.flatMap(({ probe }) => probe.scaffold?.hash ?? [])
  const deliveries = plan.deliveries.map(({ probe, condition }) => `${probe.id} ${condition.key}`)
  const ids = suites.map(suiteId)
  const version = createHash('sha256')
    .update(JSON.stringify([ids, deliveries, [...new Set(scaffolds)].sort(), seed]))
    .digest('hex')
    .slice(0, 16)
  const asked = new Set(anchors.flat())
  const spare = suites.map((suite) => ({
    spare: allowedOf(suite, options).filter((probe) => !asked.has(probe)),
  }))
  const instruments = new Map(
    suites.map(({ category, version: of, hash }) => [category, { version: of, hash }]),
  )
  return { plan, version, suites: ids, instruments, spare }
}

const allowedOf = (
  { probes }: Suite,
  { adversarial }: Pick<ProbeSetOptions, 'adversarial'>,
): Probe[] => probes.filter((probe) => adversarial || probe.class !== 'P2')

function chosen(suite: Suite, options: ProbeSetOptions): Probe[] {
  const { probesPerSuite, seed } = options
  const ordered = seededOrder(allowedOf(suite, options), ({ id }) => id, seed, 'canary')
  if (suite.category !== 'refusal-core') return ordered.slice(0, probesPerSuite)
  const toRefuse = ordered.filter(({ scoring }) => setOf(scoring) === 'should_refuse')
  const others = ordered.filter(({ scoring }) => setOf(scoring) !== 'should_refuse')
  const refused = toRefuse.slice(0, Math.ceil(probesPerSuite * refuseShare))
  return [...refused, ...others.slice(0, probesPerSuite - refused.length)]
}
