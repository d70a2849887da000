/**
 * `holdfast signals`: what users did in live conversations, from the metrics of a running holdfast or
 * from scrapes that were kept, as tables and as rows of the profile.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Clock, systemClock } from '../clock.ts'
import { codeOf } from '../error.ts'
import { correctionOutcomes, interactionActs } from '../exchange/interaction-act.ts'
import { type InteractionCounts, interactionRows } from '../profile/interaction-rows.ts'
import { isoTime } from '../profile/iso-time.ts'
import { profileText } from '../profile/profile-file.ts'
import type { ProfileRow } from '../profile/row.ts'
import { adminDefault } from './admin-client.ts'
import type { Command, CommandIo } from './command.ts'
import { textTable } from './text-table.ts'

const help = `Usage: holdfast signals [--metrics URL|FILE] [--since FILE] [--rows FILE] [--json]

How often users repair, repeat, ask, agree and go on, and what answers do, by language and depth, from
the counters of a running holdfast. docs/interaction-signals.md says how turns are read, and how well.

  --metrics WHAT  a metrics URL, or a file with what one answered (default ${adminDefault}/metrics)
  --since FILE    an earlier answer of the same process: only what came after it is counted
  --rows FILE     rows of the profile
  --json          print the rows as one JSON object instead of a table

Exit code 2: an option has to be changed, or there is nothing to read.`

interface Scrape {
  turns: Map<string, number>
  corrections: Map<string, number>
  startedAt: number | undefined
}

const line = /^(\w+)\{([^}]*)\} ([0-9.eE+-]+)/
const labelIn = /(\w+)="([^"\\]*)"/g

/** Counters of interest, by their labels as JSON; nothing else is looked at. */
function scrapeOf(text: string): Scrape {
  const turns = new Map<string, number>()
  const corrections = new Map<string, number>()
  for (const row of text.split('\n')) {
    const [, name, labels = '', value] = line.exec(row) ?? []
    const to =
      name === 'holdfast_interaction_turns_total'
        ? turns
        : name === 'holdfast_interaction_corrections_total'
          ? corrections
          : undefined
    if (to === undefined) continue
    const given = new Map([...labels.matchAll(labelIn)].map(([, key, text]) => [key, text]))
    const key = JSON.stringify([
      given.get('act') ?? given.get('outcome'),
      given.get('language'),
      given.get('depth'),
    ])
    to.set(key, (to.get(key) ?? 0) + Number(value))
  }
  const started = /^process_start_time_seconds(?:\{[^}]*\})? ([0-9.eE+-]+)/m.exec(text)?.[1]
  return {
    turns,
    corrections,
    startedAt: started === undefined ? undefined : 1000 * Number(started),
  }
}

/** Undefined: a counter went back, so the two are not of one process. */
function countsOf(now: Scrape, before: Scrape | undefined): InteractionCounts | undefined {
  const since = (all: Map<string, number>, earlier: Map<string, number> | undefined) =>
    [...all].map(([key, value]) => {
      const [name, language, depth] = JSON.parse(key) as [string, string, string | null]
      return { name, language, depth: depth ?? '', n: value - (earlier?.get(key) ?? 0) }
    })
  const turns = since(now.turns, before?.turns)
  const corrections = since(now.corrections, before?.corrections)
  if ([...turns, ...corrections].some(({ n }) => n < 0)) return undefined
  return {
    turns: turns.flatMap(({ name, language, depth, n }) => {
      const act = interactionActs.find((one) => one === name)
      return act === undefined || n === 0 ? [] : [{ act, language, depth, n }]
    }),
    corrections: corrections.flatMap(({ name, language, n }) =>
      correctionOutcomes.some((one) => one === name) && n > 0
        ? [{ outcome: name, language, n }]
        : [],
    ),
  }
}

const writtenAt = (file: string): number | undefined =>
  statSync(file, { throwIfNoEntry: false })?.mtimeMs

type Text = { ok: true; text: string } | { ok: false; why: string }

async function textAt(where: string, signal: AbortSignal): Promise<Text> {
  if (!/^https?:/i.test(where)) {
    try {
      return { ok: true, text: readFileSync(where, 'utf8') }
    } catch (error) {
      return { ok: false, why: `${where} cannot be read (${codeOf(error) ?? 'unknown error'})` }
    }
  }
  try {
    const reply = await fetch(where, { redirect: 'error', signal })
    if (!reply.ok) return { ok: false, why: `${where} answered ${reply.status}` }
    return { ok: true, text: await reply.text() }
  } catch {
    return { ok: false, why: `${where} does not answer` }
  }
}

export const createSignals = (clock: Clock = systemClock): Command => ({
  words: ['signals'],
  summary: 'Say how often users repair, repeat, ask and agree in live conversations',
  help,
  async run(args: readonly string[], io: CommandIo): Promise<number> {
    const refuse = (why: string): number => {
      io.stderr.write(`holdfast signals: ${why}\n`)
      return 2
    }
    let values: { metrics?: string; since?: string; rows?: string; json?: boolean }
    try {
      values = parseArgs({
        args: [...args],
        options: {
          metrics: { type: 'string' },
          since: { type: 'string' },
          rows: { type: 'string' },
          json: { type: 'boolean' },
        },
      }).values
    } catch (error) {
      return refuse(error instanceof Error ? error.message : 'arguments cannot be read')
    }
    const where = values.metrics ?? `${adminDefault}/metrics`
    const read = await textAt(where, io.signal)
    if (!read.ok) return refuse(`--metrics: ${read.why}`)
    const earlier = values.since === undefined ? undefined : await textAt(values.since, io.signal)
    if (earlier !== undefined && !earlier.ok) return refuse(`--since: ${earlier.why}`)
    const now = scrapeOf(read.text)
    if (now.turns.size === 0)
      return refuse(`--metrics: ${where} has no interaction signals (signals.enabled)`)
    const counts = countsOf(now, earlier === undefined ? undefined : scrapeOf(earlier.text))
    if (counts === undefined) return refuse('--since: is not an earlier scrape of the same process')
    const to = clock.now()
    // A scrape does not say when it was made; the file that keeps it does.
    const since = values.since === undefined ? undefined : writtenAt(values.since)
    const rows = interactionRows(counts, {
      window: { from: isoTime(Math.min(to, since ?? now.startedAt ?? to)), to: isoTime(to) },
      origin: where,
    })
    if (values.rows !== undefined) {
      try {
        writeFileSync(values.rows, profileText(rows))
      } catch (error) {
        return refuse(`--rows: ${values.rows} (${codeOf(error) ?? 'unknown error'})`)
      }
    }
    io.stdout.write(values.json === true ? profileText(rows) : `${tableOf(rows)}\n`)
    return 0
  },
})

const percent = (value: number | null): string => (value === null ? '-' : (100 * value).toFixed(1))

const tableOf = (rows: readonly ProfileRow[]): string =>
  rows.length === 0
    ? 'no turn behind a first one has been read yet'
    : textTable([
        ['condition', 'measure', 'n', 'share %', '95 % limits'],
        ...rows.map(({ condition, measure, n, estimate, interval }) => [
          condition,
          measure,
          String(n),
          percent(estimate),
          interval === null ? '-' : `${percent(interval.lo)} to ${percent(interval.hi)}`,
        ]),
      ])

export const signals = createSignals()
