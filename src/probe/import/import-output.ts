/**
 * Where an import is written: beside its place first, and moved there whole when all is well. The
 * place must be free, and never the package's own suites: sets of others are not shipped.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { codeOf } from '../../error.ts'
import { bundledSuites } from '../bundled.ts'
import { type ImportedSuite, suiteFiles } from './suite-files.ts'

export interface JsonLinesFile {
  write(value: object): void
}

export interface Written {
  /** Name in the folder. */
  name: string
  kind: 'suite' | 'lines'
  /** Items or lines. */
  count: number
}

export class ImportOutput {
  readonly #place: string
  readonly #draft: string
  readonly #written = new Map<string, Written>()
  readonly #open: number[] = []

  private constructor(place: string, draft: string) {
    this.#place = place
    this.#draft = draft
  }

  /** A text says why the place cannot be used. */
  static create(place: string): ImportOutput | string {
    const target = resolve(place)
    if (isInside(target, bundledSuites)) {
      return "is in the package's own suites, which hold no set of others"
    }
    const draft = join(dirname(target), `.${basename(target)}.${process.pid}.importing`)
    try {
      if (!isFree(target)) return 'is there already and not empty'
      mkdirSync(draft, { recursive: true })
      return new ImportOutput(target, draft)
    } catch (error) {
      return `cannot be written (${codeOf(error) ?? 'unknown error'})`
    }
  }

  get written(): readonly Written[] {
    return [...this.#written.values()]
  }

  /** Folder of a suite before it is moved. */
  draftOf(name: string): string {
    return join(this.#draft, name)
  }

  suite(suite: ImportedSuite): void {
    if (suite.items.length === 0) return
    const folder = this.draftOf(suite.name)
    for (const [name, content] of suiteFiles(suite)) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    this.#written.set(suite.name, { name: suite.name, kind: 'suite', count: suite.items.length })
  }

  lines(name: string): JsonLinesFile {
    const fd = openSync(this.draftOf(name), 'w')
    this.#open.push(fd)
    const written: Written = { name, kind: 'lines', count: 0 }
    return {
      write: (value) => {
        this.#written.set(name, written)
        written.count++
        const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
      },
    }
  }

  /** @returns why it failed, or undefined */
  finish(): string | undefined {
    this.#close()
    try {
      // A place that is an empty folder gives way; one that has been filled meanwhile does not.
      renameSync(this.#draft, this.#place)
      return undefined
    } catch (error) {
      this.discard()
      return `cannot be written (${codeOf(error) ?? 'unknown error'})`
    }
  }

  discard(): void {
    this.#close()
    rmSync(this.#draft, { recursive: true, force: true })
  }

  #close(): void {
    for (const fd of this.#open.splice(0)) closeSync(fd)
  }
}

function isFree(place: string): boolean {
  try {
    return readdirSync(place).length === 0
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    throw error
  }
}

/** Links are followed as far as the path exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}

const isInside = (path: string, folder: string): boolean => {
  const outer = realPath(folder)
  const inner = realPath(path)
  return inner === outer || inner.startsWith(outer + sep)
}
