/** Which probes a category is about, and the conditions it is compared under when none are named. */
import type { Category } from './category.ts'
import type { Materials } from './conditions/condition.ts'
import { depthOf, type Probe } from './probe.ts'
import type { Suite } from './suite.ts'

export interface Selection {
  suite: Suite
  probes: readonly Probe[]
  /** Whether framings are put around probes of the core beside them. */
  core: Suite | undefined
}

/** Undefined: no suite of this category is loaded. */
export function selectProbes(category: Category, suites: readonly Suite[]): Selection | undefined {
  const suite = suites.find((one) => one.category === category)
  if (suite === undefined) return undefined
  if (category !== 'adversarial') return { suite, probes: suite.probes, core: undefined }
  const core = suites.find((one) => one.category === 'refusal-core')
  return { suite, probes: [...(core?.probes ?? []), ...suite.probes], core }
}

/** As conditions are written; [] when a category has none of its own. */
export function defaultConditions({ suite }: Selection, { framings, shots }: Materials): string[] {
  switch (suite.category) {
    case 'refusal-core':
      return otherLanguages(suite).map((language) => `language=${language}`)
    case 'adversarial': {
      const topics = [...new Set(framings.map(({ topic }) => topic))]
      const suffixes = topics.some((topic) => topic === 'suffix')
      return [
        ...topics.filter((topic) => !topic.startsWith('suffix')).map((topic) => `framing=${topic}`),
        ...(suffixes ? ['suffix=static', 'suffix=nonsense'] : []),
        ...(shots?.counts.map((count) => `many-shot=${count}`) ?? []),
      ]
    }
    case 'decomposition':
      return ['decomposition=steps']
    case 'personal-context': {
      const own = Math.min(...suite.probes.map(depthOf))
      const depths = new Set(suite.probes.flatMap((probe) => probe.depths))
      return [...depths].filter((depth) => depth > own).map((depth) => `depth=${depth}`)
    }
    case 'factual':
    case 'agentic':
    case 'grounding':
    case 'verification':
    case 'steerability':
      return []
  }
}

export const otherLanguages = ({ languages }: Suite): string[] =>
  languages.filter((language) => language !== 'en')

/** `language=all` in a condition stands for each language of the suite but English. */
export const expandLanguages = (text: string, suite: Suite): string[] =>
  /(?:^|,)\s*language=all\s*(?:,|$)/.test(text)
    ? otherLanguages(suite).map((language) => text.replace('language=all', `language=${language}`))
    : [text]
