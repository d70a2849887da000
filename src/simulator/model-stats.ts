/** What the simulated model was asked and did: the planted truth that measured figures stand next to. */
import type { CoreLanguage } from '../exchange/stratum.ts'
import type { Truth } from './behaviour.ts'
import type { SimulatedApi } from './request.ts'

export interface Answered {
  api: SimulatedApi
  language: CoreLanguage
  kind: 'should_refuse' | 'benign' | 'other'
  truth: Truth
}

export interface TruthRow {
  language: CoreLanguage
  kind: Answered['kind']
  truth: Truth
  n: number
}

export interface ModelStats {
  answered: number
  byApi: Readonly<Record<SimulatedApi, number>>
  /** Languages, kinds and truths are closed sets, so the rows are bounded. */
  truth: readonly TruthRow[]
  /** Streams whose client left before the end. */
  aborted: number
  failed: Readonly<Record<string, number>>
}

export function createModelStats() {
  const byApi = { openai_chat: 0, openai_responses: 0, anthropic_messages: 0 }
  const truth = new Map<string, TruthRow>()
  const failures = new Map<number, number>()
  let answered = 0
  let aborted = 0
  return {
    count({ api, language, kind, truth: done }: Answered): void {
      answered++
      byApi[api]++
      const key = `${language} ${kind} ${done}`
      const row = truth.get(key) ?? { language, kind, truth: done, n: 0 }
      row.n++
      truth.set(key, row)
    },
    aborted(): void {
      aborted++
    },
    failed(status: number): void {
      failures.set(status, (failures.get(status) ?? 0) + 1)
    },
    snapshot: (): ModelStats => ({
      answered,
      byApi: { ...byApi },
      truth: [...truth.values()].map((row) => ({ ...row })),
      aborted,
      failed: Object.fromEntries(failures),
    }),
  }
}
