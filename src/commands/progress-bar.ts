/** One line that shows how far a run is, rewritten in place; on a terminal only. */
import type { Clock } from '../clock.ts'

export interface ProgressBar {
  update(done: number, total: number): void
  /** Takes the line away. */
  end(): void
}

const width = 24
const redrawMs = 100

const silent: ProgressBar = { update() {}, end() {} }

export function createProgressBar(
  out: NodeJS.WritableStream & { isTTY?: boolean },
  clock: Clock,
): ProgressBar {
  if (out.isTTY !== true) return silent
  const begun = clock.monotonic()
  let drawnAt = Number.NEGATIVE_INFINITY
  return {
    update(done, total) {
      const now = clock.monotonic()
      if (done < total && now - drawnAt < redrawMs) return
      drawnAt = now
      const filled = total === 0 ? width : Math.floor((width * done) / total)
      const seconds = (now - begun) / 1000
      const left = done === 0 ? '' : `, ${Math.ceil((seconds * (total - done)) / done)} s left`
      const bar = `${'#'.repeat(filled)}${'.'.repeat(width - filled)}`
      out.write(`\r\u001b[K[${bar}] ${done}/${total}${left}`)
    },
    end: () => void out.write('\r\u001b[K'),
  }
}
