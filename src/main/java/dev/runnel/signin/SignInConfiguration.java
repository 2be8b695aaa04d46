package dev.runnel.signin;

import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.web.Paths;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;

/**
 * Configures Spring Security: the form to sign in, the tokens of forms, the sign-out and
 * the {@link AccessRules}. {@link SignedInFilter} has determined whose the request is
 * before. The response headers stay those of the {@code security} package, which all modes
 * have.
 */
@Configuration(proxyBeanMethods = false)
@IfPeopleSignIn
@EnableWebFluxSecurity
class SignInConfiguration {

	@Bean
	SecurityWebFilterChain signInChain(ServerHttpSecurity http, SessionRepository sessions) {
		return http.headers(HeaderSpec::disable)
			.requestCache(RequestCacheSpec::disable)
			.securityContextRepository(sessions)
			.csrf(SignInConfiguration::protectForms)
			.formLogin(SignInConfiguration::signInByPassword)
			.logout((logout) -> logout.logoutUrl("/sign-out")
				.logoutSuccessHandler(
						(exchange, who) -> ReturnPath.redirect(exchange.getExchange(), "/sign-in?ended")))
			.authorizeExchange(AccessRules::define)
			.exceptionHandling((failures) -> failures
				.authenticationEntryPoint((exchange, ex) -> AccessRules.signInFirst(exchange))
				.accessDeniedHandler((exchange, ex) -> AccessRules.refuse()))
			.build();
	}

	private static void protectForms(CsrfSpec csrf) {
		FormTokens tokens = new FormTokens();
		csrf.csrfTokenRepository(tokens)
			.csrfTokenRequestHandler(tokens)
			.requireCsrfProtectionMatcher(SignInConfiguration::isForm)
			.accessDeniedHandler((exchange, ex) -> AccessRules.refuseForm());
	}

	/**
	 * The API accepts no forms, and the form of the chat checks the same token itself, so
	 * that it can show the question again.
	 */
	private static Mono<MatchResult> isForm(ServerWebExchange exchange) {
		return (exchange.getRequest().getMethod() == HttpMethod.POST && Paths.isAccountPage(exchange.getRequest()))
				? MatchResult.match() : MatchResult.notMatch();
	}

	private static void signInByPassword(FormLoginSpec form) {
		form.requiresAuthenticationMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/sign-in"))
			.authenticationEntryPoint((exchange, ex) -> AccessRules.signInFirst(exchange))
			.authenticationSuccessHandler((exchange, who) -> goOn(exchange, ""))
			.authenticationFailureHandler((exchange, ex) -> goOn(exchange, "/sign-in?failed&" + ReturnPath.FIELD + "="));
	}

	private static Mono<Void> goOn(WebFilterExchange exchange, String before) {
		return exchange.getExchange()
			.getFormData()
			.flatMap((form) -> ReturnPath.redirect(exchange.getExchange(),
					before + ReturnPath.of(form.getFirst(ReturnPath.FIELD))));
	}

}
