import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readCredential } from '../../src/upstream/credential.ts'

t.test('a key comes from a variable or from a file without its line end', async (t) => {
  const file = join(t.testdir(), 'key')
  writeFileSync(file, 'sk-from-file\r\n')
  const fromFile = readCredential({ file }, {})
  const fromVariable = readCredential({ variable: 'JUDGE_KEY' }, { JUDGE_KEY: 'sk-from-variable' })
  t.equal(fromFile.ok && fromFile.value?.reveal(), 'sk-from-file')
  t.equal(fromVariable.ok && fromVariable.value?.reveal(), 'sk-from-variable')
})

t.test('no source is no key', async (t) => {
  t.same(readCredential({}, {}), { ok: true, value: undefined })
})

t.test('what is wrong is said without the value', async (t) => {
  const dir = t.testdir({ empty: '\n', spaced: 'sk-one sk-two', long: 'k'.repeat(20_000) })
  const reason = (source: { file?: string; variable?: string }): string => {
    const read = readCredential(source, { KEY: 'sk-line\nsk-other' })
    return read.ok ? 'ok' : read.reason
  }
  t.equal(reason({ file: join(dir, 'empty') }), 'is empty')
  t.match(reason({ file: join(dir, 'spaced') }), /^holds a character that no key has/)
  t.equal(reason({ file: join(dir, 'long') }), 'is over 16 KiB')
  t.equal(reason({ file: join(dir, 'absent') }), 'cannot be read (ENOENT)')
  t.equal(reason({ variable: 'ABSENT' }), 'names a variable that is not set')
  t.match(reason({ variable: 'KEY' }), /^holds a character that no key has/)
  t.match(reason({ file: 'a', variable: 'b' }), /^is given twice/)
})
