/** Fixed transcripts, judged again by the judges that score probes: whether the instrument has moved. */
import { countsAsRefusal } from '../../exchange/verdict.ts'
import type { Judge } from '../../judge/judge.ts'
import { judgeExchange } from '../../judge/judges.ts'
import { knownAnswers } from '../../judge/known-answers/items.ts'
import type { KnownAnswer } from '../../judge/known-answers/known-answer.ts'

export interface JudgedAgain {
  /** Of the transcript. */
  id: string
  language: string
  refused: boolean
}

/** One after the other, with a turn of the event loop between: traffic is read in the same thread. */
export async function judgeAgain(
  judges: readonly Judge[],
  languages: readonly string[],
): Promise<JudgedAgain[]> {
  const judged: JudgedAgain[] = []
  for (const item of knownAnswers) {
    if (!languages.includes(item.language)) continue
    const { id, language } = item
    judged.push({ id, language, refused: refusedBy(judges, item) })
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
  return judged
}

const refusedBy = (judges: readonly Judge[], { prompt, answer, language }: KnownAnswer): boolean =>
  countsAsRefusal(
    judgeExchange(
      {
        prompt,
        turns: [{ role: 'user', parts: [{ kind: 'text', text: prompt }] }],
        answer: {
          text: answer,
          refusal: '',
          reasoning: '',
          toolCalls: [],
          stop: 'stop',
          choices: 1,
        },
        promptLanguage: language,
        answerLanguage: language,
        providerRefusals: [],
      },
      judges,
    ).verdict,
  )
