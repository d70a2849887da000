/** Tools that are written in Go. Where there is no Go they cannot be had, so their tests are left out. */
import { spawnSync } from 'node:child_process'

/** Why tests that need a tool are left out; false where it runs, and where CI has installed it. */
export function toolSkip(name: string, path: string): string | false {
  const present = spawnSync(name, ['version'], { stdio: 'ignore' }).error === undefined
  // Set by .ci/run once all of them are installed: one that is missing then is a fault.
  if (present || process.env['HOLDFAST_CHART_TOOLS'] === 'installed') return false
  return `${name} is not installed: bash .ci/chart-tools FOLDER, or go install ${path}@latest`
}
