import { call } from '../stream/api.js';
import { loadModels, reloadModels } from './models.js';

/**
 * Loads the models and the state of the services that run them. The models are loaded again if a service has others by
 * now than the list.
 *
 * @returns {Promise<[object[], object[]]>} the models, and the services as far as they are known
 */
export async function loadServices() {
	const [models, services] = await Promise.all([loadModels(), servicesNow().catch(() => [])]);
	const isListed = ({ name, models: count }) => models.filter(({ service }) => service === name).length === count;
	return [services.every(isListed) ? models : await reloadModels(), services];
}

/** @returns {Promise<{name: string, local: boolean, state: string, models: number}[]>} the services that run the models */
async function servicesNow() {
	return (await call('/api/services', { cache: 'no-store' })).json();
}
