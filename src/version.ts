/** The version of this build, from package.json: the one place where it is written. */
import { readFileSync } from 'node:fs'
import { packageRoot } from './package-root.ts'

function read(): string {
  const file: unknown = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'))
  const found = typeof file === 'object' && file !== null && 'version' in file ? file.version : ''
  if (typeof found !== 'string' || found === '') throw new Error('package.json has no version')
  return found
}

export const packageVersion = read()
