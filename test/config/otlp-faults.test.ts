import { join } from 'node:path'
import t from 'tap'
import { loadText } from '../../src/config/load.ts'

const faults = (otlp: string): string[] => {
  const loaded = loadText(`upstream: https://a.example.com\notlp: ${otlp}\n`)
  return loaded.ok ? [] : loaded.faults.map(({ key, reason }) => `${key} ${reason}`)
}

t.test('an export that could only fail is refused, with the key to change', async (t) => {
  const folder = t.testdir({ token: 'a-token\n', empty: '' })
  const token = join(folder, 'token')
  t.same(faults(`{ endpoint: 'http://127.0.0.1:4318', bearer_token_file: ${token} }`), [])
  t.same(faults(`{ bearer_token_file: ${token} }`), [
    'otlp.endpoint is missing: the token has nowhere to go',
  ])
  t.same(faults(`{ endpoint: 'http://127.0.0.1:4318', bearer_token_file: ${folder}/empty }`), [
    'otlp.bearer_token_file is empty',
  ])
  t.match(faults(`{ endpoint: 'http://user:secret@127.0.0.1:4318' }`), [/^otlp\.endpoint /])
})
