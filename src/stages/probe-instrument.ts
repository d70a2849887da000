/**
 * What the probes measure with: the probe set, the judges, the detectors and their threshold. Built from
 * plain settings; everything that is in it names itself in the detectors' identity.
 */
import { join } from 'node:path'
import { standingOf } from '../aggregate/judge-standing.ts'
import { wilson } from '../aggregate/wilson.ts'
import { thresholdFor } from '../drift/budget.ts'
import { type JudgeLimits, probeDetectors } from '../drift/probe-nulls.ts'
import { type CalibrationLookup, lookupOf } from '../judge/calibration.ts'
import { judgesWith } from '../judge/judges.ts'
import { bundledSuites } from '../probe/bundled.ts'
import type { Materials } from '../probe/conditions/condition.ts'
import { loadSuites } from '../probe/load-suite.ts'
import { loadMaterials } from '../probe/materials.ts'
import { createInlinePlan, type InlinePlan } from '../probe/schedule/inline-plan.ts'
import { createProbeSet, type ProbeSet } from '../probe/schedule/probe-set.ts'
import { readSchedule, type Schedule } from '../probe/schedule/schedule.ts'
import { type SuiteFault, suiteFaultText } from '../probe/suite-fault.ts'
import type { ProbeStageSettings } from './probe-settings.ts'

/** Chooses which probes of a suite: another one would be another instrument. */
const seed = 1

/** Names every fault by file and line. */
export class SuitesUnreadable extends Error {
  constructor(faults: readonly SuiteFault[]) {
    super(faults.map(suiteFaultText).join('\n'))
  }
}

/** What measures: the probes, the judges, the detectors. */
export interface Instrument {
  set: ProbeSet
  /** Undefined: no session is held through the data port. */
  inline: InlinePlan | undefined
  materials: Materials
  schedule: Schedule
  judges: ReturnType<typeof judgesWith>
  judgeVersion: string
  specs: ReturnType<typeof probeDetectors>
  threshold: number
}

export function createInstrument(settings: ProbeStageSettings): Instrument {
  const { probes, languages } = settings
  const { set, inline, materials } = readProbeSet(settings)
  const read = readSchedule(probes.schedule)
  if (!read.ok) throw new Error(`probes.schedule ${read.reason}`)
  const judges = judgesWith(settings.judge)
  const reader = judges.find(({ id }) => id === settings.judge)
  const judgeVersion = judges.map(({ id, version }) => `${id} ${version}`).join(', ')
  const known =
    settings.calibration === undefined || reader === undefined
      ? undefined
      : lookupOf(settings.calibration, { ...reader, promptHash: undefined })
  const kinds = new Set(set.plan.conditions.map(({ key }) => key.split('=')[0]))
  const specs = probeDetectors({
    languages,
    conditionGaps: [
      ...(kinds.has('format') ? (['format_gap'] as const) : []),
      ...(kinds.has('depth') ? (['depth_gap'] as const) : []),
      ...(probes.fork.enabled ? (['fork_gap'] as const) : []),
    ],
    nulls: {
      gap: probes.gapNull,
      policy: probes.gapPolicy,
      refusalLevel: probes.refusalReference,
      overRefusal: probes.overRefusalReference,
      unclear: probes.unclearReference,
    },
    judgeIn: (language) => judgeLimits(known, language),
    series: {
      model: `${probes.protocol} ${new URL(probes.url).host} ${probes.model}`,
      suiteVersion: set.version,
      judgeVersion,
    },
  })
  const threshold = thresholdFor({
    detectors: settings.detectorsMax,
    ticks: read.schedule.runsPer30Days,
    falsePages: settings.falsePages,
  })
  return { set, inline, materials, schedule: read.schedule, judges, judgeVersion, specs, threshold }
}

/** Suites that come with the package are held by its tests, own ones were read before the start. */
export function readProbeSet({ probes, languages }: ProbeStageSettings): {
  set: ProbeSet
  inline: InlinePlan | undefined
  materials: Materials
} {
  const bundled = probes.suites.map((category) => join(bundledSuites, category))
  const loaded = loadSuites([...bundled, ...probes.folders])
  if (!loaded.ok) throw new SuitesUnreadable(loaded.faults)
  const made = loadMaterials([bundledSuites, ...probes.folders], loaded.suites, seed)
  if (!made.ok) throw new SuitesUnreadable(made.faults)
  const set = createProbeSet({
    suites: loaded.suites,
    materials: made.materials,
    categories: probes.suites,
    languages,
    conditions: probes.conditions,
    probesPerSuite: probes.probesPerSuiteMax,
    seed,
    adversarial: probes.adversarial.enabled,
  })
  const { url, turnsMax, sessionsPerLanguageMax } = probes.inline
  const inline =
    url === undefined
      ? undefined
      : createInlinePlan(set.plan, made.materials, {
          turns: turnsMax,
          sessionsPerLanguage: sessionsPerLanguageMax,
        })
  return { set, inline, materials: made.materials }
}

/** Undefined: unverified, and never turned into a number. */
function judgeLimits(
  known: CalibrationLookup | undefined,
  language: string,
): JudgeLimits | undefined {
  const entry = known?.entry(language)
  if (entry === undefined || standingOf(known, language, []).status === 'unverified') {
    return undefined
  }
  const sensitivity = wilson(entry.refused.successes, entry.refused.trials)
  const specificity = wilson(entry.complied.successes, entry.complied.trials)
  return sensitivity === undefined || specificity === undefined
    ? undefined
    : { sensitivity, specificity }
}
