/**
 * Loaded into holdfast before anything else (`node --require`), in each of its threads, only by fault runs: does
 * what a line of the control file orders, once. `NUMBER main|worker VERB ARGUMENT`.
 */
'use strict'
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs')
const dns = require('node:dns')
const v8 = require('node:v8')
const vm = require('node:vm')
const { isMainThread } = require('node:worker_threads')

const control = process.env.FAULT_CONTROL
const here = isMainThread ? 'main' : 'worker'
let done = Date.now()

const verbs = {
  throw() {
    throw new Error('ordered by the fault run')
  },
  reject() {
    void Promise.reject(new Error('ordered by the fault run'))
  },
  exit(code) {
    process.exit(Number(code))
  },
  block(ms) {
    const until = performance.now() + Number(ms)
    while (performance.now() < until);
  },
  overflow() {
    const deeper = () => deeper() + 1
    deeper()
  },
  out_of_memory() {
    const held = []
    for (;;) held.push(new Array(100_000).fill(held.length))
  },
  timers() {
    const counts = {}
    for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1
    writeFileSync(`${control}.timers`, JSON.stringify(counts))
  },
}

if (control !== undefined) {
  const poll = setInterval(() => {
    let line = ''
    try {
      line = readFileSync(control, 'utf8')
    } catch {
      return
    }
    const [number, who, verb, argument] = line.trim().split(' ')
    if (!(Number(number) > done) || who !== here) return
    done = Number(number)
    verbs[verb]?.(argument)
  }, 50)
  poll.unref()

  // What the traffic thread still holds after a collection, a line each time.
  const heapMs = Number(process.env.FAULT_HEAP_MS)
  if (isMainThread && heapMs > 0) {
    v8.setFlagsFromString('--expose-gc')
    const collect = vm.runInNewContext('gc')
    const note = () => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      appendFileSync(`${control}.heap`, `${Date.now()} ${heapUsed + external}\n`)
    }
    setInterval(note, heapMs).unref()
  }

  // Names that the run answers itself; all others are looked up as ever.
  const { lookup } = dns
  dns.lookup = (name, options, callback) => {
    let hosts = {}
    try {
      hosts = JSON.parse(readFileSync(`${control}.hosts`, 'utf8'))
    } catch {
      // None is answered by the run.
    }
    const answer = typeof options === 'function' ? options : callback
    if (!Object.hasOwn(hosts, name)) return lookup(name, options, callback)
    const address = hosts[name]
    if (address === null) {
      const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' })
      return process.nextTick(answer, error)
    }
    const all = typeof options === 'object' && options !== null && options.all
    if (all) process.nextTick(answer, null, [{ address, family: 4 }])
    else process.nextTick(answer, null, address, 4)
  }
}
