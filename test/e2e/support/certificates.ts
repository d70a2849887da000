/**
 * X.509 certificates made at test time, so that none is ever committed and an expired one needs no
 * tool: DER written by hand, P-256 keys, signed by node:crypto. RFC 5280, only the fields TLS needs.
 */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

export interface Certificate {
  cert: string
  key: string
}

export interface CertificateRequest {
  /** DNS names; addresses as `IP:127.0.0.1`. */
  names: readonly string[]
  notBefore?: Date
  notAfter?: Date
}

export interface Authority extends Certificate {
  issue(request: CertificateRequest): Certificate
}

const DAY_MS = 86_400_000
const ECDSA_WITH_SHA256 = '2a8648ce3d040302'
const COMMON_NAME = '550403'
const BASIC_CONSTRAINTS = '551d13'
const SUBJECT_ALT_NAME = '551d11'

/** A certificate authority with its own root, trusted by nobody until a test hands it over. */
export function createAuthority(name: string): Authority {
  const root = newKey()
  const subject = nameOf(name)
  const year = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) }
  const isAuthority = extension(BASIC_CONSTRAINTS, sequence(der(0x01, Buffer.from([0xff]))), true)
  const make = (of: Buffer, key: KeyObject, dates: typeof year, extensions: Buffer[]) =>
    pem('CERTIFICATE', signed(toBeSigned(subject, of, key, dates, extensions), root.privateKey))
  return {
    cert: make(subject, root.publicKey, year, [isAuthority]),
    key: keyPem(root.privateKey),
    issue({ names, notBefore = year.notBefore, notAfter = year.notAfter }) {
      const leaf = newKey()
      const alternatives = extension(SUBJECT_ALT_NAME, sequence(...names.map(generalName)), false)
      const dates = { notBefore, notAfter }
      return {
        cert: make(nameOf(names[0] ?? 'leaf'), leaf.publicKey, dates, [alternatives]),
        key: keyPem(leaf.privateKey),
      }
    },
  }
}

/** A certificate that signs itself. */
export function selfSigned(names: readonly string[]): Certificate {
  const key = newKey()
  const subject = nameOf(names[0] ?? 'self')
  const dates = {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
  }
  const alternatives = extension(SUBJECT_ALT_NAME, sequence(...names.map(generalName)), false)
  const body = toBeSigned(subject, subject, key.publicKey, dates, [alternatives])
  return { cert: pem('CERTIFICATE', signed(body, key.privateKey)), key: keyPem(key.privateKey) }
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function toBeSigned(
  issuer: Buffer,
  subject: Buffer,
  key: KeyObject,
  dates: { notBefore: Date; notAfter: Date },
  extensions: Buffer[],
): Buffer {
  const version3 = der(0xa0, integer(Buffer.from([2])))
  const serial = integer(Buffer.concat([Buffer.from([0x01]), randomBytes(8)]))
  const validity = sequence(time(dates.notBefore), time(dates.notAfter))
  const spki = key.export({ type: 'spki', format: 'der' })
  const extras = der(0xa3, sequence(...extensions))
  return sequence(version3, serial, algorithm(), issuer, validity, subject, spki, extras)
}

function signed(body: Buffer, key: KeyObject): Buffer {
  return sequence(body, algorithm(), der(0x03, Buffer.from([0]), sign('sha256', body, key)))
}

function algorithm(): Buffer {
  return sequence(oid(ECDSA_WITH_SHA256))
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(commonName)))))
}

function generalName(name: string): Buffer {
  if (!name.startsWith('IP:')) return der(0x82, Buffer.from(name))
  return der(0x87, Buffer.from(name.slice(3).split('.').map(Number)))
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  const flag = critical ? [der(0x01, Buffer.from([0xff]))] : []
  return sequence(oid(id), ...flag, der(0x04, value))
}

function time(date: Date): Buffer {
  const text = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  return der(0x18, Buffer.from(text))
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes)
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts)
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = Buffer.from(content.length.toString(16).padStart(4, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x82]), length, content])
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
