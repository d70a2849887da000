import { format, inspect } from 'node:util'
import t from 'tap'
import { Secret } from '../../src/upstream/secret.ts'

t.test('a secret shows a placeholder in every way of printing it', async (t) => {
  const holder = { key: new Secret('sk-live-secret') }
  const printed = [
    JSON.stringify(holder),
    `${holder.key}`,
    String(holder.key),
    inspect(holder, { showHidden: true, depth: null }),
    format('%s %o %j', holder.key, holder, holder),
  ]
  for (const text of printed) {
    t.notMatch(text, /sk-live/)
    t.match(text, /\[secret\]/)
  }
  t.equal(holder.key.reveal(), 'sk-live-secret')
})
