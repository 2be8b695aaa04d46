-- The account whose page shows the event, and the browser of its owner. Null: no page shows it.
alter table audit_event add column account_id uuid;

alter table audit_event add column address varchar(45);

alter table audit_event add column device varchar(200);

create index audit_event_account on audit_event (account_id, happened_at);
