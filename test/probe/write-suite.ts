/** Writes a suite into a folder of the test, file by file. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const head = (changes: Readonly<Record<string, string>> = {}): string => {
  const fields = {
    category: 'grounding',
    version: '1.0.0',
    title: 'A test suite',
    description: 'Probes for a test of the loader.',
    licence: 'Apache-2.0',
    source: 'self-written',
    dimension: 'grounding',
    scorer: 'speech_act',
    class: 'P0',
    languages: '[en]',
    texts: 'inline',
    item_files: '[items.yaml]',
    ...changes,
  }
  return Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return folder
}
