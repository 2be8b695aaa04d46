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
	 * @param servedModels all models, in the order to show them
	 * @param before the models by the ids that they have now
	 * @return the models by id, in the same order
	 */
	static Map<String, ServedModel> of(List<ServedModel> servedModels, Map<String, ServedModel> before) {
		Map<String, ServedModel> owners = owners(servedModels, before);
		Map<String, ServedModel> byId = new LinkedHashMap<>();
		for (ServedModel served : servedModels) {
			ServedModel owner = owners.getOrDefault(served.model().id(), served);
			byId.putIfAbsent(owner.isAt(served) ? served.model().id() : unique(served, owners), served);
		}
		return Collections.unmodifiableMap(byId);
	}

	/** Finds for each id of a service the model that keeps it. */
	private static Map<String, ServedModel> owners(List<ServedModel> servedModels, Map<String, ServedModel> before) {
		Map<String, ServedModel> owners = new HashMap<>();
		for (ServedModel served : servedModels) {
			String id = served.model().id();
			ServedModel owner = before.get(id);
			boolean owned = owner != null && owner.isAt(served) && owner.model().id().equals(id);
			owners.merge(id, served, (first, next) -> owned ? next : first);
		}
		return owners;
	}

	/** An author at one service may have the name of another service. */
	private static String unique(ServedModel served, Map<String, ServedModel> owners) {
		String id = served.longId();
		while (owners.containsKey(id)) {
			id = served.service().name() + "/" + id;
		}
		return id;
	}

}
