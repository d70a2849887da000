/** One import: read, write beside the place, read the suites as a run would, and move it there. */
import { loadSuite } from '../load-suite.ts'
import { suiteFaultText } from '../suite-fault.ts'
import type { Benchmark } from './benchmark.ts'
import { ImportFaults } from './import-faults.ts'
import { ImportOutput, type Written } from './import-output.ts'

export interface ImportOptions {
  benchmark: Benchmark
  path: string
  out: string
  model: string | undefined
  signal: AbortSignal
}

export type Imported =
  | { ok: true; written: readonly Written[]; notes: readonly string[] }
  | { ok: false; faults: readonly string[] }

export async function runImport(options: ImportOptions): Promise<Imported> {
  const { benchmark, path, out, model, signal } = options
  const output = ImportOutput.create(out)
  if (typeof output === 'string') return { ok: false, faults: [`${out}: ${output}`] }
  const faults = new ImportFaults()
  const notes: string[] = []
  try {
    await benchmark.read({
      path,
      faults,
      output,
      signal,
      model,
      note: (text) => notes.push(text),
    })
    const found = faults.count > 0 ? faults.texts : unusable(path, output)
    if (found.length > 0) {
      output.discard()
      return { ok: false, faults: found }
    }
    const failed = output.finish()
    if (failed !== undefined) return { ok: false, faults: [`${out}: ${failed}`] }
    return { ok: true, written: output.written, notes }
  } catch (error) {
    output.discard()
    throw error
  }
}

/** What a run could not load is told now, and not when it is to run. */
function unusable(path: string, output: ImportOutput): string[] {
  if (output.written.length === 0) return [`${path}: holds no row`]
  return output.written.flatMap(({ name, kind }) => {
    if (kind !== 'suite') return []
    const loaded = loadSuite(output.draftOf(name))
    return loaded.ok
      ? []
      : loaded.faults
          .slice(0, 20)
          .map((fault) => `suite ${suiteFaultText({ ...fault, file: name })}`)
  })
}
