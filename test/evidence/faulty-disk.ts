/** The real disk with faults put in: operations fail with a code, write a part only, or wait. */
import { type Disk, type DiskFile, realDisk } from '../../src/evidence/disk.ts'

export type Operation = keyof Disk | keyof DiskFile

export interface FaultyDisk extends Disk {
  /** Operations that fail from now on; undefined code: they work again. */
  fail(code: string | undefined, operations?: readonly Operation[]): void
  /** Appends write so many bytes in all, then fail. Undefined: no limit. */
  room(bytes: number | undefined): void
  /** Runs before each operation. */
  before: (operation: Operation) => Promise<void> | void
  calls: Operation[]
}

const coded = (code: string): Error => Object.assign(new Error(code), { code })

export function faultyDisk(): FaultyDisk {
  let code: string | undefined
  let failing: readonly Operation[] = []
  let room: number | undefined
  const disk: Pick<FaultyDisk, 'calls' | 'before'> = { calls: [], before: () => undefined }
  const guard = async (operation: Operation): Promise<void> => {
    disk.calls.push(operation)
    await self.before(operation)
    if (code !== undefined && failing.includes(operation)) throw coded(code)
  }
  const guarded =
    <A extends unknown[], R>(operation: Operation, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await guard(operation)
      return work(...args)
    }
  const append = async (file: DiskFile, bytes: Buffer): Promise<number> => {
    if (room === undefined) return file.append(bytes)
    if (room === 0) throw coded('ENOSPC')
    const part = bytes.subarray(0, room)
    room -= part.length
    return file.append(part)
  }
  const fileOf = (file: DiskFile): DiskFile => ({
    append: guarded('append', (bytes: Buffer) => append(file, bytes)),
    sync: guarded('sync', () => file.sync()),
    truncate: guarded('truncate', (length: number) => file.truncate(length)),
    isLinked: guarded('isLinked', () => file.isLinked()),
    async close() {
      // As the system does it: the descriptor is gone whatever close says.
      await file.close()
      await guard('close')
    },
  })
  const self: FaultyDisk = Object.assign(disk, {
    makeFolder: guarded('makeFolder', (path: string) => realDisk.makeFolder(path)),
    list: guarded('list', (path: string) => realDisk.list(path)),
    facts: guarded('facts', (path: string) => realDisk.facts(path)),
    read: guarded('read', (path: string) => realDisk.read(path)),
    create: guarded('create', async (path: string) => fileOf(await realDisk.create(path))),
    truncate: guarded('truncate', (path: string, length: number) =>
      realDisk.truncate(path, length),
    ),
    rename: guarded('rename', (from: string, to: string) => realDisk.rename(from, to)),
    remove: guarded('remove', (path: string) => realDisk.remove(path)),
    syncFolder: guarded('syncFolder', (path: string) => realDisk.syncFolder(path)),
    fail(next: string | undefined, operations: readonly Operation[] = []) {
      code = next
      failing = operations
    },
    room(bytes: number | undefined) {
      room = bytes
    },
  })
  return self
}
