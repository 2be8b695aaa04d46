package dev.runnel.signin;

import dev.runnel.accounts.Account;
import dev.runnel.accounts.Accounts;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.accounts.LeftChats;
import dev.runnel.accounts.OidcSettings;
import dev.runnel.conversation.Libraries;
import dev.runnel.web.Paths;
import dev.runnel.web.SignedIn;
import dev.runnel.web.Visitor;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Configures Spring Security: the form to sign in, the tokens of forms, the sign-out and
 * the {@link AccessRules}. {@link SignedInFilter} runs before and determines the account
 * of the request. The response headers stay those of the {@code security} package, which
 * all modes have.
 */
@Configuration(proxyBeanMethods = false)
@IfPeopleSignIn
@EnableWebFluxSecurity
class SignInConfiguration {

	private final Libraries libraries;

	SignInConfiguration(Libraries libraries, Accounts accounts, OidcSettings oidc, HeaderSettings header) {
		this.libraries = libraries;
		boolean named = StringUtils.hasText(header.name());
		if (!accounts.usePasswords() && !oidc.isOn() && !named) {
			throw new IllegalArgumentException("runnel.accounts.passwords is false, so runnel.oidc.issuer or"
					+ " runnel.sign-in-header.name must be set; otherwise nobody can sign in");
		}
	}

	@Bean
	SecurityWebFilterChain signInChain(ServerHttpSecurity http, SessionRepository sessions, OidcSignIn oidc,
			SignOutThere signOut) {
		oidc.addTo(http, (exchange, who) -> goOn(exchange.getExchange()));
		return http.headers(HeaderSpec::disable)
			.requestCache(RequestCacheSpec::disable)
			.securityContextRepository(sessions)
			.csrf(SignInConfiguration::protectForms)
			.formLogin(this::signInByPassword)
			.logout((logout) -> logout.logoutUrl("/sign-out")
				.logoutSuccessHandler((exchange, who) -> signOut.goOn(exchange)))
			.authorizeExchange(AccessRules::define)
			.addFilterAfter(RecentSignIn::filter, SecurityWebFiltersOrder.AUTHORIZATION)
			.exceptionHandling(
					(failures) -> failures.authenticationEntryPoint((exchange, ex) -> AccessRules.signInFirst(exchange))
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

	private void signInByPassword(FormLoginSpec form) {
		form.requiresAuthenticationMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/sign-in"))
			.authenticationEntryPoint((exchange, ex) -> AccessRules.signInFirst(exchange))
			.authenticationSuccessHandler((exchange, who) -> goOn(exchange.getExchange()))
			.authenticationFailureHandler((exchange, ex) -> askAgain(exchange.getExchange()));
	}

	/**
	 * Redirects to the page that needed the sign-in. On the way to the chat, the
	 * conversations that this browser had before come first.
	 */
	private Mono<Void> goOn(ServerWebExchange exchange) {
		return Mono.zip(hasEarlierChats(exchange), target(exchange))
			.flatMap((found) -> ReturnPath.redirect(exchange,
					found.getT1() && ReturnPath.isChat(found.getT2()) ? "/account/earlier" : found.getT2()));
	}

	private Mono<Boolean> hasEarlierChats(ServerWebExchange exchange) {
		Visitor browser = exchange.getAttribute(SignedIn.BROWSER);
		Account account = exchange.getAttribute(SessionRepository.BEGUN);
		if (browser == null || account == null || LeftChats.areLeft(exchange.getRequest(), browser, account.id())) {
			return Mono.just(false);
		}
		return this.libraries.hasConversations(browser);
	}

	private static Mono<Void> askAgain(ServerWebExchange exchange) {
		return target(exchange)
			.flatMap((target) -> ReturnPath.redirect(exchange, "/sign-in?failed&" + ReturnPath.FIELD + "=" + target));
	}

	/**
	 * Returns the path to go on to, from the sign-in at the provider or from the form.
	 */
	private static Mono<String> target(ServerWebExchange exchange) {
		String kept = exchange.getAttribute(PendingSignIns.TARGET);
		return (kept != null) ? Mono.just(kept)
				: exchange.getFormData().map((form) -> ReturnPath.of(form.getFirst(ReturnPath.FIELD)));
	}

}
