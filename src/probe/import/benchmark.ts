/** The one interface of all importers: what they read, and what they hand on. */
import type { ImportFaults } from './import-faults.ts'
import type { ImportOutput } from './import-output.ts'

export interface ImportContext {
  /** File or folder, as given. */
  path: string
  faults: ImportFaults
  output: ImportOutput
  signal: AbortSignal
  /** Whose answers a file of answers holds; undefined: it is not said. */
  model: string | undefined
  /** What a person should know about the result; printed in order. */
  note: (text: string) => void
}

export interface Benchmark {
  /** As typed. */
  readonly id: string
  readonly title: string
  /** Of the published data: SPDX, or NOASSERTION. */
  readonly licence: string
  readonly source: string
  /** What the path is. */
  readonly reads: string
  /** What is written. */
  readonly writes: string
  /** Faults are noted; what is handed on then is thrown away. */
  read(context: ImportContext): Promise<void>
}
