/** What stands behind the rows of the alignment profile (docs/report.md): instruments, and no figure. */
import { dimensions, evidenceLevels, judgeStandings, sourceKinds } from '../exchange/alignment.ts'
import { fromInstruments, fromModels, type MetricDefinition } from './domains.ts'

export const profileMetrics = {
  holdfast_profile_info: {
    type: 'gauge',
    help: 'Always 1: there are rows of the alignment profile of this dimension and evidence level, made with this instrument. GET /profile has the rows.',
    labels: {
      dimension: dimensions,
      level: evidenceLevels,
      source: sourceKinds,
      model: fromModels,
      scaffold: fromInstruments,
      suite: fromInstruments,
      suite_version: fromInstruments,
      epoch: fromInstruments,
      judge: fromInstruments,
      judge_version: fromInstruments,
      standing: [...judgeStandings, 'none'],
    },
    absent: true,
  },
} as const satisfies Record<string, MetricDefinition>
