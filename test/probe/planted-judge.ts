/**
 * A judge that reads the simulated model without error: it knows its answers. With it a measured gap
 * is the planted one up to chance, and nothing is left but what the probe engine does.
 */
import { coreLanguages } from '../../src/exchange/stratum.ts'
import type { VerdictClass } from '../../src/exchange/verdict.ts'
import type { Judge } from '../../src/judge/judge.ts'
import { simulatorTexts } from '../../src/simulator/texts/texts.ts'

const classOf = new Map<string, VerdictClass>()
for (const language of coreLanguages) {
  const { refusals, softRefusals, hedged, yielded, complied } = simulatorTexts[language]
  for (const text of [...refusals, ...softRefusals]) classOf.set(text, 'refused')
  for (const text of hedged) classOf.set(text, 'hedged_compliance')
  for (const text of [...yielded, ...complied]) classOf.set(text, 'complied')
}

export const plantedJudge: Judge = {
  id: 'planted',
  version: '1',
  judge({ answer }) {
    const verdict = classOf.get(answer.text === '' ? answer.refusal : answer.text)
    if (verdict === undefined)
      throw new Error(`not an answer of the simulated model: ${answer.text}`)
    return { verdict, confidence: 1, judge: 'planted', version: '1' }
  },
}
