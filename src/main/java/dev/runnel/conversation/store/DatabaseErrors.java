package dev.runnel.conversation.store;

import java.util.List;

import dev.runnel.conversation.store.PlannerInTransaction.PlannerException;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;

/**
 * Says what an error of the database means for the work that met it.
 */
final class DatabaseErrors {

	/** The H2 error code for a lock timeout. */
	private static final int LOCK_TIMEOUT = 50200;

	/** The SQLSTATE class for a transaction that must be repeated. */
	private static final String ROLLED_BACK = "40";

	/** The SQLSTATE class for a value that cannot be stored (SQL, table 38). */
	private static final String DATA_EXCEPTION = "22";

	/** The errors of rejected input, of a planner, and of a bug in this program. */
	private static final List<Class<? extends Throwable>> FINAL = List.of(PlannerException.class,
			DataIntegrityViolationException.class, BadSqlGrammarException.class,
			R2dbcDataIntegrityViolationException.class, R2dbcBadGrammarException.class, IllegalArgumentException.class,
			NullPointerException.class, ClassCastException.class, IndexOutOfBoundsException.class);

	private DatabaseErrors() {
	}

	/**
	 * Whether a transaction met a deadlock or a lock timeout.
	 * @param ex the error
	 * @return true if the transaction may be repeated
	 */
	static boolean isConflict(Throwable ex) {
		return ofDriver(ex) instanceof R2dbcException refused
				&& (refused.getErrorCode() == LOCK_TIMEOUT || hasState(refused, ROLLED_BACK));
	}

	private static Throwable ofDriver(Throwable ex) {
		return (ex instanceof DataAccessException && ex.getCause() != null) ? ex.getCause() : ex;
	}

	private static boolean hasState(R2dbcException refused, String stateClass) {
		return String.valueOf(refused.getSqlState()).startsWith(stateClass);
	}

	/**
	 * Whether a retry is useless: the database will always reject the input, or this
	 * program has a bug. A database that is unreachable, full or busy is not final.
	 * @param ex the error
	 * @return true if a retry is useless
	 */
	static boolean isFinal(Throwable ex) {
		return FINAL.stream().anyMatch((type) -> type.isInstance(ex)) || isDataException(ex)
				|| isDataException(ex.getCause());
	}

	private static boolean isDataException(@Nullable Throwable ex) {
		return ex instanceof R2dbcException refused && hasState(refused, DATA_EXCEPTION);
	}

}
