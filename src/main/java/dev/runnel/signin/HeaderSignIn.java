package dev.runnel.signin;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

import dev.runnel.accounts.Admitted;
import dev.runnel.accounts.Identities;
import dev.runnel.accounts.IfPeopleSignIn;
import dev.runnel.web.Networks;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Believes the header in which a proxy names the person, from the peers that the settings
 * name and from nobody else. The client address does not count, because a header can
 * change it.
 */
@Component
@IfPeopleSignIn
final class HeaderSignIn {

	/**
	 * The issuer of the accounts. It differs from every provider, whose issuer is an
	 * address.
	 */
	private static final String ISSUER = "header";

	private final String name;

	private final Networks peers;

	private final Identities identities;

	HeaderSignIn(HeaderSettings settings, Identities identities) {
		this.name = Objects.requireNonNullElse(settings.name(), "").strip();
		this.peers = new Networks("runnel.sign-in-header.peers", settings.peers());
		this.identities = identities;
		if (!this.name.isEmpty() && settings.peers().isEmpty()) {
			throw new IllegalArgumentException("runnel.sign-in-header.name is set, so runnel.sign-in-header.peers must"
					+ " name the proxies that set this header");
		}
	}

	/**
	 * Finds the person whom a request names.
	 * @param request the request
	 * @return the account; null if the header is missing, is there twice, or does not
	 * count
	 */
	@Nullable Mono<Admitted> admitted(ServerHttpRequest request) {
		if (this.name.isEmpty()) {
			return null;
		}
		List<String> named = request.getHeaders().getOrEmpty(this.name);
		InetAddress peer = (named.size() == 1) ? Networks.peer(request) : null;
		return (peer != null && this.peers.contain(peer)) ? this.identities.admit(ISSUER, named.get(0).strip()) : null;
	}

}
