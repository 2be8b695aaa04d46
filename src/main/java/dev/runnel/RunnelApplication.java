package dev.runnel;

import dev.runnel.process.FatalErrors;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.event.GenericApplicationListener;

/**
 * Starts Runnel, a self-hosted streaming chat server.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RunnelApplication {

	public static void main(String[] args) {
		FatalErrors.watch();
		SpringApplication application = new SpringApplication(RunnelApplication.class);
		application.addListeners(GenericApplicationListener.forEventType(ApplicationContextInitializedEvent.class,
				(event) -> FatalErrors.watchLog()));
		application.run(args);
	}

}
