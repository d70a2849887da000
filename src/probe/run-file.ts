/**
 * The file of a run: JSON lines, appended whole delivery by whole delivery. A file that is there
 * already is taken up again: what is finished in it is not asked once more, and a last line that was
 * torn by a crash is cut off. A file of another run is refused.
 */
import { existsSync, readFileSync, truncateSync } from 'node:fs'
import { parseJsonText } from '../decode/untrusted-json.ts'
import { codeOf } from '../error.ts'
import { type AppendedFile, openAppended } from './appended-file.ts'
import { readExchangeLine } from './exchange-line.ts'
import type { Outcome } from './scorers/scorer.ts'

export interface Finished {
  outcome: Outcome
  language: string
}

export interface RunFile extends AppendedFile {
  /** By `deliveryKey`; errors are not finished, they are asked again. */
  finished: ReadonlyMap<string, Finished>
  /** Bytes of a torn last line that were cut off; 0: none. */
  tornBytes: number
}

export type OpenRunFile = { ok: true; file: RunFile } | { ok: false; reason: string }

export const deliveryKey = (probe: string, condition: string): string => `${probe}\t${condition}`

const fileBytesMax = 1_073_741_824

export function openRunFile(path: string, run: string): OpenRunFile {
  try {
    const read = existsSync(path) ? readRun(path, run) : nothing
    if (typeof read === 'string') return { ok: false, reason: read }
    if (read.tornBytes > 0) truncateSync(path, read.wholeBytes)
    const { finished, tornBytes } = read
    return { ok: true, file: { finished, tornBytes, ...openAppended(path) } }
  } catch (error) {
    return { ok: false, reason: `cannot be used (${codeOf(error) ?? 'unknown error'})` }
  }
}

interface ReadRun {
  finished: Map<string, Finished>
  wholeBytes: number
  tornBytes: number
}

const nothing: ReadRun = { finished: new Map(), wholeBytes: 0, tornBytes: 0 }

function readRun(path: string, run: string): ReadRun | string {
  const bytes = readFileSync(path)
  if (bytes.length > fileBytesMax) return `is over ${fileBytesMax} bytes`
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1
  const finished = new Map<string, Finished>()
  for (const [index, row] of bytes.subarray(0, wholeBytes).toString().split('\n').entries()) {
    if (row === '') continue
    const parsed = parseJsonText(row)
    const line = parsed.ok ? readExchangeLine(parsed.value) : undefined
    if (line === undefined) return `line ${index + 1} is not of a probe run`
    if (line.run !== run) {
      return `line ${index + 1} is of run ${line.run}, and this one is ${run}: suite, conditions, model, judge, seed or limit differ`
    }
    if (line.outcome === undefined || line.outcome.score === 'error') continue
    finished.set(deliveryKey(line.probe, line.condition), {
      outcome: line.outcome,
      language: line.language,
    })
  }
  return { finished, wholeBytes, tornBytes: bytes.length - wholeBytes }
}
