/** The file system as evidence uses it, so that its faults can be handed in. */
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
} from 'node:fs/promises'

export interface DiskFile {
  /** At its end. @returns bytes written, which may be fewer */
  append(bytes: Buffer): Promise<number>
  /** What was written is on the disk. */
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  /** False: it was removed, or another file has its name. */
  isLinked(): Promise<boolean>
  close(): Promise<void>
}

export interface FileFacts {
  bytes: number
  /** Epoch milliseconds of the last write. */
  modifiedAt: number
}

export interface Disk {
  makeFolder(path: string): Promise<void>
  list(folder: string): Promise<string[]>
  facts(path: string): Promise<FileFacts>
  read(path: string): Promise<Buffer>
  /** Fails when there is a file of this name. */
  create(path: string): Promise<DiskFile>
  truncate(path: string, length: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** One that is not there is no fault. */
  remove(path: string): Promise<void>
  /** Names that were made or removed are on the disk. */
  syncFolder(path: string): Promise<void>
}

const folderMode = 0o700
const fileMode = 0o600

export const realDisk: Disk = {
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: folderMode })
  },
  list: (folder) => readdir(folder),
  async facts(path) {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, modifiedAt: mtimeMs }
  },
  read: (path) => readFile(path),
  async create(path) {
    return fileOf(await open(path, 'ax', fileMode))
  },
  truncate: (path, length) => truncate(path, length),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  async syncFolder(path) {
    const folder = await open(path, 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  },
}

const fileOf = (handle: FileHandle): DiskFile => ({
  append: async (bytes) => (await handle.write(bytes)).bytesWritten,
  sync: () => handle.datasync(),
  truncate: (length) => handle.truncate(length),
  isLinked: async () => (await handle.stat()).nlink > 0,
  close: () => handle.close(),
})
