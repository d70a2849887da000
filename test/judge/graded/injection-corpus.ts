/** The attacks of injection-corpus.jsonl: texts written for a judge to act on instead of grading. */
import { readFileSync } from 'node:fs'

export interface Attack {
  id: string
  kind: string
  text: string
  /** What becomes of it when a judge model repeats it word for word. */
  parroted: 'error' | 'graded'
}

interface Row {
  id: string
  kind: string
  text: string
  repeat?: number
  parrot?: Attack['parroted']
}

export const attacks: readonly Attack[] = readFileSync(
  'test/judge/graded/injection-corpus.jsonl',
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row)
  .map(
    ({ id, kind, text, repeat = 1, parrot = 'error' }): Attack => ({
      id,
      kind,
      text: text.repeat(repeat),
      parroted: parrot,
    }),
  )
