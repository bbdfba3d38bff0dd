/** What a list is searched for; nothing is nothing searched. */
export const searched = ({ search }: { readonly search?: string }): { readonly search?: string } =>
  search === undefined || search === "" ? {} : { search }
