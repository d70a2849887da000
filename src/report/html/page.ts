/** The report as one HTML page: nothing is loaded, and no script runs. */
import type { Report } from '../report-document.ts'
import { day } from '../words.ts'
import { appendix, changes, coverage, incidents, judges, method } from './further-sections.ts'
import { tag, text } from './markup.ts'
import { claims, deltas, episodes, movements, overTime, profile, summary } from './sections.ts'
import { style } from './style.ts'

const links: readonly [id: string, title: string][] = [
  ['summary', 'Summary'],
  ['claims', 'Claims'],
  ['time', 'Over time'],
  ['episodes', 'Episodes'],
  ['deltas', 'Before and after'],
  ['movements', 'What moved'],
  ['profile', 'Profile'],
  ['coverage', 'Coverage'],
  ['judges', 'Judges'],
  ['changes', 'Changes'],
  ['incidents', 'Incidents'],
  ['method', 'Method'],
  ['reproduce', 'Make it again'],
  ['appendix', 'Appendix'],
]

export const reportHtml = (report: Report): string => {
  const period = `${day(report.period.from)} to ${day(report.period.to)}`
  const parts = [
    summary(report),
    claims(report),
    overTime(report),
    episodes(report),
    deltas(report),
    movements(report),
    profile(report),
    coverage(report),
    judges(report),
    changes(report),
    incidents(report),
    method(report),
    appendix(report),
  ]
  const body = parts.join('\n')
  const nav = links
    .filter(([id]) => body.includes(`<h2 id="${id}"`))
    .map(([id, title]) => `<li><a href="#${id}">${text(title)}</a></li>`)
    .join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(`Behaviour of the deployment, ${period}`)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>Behaviour of the deployment</h1>${tag('p', `${text(period)}, times in UTC. Made by holdfast from ${report.inputs.length === 0 ? 'what was handed in' : `${report.inputs.length} ${report.inputs.length === 1 ? 'input' : 'inputs'}`}.`, 'class="period"')}<nav aria-label="Sections"><ul>${nav}</ul></nav></header>
<main>
${body}
</main>
</body>
</html>
`
}
