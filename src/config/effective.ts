/** The configuration in force, in the words of the file, for printing: it loads again as it stands. */
import { stringify } from 'yaml'
import { scrub } from '../scrub.ts'
import { hostPortText } from './address.ts'
import { snakeCase } from './keys.ts'
import type { Config } from './schema.ts'

export type Printable = string | number | boolean | Printable[] | { [key: string]: Printable }

export function effectiveConfig(config: Config): Printable {
  return printable({
    ...config,
    listen: hostPortText(config.listen),
    admin: hostPortText(config.admin),
  })
}

export const effectiveYaml = (config: Config): string => stringify(effectiveConfig(config))

function printable(value: unknown): Printable {
  if (typeof value === 'string') return scrub(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(printable)
  if (typeof value !== 'object' || value === null)
    throw new Error('a configuration holds plain values')
  return Object.fromEntries(
    Object.entries(value).flatMap(([word, item]) =>
      item === undefined ? [] : [[snakeCase(word), printable(item)]],
    ),
  )
}
