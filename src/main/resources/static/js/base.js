/** The path prefix of this server, without the final slash. A proxy may serve the application below a path. */
export const base = (globalThis.document?.documentElement.dataset.base ?? '/').slice(0, -1);
