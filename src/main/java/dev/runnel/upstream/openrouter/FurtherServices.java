package dev.runnel.upstream.openrouter;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The services beside the one of {@link OpenRouterSettings}.
 *
 * @param upstreams further services that run models, numbered from 0:
 * RUNNEL_UPSTREAMS_0_NAME, RUNNEL_UPSTREAMS_0_BASE_URL, RUNNEL_UPSTREAMS_0_API_KEY,
 * RUNNEL_UPSTREAMS_0_MODELS and RUNNEL_UPSTREAMS_0_USERS, as docs/services.md describes
 */
@ConfigurationProperties("runnel")
record FurtherServices(@DefaultValue List<FurtherService> upstreams) {

	FurtherServices {
		upstreams = List.copyOf(upstreams);
	}

	/**
	 * Returns whether an id says that it belongs to one of the services.
	 * @param id the id of a model
	 * @return true if the name of a service and a slash stand before it
	 */
	boolean own(String id) {
		return this.upstreams.stream().anyMatch((service) -> id.startsWith(service.name() + "/"));
	}

}
