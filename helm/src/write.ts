/** `npm run chart`: writes what generated.ts makes. A test compares it with what is committed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { chartFolder, generatedChart } from './generated.ts'

// A rule file or dashboard that is gone must not stay in the chart.
rmSync(`${chartFolder}/files`, { recursive: true, force: true })
for (const [path, text] of generatedChart()) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
