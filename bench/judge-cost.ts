/**
 * What a verdict costs: each judge on board over answers of 2 KB, in every language of the simulator's
 * texts, warm. A judgement's time is the least of its repetitions, as other work on the machine only adds.
 *
 *   node --import=tsx bench/judge-cost.ts [--repeats 40]
 */
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { repeats: { type: 'string', default: '40' } } })
const repeats = Number(values.repeats)
const bytes = 2048

/** What is used of the sources: their types are not part of this program. */
interface Judges {
  onBoardJudges: readonly string[]
  judgeNamed: (id: string) => { judge(input: unknown): unknown }
}
interface Texts {
  simulatorTexts: Record<string, { benign: string[]; complied: string[]; refusals: string[] }>
}
const source = (path: string): Promise<unknown> =>
  import(new URL(`../src/${path}`, import.meta.url).href)
const { judgeNamed, onBoardJudges } = (await source('judge/judges.ts')) as Judges
const { simulatorTexts } = (await source('simulator/texts/texts.ts')) as Texts

interface Sample {
  language: string
  prompt: string
  text: string
}

/** Answers one after the other until there are 2 KB of them; the first decides what it looks like. */
const samples: Sample[] = Object.entries(simulatorTexts).flatMap(([language, texts]) =>
  [...texts.complied.slice(0, 4), ...texts.refusals.slice(0, 4)].map((first, at) => {
    let text = first
    for (let i = at; Buffer.byteLength(text) < bytes; i++) {
      text += `\n\n${texts.complied[i % texts.complied.length]}`
    }
    while (Buffer.byteLength(text) > bytes) text = text.slice(0, -1)
    return { language, prompt: texts.benign[at % texts.benign.length] ?? '', text }
  }),
)

const least = (work: () => void): number => {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < repeats; i++) {
    const from = performance.now()
    work()
    best = Math.min(best, performance.now() - from)
  }
  return best
}
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN

for (const id of onBoardJudges) {
  const judge = judgeNamed(id)
  const times = samples.map(({ language, prompt, text }) => {
    const input = {
      prompt,
      turns: [{ role: 'user', parts: [{ kind: 'text', text: prompt }] }],
      answer: { text, refusal: '', toolCalls: [], stop: 'stop' },
      promptLanguage: language,
      answerLanguage: language,
      providerRefusals: [],
    }
    return least(() => judge.judge(input))
  })
  const of = (some: readonly number[]): string => {
    const sorted = [...some].sort((a, b) => a - b)
    const at = (share: number): string => quantile(sorted, share).toFixed(2)
    return `median ${at(0.5)} ms, 95th percentile ${at(0.95)}, largest ${at(1)} (n ${some.length})`
  }
  const english = times.filter((_, i) => samples[i]?.language === 'en')
  process.stdout.write(`${id}: English ${of(english)}; all languages ${of(times)}\n`)
}
