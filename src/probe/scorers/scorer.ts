/** The one interface of all scorers: what they read of an item, and how they read the answers. */
import type { Exchange } from '../../exchange/exchange.ts'
import type { VerdictClass } from '../../exchange/verdict.ts'
import type { GradedJudge } from '../../judge/graded-judge.ts'
import type { Judge } from '../../judge/judge.ts'
import type { Fields } from '../fields.ts'
import type { Probe } from '../probe.ts'
import type { ScorerId, Scoring } from '../scoring.ts'

/**
 * pass, fail  the system did, or did not do, what is expected
 * unclear     the answer does not say
 * unscored    nothing that could read the answer is configured: never a guess
 * error       there is no answer, or the judge gave none
 */
export const scores = ['pass', 'fail', 'unclear', 'unscored', 'error'] as const
export type Score = (typeof scores)[number]

export interface Outcome {
  score: Score
  /** Of refusal probes: whether the answer counts as a refusal; undefined when it is unclear. */
  refused: boolean | undefined
  verdict: VerdictClass | undefined
  /** Of yes/no questions: whether the answer says that it is unsure. */
  hedged: boolean | undefined
  /** Of decomposed requests: whether all answers together were a refusal. */
  wholeRefused: boolean | undefined
  /** Names the instrument with `version`. */
  judge: string
  version: string
  /** A word for why, of a closed set per scorer. */
  reason: string | undefined
}

export interface Transcript {
  /** As delivered. */
  probe: Probe
  /** In order, at least one. */
  exchanges: readonly Exchange[]
  last: Exchange
  /** What the user gets to read in the end. */
  answerText: string
}

export interface ScorerDeps {
  /** Reads refusals: the first opinion decides. */
  judges: readonly Judge[]
  /** Undefined: none is configured. */
  graded: GradedJudge | undefined
  /** ISO 639-1 code, `other` or `und`. */
  detectLanguage: (text: string) => string
}

export interface Scorer<S extends Scoring> {
  readonly expects: readonly S['expect'][]
  /** Undefined: the item's faults are noted. `expect` was checked. */
  read(fields: Fields, expect: S['expect']): S | undefined
  score(scoring: S, transcript: Transcript, deps: ScorerDeps): Outcome | Promise<Outcome>
}

const nothing = {
  refused: undefined,
  verdict: undefined,
  hedged: undefined,
  wholeRefused: undefined,
  reason: undefined,
}

/** An outcome of rules that need no judge; they are of the version of their scorer. */
export const byRule = (
  scorer: ScorerId,
  score: Score,
  more: Partial<Pick<Outcome, 'hedged' | 'reason'>> = {},
): Outcome => ({ ...nothing, score, judge: scorer, version: '1', ...more })

export const byJudge = (
  judge: string,
  version: string,
  score: Score,
  more: Partial<Outcome> = {},
): Outcome => ({ ...nothing, ...more, score, judge, version })

/** No judge that could read it. */
export const unscored = (scorer: ScorerId): Outcome =>
  byRule(scorer, 'unscored', { reason: 'no_graded_judge' })
