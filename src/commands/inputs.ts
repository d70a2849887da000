/** What the inputs of a command hold in common: the files that were read, and every fault by its option. */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { codeOf, type Fault } from '../error.ts'
import type { InputFile } from '../report/report-input.ts'

const bytesMax = 1_073_741_824
/** Before the period: a baseline, a change and an episode may have begun there. */
export const leadMs = 40 * 86_400_000

export class Inputs {
  readonly faults: Fault[] = []
  readonly files: InputFile[] = []

  fault(key: string, reason: string): undefined {
    this.faults.push({ key, reason })
    return undefined
  }

  bytes(option: string, path: string, holds: string): Buffer | undefined {
    try {
      if (statSync(path).size > bytesMax)
        return this.fault(option, `${path}: over ${bytesMax} bytes`)
      const bytes = readFileSync(path)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      this.files.push({ name: basename(path), sha256, holds })
      return bytes
    } catch (error) {
      return this.fault(option, `${path}: cannot be read (${codeOf(error) ?? 'unknown error'})`)
    }
  }
}
