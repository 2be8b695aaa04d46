package dev.runnel.signin;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Spring Authorization Server in a Tomcat on 127.0.0.1, an OpenID Connect provider that
 * insists on PKCE. It offers no back-channel logout, so a sign-out sends a logout token
 * that its own encoder signs.
 */
final class SpringProvider implements AutoCloseable {

	static final String PASSWORD = "a password at the provider";

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final Tomcat tomcat;

	private final AnnotationConfigApplicationContext beans;

	private SpringProvider(Tomcat tomcat, AnnotationConfigApplicationContext beans) {
		this.tomcat = tomcat;
		this.beans = beans;
	}

	static String issuer(int port) {
		return "http://127.0.0.1:" + port;
	}

	/**
	 * Starts it for the server at this address, which is a public client if the secret is
	 * empty.
	 */
	static SpringProvider start(Path folder, int port, String runnel, String secret) throws LifecycleException {
		AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
		beans.registerBean(RegisteredClientRepository.class,
				() -> new InMemoryRegisteredClientRepository(client(runnel, secret)));
		beans.registerBean(AuthorizationServerSettings.class,
				() -> AuthorizationServerSettings.builder().issuer(issuer(port)).build());
		beans.registerBean(LogoutHandler.class, () -> signOut(issuer(port), runnel, beans));
		beans.register(Beans.class);
		beans.refresh();
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(folder.toString());
		tomcat.setPort(port);
		tomcat.getConnector().setProperty("address", "127.0.0.1");
		serve(tomcat.addContext("", null), beans.getBean("springSecurityFilterChain", Filter.class));
		tomcat.start();
		return new SpringProvider(tomcat, beans);
	}

	private static void serve(Context context, Filter chain) {
		FilterDef filter = new FilterDef();
		filter.setFilterName("security");
		filter.setFilter(chain);
		context.addFilterDef(filter);
		FilterMap all = new FilterMap();
		all.setFilterName("security");
		all.addURLPattern("/*");
		context.addFilterMap(all);
		// Tomcat asks the filters only for a path that a servlet has.
		Tomcat.addServlet(context, "nothing", new Nothing()).addMapping("/");
	}

	private static RegisteredClient client(String runnel, String secret) {
		return RegisteredClient.withId("1")
			.clientId(ScriptedProvider.CLIENT)
			.clientSecret(secret.isEmpty() ? null : "{noop}" + secret)
			.clientAuthenticationMethod(
					secret.isEmpty() ? ClientAuthenticationMethod.NONE : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri(runnel + OidcProvider.ANSWER)
			.postLogoutRedirectUri(runnel + OidcProvider.ANSWER)
			.scopes((scopes) -> scopes.addAll(List.of("openid", "profile", "email")))
			.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build())
			.build();
	}

	private static LogoutHandler signOut(String issuer, String runnel, AnnotationConfigApplicationContext beans) {
		return (request, response, person) -> send(runnel + "/logout/connect/back-channel/oidc",
				logoutToken(issuer, person.getName(), beans.getBean(NimbusJwtEncoder.class)));
	}

	private static String logoutToken(String issuer, String subject, NimbusJwtEncoder encoder) {
		Instant now = Instant.now();
		return encoder
			.encode(JwtEncoderParameters.from(JwsHeader.with(SignatureAlgorithm.RS256).type("logout+jwt").build(),
					JwtClaimsSet.builder()
						.issuer(issuer)
						.subject(subject)
						.audience(List.of(ScriptedProvider.CLIENT))
						.issuedAt(now)
						.expiresAt(now.plusSeconds(120))
						.id(UUID.randomUUID().toString())
						.claim("events", Map.of(ScriptedProvider.LOGOUT, Map.of()))
						.build()))
			.getTokenValue();
	}

	private static void send(String address, String token) {
		HttpRequest call = HttpRequest.newBuilder(URI.create(address))
			.timeout(LIMIT)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers
				.ofString("logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
			.build();
		try {
			HttpResponse<String> answer = HttpClient.newHttpClient().send(call, BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(answer.statusCode() + " " + answer.body());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
		this.beans.close();
	}

	/**
	 * The beans of the provider. The class is no component, so the server under test does
	 * not find it.
	 */
	@EnableWebSecurity
	static final class Beans {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, LogoutHandler signOut) {
			return http.oauth2AuthorizationServer((provider) -> provider.oidc(Customizer.withDefaults()))
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.formLogin(Customizer.withDefaults())
				.logout((logout) -> logout.addLogoutHandler(signOut))
				.build();
		}

		@Bean
		UserDetailsService people() {
			return new InMemoryUserDetailsManager(Stream.of("grace", "heidi", "mallory").map(Beans::person).toList());
		}

		private static UserDetails person(String name) {
			return User.withUsername(name).password("{noop}" + PASSWORD).authorities(List.of()).build();
		}

		@Bean
		JWKSource<SecurityContext> keys() throws JOSEException {
			RSAKey key = ScriptedProvider.newKey();
			return new ImmutableJWKSet<>(new JWKSet(key));
		}

		@Bean
		NimbusJwtEncoder encoder(JWKSource<SecurityContext> keys) {
			return new NimbusJwtEncoder(keys);
		}

		@Bean
		JwtDecoder decoder(JWKSource<SecurityContext> keys) {
			return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
		}

	}

	/** Answers nothing: the filters answer everything that the provider has. */
	private static final class Nothing extends HttpServlet {

		private static final long serialVersionUID = 1;

	}

}
