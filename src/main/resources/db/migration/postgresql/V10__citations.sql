-- The pages that an answer cites, as JSON: [{"url": ..., "title": ...}]; null for none.

alter table message add column citations text;
