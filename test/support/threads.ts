/** Monitor threads for a holdfast that runs inside of a test. Neither takes the loaders of the test along. */
import { pathToFileURL } from 'node:url'

/** The built one: a single file, which starts in a fraction of the time that its modules take. */
export const builtThread = { url: pathToFileURL('dist/monitor/thread.js'), execArgv: [] }

/** Fails on request; all else is the built one's. */
export const faultyThread = { url: pathToFileURL('test/monitor/faulty-thread.mjs'), execArgv: [] }
