/**
 * Removes the records of a user, a tenant or a conversation, beside a running holdfast or without one.
 * A request in the folder tells every writer to drop what it has in its queue and to seal its segment
 * (forget-request.ts). Sealed segments that hold such records are written again without them, beside
 * the old ones, and take their names when they are whole and synced: a crash leaves the one or the
 * other. The request goes last, so that what was interrupted is seen, and done by the next call.
 */
import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { codeOf } from '../error.ts'
import { realDisk } from './disk.ts'
import {
  isOfSubject,
  isRequestFile,
  readRequest,
  requestFile,
  requestText,
  type Subject,
} from './forget-request.ts'
import { segmentContent, segmentFiles, segmentHeadBytes } from './segment.ts'
import { repairEnd } from './upkeep.ts'

export interface ForgetOptions {
  folder: string
  subjects: readonly Subject[]
  clock: Clock
  /** For writers to seal their segments; one that does not is taken for gone. */
  waitMs?: number
}

export type ForgetResult =
  | {
      ok: true
      records: number
      /** That were written again or removed. */
      segments: number
      /** Open segments whose writer did not answer. */
      unanswered: number
    }
  /** Another `forget` is at work. */
  | { ok: false; reason: 'locked' }

const lockFile = 'forget.lock'
/** Whoever holds the lock writes to it more often. */
const lockStaleMs = 30_000
const lockTouchMs = 5000
const waitDefaultMs = 10_000
const lookMs = 100
const fileMode = 0o600
const rewriteEnding = '.rewrite'

/** Rejects with the fault of the disk; then it is to be called again. */
export async function forget(options: ForgetOptions): Promise<ForgetResult> {
  const { folder, clock } = options
  const lock = join(folder, lockFile)
  if (!(await takeLock(lock, clock))) return { ok: false, reason: 'locked' }
  const touch = setInterval(() => {
    const seconds = clock.now() / 1000
    utimes(lock, seconds, seconds).catch(() => undefined)
  }, lockTouchMs)
  try {
    await removeLeftovers(folder)
    const interrupted = await openRequests(folder)
    const request = requestFile(randomBytes(8).toString('hex'))
    await writeWhole(
      folder,
      request,
      requestText({ at: clock.now(), subjects: [...options.subjects] }),
    )
    const subjects = [...options.subjects, ...interrupted.flatMap((one) => one.subjects)]
    const unanswered = await untilSealed(folder, options.waitMs ?? waitDefaultMs, clock)
    for (const file of unanswered) await repairEnd(realDisk, folder, file).catch(unlessGone)
    let records = 0
    let segments = 0
    for (const { file, open } of segmentFiles(await readdir(folder))) {
      if (open) continue
      const removed = await rewriteWithout(folder, file, subjects).catch(unlessGone)
      if (removed === undefined || removed === 0) continue
      records += removed
      segments++
    }
    await realDisk.syncFolder(folder)
    for (const file of [request, ...interrupted.map((one) => one.file)])
      await rm(join(folder, file))
    return { ok: true, records, segments, unanswered: unanswered.length }
  } finally {
    clearInterval(touch)
    await rm(lock, { force: true })
  }
}

/** Retention may remove a segment at any time. */
const unlessGone = (error: unknown): undefined => {
  if (codeOf(error) !== 'ENOENT') throw error
  return undefined
}

async function takeLock(lock: string, clock: Clock): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(lock, '', { flag: 'wx', mode: fileMode })
      return true
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const { mtimeMs } = await stat(lock)
      if (clock.now() - mtimeMs < lockStaleMs) return false
      await rm(lock, { force: true })
    }
  }
  return false
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const file of await readdir(folder)) {
    if (file.endsWith(rewriteEnding)) await rm(join(folder, file), { force: true })
  }
}

async function openRequests(folder: string): Promise<{ file: string; subjects: Subject[] }[]> {
  const requests = []
  for (const file of (await readdir(folder)).filter(isRequestFile)) {
    const request = readRequest(await readFile(join(folder, file), 'utf8'))
    if (request !== undefined) requests.push({ file, subjects: request.subjects })
  }
  return requests
}

/** @returns those of the segments open now that still are after the wait */
async function untilSealed(folder: string, waitMs: number, clock: Clock): Promise<string[]> {
  const end = clock.monotonic() + waitMs
  const opened = async (): Promise<string[]> =>
    segmentFiles(await readdir(folder)).flatMap(({ file, open }) => (open ? [file] : []))
  let left = await opened()
  while (left.length > 0 && clock.monotonic() < end) {
    await wait(lookMs)
    const open = new Set(await opened())
    left = left.filter((file) => open.has(file))
  }
  return left
}

/** @returns records removed */
async function rewriteWithout(
  folder: string,
  file: string,
  subjects: readonly Subject[],
): Promise<number> {
  const path = join(folder, file)
  const bytes = await readFile(path)
  const kept: Buffer[] = [bytes.subarray(0, segmentHeadBytes)]
  let removed = 0
  for (const piece of segmentContent(bytes).pieces) {
    const isOf =
      piece.kind === 'record'
        ? isOfSubject(parsed(piece.payload), subjects)
        : subjects.some(({ key }) => bytes.subarray(piece.from, piece.to).includes(key))
    if (isOf) removed++
    else kept.push(bytes.subarray(piece.from, piece.to))
  }
  if (removed === 0) return 0
  if (kept.length === 1) {
    await rm(path, { force: true })
    return removed
  }
  const { atimeMs, mtimeMs } = await stat(path)
  const successor = `${file}${rewriteEnding}`
  await writeWhole(folder, successor, Buffer.concat(kept), async () => {
    // Age is told by the last write.
    await utimes(join(folder, successor), atimeMs / 1000, mtimeMs / 1000)
    await stat(path)
    return file
  })
  return removed
}

function parsed(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString())
  } catch {
    return undefined
  }
}

/** Synced, under its name only when it is whole. */
async function writeWhole(
  folder: string,
  file: string,
  content: Buffer | string,
  finish: () => Promise<string> = async () => file,
): Promise<void> {
  const path = join(folder, file.endsWith(rewriteEnding) ? file : `${file}${rewriteEnding}`)
  try {
    const handle = await open(path, 'w', fileMode)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(path, join(folder, await finish()))
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
  await realDisk.syncFolder(folder)
}
