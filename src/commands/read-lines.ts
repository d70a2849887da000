/** JSON lines of a file, one at a time; the first line that cannot be used ends the reading. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

export type ReadLines = { ok: true; sha256: string; lines: number } | { ok: false; why: string }

/** `take` returns why a line cannot be used, or undefined. Blank lines are skipped. */
export const readJsonLines = async (
  file: string,
  take: (value: unknown) => string | undefined,
  signal: AbortSignal,
): Promise<ReadLines> => {
  let text: string
  try {
    text = await readFile(file, { encoding: 'utf8', signal })
  } catch (error) {
    return { ok: false, why: `${file}: ${error instanceof Error ? error.message : 'unreadable'}` }
  }
  let lines = 0
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return { ok: false, why: `${file}:${index + 1}: not JSON` }
    }
    const why = take(value)
    if (why !== undefined) return { ok: false, why: `${file}:${index + 1}: ${why}` }
    lines++
  }
  return { ok: true, sha256: createHash('sha256').update(text).digest('hex'), lines }
}
