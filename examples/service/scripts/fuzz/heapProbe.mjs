// Loaded into the service by the fuzzer: tells it how much is in use, after collecting what is not.
process.on("message", (message) => {
  if (message !== "memory") return
  for (let i = 0; i < 4; i++) globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  process.send({ heapUsed, rss })
})
process.channel.unref()
