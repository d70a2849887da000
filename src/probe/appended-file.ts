/** A file that grows by whole texts: each is written to its end before the next, and all are on disk at the close. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

export interface AppendedFile {
  append(text: string): void
  close(): void
}

/** @param mode of a file that is made; undefined: as the process makes them */
export function openAppended(path: string, mode?: number): AppendedFile {
  const fd = openSync(path, 'a', mode)
  return {
    append(text) {
      const bytes = Buffer.from(text)
      let written = 0
      while (written < bytes.length) written += writeSync(fd, bytes, written)
    },
    close() {
      fsyncSync(fd)
      closeSync(fd)
    },
  }
}
