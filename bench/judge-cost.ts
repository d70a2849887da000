/**
 * What a verdict costs: each judge on board over answers of 2 KB, in every language of the simulator's
 * texts, warm. A judgement's time is the least of its repetitions, as other work on the machine only
 * adds; they are spread over the run and the judges take turns, so that a busy second hits none alone
 * and no language is timed before the compiler has seen enough.
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

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN

const inputOf = ({ language, prompt, text }: Sample) => ({
  prompt,
  turns: [{ role: 'user', parts: [{ kind: 'text', text: prompt }] }],
  answer: { text, refusal: '', toolCalls: [], stop: 'stop' },
  promptLanguage: language,
  answerLanguage: language,
  providerRefusals: [],
})

const inputs = samples.map(inputOf)
const timed = onBoardJudges.map((id) => ({
  id,
  judge: judgeNamed(id),
  times: inputs.map(() => Number.POSITIVE_INFINITY),
}))
for (let i = 0; i < repeats; i++) {
  inputs.forEach((input, at) => {
    for (const { judge, times } of timed) {
      const from = performance.now()
      judge.judge(input)
      times[at] = Math.min(times[at] ?? 0, performance.now() - from)
    }
  })
}

const of = (some: readonly number[]): string => {
  const sorted = [...some].sort((a, b) => a - b)
  const at = (share: number): string => quantile(sorted, share).toFixed(2)
  return `median ${at(0.5)} ms, 95th percentile ${at(0.95)}, largest ${at(1)} (n ${some.length})`
}
for (const { id, times } of timed) {
  const english = times.filter((_, i) => samples[i]?.language === 'en')
  process.stdout.write(`${id}: English ${of(english)}; all languages ${of(times)}\n`)
}
