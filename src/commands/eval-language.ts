/**
 * `holdfast eval language`: how well languages are told apart on an operator's own labelled texts.
 * A text goes the way of a live user turn, the conversation around it left out.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { detectableLanguages } from '../enrich/language-codes.ts'
import { coreLanguages, undeterminedLanguage } from '../exchange/stratum.ts'
import type { Command, CommandIo } from './command.ts'

/** Rows of further labels than this are counted together. */
const labelsMax = 400
const furtherLabels = '(further labels)'

export interface LanguageFigures {
  /** Rows whose label is a served language. */
  n: number
  accuracy: number | null
  macro_recall: number | null
  abstention: number | null
  /** Share of English rows called another served language; null without English rows. */
  english_as_other: number | null
  us_per_text: number | null
  recall: Record<string, { n: number; recall: number }>
  /** Rows whose label is not served, and how many were called a served language. */
  not_served: { n: number; accepted: number }
  /** Label -> decision -> rows. */
  confusion: Record<string, Record<string, number>>
}

class Confusion {
  readonly #served: ReadonlySet<string>
  readonly #counts = new Map<string, Map<string, number>>()
  #milliseconds = 0
  #texts = 0

  constructor(served: ReadonlySet<string>) {
    this.#served = served
  }

  add(label: string, decision: string, milliseconds: number): void {
    const known = this.#counts.has(label) || this.#counts.size < labelsMax
    const row = known ? label : furtherLabels
    const decisions = this.#counts.get(row) ?? new Map<string, number>()
    this.#counts.set(row, decisions)
    decisions.set(decision, (decisions.get(decision) ?? 0) + 1)
    this.#milliseconds += milliseconds
    this.#texts++
  }

  figures(): LanguageFigures {
    const recalls: [string, { n: number; recall: number }][] = []
    const sums = { n: 0, correct: 0, abstained: 0, notServed: 0, accepted: 0 }
    let englishAsOther: number | null = null
    for (const [label, decisions] of [...this.#counts].sort(byName)) {
      const rows = total(decisions)
      const accepted = total([...decisions].filter(([decision]) => this.#served.has(decision)))
      if (!this.#served.has(label)) {
        sums.notServed += rows
        sums.accepted += accepted
        continue
      }
      const correct = decisions.get(label) ?? 0
      sums.n += rows
      sums.correct += correct
      sums.abstained += decisions.get(undeterminedLanguage) ?? 0
      recalls.push([label, { n: rows, recall: correct / rows }])
      if (label === 'en') englishAsOther = (accepted - correct) / rows
    }
    return {
      n: sums.n,
      accuracy: share(sums.correct, sums.n),
      macro_recall: share(
        recalls.reduce((sum, [, { recall }]) => sum + recall, 0),
        recalls.length,
      ),
      abstention: share(sums.abstained, sums.n),
      english_as_other: englishAsOther,
      us_per_text: share(this.#milliseconds * 1000, this.#texts),
      recall: Object.fromEntries(recalls),
      not_served: { n: sums.notServed, accepted: sums.accepted },
      confusion: Object.fromEntries(
        [...this.#counts]
          .sort(byName)
          .map(([label, decisions]) => [label, Object.fromEntries([...decisions].sort(byName))]),
      ),
    }
  }
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1
const total = (counts: Iterable<readonly [string, number]>): number => {
  let sum = 0
  for (const [, count] of counts) sum += count
  return sum
}
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

type Parsed = { ok: true; text: string; lang: string } | { ok: false; why: string }

const parseRow = (line: string): Parsed => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { ok: false, why: 'not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, why: 'not a JSON object' }
  }
  const fields = new Map<string, unknown>(Object.entries(value))
  const text = fields.get('text')
  const lang = fields.get('lang')
  if (typeof text !== 'string') return { ok: false, why: '"text" is not a string' }
  if (typeof lang !== 'string' || lang === '') return { ok: false, why: '"lang" is not a language' }
  return { ok: true, text, lang }
}

/** Adds a file's rows; the fault names the first line that is not a row. */
const addFile = async (
  file: string,
  confusion: Confusion,
  detect: (text: string) => string,
  signal: AbortSignal,
): Promise<string | undefined> => {
  let lineNumber = 0
  try {
    const input = createReadStream(file, { encoding: 'utf8', signal })
    for await (const raw of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      lineNumber++
      const line = lineNumber === 1 ? raw.replace(/^\ufeff/, '') : raw
      if (line.trim() === '') continue
      const parsed = parseRow(line)
      if (!parsed.ok) return `${file}:${lineNumber}: ${parsed.why}`
      const started = systemClock.monotonic()
      const decision = detect(parsed.text)
      confusion.add(parsed.lang, decision, systemClock.monotonic() - started)
    }
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`
  }
  return undefined
}

const percent = (value: number | null): string =>
  value === null ? '-' : `${(100 * value).toFixed(2)} %`

/** Labels come from the file: control characters are not printed. */
const printable = (text: string): string => text.replace(/\p{C}/gu, '?')

const readable = (figures: LanguageFigures): string => {
  const lines = [
    `rows in served languages    ${figures.n}`,
    `accuracy                    ${percent(figures.accuracy)}`,
    `macro recall                ${percent(figures.macro_recall)}`,
    `abstention (und)            ${percent(figures.abstention)}`,
    `English called another      ${percent(figures.english_as_other)}`,
    `rows not served             ${figures.not_served.n}`,
    `  called a served language  ${figures.not_served.accepted}`,
    `microseconds per text       ${figures.us_per_text?.toFixed(0) ?? '-'}`,
    '',
    'label        n    recall  called something else',
  ]
  for (const [label, decisions] of Object.entries(figures.confusion)) {
    const rows = total(Object.entries(decisions))
    const recall = figures.recall[label]?.recall
    const others = Object.entries(decisions)
      .filter(([decision]) => decision !== label)
      .sort(([, a], [, b]) => b - a)
      .map(([decision, count]) => `${decision} ${count}`)
    const cells = [
      printable(label).padEnd(6),
      String(rows).padStart(7),
      (recall === undefined ? 'not served' : percent(recall)).padStart(10),
      ` ${others.join(', ')}`,
    ]
    lines.push(cells.join(' ').trimEnd())
  }
  return `${lines.join('\n')}\n`
}

const help = `Usage: holdfast eval language FILE.jsonl... [--json] [--languages en,de,...]

Says how well languages are told apart on labelled texts. Each line of a file is
  {"text": "...", "lang": "en"}
Lines in a language that is not served are left out of recall and abstention; how many of them
were called a served language is counted on its own.

  --json             print one JSON object instead of a table
  --languages LIST   the served languages, ISO 639-1 codes with commas
                     (default: ${coreLanguages.join(',')})

Exit code 2: a file cannot be read, a line is not a labelled text, or a language is unknown.
`

interface Options {
  files: readonly string[]
  json: boolean
  served: readonly string[]
}

const readArgs = (args: readonly string[]): Options | string => {
  let parsed: { values: { json?: boolean; languages?: string }; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, languages: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    return error instanceof Error ? error.message : 'arguments cannot be read'
  }
  const { values, positionals } = parsed
  if (positionals.length === 0) return 'no file given'
  const served = values.languages?.split(',').map((code) => code.trim()) ?? coreLanguages
  const unknown = served.filter((code) => !detectableLanguages.has(code))
  if (unknown.length > 0) return `cannot be detected: ${unknown.join(', ')}`
  return { files: positionals, json: values.json ?? false, served }
}

export const evalLanguage: Command = {
  words: ['eval', 'language'],
  summary: 'measure language detection on labelled texts',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const options = readArgs(args)
    if (typeof options === 'string') {
      io.stderr.write(`holdfast eval language: ${options}\n\n${help}`)
      return 2
    }
    // The detectors' tables take 50 MB: only this command pays for them, not every start.
    const { createLanguageDetector } = await import('../enrich/language.ts')
    const { turnLanguage } = await import('../enrich/turn-language.ts')
    const detector = createLanguageDetector({ served: options.served })
    const confusion = new Confusion(new Set(options.served))
    const detect = (text: string): string => turnLanguage(text, detector).language
    for (const file of options.files) {
      const fault = await addFile(file, confusion, detect, io.signal)
      if (fault !== undefined) {
        io.stderr.write(`holdfast eval language: ${fault}\n`)
        return 2
      }
    }
    const figures = confusion.figures()
    io.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : readable(figures))
    return 0
  },
}
