/**
 * When the configuration is read again: on a signal at once, and when its file has changed. The file is
 * looked at, not waited for: its bytes are compared, so that a rename, a moved symlink (as Kubernetes
 * replaces a ConfigMap), a network file system and a copied file are all one case. A change counts when
 * two looks have seen the same bytes: a file that is still being written is not read half.
 */
import { readFile, stat } from 'node:fs/promises'
import type { LoadResult } from '../config/load.ts'
import { codeOf, type Fault } from '../error.ts'
import type { ReloadStage } from './reload-stage.ts'

export interface ConfigWatchOptions {
  /** Undefined: there is no file, and only what it would override can be read again. */
  path: string | undefined
  /** 0: only `reload` reads it. */
  everyMs: number
  bytesMax: number
  /** What the configuration in force was read from. */
  fileBytes: Uint8Array | undefined
  /** The configuration with these bytes as its file. */
  load(fileBytes: Uint8Array | undefined): Promise<LoadResult>
  stage: ReloadStage
}

export interface ConfigWatch {
  /** Reads it now, whether it changed or not; several calls at once are one. */
  reload(): Promise<void>
  close(): void
}

/** A code of the system, where there are no bytes. */
type Seen = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'none'; reason: string }

export function watchConfig(options: ConfigWatchOptions): ConfigWatch {
  const { path, everyMs, stage, fileBytes } = options
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  /** What was acted on last: the same again is no news. */
  let handled: Seen | undefined =
    fileBytes === undefined ? undefined : { kind: 'bytes', bytes: fileBytes }
  let pending: Seen | undefined

  const take = async (seen: Seen | undefined): Promise<void> => {
    if (seen !== undefined) handled = seen
    pending = undefined
    if (seen?.kind === 'none') return stage.refuse('unreadable', [fileFault(seen.reason)])
    const loaded = await options.load(seen?.bytes)
    if (loaded.ok) await stage.apply(loaded.config)
    else stage.refuse('refused', loaded.faults)
  }
  /** One at a time, in order. */
  const oneByOne = (work: () => Promise<void>): Promise<void> => {
    const next = (running ?? Promise.resolve()).then(work)
    running = next
    return next
  }
  const poll = async (): Promise<void> => {
    const seen = await look(options)
    if (seen === undefined || closed) return
    if (handled !== undefined && same(seen, handled)) pending = undefined
    else if (pending !== undefined && same(seen, pending)) await take(seen)
    else pending = seen
  }
  const schedule = (): void => {
    if (closed || everyMs === 0 || path === undefined) return
    timer = setTimeout(() => void oneByOne(poll).finally(schedule), everyMs)
    timer.unref()
  }
  schedule()
  let waiting: Promise<void> | undefined
  return {
    reload() {
      waiting ??= oneByOne(async () => {
        waiting = undefined
        if (!closed) await take(await look(options))
      })
      return waiting
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}

/** Undefined: it cannot be read; why is for who loads it to say. */
export async function readConfigFile(
  path: string | undefined,
  bytesMax: number,
): Promise<Uint8Array | undefined> {
  const seen = await look({ path, bytesMax })
  return seen?.kind === 'bytes' ? seen.bytes : undefined
}

async function look({
  path,
  bytesMax,
}: Pick<ConfigWatchOptions, 'path' | 'bytesMax'>): Promise<Seen | undefined> {
  if (path === undefined) return undefined
  try {
    if ((await stat(path)).size > bytesMax) return { kind: 'none', reason: 'is too large' }
    return { kind: 'bytes', bytes: await readFile(path) }
  } catch (error) {
    return { kind: 'none', reason: `cannot be read (${codeOf(error) ?? 'unknown error'})` }
  }
}

const same = (a: Seen, b: Seen): boolean =>
  a.kind === 'bytes'
    ? b.kind === 'bytes' && Buffer.compare(a.bytes, b.bytes) === 0
    : b.kind === 'none' && a.reason === b.reason

const fileFault = (reason: string): Fault => ({ key: 'file', reason })
