/** Reads a calibration file from disk; what is wrong with it comes back as faults, never as a throw. */
import { readFileSync, statSync } from 'node:fs'
import { calibrationBytesMax } from './calibration.ts'
import { type CalibrationRead, parseCalibration } from './calibration-read.ts'

const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'may not be read by this user'],
  ['EISDIR', 'is a directory'],
])

export function readCalibrationFile(path: string): CalibrationRead {
  try {
    if (statSync(path).size > calibrationBytesMax) {
      return refused(`is over ${calibrationBytesMax} bytes`)
    }
    return parseCalibration(readFileSync(path, 'utf8'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return refused(words.get(code) ?? `cannot be read (${code})`)
  }
}

const refused = (reason: string): CalibrationRead => ({
  ok: false,
  faults: [{ key: 'file', reason }],
})
