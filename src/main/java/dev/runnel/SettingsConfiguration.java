package dev.runnel;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * Checks all settings with the validator that also checks requests. With
 * {@code @Validated}, Spring Boot creates a validator factory for each record of
 * settings, which delays the start.
 */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

	/**
	 * Spring Boot looks for a validator of this name before it creates most beans, so the
	 * constraints are looked up when the first settings are read.
	 */
	@Bean(EnableConfigurationProperties.VALIDATOR_BEAN_NAME)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static Validator settingsValidator(ObjectProvider<jakarta.validation.Validator> constraints) {
		return new SettingsValidator(constraints);
	}

	/**
	 * Checks the records of Runnel only. A record within another one is checked together
	 * with the outer one.
	 *
	 * @param constraints the validator of the application
	 */
	private record SettingsValidator(ObjectProvider<jakarta.validation.Validator> constraints) implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type.getName().startsWith("dev.runnel.") && type.isAnnotationPresent(ConfigurationProperties.class);
		}

		@Override
		public void validate(Object target, Errors errors) {
			new SpringValidatorAdapter(this.constraints.getObject()).validate(target, errors);
		}

	}

}
