/** The path prefix of this server, without the final slash. A proxy may serve the application below a path. */
export const base = (globalThis.document?.documentElement.dataset.base ?? '/').slice(0, -1);

/** The address of this folder. The module stands beside `app.js`, so the address is the same within the bundle. */
export const scripts = new URL('.', import.meta.url).href;
