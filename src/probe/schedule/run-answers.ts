/** What a scheduled run keeps of each delivery for the profile: labels and outcomes, and no text. */
import type { Delivered } from '../deliver.ts'
import type { Delivery } from '../run-plan.ts'
import { answerKey, type RunAnswer } from '../run-record.ts'
import type { Outcome } from '../scorers/scorer.ts'
import { setOf } from '../scoring.ts'
import type { ProbeSet } from './probe-set.ts'

export interface RunAnswers {
  /** @param epoch of the rotation; undefined: an anchor, which is asked in every epoch */
  add: (delivery: Delivery, what: Delivered, outcome: Outcome, epoch: number | undefined) => void
  /** By `answerKey`. */
  all: () => ReadonlyMap<string, RunAnswer>
}

export const createRunAnswers = (
  { instruments }: Pick<ProbeSet, 'instruments'>,
  now: () => number,
): RunAnswers => {
  const answers = new Map<string, RunAnswer>()
  return {
    all: () => answers,
    add({ probe, condition }, { asked }, outcome, epoch) {
      const suite = instruments.get(probe.category)
      if (suite === undefined) return
      const last = asked.at(-1)
      const answer: RunAnswer = {
        probe: probe.id,
        category: probe.category,
        set: setOf(probe.scoring),
        language: probe.language,
        condition: condition.key,
        suite: suite.hash,
        suiteVersion: suite.version,
        epoch,
        scaffold: probe.scaffold?.hash,
        at: now(),
        servedModel: last?.kind === 'answered' ? last.exchange.servedModel : undefined,
        steps: asked.length,
        score: outcome.score,
        refused: outcome.refused,
        judge: outcome.judge,
        judgeVersion: outcome.version,
      }
      answers.set(answerKey(answer), answer)
    },
  }
}
