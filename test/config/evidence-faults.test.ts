import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadText } from '../../src/config/load.ts'

const told = (text: string): { faults: string[]; warnings: string[] } => {
  const result = loadText(`upstream: http://h\n${text}`)
  const words = (all: readonly { key: string; reason: string }[]): string[] =>
    all.map(({ key, reason }) => `${key}: ${reason}`)
  return result.ok
    ? { faults: [], warnings: words(result.warnings) }
    : { faults: words(result.faults), warnings: [] }
}

const root = t.testdir({ secret: 'x'.repeat(32), file: '' })
chmodSync(join(root, 'secret'), 0o600)
const secret = `identity: {secret_file: ${join(root, 'secret')}}\n`
const folder = join(root, 'evidence', 'deeper')

t.test('without a folder nothing is recorded, and nothing else of it may be set', async (t) => {
  t.same(told(''), { faults: [], warnings: [] })
  t.same(told('evidence: {text: redacted}').faults, [
    'evidence.text: is set, but evidence.folder is not',
  ])
})

t.test('what could never be recorded, found or forgotten is refused, all at once', async (t) => {
  t.same(
    told(
      `capture: {enabled: false}\nevidence: {folder: ${join(root, 'file')}, bytes_max: 4194304, segment_bytes: 1048577}`,
    ).faults,
    [
      'evidence.folder: is set, but capture.enabled is false',
      'evidence.folder: needs identity.secret_file: without it no record could be found by a user, and nobody forgotten',
      'evidence.bytes_max: is smaller than 4 segments of evidence.segment_bytes',
      'evidence.folder: names something that is not a folder',
    ],
  )
  t.same(told('identity: {tenant_header: Authorization}').faults, [
    'identity.tenant_header: names a header that carries a credential',
  ])
})

t.test('a folder that is not there yet is made later; text on disk is warned of', async (t) => {
  t.same(told(`${secret}evidence: {folder: ${folder}}`), { faults: [], warnings: [] })
  t.same(told(`${secret}evidence: {folder: ${folder}, text: redacted}`).warnings, [
    'evidence.text: keeps words of users on disk, redacted by form: names and stories stay in them',
  ])
})

t.test('a disk that refuses is no reason not to start', async (t) => {
  writeFileSync(join(root, 'file'), '')
  t.same(told(`${secret}evidence: {folder: ${join(root, 'file', 'evidence')}}`).warnings, [
    'evidence.folder: cannot be written (ENOTDIR): nothing is recorded until it can',
  ])
})
