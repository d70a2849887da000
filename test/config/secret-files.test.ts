import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import t from 'tap'
import { readSecret, readTlsCa } from '../../src/config/secret-files.ts'

t.test('a secret is its bytes without the line end', (t) => {
  const dir = t.testdir({
    lf: `${'k'.repeat(32)}\n`,
    crlf: `${'k'.repeat(32)}\r\n`,
    bare: 'k'.repeat(32),
  })
  for (const name of ['lf', 'crlf', 'bare']) {
    const read = readSecret(join(dir, name))
    t.equal(read.ok && Buffer.from(read.value).toString(), 'k'.repeat(32), name)
  }
  t.strictSame(readSecret(dir), { ok: false, reason: 'names a file that is a directory' })
  t.strictSame(readSecret(join(dir, 'none')), {
    ok: false,
    reason: 'names a file that does not exist',
  })
  t.end()
})

t.test('a CA file adds to the authorities that Node ships', (t) => {
  const pem = rootCertificates[0] ?? ''
  const dir = t.testdir({ 'ca.pem': pem, 'no.pem': 'hello' })
  const read = readTlsCa(join(dir, 'ca.pem'))
  t.equal(read.ok && read.value.split('BEGIN CERTIFICATE').length - 1, rootCertificates.length + 1)
  t.strictSame(readTlsCa(join(dir, 'no.pem')), {
    ok: false,
    reason: 'names a file without a PEM certificate',
  })
  t.end()
})
