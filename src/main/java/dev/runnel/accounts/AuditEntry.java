package dev.runnel.accounts;

import java.time.Instant;

/**
 * A line of the audit log.
 *
 * @param at when it happened
 * @param event what happened, and who did it
 */
public record AuditEntry(Instant at, Audited event) {
}
