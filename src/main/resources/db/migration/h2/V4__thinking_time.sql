-- How long the model reasoned; null if it did not, or for an answer of an earlier version.

alter table message add column thinking_ms bigint;
