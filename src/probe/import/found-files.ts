/** The files of a benchmark that is a folder, in a fixed order; a file stands for itself. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../../error.ts'
import type { ImportFaults } from './import-faults.ts'

const filesMax = 200_000
const depthMax = 12

/** @param ending with its dot */
export function foundFiles(path: string, ending: string, faults: ImportFaults): string[] {
  const files: string[] = []
  try {
    if (statSync(path).isDirectory()) walk(path, ending, 0, files)
    else files.push(path)
  } catch (error) {
    faults.add({ file: path }, `cannot be read (${codeOf(error) ?? 'unknown error'})`)
    return []
  }
  if (files.length > filesMax) {
    faults.add({ file: path }, `holds more than ${filesMax} files`)
    return []
  }
  if (files.length === 0) faults.add({ file: path }, `holds no ${ending} file`)
  return files
}

function walk(folder: string, ending: string, depth: number, files: string[]): void {
  const entries = readdirSync(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (files.length > filesMax || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    // A link is not followed: it could lead round in a circle.
    if (entry.isDirectory() && depth < depthMax) walk(path, ending, depth + 1, files)
    else if (entry.isFile() && entry.name.toLowerCase().endsWith(ending)) files.push(path)
  }
}
