/**
 * The file of labels: one line each, appended in one write and synced before the next item is shown.
 * A line that a crash cut off is taken away at the next start. Undo takes away the last line, and only
 * while it is still the last.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { type LabelRecord, parseRecord } from './label-record.ts'

/** Far beyond what people label; a wrong file is refused before it is read. */
const bytesMax = 268_435_456

export interface LabelStore {
  /** All labels, of every labeller, in order. */
  records: LabelRecord[]
  append(line: string, record: LabelRecord): void
  /** False: something was written behind it; nothing is taken away then. */
  undo(): boolean
  close(): void
}

export type OpenedStore =
  | { ok: true; store: LabelStore; repaired: boolean }
  | { ok: false; fault: string }

function readAll(fd: number, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let read = 0
  while (read < size) {
    const got = readSync(fd, bytes, read, size - read, read)
    if (got === 0) break
    read += got
  }
  return bytes.subarray(0, read)
}

export function openLabelStore(path: string): OpenedStore {
  let fd: number
  try {
    fd = openSync(path, 'a+')
  } catch (error) {
    return {
      ok: false,
      fault: `${path}: ${error instanceof Error ? error.message : 'cannot be opened'}`,
    }
  }
  const opened = load(path, fd)
  if (!opened.ok) closeSync(fd)
  return opened
}

function load(path: string, fd: number): OpenedStore {
  const { size } = fstatSync(fd)
  if (size > bytesMax) return { ok: false, fault: `${path}: is over ${bytesMax} bytes` }
  const bytes = readAll(fd, size)
  const whole = bytes.lastIndexOf(0x0a) + 1
  const records: LabelRecord[] = []
  for (const [i, line] of bytes.toString('utf8', 0, whole).split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parseRecord(line)
    if (!parsed.ok) return { ok: false, fault: `${path}:${i + 1}: ${parsed.why}` }
    records.push(parsed.record)
  }
  const rest = bytes.toString('utf8', whole)
  const last = parseRecord(rest)
  if (last.ok) {
    writeSync(fd, '\n')
    records.push(last.record)
  } else if (rest !== '') ftruncateSync(fd, whole)
  return { ok: true, store: storeOf(fd, records), repaired: rest !== '' && !last.ok }
}

function storeOf(fd: number, records: LabelRecord[]): LabelStore {
  /** Own lines of this session: where each begins and ends. */
  const written: { from: number; to: number }[] = []
  return {
    records,
    append(line, record) {
      const bytes = Buffer.from(line)
      const done = writeSync(fd, bytes)
      if (done !== bytes.length)
        throw new Error(`only ${done} of ${bytes.length} bytes were written`)
      fsyncSync(fd)
      const to = fstatSync(fd).size
      written.push({ from: to - bytes.length, to })
      records.push(record)
    },
    undo() {
      const last = written.at(-1)
      if (last === undefined || fstatSync(fd).size !== last.to) return false
      ftruncateSync(fd, last.from)
      fsyncSync(fd)
      written.pop()
      records.pop()
      return true
    },
    close: () => closeSync(fd),
  }
}
