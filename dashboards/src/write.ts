/** `npm run dashboards`: writes dashboards/*.json. A test compares them with what is written here. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedDashboards } from './dashboards.ts'

const folder = process.argv[2] ?? 'dashboards'
for (const [name, text] of generatedDashboards()) writeFileSync(join(folder, name), text)
