/** A configuration with a route for everything and one with a prefix, both to the same upstream. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function fencedConfig(folder: string, upstream: string): string {
  const file = join(folder, 'holdfast.yaml')
  const routes = ['/', '/fenced'].map(
    (prefix) => `  - prefix: ${prefix}\n    upstream: ${upstream}\n    strip_prefix: false\n`,
  )
  writeFileSync(file, `routes:\n${routes.join('')}`)
  return file
}
