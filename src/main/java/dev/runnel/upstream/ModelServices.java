package dev.runnel.upstream;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The services that run models.
 *
 * @param all the services in the order of the settings, at least one; if none is
 * configured, the one that a key would connect
 * @param fallbacks the models to ask, in this order, if the asked one is not available:
 * ids, with or without the name of the service and a slash before them
 */
public record ModelServices(List<ModelService> all, List<String> fallbacks) {

	public ModelServices {
		if (all.isEmpty()) {
			throw new IllegalArgumentException("there must be a service");
		}
		checkNames(all);
		all = List.copyOf(all);
		fallbacks = List.copyOf(fallbacks);
	}

	private static void checkNames(List<ModelService> all) {
		Set<String> names = new HashSet<>();
		all.stream().map(ModelService::name).filter((name) -> !names.add(name)).findFirst().ifPresent((name) -> {
			throw new IllegalArgumentException("runnel.upstreams has two services named " + name);
		});
	}

	/**
	 * Returns the service that is asked if nothing else decides.
	 * @return the first service
	 */
	public ModelService first() {
		return this.all.get(0);
	}

	/**
	 * Finds a service.
	 * @param name any text
	 * @return the service with this name, if there is one
	 */
	public Optional<ModelService> find(String name) {
		return this.all.stream().filter((service) -> service.name().equals(name)).findFirst();
	}

}
