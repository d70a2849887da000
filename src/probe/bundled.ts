/** Where the suites that come with the package are. */
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../package-root.ts'

export const bundledSuites = fileURLToPath(new URL('suites', packageRoot))
