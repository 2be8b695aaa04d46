package dev.runnel.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The models offered at one moment, to everybody and to admins.
 *
 * @param forEverybody the models of the services that everybody may use
 * @param forAdmins the models of all services
 * @param settled whether each service was asked for its list before; until then the
 * default model may still change
 */
record Offers(Offer forEverybody, Offer forAdmins, boolean settled) {

	/** Nothing is offered. */
	static final Offers NONE = new Offers(Offer.of(Map.of(), null), Offer.of(Map.of(), null), false);

	/**
	 * Offers models after a change of a list. The default model stays while it is listed,
	 * even if the order changes.
	 * @param places all models, in the order to show them
	 * @param stated the model that the settings name; null for none
	 * @param settle whether each service was asked for its list
	 */
	Offers next(List<Place> places, @Nullable String stated, boolean settle) {
		Map<String, Place> byId = ModelIds.of(places, this.forAdmins.places());
		Map<String, Place> open = new LinkedHashMap<>(byId);
		open.values().removeIf((place) -> place.service().forAdmins());
		Offer everybody = Offer.of(open, stated);
		Offer admins = Offer.of(byId, stated);
		if (stated == null) {
			everybody = everybody.preferring(this.settled ? this.forEverybody.defaultModel() : null);
			admins = admins.preferring(everybody.defaultModel())
				.preferring(this.settled ? this.forAdmins.defaultModel() : null);
		}
		return new Offers(everybody, admins, settle);
	}

	/**
	 * Returns the offer to some people.
	 * @param admins whether they are admins
	 */
	Offer of(boolean admins) {
		return admins ? this.forAdmins : this.forEverybody;
	}

}
