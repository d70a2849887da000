/**
 * The key of an outgoing endpoint, from a file or an environment variable. What is wrong with it is
 * said without the value.
 */
import { readFileSync, statSync } from 'node:fs'
import { codeOf } from '../error.ts'
import { Secret } from './secret.ts'

export type Credential = { ok: true; value: Secret | undefined } | { ok: false; reason: string }

const bytesMax = 16_384

/** Neither named: no key is sent, which local servers accept. Both named: a fault. */
export function readCredential(
  source: { file?: string; variable?: string },
  environment: Readonly<Record<string, string | undefined>>,
): Credential {
  if (source.file !== undefined && source.variable !== undefined) {
    return { ok: false, reason: 'is given twice, by file and by environment variable' }
  }
  if (source.variable !== undefined) {
    const value = environment[source.variable]
    if (value === undefined) return { ok: false, reason: 'names a variable that is not set' }
    return checked(value)
  }
  if (source.file === undefined) return { ok: true, value: undefined }
  try {
    if (statSync(source.file).size > bytesMax) return { ok: false, reason: 'is over 16 KiB' }
    return checked(readFileSync(source.file, 'utf8'))
  } catch (error) {
    return { ok: false, reason: `cannot be read (${codeOf(error) ?? 'unknown error'})` }
  }
}

/** Header values are visible ASCII; a line end behind the key is what editors leave. */
function checked(text: string): Credential {
  const value = text.replace(/[\r\n]+$/, '')
  if (value === '') return { ok: false, reason: 'is empty' }
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return { ok: false, reason: 'holds a character that no key has: a space, a line end or worse' }
  }
  return { ok: true, value: new Secret(value) }
}
