import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { docs, generatedDocs } from '../../src/commands/docs.ts'

t.test('every generated page is written to the folder, as it is', async (t) => {
  const folder = join(t.testdir({}), 'new')
  const stdout = new PassThrough()
  const signal = new AbortController().signal
  t.equal(await docs.run([folder], { stdout, stderr: stdout, env: {}, signal }), 0)
  t.strictSame(readdirSync(folder).sort(), [
    'config.schema.json',
    'configuration.md',
    'errors.md',
    'metrics.md',
    'profile.schema.json',
    'report.schema.json',
    'stress.schema.json',
  ])
  for (const [name, text] of generatedDocs())
    t.equal(readFileSync(join(folder, name), 'utf8'), text)
})
