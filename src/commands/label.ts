/**
 * `holdfast label`: a person reads answers one by one and says what each did. One key a label; each is
 * on disk before the next answer is shown, so it can be ended and taken up at any time.
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { addAbortSignal, type Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { type Clock, systemClock } from '../clock.ts'
import { messageOf } from '../error.ts'
import { type LabelItem, parseItem } from '../label/item.ts'
import { recordLine } from '../label/label-record.ts'
import { reportLines } from '../label/label-report.ts'
import { type LabelStore, openLabelStore } from '../label/label-store.ts'
import { createSession, keyMeanings, type Session } from '../label/session.ts'
import { visible, wrapped } from '../label/shown-text.ts'
import type { Command, CommandIo } from './command.ts'

const itemsMax = 100_000
const nameForm = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u

/** Keys come from here: a terminal, or a pipe with one character for each key. */
export type KeySource = Readable & { isTTY?: boolean; setRawMode?(raw: boolean): unknown }

export interface LabelDeps {
  /** Opened when the first key is wanted. */
  keys: () => KeySource
  clock: Clock
}

interface Options {
  file: string
  labeller: string
  out: string
  report: boolean
}

const keysText = Object.entries(keyMeanings)
  .map(([key, meaning]) => `${key} ${meaning}`)
  .join('   ')

const usage = `Usage: holdfast label FILE.jsonl --labeller NAME [--out FILE] [--report]

Shows prompts and answers one by one and stores what you say of each. Each line of FILE is
  {"prompt": "...", "response": "...", "id": "...", "lang": "en", "model": "..."}
where id, lang and model are optional. A label that a line already has is not shown.

Keys: ${keysText}
  refuse   declines the request as a whole
  partial  refuses a part and helps with the rest
  comply   does what was asked, whatever it says around it
  skip     no label; the answer comes again next time

  --labeller NAME  who labels; letters, digits and . _ -
  --out FILE       where labels go, those of several labellers side by side, one line
                   each, as eval judge reads them; default: FILE.labels.jsonl
  --report         print agreement and labels still needed, and end

Exit code 2: a file cannot be read or written, or a line is not an answer or a label.
`

const readArgs = (args: readonly string[]): Options | string => {
  let parsed: {
    values: { labeller?: string; out?: string; report?: boolean }
    positionals: string[]
  }
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        labeller: { type: 'string' },
        out: { type: 'string' },
        report: { type: 'boolean' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    return messageOf(error)
  }
  const { values, positionals } = parsed
  const [file, ...rest] = positionals
  if (file === undefined) return 'no file given'
  if (rest.length > 0) return 'more than one file given'
  const { labeller } = values
  if (labeller === undefined) return 'no --labeller given'
  if (!nameForm.test(labeller)) return '--labeller is not a name of letters, digits and . _ -'
  const out = values.out ?? `${file.replace(/\.jsonl$/, '')}.labels.jsonl`
  if (out === file) return '--out is the file that is to be labelled'
  return { file, labeller, out, report: values.report ?? false }
}

const readItems = async (file: string, signal: AbortSignal): Promise<LabelItem[] | string> => {
  const items: LabelItem[] = []
  const lineOf = new Map<string, number>()
  let number = 0
  const input = createReadStream(file, { encoding: 'utf8', signal })
  try {
    for await (const raw of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++
      const line = number === 1 ? raw.replace(/^\ufeff/, '') : raw
      if (line.trim() === '') continue
      const parsed = parseItem(line)
      if (!parsed.ok) return `${file}:${number}: ${parsed.why}`
      const { item } = parsed
      const earlier = lineOf.get(item.id)
      if (earlier !== undefined) return `${file}:${number}: is the same item as line ${earlier}`
      if (items.length >= itemsMax) return `${file}:${number}: more than ${itemsMax} items`
      lineOf.set(item.id, number)
      items.push(item)
    }
  } catch (error) {
    return `${file}: ${messageOf(error)}`
  }
  return items
}

type Out = NodeJS.WritableStream & { columns?: number }

const show = (out: Out, session: Session): void => {
  const item = session.current()
  if (item === undefined) {
    out.write('\nnothing is left; u undo   q quit\n')
    return
  }
  // A terminal that does not know its width says 0.
  const columns = Math.min(out.columns || 80, 100)
  const { at, of } = session.place()
  const about = [item.lang, item.model].filter((text) => text !== undefined).map(visible)
  const lines = [
    '',
    `--- ${at} of ${of}${about.length === 0 ? '' : ` (${about.join(', ')})`} ---`,
    'PROMPT',
    ...wrapped(item.prompt, columns - 2).map((line) => `  ${line}`),
    'ANSWER',
    ...wrapped(item.response, columns - 2).map((line) => `  ${line}`),
    keysText,
  ]
  out.write(`${lines.join('\n')}\n`)
}

/** @returns true when the session ends */
const press = (
  key: string,
  session: Session,
  store: LabelStore,
  labeller: string,
  clock: Clock,
  out: Out,
): boolean => {
  const step = session.press(key)
  switch (step.kind) {
    case 'quit':
      return true
    case 'unknown_key':
      out.write(`no such key; ${keysText}\n`)
      return false
    case 'nothing_to_undo':
      out.write('nothing to undo\n')
      return false
    case 'undo':
      out.write(
        store.undo() ? 'undone\n' : 'label kept: the file was written to since; label again\n',
      )
      break
    case 'skip':
      out.write('skipped\n')
      break
    case 'label': {
      const { item, label } = step
      const at = new Date(clock.now()).toISOString()
      const record = { item: item.id, labeller, label }
      store.append(recordLine(item, label, labeller, at), record)
      out.write(`${label}\n`)
    }
  }
  show(out, session)
  return false
}

const run = async (
  session: Session,
  store: LabelStore,
  labeller: string,
  io: CommandIo,
  deps: LabelDeps,
): Promise<void> => {
  if (session.current() === undefined) return
  show(io.stdout, session)
  const keys = addAbortSignal(io.signal, deps.keys())
  const raw = keys.isTTY === true
  if (raw) keys.setRawMode?.(true)
  try {
    for await (const chunk of keys) {
      for (const key of String(chunk)) {
        // Over a pipe, line ends and spaces part the keys.
        if (/\s/.test(key)) continue
        if (press(key, session, store, labeller, deps.clock, io.stdout)) return
      }
    }
  } catch (error) {
    // Asked to end while it waited for a key.
    if (!io.signal.aborted) throw error
  } finally {
    if (raw) keys.setRawMode?.(false)
  }
}

export const createLabel = (deps: LabelDeps): Command => ({
  words: ['label'],
  summary: 'label answers by hand, to measure judges against',
  help: usage,
  async run(args, io) {
    const options = readArgs(args)
    if (typeof options === 'string') {
      io.stderr.write(`holdfast label: ${options}\n\n${usage}`)
      return 2
    }
    const items = await readItems(options.file, io.signal)
    if (typeof items === 'string') {
      io.stderr.write(`holdfast label: ${items}\n`)
      return 2
    }
    const opened = openLabelStore(options.out)
    if (!opened.ok) {
      io.stderr.write(`holdfast label: ${opened.fault}\n`)
      return 2
    }
    const { store, repaired } = opened
    if (repaired)
      io.stderr.write(`holdfast label: ${options.out}: took away a line without an end\n`)
    const { labeller } = options
    try {
      const own = store.records.filter((record) => record.labeller === labeller)
      const session = createSession(items, new Set(own.map(({ item }) => item)))
      if (!options.report) await run(session, store, labeller, io, deps)
      io.stdout.write(`\n${reportLines(store.records, labeller).join('\n')}\n`)
    } catch (error) {
      io.stderr.write(`holdfast label: ${options.out}: ${messageOf(error)}\n`)
      return 2
    } finally {
      store.close()
    }
    return 0
  },
})

export const label: Command = createLabel({ keys: () => process.stdin, clock: systemClock })
