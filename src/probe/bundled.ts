/** Where the suites that come with the package are. */
import { fileURLToPath } from 'node:url'

/** Two folders up from src/probe/ and from dist/probe/ alike. */
export const bundledSuites = fileURLToPath(new URL('../../suites', import.meta.url))
