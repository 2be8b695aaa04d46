package dev.runnel.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a visitor has spent, and what is left.
 *
 * @param own the purse of the visitor
 * @param server the purse of the server; without a limit if the settings name none
 */
record Balance(Purse.State own, Purse.State server) {

	Period day() {
		return day(this.own);
	}

	Period month() {
		return month(this.own);
	}

	/**
	 * Returns the period of which least is left, of the visitor or of the server. Of
	 * equal ones, the one that renews last counts.
	 */
	Optional<Left> left() {
		return Stream.of(day(this.own), month(this.own), day(this.server), month(this.server))
			.flatMap((period) -> Stream.ofNullable(period.remaining()))
			.min(Comparator.comparing(Left::left).thenComparing(Left::renewsAt, Comparator.reverseOrder()));
	}

	private static Period day(Purse.State state) {
		return Period.of(state.daySpent(), state.limit().perDay(), state.day().plusDays(1));
	}

	private static Period month(Purse.State state) {
		return Period.of(state.monthSpent(), state.limit().perMonth(), state.day().plusMonths(1).withDayOfMonth(1));
	}

	/**
	 * What was spent in a day or in a month.
	 *
	 * @param spent US dollars
	 * @param limit the most US dollars; null for no limit
	 * @param left the US dollars that are left; null without a limit
	 * @param renewsAt when the next period begins
	 */
	record Period(BigDecimal spent, @Nullable BigDecimal limit, @Nullable BigDecimal left, Instant renewsAt) {

		private static Period of(long spent, long limit, LocalDate next) {
			Instant renewal = next.atStartOfDay(ZoneOffset.UTC).toInstant();
			return (limit == Picos.MAX) ? new Period(Picos.dollars(spent), null, null, renewal) : new Period(
					Picos.dollars(spent), Picos.dollars(limit), Picos.dollars(Math.max(0, limit - spent)), renewal);
		}

		private @Nullable Left remaining() {
			return (this.left != null) ? new Left(this.left, this.renewsAt) : null;
		}

	}

	/**
	 * What is left.
	 *
	 * @param left US dollars
	 * @param renewsAt when the budget renews
	 */
	record Left(BigDecimal left, Instant renewsAt) {
	}

}
