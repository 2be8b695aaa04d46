-- Why the mock took over an answer, as the kind of failure; null if it did not, or for an answer of an earlier version.

alter table message add column fallback varchar(40);
