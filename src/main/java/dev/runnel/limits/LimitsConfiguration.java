package dev.runnel.limits;

import dev.runnel.memory.MemoryAccount;
import dev.runnel.web.ClientAddress;
import dev.runnel.web.RequestLoops;
import io.github.bucket4j.TimeMeter;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/**
 * Provides the limits.
 */
@Configuration(proxyBeanMethods = false)
class LimitsConfiguration {

	@Bean
	TimeMeter limitsClock() {
		return TimeMeter.SYSTEM_NANOTIME;
	}

	@Bean
	Refusals refusals() {
		return new Refusals();
	}

	@Bean
	Rates rates(TimeMeter clock, RequestLoops loops, ObjectProvider<SharedRates> shared) {
		return new Rates(clock, loops, shared.getIfAvailable());
	}

	@Bean
	Requests requests(LimitsSettings settings, Rates rates, TimeMeter clock, Refusals refusals) {
		return new Requests(settings, rates, clock, refusals);
	}

	@Bean
	AddressLimitFilter addressLimitFilter(LimitsSettings settings, Requests requests) {
		return new AddressLimitFilter(settings, requests);
	}

	@Bean
	LimitFilter limitFilter(Requests requests) {
		return new LimitFilter(requests);
	}

	@Bean
	SignInAttempts signInAttempts(Requests requests) {
		return requests::countByName;
	}

	/**
	 * Counts request bodies. The decorator runs before all filters, because form data is
	 * read from the original request. Uploads are not counted, because their body goes to
	 * a file piece by piece.
	 */
	@Bean
	HttpHandlerDecoratorFactory bodyRoom(MemoryAccount memory) {
		BodyRoom room = new BodyRoom(memory);
		return (handler) -> (request, response) -> handler
			.handle(RequestKind.isUpload(request) ? request : new CountedBody(request, room), response);
	}

	@Bean
	Admission admission(LimitsSettings settings, Requests requests, Rates rates, Refusals refusals) {
		return new CountedAdmission(requests, new TokenBudget(settings, rates, refusals));
	}

	/** A request whose body is counted. */
	private static final class CountedBody extends ServerHttpRequestDecorator {

		private final BodyRoom room;

		CountedBody(ServerHttpRequest request, BodyRoom room) {
			super(request);
			this.room = room;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.room.count(ClientAddress.of(getRemoteAddress()), super.getBody());
		}

	}

}
