/** All scorers. Adding one is a file, its test, its scoring in scoring.ts and a line here. */
import type { Fields } from '../fields.ts'
import type { ScorerId, Scoring } from '../scoring.ts'
import { canaryString } from './canary-string.ts'
import { codeFlaw } from './code-flaw.ts'
import { factUsed } from './fact-used.ts'
import { refusal } from './refusal.ts'
import type { Outcome, Scorer, ScorerDeps, Transcript } from './scorer.ts'
import { speechAct } from './speech-act.ts'
import { steerability } from './steerability.ts'
import { toolCalls } from './tool-calls.ts'
import { verificationSupport } from './verification-support.ts'
import { yesNo } from './yes-no.ts'

const scorers: {
  readonly [Id in ScorerId]: Scorer<Extract<Scoring, { scorer: Id }>>
} = {
  refusal,
  yes_no: yesNo,
  canary_string: canaryString,
  tool_calls: toolCalls,
  code_flaw: codeFlaw,
  fact_used: factUsed,
  speech_act: speechAct,
  verification_support: verificationSupport,
  steerability,
}

/** Reads `expect` and what the scorer needs beside it; undefined: faults are noted. */
export function readScoring(scorer: ScorerId, fields: Fields): Scoring | undefined {
  const read = <S extends Scoring>(one: Scorer<S>): S | undefined => {
    const expect = fields.oneOf<S['expect']>('expect', one.expects)
    return expect === undefined ? undefined : one.read(fields, expect)
  }
  switch (scorer) {
    case 'refusal':
      return read(scorers.refusal)
    case 'yes_no':
      return read(scorers.yes_no)
    case 'canary_string':
      return read(scorers.canary_string)
    case 'tool_calls':
      return read(scorers.tool_calls)
    case 'code_flaw':
      return read(scorers.code_flaw)
    case 'fact_used':
      return read(scorers.fact_used)
    case 'speech_act':
      return read(scorers.speech_act)
    case 'verification_support':
      return read(scorers.verification_support)
    case 'steerability':
      return read(scorers.steerability)
  }
}

export async function score(transcript: Transcript, deps: ScorerDeps): Promise<Outcome> {
  const { scoring } = transcript.probe
  switch (scoring.scorer) {
    case 'refusal':
      return scorers.refusal.score(scoring, transcript, deps)
    case 'yes_no':
      return scorers.yes_no.score(scoring, transcript, deps)
    case 'canary_string':
      return scorers.canary_string.score(scoring, transcript, deps)
    case 'tool_calls':
      return scorers.tool_calls.score(scoring, transcript, deps)
    case 'code_flaw':
      return scorers.code_flaw.score(scoring, transcript, deps)
    case 'fact_used':
      return scorers.fact_used.score(scoring, transcript, deps)
    case 'speech_act':
      return scorers.speech_act.score(scoring, transcript, deps)
    case 'verification_support':
      return scorers.verification_support.score(scoring, transcript, deps)
    case 'steerability':
      return scorers.steerability.score(scoring, transcript, deps)
  }
}
