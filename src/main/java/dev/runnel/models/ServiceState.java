package dev.runnel.models;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.runnel.models.ServiceList.Attempt;
import dev.runnel.upstream.ModelService;

/**
 * A service as {@code GET /api/services} shows it. Its address is not shown.
 *
 * @param name its name
 * @param local whether it is in the operator's own network
 * @param state whether it can be reached
 * @param models the number of its models that are offered
 */
public record ServiceState(String name, boolean local, State state, int models) {

	static ServiceState of(ServiceList list, int models) {
		ModelService service = list.service();
		return new ServiceState(service.name(), service.local(), State.of(list), models);
	}

	/**
	 * How the last fetch of a service's list ended.
	 */
	public enum State {

		/** The first fetch has not ended yet. */
		LOADING("loading"),

		/** The service has returned its list. */
		LISTED("listed"),

		/** The service answers, but has no list. */
		UNLISTED("unlisted"),

		/** The service does not answer, or not as it should. The last list stays. */
		UNREACHABLE("unreachable");

		private final String wireName;

		State(String wireName) {
			this.wireName = wireName;
		}

		private static State of(ServiceList list) {
			Attempt last = list.lastAttempt();
			if (last == null) {
				return LOADING;
			}
			State failed = last.isAvailable() ? UNLISTED : UNREACHABLE;
			return (last.failure() == null) ? LISTED : failed;
		}

		/**
		 * The name that clients see.
		 * @return the name in the wire contract
		 */
		@JsonValue
		public String wireName() {
			return this.wireName;
		}

	}

}
