package dev.runnel.conversation.store;

import dev.runnel.data.DataSettings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Provides backups, for the server and for the command line. The command line uses no
 * other configuration.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ DatabaseSettings.class, DataSettings.class })
public class BackupConfiguration {

	@Bean
	Backup backup(DatabaseSettings settings, DataSettings data) {
		return new Backup(settings, data);
	}

}
