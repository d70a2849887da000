/**
 * A snapshot on disk, replaced so that a crash at any moment leaves the one before or the new one:
 * the new is written beside it and synced, the old keeps a second name, the new takes its place, the
 * folder is synced. At start the newer whole one of the file and its unfinished successor is read;
 * when neither is whole, the one before. What is not whole is reported and never read. Faults of the
 * disk are data: who saves counts them and tries again later.
 */
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { codeOf } from '../error.ts'
import { decodeSnapshot } from './snapshot-format.ts'

/** The system's code (`ENOSPC`), or `other`. */
export type SaveResult = { ok: true } | { ok: false; code: string }

export interface LoadResult {
  /** Absent: there is nothing whole; a first start when `faults` is empty. */
  bytes?: Uint8Array
  faults: LoadFault[]
}

export interface LoadFault {
  /** Name of the file, without its folder. */
  file: string
  /** The system's code, or what is wrong with the bytes. */
  code: string
}

export interface SnapshotFile {
  /** Calls wait for each other. */
  save(bytes: Uint8Array): Promise<SaveResult>
  load(): Promise<LoadResult>
}

export interface SnapshotFileOptions {
  path: string
  /** Of the memory store; files beyond it are not read at all. */
  bytesMax: number
}

/** Head and digest of a snapshot; its entries take less than the store counts for them. */
const frameBytes = 64

const folderMode = 0o700
const fileMode = 0o600

export function createSnapshotFile({ path, bytesMax }: SnapshotFileOptions): SnapshotFile {
  const successor = `${path}.tmp`
  const before = `${path}.previous`
  let last: Promise<unknown> = Promise.resolve()

  /** The successor, whole and synced, takes the place of the file. */
  const succeed = async (): Promise<void> => {
    await rm(before, { force: true })
    // Without hard links there is no one before: the replacing itself needs none.
    await link(path, before).catch(() => undefined)
    await rename(successor, path)
    await syncFolder(dirname(path))
  }

  const replace = async (bytes: Uint8Array): Promise<SaveResult> => {
    try {
      await mkdir(dirname(path), { recursive: true, mode: folderMode })
      await writeSynced(successor, bytes)
      await succeed()
      return { ok: true }
    } catch (error) {
      // What was written so far may be what fills the disk.
      await rm(successor, { force: true }).catch(() => undefined)
      return { ok: false, code: codeOf(error) ?? 'other' }
    }
  }

  return {
    save(bytes) {
      const saved = last.then(() => replace(bytes))
      last = saved
      return saved
    },
    async load() {
      const faults: LoadFault[] = []
      const fault = (file: string, code: string): void => {
        if (code !== 'ENOENT') faults.push({ file: basename(file), code })
      }
      const whole = async (file: string): Promise<Whole | undefined> => {
        const read = await readWhole(file, bytesMax + frameBytes)
        if ('code' in read) fault(file, read.code)
        return 'code' in read ? undefined : read
      }
      const file = await whole(path)
      const next = await whole(successor)
      if (next !== undefined && next.sequence > (file?.sequence ?? -1)) {
        // The save that was cut off here is finished, or the next one would write over what was read.
        await succeed().catch((error: unknown) => fault(successor, codeOf(error) ?? 'other'))
        return { bytes: next.bytes, faults }
      }
      const found = file ?? (await whole(before))
      return found === undefined ? { faults } : { bytes: found.bytes, faults }
    },
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', fileMode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

interface Whole {
  bytes: Uint8Array
  sequence: number
}

async function readWhole(path: string, bytesMax: number): Promise<Whole | { code: string }> {
  try {
    const { size } = await stat(path)
    if (size > bytesMax) return { code: 'too_large' }
    const bytes = await readFile(path)
    const snapshot = decodeSnapshot(bytes)
    return snapshot === undefined ? { code: 'damaged' } : { bytes, sequence: snapshot.sequence }
  } catch (error) {
    return { code: codeOf(error) ?? 'other' }
  }
}
