package dev.runnel.models;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each model an id that no other model has. It is the id of the service, unless
 * several services have the same: then one of them keeps it, and the others get the name
 * of their service before it. The first service keeps an id, but an id that another
 * service had before is not taken from it. Otherwise a question for one service would go
 * to another one because that has come up meanwhile.
 */
final class ModelIds {

	private ModelIds() {
	}

	/**
	 * Gives ids.
	 * @param places all models, in the order to show them
	 * @param before the models by the ids that they have now
	 * @return the models by id, in the same order
	 */
	static Map<String, Place> of(List<Place> places, Map<String, Place> before) {
		Map<String, Place> owners = owners(places, before);
		Map<String, Place> byId = new LinkedHashMap<>();
		for (Place place : places) {
			Place owner = owners.getOrDefault(place.model().id(), place);
			byId.putIfAbsent(owner.isAt(place) ? place.model().id() : unique(place, owners), place);
		}
		return Collections.unmodifiableMap(byId);
	}

	/** Finds for each id of a service the model that keeps it. */
	private static Map<String, Place> owners(List<Place> places, Map<String, Place> before) {
		Map<String, Place> owners = new HashMap<>();
		for (Place place : places) {
			String id = place.model().id();
			Place owner = before.get(id);
			boolean owned = owner != null && owner.isAt(place) && owner.model().id().equals(id);
			owners.merge(id, place, (first, next) -> owned ? next : first);
		}
		return owners;
	}

	/** An author at one service may have the name of another service. */
	private static String unique(Place place, Map<String, Place> owners) {
		String id = place.longId();
		while (owners.containsKey(id)) {
			id = place.service().name() + "/" + id;
		}
		return id;
	}

}
