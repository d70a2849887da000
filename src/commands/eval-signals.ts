/**
 * `holdfast eval signals`: how well the acts of turns are read, against labelled rows; and how often
 * acts are read in conversations without labels, where most of them should not be there.
 */
import { parseArgs } from 'node:util'
import { categoryAgreement } from '../aggregate/category-agreement.ts'
import { type Interval, wilson } from '../aggregate/wilson.ts'
import { systemClock } from '../clock.ts'
import { arrayAt, isJsonObject, stringAt } from '../decode/untrusted-json.ts'
import { assistantActs, interactionActs, userActs } from '../exchange/interaction-act.ts'
import { createTurnReader, type TurnReader } from '../signals/turn-acts.ts'
import type { Command, CommandIo } from './command.ts'
import { readJsonLines } from './read-lines.ts'
import { textTable } from './text-table.ts'

type Act = (typeof interactionActs)[number]

interface Read {
  language: string
  labelled: Act
  read: Act
}

interface ActFigures {
  n: number
  read: number
  sensitivity: Interval | null
  precision: Interval | null
  specificity: Interval | null
}

interface Side {
  n: number
  equal: Interval | null
  ac1: Interval | null
  acts: Record<string, ActFigures>
  languages: Record<string, { n: number; equal: Interval | null; repair: ActFigures }>
}

const help = `Usage: holdfast eval signals FILE.jsonl... [--control FILE.jsonl] [--json]

Says how well turns of conversations are read as acts (docs/interaction-signals.md). Each line is
  {"language": "en", "act": "user_repair", "text": "...", "earlier": ["..."], "answered": "..."}
earlier: the user's turns before, newest first (default: one of another matter). answered: what the
assistant had said (default: a statement). The acts:
  ${userActs.join(', ')}
  ${assistantActs.join(', ')}

  --control FILE  conversations, {"lang": "en", "messages": [{"role", "content"}, ...]}: counts what is
                  read in user turns after the first, without labels
  --json          print one JSON object instead of tables

Exit code 2: a file cannot be read or a line is no row.
`

const anotherMatter = '0123456789 #### 0123456789'
const statement = 'OK.'

export const evalSignals: Command = {
  words: ['eval', 'signals'],
  summary: 'measure the reading of repairs, repeats and other acts on labelled turns',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (why: string): number => {
      io.stderr.write(`holdfast eval signals: ${why}\n`)
      return 2
    }
    let given: { values: { json?: boolean; control?: string }; positionals: string[] }
    try {
      given = parseArgs({
        args: [...args],
        options: { json: { type: 'boolean' }, control: { type: 'string' } },
        allowPositionals: true,
      })
    } catch (error) {
      return refuse(error instanceof Error ? error.message : 'arguments cannot be read')
    }
    const { values, positionals } = given
    if (positionals.length === 0 && values.control === undefined) return refuse('no file given')
    const reader = createTurnReader()
    const rows: Read[] = []
    for (const file of positionals) {
      const read = await readJsonLines(file, (value) => addRow(value, reader, rows), io.signal)
      if (!read.ok) return refuse(read.why)
    }
    const control = new Map<string, Map<string, number>>()
    if (values.control !== undefined) {
      const add = (value: unknown) => addConversation(value, reader, control)
      const read = await readJsonLines(values.control, add, io.signal)
      if (!read.ok) return refuse(read.why)
    }
    const figures = {
      user: sideOf(rows.filter(({ labelled }) => labelled.startsWith('user'))),
      assistant: sideOf(rows.filter(({ labelled }) => labelled.startsWith('assistant'))),
      control: Object.fromEntries(
        [...control].map(([language, acts]) => [language, Object.fromEntries(acts)]),
      ),
      us_per_turn: rows.length === 0 ? null : timing(rows.length, positionals.length, reader),
    }
    io.stdout.write(values.json === true ? `${JSON.stringify(figures)}\n` : readable(figures))
    return 0
  },
}

function addRow(value: unknown, reader: TurnReader, rows: Read[]): string | undefined {
  const language = stringAt(value, 'language')
  const text = stringAt(value, 'text')
  const labelled = interactionActs.find((act) => act === stringAt(value, 'act'))
  if (language === undefined || text === undefined) return '"language" and "text" are needed'
  if (labelled === undefined) return `"act" must be one of ${interactionActs.join(', ')}`
  const earlier = arrayAt(value, 'earlier')?.filter((one) => typeof one === 'string')
  const read = labelled.startsWith('user')
    ? reader.user(
        {
          text,
          earlier: earlier ?? [anotherMatter],
          answered: stringAt(value, 'answered') ?? statement,
        },
        language,
      )
    : reader.assistant(text, language)
  rows.push({ language, labelled, read })
  return undefined
}

function addConversation(
  value: unknown,
  reader: TurnReader,
  counts: Map<string, Map<string, number>>,
): string | undefined {
  const language = stringAt(value, 'lang')
  const messages = arrayAt(value, 'messages')
  if (language === undefined || messages === undefined) return '"lang" and "messages" are needed'
  const earlier: string[] = []
  let answered = ''
  const acts = counts.get(language) ?? new Map<string, number>()
  counts.set(language, acts)
  for (const message of messages) {
    const text = isJsonObject(message) ? stringAt(message, 'content') : undefined
    if (text === undefined) return 'a message has no text'
    if (stringAt(message, 'role') !== 'user') {
      answered = text
      continue
    }
    if (earlier.length > 0) {
      const act = reader.user({ text, earlier, answered }, language)
      acts.set(act, (acts.get(act) ?? 0) + 1)
    }
    earlier.unshift(text)
  }
  return undefined
}

function sideOf(rows: readonly Read[]): Side {
  const labels = [...new Set(rows.flatMap(({ labelled, read }) => [labelled, read]))].sort()
  const place = new Map(labels.map((act, i) => [act, i]))
  const languages = [...new Set(rows.map(({ language }) => language))]
  const agreed = categoryAgreement(
    rows.map(({ labelled, read }) => [place.get(labelled) ?? 0, place.get(read) ?? 0] as const),
    Math.max(2, labels.length),
  )
  return {
    n: rows.length,
    equal: equalOf(rows),
    ac1: agreed?.ac1 ?? null,
    acts: Object.fromEntries(labels.map((act) => [act, figuresOf(rows, act)])),
    languages: Object.fromEntries(
      languages.map((language) => {
        const own = rows.filter((row) => row.language === language)
        return [
          language,
          { n: own.length, equal: equalOf(own), repair: figuresOf(own, 'user_repair') },
        ]
      }),
    ),
  }
}

const equalOf = (rows: readonly Read[]): Interval | null =>
  wilson(rows.filter(({ labelled, read }) => labelled === read).length, rows.length) ?? null

function figuresOf(rows: readonly Read[], act: Act): ActFigures {
  const count = (labelled: boolean, read: boolean): number =>
    rows.filter((row) => (row.labelled === act) === labelled && (row.read === act) === read).length
  const [both, missed, wrong, neither] = [
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  ]
  return {
    n: both + missed,
    read: both + wrong,
    sensitivity: wilson(both, both + missed) ?? null,
    precision: wilson(both, both + wrong) ?? null,
    specificity: wilson(neither, neither + wrong) ?? null,
  }
}

/** Microseconds to read one turn of usual length, languages in turn. */
function timing(rows: number, files: number, reader: TurnReader): number | null {
  if (rows === 0 || files === 0) return null
  const turns = 200
  const text =
    'Could you look at the second part again and tell me what changes if it rains? '.repeat(4)
  const started = systemClock.monotonic()
  for (let i = 0; i < turns; i++) {
    reader.user({ text: `${text}${i}`, earlier: [`${i}${text}`.slice(40)], answered: text }, 'en')
  }
  return ((systemClock.monotonic() - started) * 1000) / turns
}

const percent = (one: Interval | null): string =>
  one === null
    ? '-'
    : `${(100 * one.est).toFixed(1)} [${(100 * one.lo).toFixed(1)}, ${(100 * one.hi).toFixed(1)}]`

function readable(figures: {
  user: Side
  assistant: Side
  control: Record<string, Record<string, number>>
  us_per_turn: number | null
}): string {
  const parts: string[] = []
  for (const [name, side] of [
    ['user turns', figures.user],
    ['answers', figures.assistant],
  ] as const) {
    if (side.n === 0) continue
    parts.push(
      `${name}: n ${side.n}, equal ${percent(side.equal)} %, AC1 ${side.ac1?.est.toFixed(2) ?? '-'}`,
      textTable([
        ['act', 'n', 'read', 'sensitivity %', 'precision %', 'specificity %'],
        ...Object.entries(side.acts).map(([act, one]) => [
          act,
          String(one.n),
          String(one.read),
          percent(one.sensitivity),
          percent(one.precision),
          percent(one.specificity),
        ]),
      ]),
      textTable([
        ['language', 'n', 'equal %', ...(name === 'user turns' ? ['repair found %'] : [])],
        ...Object.entries(side.languages).map(([language, { n, equal, repair }]) => [
          language,
          String(n),
          percent(equal),
          ...(name === 'user turns' ? [percent(repair.sensitivity)] : []),
        ]),
      ]),
    )
  }
  const control = Object.entries(figures.control)
  if (control.length > 0) {
    parts.push(
      textTable([
        ['control', 'turns', ...userActs.slice(1)],
        ...control.map(([language, acts]) => [
          language,
          String(Object.values(acts).reduce((sum, n) => sum + n, 0)),
          ...userActs.slice(1).map((act) => String(acts[act] ?? 0)),
        ]),
      ]),
    )
  }
  if (figures.us_per_turn !== null) {
    parts.push(`${figures.us_per_turn.toFixed(0)} microseconds per turn`)
  }
  return `${parts.join('\n\n')}\n`
}
