/**
 * How often each item has been asked. The caller keeps it: as JSON in a file, or where state is kept.
 * Counts only grow, and two replicas' counts join to the larger of both, so joining twice changes
 * nothing.
 */
import { isJsonObject } from '../../decode/untrusted-json.ts'

export interface ExposureStore {
  /** Undefined: nothing is kept yet. */
  load(): Promise<string | undefined>
  save(text: string): Promise<void>
}

export type ReadExposures = { ok: true; exposures: Exposures } | { ok: false; reason: string }

const itemsMax = 1_000_000

export class Exposures {
  readonly #counts = new Map<string, number>()

  of(id: string): number {
    return this.#counts.get(id) ?? 0
  }

  get size(): number {
    return this.#counts.size
  }

  /** One asking of each item; an item that stands twice was asked twice. */
  add(ids: Iterable<string>): void {
    for (const id of ids) this.#counts.set(id, this.of(id) + 1)
  }

  join(other: Exposures): void {
    for (const [id, count] of other.#counts) {
      this.#counts.set(id, Math.max(this.of(id), count))
    }
  }

  /** In the order of ids, so that equal counts are equal texts. */
  toText(): string {
    const items = [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1))
    return `${JSON.stringify({ version: 1, exposures: items })}\n`
  }

  static readText(text: string): ReadExposures {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return { ok: false, reason: 'is not JSON' }
    }
    if (!isJsonObject(value) || value['version'] !== 1) {
      return { ok: false, reason: 'is no record of exposures, version 1' }
    }
    const items = value['exposures']
    if (!Array.isArray(items) || items.length > itemsMax) {
      return { ok: false, reason: `"exposures" is no list of at most ${itemsMax} items` }
    }
    const exposures = new Exposures()
    for (const [i, item] of items.entries()) {
      const [id, count]: unknown[] = Array.isArray(item) ? item : []
      if (typeof id !== 'string' || typeof count !== 'number' || !isCount(count)) {
        return { ok: false, reason: `"exposures"[${i}] is no pair of an id and a count from 1` }
      }
      if (exposures.of(id) > 0) return { ok: false, reason: `"exposures"[${i}] stands twice` }
      exposures.#counts.set(id, count)
    }
    return { ok: true, exposures }
  }
}

const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 1

/** Counts a run and keeps the new counts; a record that cannot be read is not overwritten. */
export async function recordExposures(
  store: ExposureStore,
  ids: Iterable<string>,
): Promise<ReadExposures> {
  const text = await store.load()
  const read: ReadExposures =
    text === undefined ? { ok: true, exposures: new Exposures() } : Exposures.readText(text)
  if (!read.ok) return read
  read.exposures.add(ids)
  await store.save(read.exposures.toText())
  return read
}
