package dev.runnel;

import java.util.Locale;

import dev.runnel.process.FatalErrors;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.GenericApplicationListener;

/**
 * Starts Runnel, a self-hosted streaming chat server. The excluded parts of Spring Boot
 * would look at each method of each bean for annotations that no bean has.
 */
@SpringBootApplication(proxyBeanMethods = false,
		excludeName = { "org.springframework.boot.autoconfigure.aop.AopAutoConfiguration",
				"org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration",
				"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConfigurationPropertiesScan
public class RunnelApplication {

	/**
	 * Starts the server, or runs {@code backup FILE} or {@code restore FILE}.
	 * @param args a command or none, then settings in the form --name=value
	 */
	public static void main(String[] args) {
		useRootLocale();
		if (BackupCommand.isMeant(args)) {
			System.exit(BackupCommand.run(args));
		}
		start(args);
	}

	static ConfigurableApplicationContext start(String... settings) {
		useRootLocale();
		FatalErrors.watch();
		// Otherwise Spring Boot creates a validator, a JSON mapper and more in a second
		// thread, and nothing uses them.
		System.setProperty("spring.backgroundpreinitializer.ignore", "true");
		SpringApplication application = new SpringApplication(RunnelApplication.class);
		application.addListeners(GenericApplicationListener.forEventType(ApplicationContextInitializedEvent.class,
				(event) -> FatalErrors.watchLog()));
		return application.run(settings);
	}

	private static void useRootLocale() {
		// r2dbc-h2 converts column names to upper case in the default locale. In a
		// Turkish locale, i becomes a dotted I that no column has. The page chooses its
		// own locale.
		Locale.setDefault(Locale.ROOT);
	}

}
