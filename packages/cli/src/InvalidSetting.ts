/** An option, an argument or a variable of the environment is not usable: names it and says what was wrong. */
export class InvalidSetting extends Error {
  readonly setting: string

  constructor(setting: string, problem: string) {
    super(`${setting} ${problem}`)
    this.setting = setting
  }
}
