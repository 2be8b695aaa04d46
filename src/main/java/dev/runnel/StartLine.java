package dev.runnel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import dev.runnel.upstream.ModelEndpoint;
import dev.runnel.upstream.ModelServices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Logs at the start the address of the page and the origin of answers.
 */
@Component
final class StartLine {

	private static final Logger log = LoggerFactory.getLogger(StartLine.class);

	private final ModelEndpoint endpoint;

	private final ModelServices services;

	private final Environment environment;

	StartLine(ModelEndpoint endpoint, ModelServices services, Environment environment) {
		this.endpoint = endpoint;
		this.services = services;
		this.environment = environment;
	}

	/**
	 * Warns about a missing file only if a setting names it; otherwise the file is
	 * optional.
	 */
	@EventListener
	void started(ApplicationStartedEvent event) {
		String file = this.environment.getProperty("RUNNEL_ENV_FILE");
		if (StringUtils.hasText(file) && !Files.isRegularFile(Path.of(file))) {
			log.warn("RUNNEL_ENV_FILE names a file that does not exist, so its settings are not applied: {}", file);
		}
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext server
				&& server.getWebServer() != null) {
			String address = this.environment.getProperty("server.address", "127.0.0.1");
			log.info("Runnel is at http://{}:{}{}/ai-demo; answers come from {}", host(address),
					server.getWebServer().getPort(), this.environment.getProperty("spring.webflux.base-path", ""),
					source());
		}
	}

	/** Encloses an IPv6 address in brackets (RFC 3986, section 3.2.2). */
	private static String host(String address) {
		return address.contains(":") ? "[" + address + "]" : address;
	}

	private String source() {
		if (!this.endpoint.configured()) {
			return "the mock, because OPENROUTER_API_KEY is not set";
		}
		String model = (this.endpoint.model() != null) ? this.endpoint.model() : "the first model listed";
		return model + " at " + ((this.services.all().size() > 1) ? names() : this.endpoint.host());
	}

	private String names() {
		return this.services.all()
			.stream()
			.map((service) -> service.name() + " (" + service.host() + ")")
			.collect(Collectors.joining(", "));
	}

}
