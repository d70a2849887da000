/** The rules over `evidence.*`: what could never be recorded, found again or forgotten is refused. */
import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, type Fault } from '../error.ts'
import type { ConfigInput } from './schema.ts'

/** So that removing the oldest leaves most of what there is. */
const segmentsMin = 4

export function evidenceFaults({ evidence, identity, capture }: ConfigInput): Fault[] {
  const faults: Fault[] = []
  const fault = (word: string, reason: string): void => {
    faults.push({ key: `evidence.${word}`, reason })
  }
  const { folder } = evidence
  if (folder === undefined) {
    if (evidence.text !== 'none') fault('text', 'is set, but evidence.folder is not')
    return faults
  }
  if (!capture.enabled) fault('folder', 'is set, but capture.enabled is false')
  if (identity.secretFile === undefined) {
    const why = 'without it no record could be found by a user, and nobody forgotten'
    fault('folder', `needs identity.secret_file: ${why}`)
  }
  if (evidence.bytesMax < segmentsMin * evidence.segmentBytes) {
    fault('bytes_max', `is smaller than ${segmentsMin} segments of evidence.segment_bytes`)
  }
  if (isNoFolder(folder)) fault('folder', 'names something that is not a folder')
  return faults
}

/** No reason not to start: the disk may come back, and traffic does not wait for it. */
export function evidenceWarnings({ evidence: { folder, text } }: ConfigInput): Fault[] {
  if (folder === undefined) return []
  const warnings: Fault[] = []
  const code = writeFault(folder)
  if (code !== undefined) {
    const reason = `cannot be written (${code}): nothing is recorded until it can`
    warnings.push({ key: 'evidence.folder', reason })
  }
  if (text === 'redacted') {
    const reason = 'keeps words of users on disk, redacted by form: names and stories stay in them'
    warnings.push({ key: 'evidence.text', reason })
  }
  return warnings
}

function isNoFolder(path: string): boolean {
  try {
    return !statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Of the folder, or of the nearest one above that is there; undefined: none. */
function writeFault(folder: string): string | undefined {
  for (let path = folder; ; path = dirname(path)) {
    try {
      accessSync(path, constants.W_OK | constants.X_OK)
      return undefined
    } catch (error) {
      const code = codeOf(error) ?? 'unknown error'
      if (code !== 'ENOENT' || dirname(path) === path) return code
    }
  }
}
