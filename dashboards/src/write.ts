/** `npm run dashboards`: writes dashboards/*.json and dashboards/alerting/. A test compares them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedAlerting } from './alerting.ts'
import { generatedDashboards } from './dashboards.ts'

const folder = process.argv[2] ?? 'dashboards'
for (const [name, text] of [...generatedDashboards(), ...generatedAlerting()]) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
