/** Headers arrive in small letters; this is how documents write them. */
export const headerName = (name: string): string => name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
