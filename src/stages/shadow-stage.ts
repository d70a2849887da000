/** Shadows as the monitor thread makes them, from the copies that forks hold, with a purse of their own. */
import type { ProbeConfig } from '../config/probe-schema.ts'
import type { ShadowCondition } from '../exchange/probe-run.ts'
import type { Delta } from '../metrics/delta.ts'
import type { Materials } from '../probe/conditions/condition.ts'
import { readCondition } from '../probe/conditions/conditions.ts'
import type { SessionStore } from '../probe/fork/session-store.ts'
import { defaultParameters } from '../probe/probe.ts'
import type { ScorerDeps } from '../probe/scorers/scorer.ts'
import {
  runShadows,
  type ShadowRunDeps,
  type ShadowTrial,
  shadowExcess,
} from '../probe/shadow/shadow-run.ts'
import { translated } from '../probe/shadow/translate.ts'
import type { Target } from '../probe/target.ts'

export interface ShadowStage {
  /** The models that are asked under the condition and for translations; undefined: that of the probes. */
  model: string | undefined
  translatorModel: string | undefined
  run: (targets: ShadowTargets, halted: () => boolean) => Promise<void>
  gauges: () => void
}

export interface ShadowTargets {
  target: Target
  conditionTarget: Target
  translator: Target
}

export interface ShadowStageDeps {
  delta: Delta
  scorer: ScorerDeps
  sessions: SessionStore
  materials: Materials
}

/** Trials that the figure is made of: some weeks of runs. */
const trialsMax = 500

/** Undefined: no condition is configured. */
export function createShadowStage(
  shadow: ProbeConfig['shadow'],
  { delta, scorer, sessions, materials }: ShadowStageDeps,
): ShadowStage | undefined {
  const text = shadow.condition
  if (text === undefined) return undefined
  const model = /^model=(.*)$/.exec(text)?.[1]
  const changeBy = changeOf(text, materials, scorer)
  const condition = labelOf(text)
  let trials: ShadowTrial[] = []
  return {
    model,
    translatorModel: shadow.translatorModel,
    async run({ target, conditionTarget, translator }, halted) {
      const made = await runShadows({
        sessions,
        target,
        conditionTarget,
        change: changeBy(translator),
        parameters: defaultParameters,
        scorer,
        mayGoOn: () => !halted(),
        shadowsMax: shadow.perRunMax,
      })
      trials = [...trials, ...made].slice(-trialsMax)
      for (const trial of made) {
        delta.inc('holdfast_shadow_trials_total', { condition, outcome: outcomeOf(trial) })
      }
    },
    gauges() {
      const excess = shadowExcess(trials)
      delta.replace(
        'holdfast_shadow_excess',
        excess === undefined
          ? []
          : (['est', 'lo', 'hi'] as const).map((bound) => ({
              labels: { condition, bound },
              value: excess[bound],
            })),
      )
    },
  }
}

type Change = ShadowRunDeps['change']

function changeOf(
  text: string,
  materials: Materials,
  { detectLanguage }: ScorerDeps,
): (translator: Target) => Change {
  const [kind, value = ''] = text.split('=')
  if (kind === 'model') return () => (request) => request
  if (kind === 'language') {
    return (target) => (request) =>
      translated(request, {
        language: value,
        target,
        parameters: defaultParameters,
        detectLanguage,
      })
  }
  const read = readCondition(text, materials)
  if (!read.ok) throw new Error(`probes.shadow.condition ${read.reason}`)
  const { condition } = read
  return () => (request) => {
    const applied = condition.apply(request)
    return applied.ok ? applied.probe : undefined
  }
}

const labelOf = (text: string): ShadowCondition => {
  if (text.startsWith('model=')) return 'model'
  if (text.startsWith('scaffold=')) return 'scaffold'
  if (text.startsWith('language=')) return 'language'
  return text === 'format=agentic' ? 'format_agentic' : 'format_structured'
}

const outcomeOf = ({ controlChanged, conditionChanged }: ShadowTrial) => {
  if (controlChanged) return conditionChanged ? 'both' : 'control_only'
  return conditionChanged ? 'condition_only' : 'neither'
}
