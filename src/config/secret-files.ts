/** The files that a configuration names: read once at start, refused with a reason, never printed. */
import { readFileSync, statSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { codeOf } from '../error.ts'
import type { Parsed } from './address.ts'

export const secretBytesMin = 32
const tokenBytesMin = 16
const fileBytesMax = 4_194_304

const words: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'may not be read by this user'],
  ['EISDIR', 'is a directory'],
])

function read(path: string): Parsed<Buffer> {
  try {
    if (statSync(path).size > fileBytesMax) return { ok: false, reason: 'is a file of over 4 MiB' }
    return { ok: true, value: readFileSync(path) }
  } catch (error) {
    const code = codeOf(error) ?? 'unknown error'
    return {
      ok: false,
      reason: `names a file that ${words.get(code) ?? `cannot be read (${code})`}`,
    }
  }
}

/** The bytes of `identity.secret_file` without a line end behind them. */
export const readSecret = (path: string): Parsed<Uint8Array> => readBytes(path, secretBytesMin)

/** The bearer token of `operator.token_file`; what is sent in a header is visible ASCII. */
export function readToken(path: string): Parsed<string> {
  const bytes = readBytes(path, tokenBytesMin)
  if (!bytes.ok) return bytes
  const value = Buffer.from(bytes.value).toString('latin1')
  if (/^[\x21-\x7e]+$/.test(value)) return { ok: true, value }
  return { ok: false, reason: 'names a file that holds a character that no token has' }
}

function readBytes(path: string, bytesMin: number): Parsed<Uint8Array> {
  const file = read(path)
  if (!file.ok) return file
  let end = file.value.length
  while (end > 0 && (file.value[end - 1] === 0x0a || file.value[end - 1] === 0x0d)) end--
  if (end < bytesMin) {
    return {
      ok: false,
      reason: `names a file of ${end} bytes; it needs at least ${bytesMin}`,
    }
  }
  return { ok: true, value: new Uint8Array(file.value.subarray(0, end)) }
}

export function isWorldReadable(path: string): boolean {
  try {
    return (statSync(path).mode & 0o004) !== 0
  } catch {
    return false
  }
}

/** PEM text of `proxy.tls_ca_file` together with the authorities that Node ships. */
export function readTlsCa(path: string): Parsed<string> {
  const file = read(path)
  if (!file.ok) return file
  const text = file.value.toString('latin1')
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    return { ok: false, reason: 'names a file without a PEM certificate' }
  }
  return { ok: true, value: [...rootCertificates, text].join('\n') }
}
