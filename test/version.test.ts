import { readFileSync } from 'node:fs'
import t from 'tap'
import { packageVersion } from '../src/version.ts'

t.test('the version is that of package.json', (t) => {
  const file = JSON.parse(readFileSync('package.json', 'utf8'))
  t.equal(packageVersion, file.version)
  t.end()
})
