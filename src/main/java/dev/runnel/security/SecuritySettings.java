package dev.runnel.security;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How visitors are told apart.
 *
 * @param secretFile the file that holds the secret by which the server knows the cookies
 * it issued; made at the first start. Empty: a secret that is forgotten at the end, so
 * that every start knows no visitor
 * @param visitorAge how long a browser is remembered after its last visit
 */
@Validated
@ConfigurationProperties("runnel.security")
record SecuritySettings(@DefaultValue("data/visitor-secret") String secretFile,
		@DefaultValue("365d") @DurationMin(days = 1) Duration visitorAge) {
}
