import t from 'tap'
import { effectiveConfig, effectiveYaml } from '../../src/config/effective.ts'
import { loadText } from '../../src/config/load.ts'

t.test('the configuration in force is in the words of the file and without secrets', (t) => {
  const loaded = loadText('upstream: http://h/sk-live-1234567890\nlisten: "[::1]:0"\n')
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  t.match(effectiveConfig(loaded.config), {
    listen: '[::1]:0',
    proxy: { connect_timeout_ms: 10_000 },
    routes: [{ prefix: '/', upstream: 'http://h/[scrubbed]', strip_prefix: true }],
  })
  t.notMatch(effectiveYaml(loaded.config), /1234567890/)
  t.end()
})
