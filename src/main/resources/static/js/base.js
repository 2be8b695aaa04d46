/** What stands before each address of this server: a proxy may have it below a path. */
export const base = (globalThis.document?.documentElement.dataset.base ?? '/').slice(0, -1);
