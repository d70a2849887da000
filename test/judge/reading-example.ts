/** What tests of the learned judge's reading share: one answer, seen with its prompt and history. */
import type { Turn } from '../../src/exchange/exchange.ts'
import { type Seen, see } from '../../src/judge/answer-view.ts'
import { PhraseMatcher } from '../../src/judge/phrase-matcher.ts'
import { phraseSets } from '../../src/judge/phrases/phrase-sets.ts'

export const matcher = new PhraseMatcher(phraseSets)

export const said = (role: Turn['role'], text: string): Turn => ({
  role,
  parts: [{ kind: 'text', text }],
})

/** `before`: what user and assistant said in turn before the prompt. */
export const seen = (prompt: string, text: string, before: readonly string[] = []): Seen =>
  see(
    {
      prompt,
      turns: [
        ...before.map((line, i) => said(i % 2 === 0 ? 'user' : 'assistant', line)),
        said('user', prompt),
      ],
      text,
    },
    matcher,
  )
