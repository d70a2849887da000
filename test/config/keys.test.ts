import t from 'tap'
import { Check } from 'typebox/value'
import { configFileFlag, describeNode, keys } from '../../src/config/keys.ts'

t.test('each key has its three names, made from the same words', (t) => {
  const key = keys.find(({ name }) => name === 'proxy.connect_timeout_ms')
  t.match(key, {
    path: ['proxy', 'connectTimeoutMs'],
    env: 'HOLDFAST_PROXY_CONNECT_TIMEOUT_MS',
    flag: 'proxy-connect-timeout-ms',
    onOneLine: true,
  })
  t.equal(keys.find(({ name }) => name === 'routes')?.onOneLine, false)
  t.end()
})

t.test('no two keys share a name, and none takes the name of the file option', (t) => {
  for (const word of ['name', 'env', 'flag'] as const) {
    t.equal(new Set(keys.map((key) => key[word])).size, keys.length, word)
  }
  t.notOk(keys.some((key) => key.flag === configFileFlag))
  t.ok(keys.length > 30, `${keys.length} keys`)
  t.end()
})

t.test('every key is described, and every default is valid for it', (t) => {
  let checked = 0
  for (const { name, node } of keys) {
    t.match(node.description, /^[A-Z].*\.$/, name)
    t.not(describeNode(node), '', name)
    if (node.default === undefined) continue
    t.ok(Check(node, node.default), name)
    checked++
  }
  t.ok(checked >= 28, `${checked} defaults`)
  t.end()
})

t.test('numbers carry their unit or a bound in the name', (t) => {
  for (const { name, node } of keys) {
    if (node.type === 'integer')
      t.match(name, /_(?:ms|mb|max|bytes|items|ticks|days|per_hour|per_day|per_user_day)$/, name)
  }
  t.end()
})
