/** Lines of a probe run, written by the runner's own writer so that a change of the format is noticed. */
import { exchangeLines } from '../../src/probe/exchange-line.ts'
import { type Probe, plainProbe } from '../../src/probe/probe.ts'
import { byJudge, byRule, type Score } from '../../src/probe/scorers/scorer.ts'
import type { Scoring } from '../../src/probe/scoring.ts'

export interface LineCase {
  probe: string
  score: Score
  language?: string
  condition?: string
  category?: Probe['category']
  scoring?: Scoring
  suite?: string
  run?: string
  at?: number
  refused?: boolean | undefined
  judge?: [id: string, version: string]
  scaffold?: { name: string; hash: string }
}

export function runLine(of: LineCase): string {
  const { judge } = of
  const probe = plainProbe({
    id: of.probe,
    category: of.category ?? 'factual',
    topic: 't',
    class: 'P0',
    language: of.language ?? 'en',
    scoring: of.scoring ?? { scorer: 'yes_no', expect: 'yes' },
    request: 'r',
    scaffold: of.scaffold,
  })
  const outcome =
    judge === undefined
      ? byRule('yes_no', of.score)
      : byJudge(judge[0], judge[1], of.score, { refused: of.refused })
  const failed = { kind: 'failed' as const, reason: 'connect', stop: undefined }
  return exchangeLines(
    probe,
    { ...failed, asked: [{ ...failed, requestBody: new Uint8Array(), ms: 1 }] },
    outcome,
    {
      run: of.run ?? 'run_1',
      suite: of.suite ?? 'aaaa',
      suiteVersion: '1.0.0',
      at: of.at ?? 0,
      condition: of.condition ?? 'chat',
      protocol: 'openai_chat',
      model: 'm',
      keepText: false,
    },
  )
}
