package dev.runnel.accounts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Logs a link that creates the first admin, at each start until there is an admin. Only
 * the operator reads the log. Without passwords there is no link: the groups of the
 * provider name the admins.
 */
@Component
@IfPeopleSignIn
final class FirstAccount {

	private static final Logger log = LoggerFactory.getLogger(FirstAccount.class);

	private final Links links;

	private final Environment environment;

	FirstAccount(Links links, Environment environment) {
		this.links = links;
		this.environment = environment;
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext server
				&& server.getWebServer() != null) {
			String page = ":" + server.getWebServer().getPort()
					+ this.environment.getProperty("spring.webflux.base-path", "") + "/setup?link=";
			this.links.setup()
				.subscribe(
						(token) -> log.info(
								"There is no admin yet. Within 60 minutes, create the first one at"
										+ " http://127.0.0.1{}{} (or at the name under which this server is reached)",
								page, token.value()),
						(ex) -> log.error("The link to the first admin could not be created", ex));
		}
	}

}
