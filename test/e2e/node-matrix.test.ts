/**
 * The built program under other Node versions, whose HTTP stacks differ. HOLDFAST_NODE_MATRIX names
 * the binaries, separated by colons: `npm i --prefix DIR node@22` puts one at
 * DIR/node_modules/node/bin/node.
 */
import { execFileSync } from 'node:child_process'
import t from 'tap'
import { testAborts } from './support/abort-suite.ts'
import { testDifferences } from './support/difference-suite.ts'
import { fencedConfig } from './support/fenced-config.ts'
import { startHoldfast } from './support/holdfast-process.ts'
import { startRawOrigin } from './support/raw-origin.ts'
import { testTls } from './support/tls-suite.ts'

const binaries = (process.env['HOLDFAST_NODE_MATRIX'] ?? '').split(':').filter((p) => p !== '')

if (binaries.length === 0)
  t.pass('other Node versions', { skip: 'HOLDFAST_NODE_MATRIX names no other Node binary' })

for (const node of binaries) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  await t.test(`node ${version}`, { timeout: 180_000 }, async (t) => {
    const origin = await startRawOrigin()
    const config = fencedConfig(t.testdir({}), origin.url)
    const holdfast = await startHoldfast({ config, node })
    t.teardown(async () => {
      await holdfast.stop()
      await origin.close()
    })
    await testDifferences(t, { origin, holdfast })
    await testAborts(t, { origin, holdfast, runs: 3 })
    await t.test('tls', (t) => testTls(t, { node }))
  })
}
