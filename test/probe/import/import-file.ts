/** Runs an import on files written for it, and reads what came out. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import { benchmarks } from '../../../src/probe/import/benchmarks.ts'
import { runImport } from '../../../src/probe/import/run-import.ts'
import { loadSuite } from '../../../src/probe/load-suite.ts'
import type { Suite } from '../../../src/probe/suite.ts'

export interface ImportCase {
  notes: readonly string[]
  /** Folder for folder; [] when it failed. */
  suites: readonly Suite[]
  faults: readonly string[]
  /** Parsed lines of a file that was written. */
  lines(name: string): unknown[]
  text(name: string): string
  /** What stands beside the input afterwards. */
  left: readonly string[]
}

/** @param path of the files, what is imported; faults name files by it */
export async function importFiles(
  t: Test,
  id: string,
  files: Readonly<Record<string, string>>,
  path: string,
  model?: string,
): Promise<ImportCase> {
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, 'in', name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  const benchmark = benchmarks.find((one) => one.id === id)
  if (benchmark === undefined) throw new Error(`no benchmark ${id}`)
  const out = join(folder, 'out')
  const { signal } = new AbortController()
  const result = await runImport({ benchmark, path: join(folder, 'in', path), out, model, signal })
  const prefix = `${join(folder, 'in')}/`
  const suites = result.ok
    ? result.written.flatMap(({ name, kind }) => {
        const loaded = kind === 'suite' ? loadSuite(join(out, name)) : undefined
        if (loaded?.ok === false) throw new Error(JSON.stringify(loaded.faults))
        return loaded === undefined ? [] : [loaded.suite]
      })
    : []
  const text = (name: string): string => readFileSync(join(out, name), 'utf8')
  return {
    notes: result.ok ? result.notes : [],
    suites,
    faults: result.ok ? [] : result.faults.map((fault) => fault.replaceAll(prefix, '')),
    lines: (name) =>
      text(name)
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    text,
    left: existsSync(out)
      ? readdirSync(folder)
      : readdirSync(folder).filter((name) => name !== 'in'),
  }
}

export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')

export const jsonLines = (rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('')
