/** All dashboards. A new one: a file that exports its page, a line here, `npm run dashboards`. */
import { judges } from './judges.ts'
import { model } from './model.ts'
import { overview } from './overview.ts'
import { dashboardOf, type Page } from './page.ts'
import { probes } from './probes.ts'
import { refusal } from './refusal.ts'
import { self } from './self.ts'
import { tools } from './tools.ts'

export const pages: readonly Page[] = [overview, refusal, probes, tools, judges, model, self]

/** File names under dashboards/ and their text. */
export const generatedDashboards = (): ReadonlyMap<string, string> =>
  new Map(
    pages.map((page) => [`${page.uid}.json`, `${JSON.stringify(dashboardOf(page), null, 2)}\n`]),
  )
