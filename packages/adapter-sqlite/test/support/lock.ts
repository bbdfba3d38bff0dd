// Takes the write lock, says so, and keeps it for a while: `lock <file> <milliseconds>`.
import { DatabaseSync } from "node:sqlite"

const [filename = "", milliseconds] = process.argv.slice(2)
const database = new DatabaseSync(filename)
database.exec("BEGIN IMMEDIATE")
console.log("locked")
setTimeout(() => {
  database.exec("COMMIT")
  database.close()
}, Number(milliseconds))
