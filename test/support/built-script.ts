/** A script of the tests that runs in a process of its own: built into one file, so that it starts at once. */
import { mkdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { buildSync } from 'esbuild'

/** @returns the path of the file, which stays as long as this process */
export function builtScript(source: string): string {
  // Inside of the project, where its packages are found.
  const folder = resolve(`.cache/scripts/${process.pid}`)
  mkdirSync(folder, { recursive: true })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const outfile = join(folder, basename(source))
  buildSync({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  })
  return outfile
}
