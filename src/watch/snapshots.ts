/**
 * Keeps the state of a single replica beyond its thread and its process: the file is read at start
 * and written at an interval, and whoever runs the thread holds a checkpoint. Of the two the newer
 * counts. A store that is shared needs none of this.
 */
import type { Clock } from '../clock.ts'
import { MemoryStore } from '../state/memory-store.ts'
import type { SnapshotFile } from '../state/snapshot-file.ts'
import { decodeSnapshot } from '../state/snapshot-format.ts'
import type { Store } from '../state/store.ts'

export interface SnapshotOptions {
  store: Store
  file: SnapshotFile | undefined
  everyMs: number
  clock: Clock
  /** A file that could not be read whole or written. */
  onFault(): void
}

export interface Snapshots {
  /** Puts back what there is. */
  restore(checkpoint: Uint8Array | undefined): Promise<void>
  saveIfDue(): Promise<void>
  save(): Promise<void>
  /** The last one made; undefined when it was asked for before. */
  checkpoint(): Uint8Array | undefined
}

export const createSnapshots = (options: SnapshotOptions): Snapshots => {
  const { store, file, everyMs, clock } = options
  let savedAt = clock.monotonic()
  let latest: Uint8Array | undefined
  const save = async (): Promise<void> => {
    if (!(store instanceof MemoryStore)) return
    savedAt = clock.monotonic()
    const bytes = store.snapshot()
    latest = bytes
    const saved = await file?.save(bytes)
    if (saved?.ok === false) options.onFault()
  }
  return {
    save,
    async restore(checkpoint) {
      if (!(store instanceof MemoryStore)) return
      const loaded = await file?.load()
      loaded?.faults.forEach(() => options.onFault())
      const newest = [checkpoint, loaded?.bytes]
        .flatMap((bytes) => (bytes === undefined ? [] : [bytes]))
        .sort((a, b) => sequenceOf(b) - sequenceOf(a))
      for (const bytes of newest) {
        if (store.restore(bytes)) return
        options.onFault()
      }
    },
    async saveIfDue() {
      if (clock.monotonic() - savedAt >= everyMs) await save()
    },
    checkpoint() {
      const taken = latest
      latest = undefined
      return taken
    },
  }
}

const sequenceOf = (bytes: Uint8Array): number => decodeSnapshot(bytes)?.sequence ?? -1
