package dev.runnel;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * Starts Runnel, a self-hosted streaming chat server.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RunnelApplication {

	public static void main(String[] args) {
		SpringApplication.run(RunnelApplication.class, args);
	}

}
