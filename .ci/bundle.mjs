/**
 * Builds dist: one file for the process, one for the monitor thread, and the licences of the packages
 * that are in them. As files of their own they are about two thousand, and opening those takes longer
 * than running them.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
/**
 * Packages that production does not have: those that an operator may bring, which are looked for when they
 * are configured, and those of the tests, which some package would use if they were there.
 */
const others = new Set(Object.keys(read('package.json').peerDependencies))
const production = new Set()
for (const [path, { dev, devOptional }] of Object.entries(read('package-lock.json').packages)) {
  const isOther = dev === true || devOptional === true
  ;(isOther ? others : production).add(path.replace(/^.*node_modules\//, ''))
}

const options = {
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  external: [...others].filter((name) => !production.has(name)),
  // Most packages are CommonJS.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
}
const outputs = await Promise.all([
  // A command's own modules are read when it is asked for.
  build({ ...options, entryPoints: ['src/cli.ts'], splitting: true }),
  // A thread that is ended while it loads leaves the files open that it has not read: here one at most.
  build({ ...options, entryPoints: ['src/monitor/thread.ts'] }),
])

const inputs = outputs.flatMap(({ metafile }) => Object.keys(metafile.inputs))
const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/
/** The folders of the packages whose code is in what was built. */
const folders = new Set(inputs.flatMap((path) => packageFolder.exec(path) ?? []))
const licences = [...folders].sort().map((folder) => {
  const { name, version, license, homepage, repository } = read(`${folder}/package.json`)
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice)/i.test(file))
  const texts = files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())
  if (texts.length === 0) texts.push(`Its text is not in the package: ${homepage ?? repository}`)
  return [`${name} ${version}: ${license}`, ...texts].join('\n\n')
})
writeFileSync('dist/licences.txt', `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`)

// Removed last: a process of the build before may still read its own until the new ones are there.
const written = new Set(outputs.flatMap(({ metafile }) => Object.keys(metafile.outputs)))
written.add('dist/licences.txt')
for (const entry of readdirSync('dist', { recursive: true })) {
  const path = join('dist', entry)
  if (statSync(path).isFile() && !written.has(path)) rmSync(path)
}
