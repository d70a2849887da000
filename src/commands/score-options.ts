/** What `holdfast score --profile` has to be told of the answers, for no file of grades says it. */
import { benchmarkAudits } from '../audit/rubric.ts'
import type { Fault } from '../error.ts'
import { type EvidenceLevel, evidenceLevels } from '../exchange/alignment.ts'
import { isoTime } from '../profile/iso-time.ts'
import type { ScoreSource } from '../profile/score-rows.ts'

export const scoredFlags = {
  level: { type: 'string' },
  scaffold: { type: 'string' },
  model: { type: 'string' },
  condition: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
} as const

type Values = { [name in keyof typeof scoredFlags]?: string | undefined }

export type Scored = Omit<ScoreSource, 'benchmark' | 'file' | 'sha256'>

export type ReadScored = { ok: true; scored: Scored } | { ok: false; faults: Fault[] }

const nameCharsMax = 200
const conditionForm = /^(?:baseline|[a-z_]+=[\w.-]+(?:,[a-z_]+=[\w.-]+)*)$/

/** @param isAsked rows are asked for: without, none of these options has a meaning */
export const readScored = (values: Values, benchmark: string, isAsked: boolean): ReadScored => {
  const faults: Fault[] = []
  const fault = (key: string, reason: string): undefined => {
    faults.push({ key: `--${key}`, reason })
    return undefined
  }
  if (!isAsked) {
    for (const name of Object.keys(values)) {
      if (name in scoredFlags) fault(name, 'is of --profile alone')
    }
  }
  const level = levelOf(values.level, benchmark, fault)
  const { scaffold, model, condition = 'baseline' } = values
  if (scaffold !== undefined && !/^[0-9a-f]{64}$/.test(scaffold)) {
    fault('scaffold', 'is no SHA-256 in 64 hexadecimal digits')
  }
  if (level === 'model' && scaffold !== undefined) {
    fault('level', 'must be response or interaction: with a scaffold it is no bare model')
  }
  if (level !== 'model' && scaffold === undefined) {
    fault('scaffold', `is needed: at the level ${level} a pinned scaffold answers`)
  }
  if (model !== undefined && (model === '' || model.length > nameCharsMax)) {
    fault('model', `must have 1 to ${nameCharsMax} characters`)
  }
  if (condition.length > nameCharsMax || !conditionForm.test(condition)) {
    fault('condition', 'must be baseline, or as language=bn,format=agentic')
  }
  const window = windowOf(values, fault)
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, scored: { level, condition, model, scaffold, window } }
}

type OnFault = (key: string, reason: string) => undefined

function levelOf(given: string | undefined, benchmark: string, fault: OnFault): EvidenceLevel {
  const place = (level: EvidenceLevel): number => evidenceLevels.indexOf(level)
  const reach = benchmarkAudits.find(({ id }) => id === benchmark)?.reach ?? 'model'
  const level = evidenceLevels.find((one) => one === (given ?? 'model'))
  if (level === undefined) {
    fault('level', `must be one of ${evidenceLevels.slice(0, place(reach) + 1).join(', ')}`)
    return 'model'
  }
  if (place(level) > place(reach)) {
    fault('level', `${level} is further than ${benchmark} reaches: ${reach} (holdfast audit)`)
  }
  return level
}

function windowOf({ from, to }: Values, fault: OnFault): Scored['window'] {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined) {
    return fault(from === undefined ? 'from' : 'to', 'is missing: a window has both ends')
  }
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(start)) return fault('from', 'is no time as 2026-01-31T00:00:00Z')
  if (Number.isNaN(end)) return fault('to', 'is no time as 2026-01-31T00:00:00Z')
  if (start >= end) return fault('to', 'is not after --from')
  return { from: isoTime(start), to: isoTime(end) }
}
