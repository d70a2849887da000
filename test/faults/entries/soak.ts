/** F40: everything for a long time. */
import type { Fault } from '../fault.ts'

export const soakFaults: readonly Fault[] = [
  {
    id: 'F40',
    name: 'soak',
    injects:
      'F13, F19 and F26 at moments that are drawn, for minutes or hours (`npm run faults -- --soak 20m`)',
    promise:
      'all promises; memory grows by less than 1 MB in 10 minutes after the warm-up; descriptors and timers are back',
    observe: 'process memory, open files, active resources, conservation at every scrape',
    tests: [{ file: 'test/faults/soak.ts', title: 'conservation exact' }],
  },
]
