-- When a visitor was there last, to the day, where the conversations of those who do not come
-- back are to be deleted.

create table visitor (
	id varchar(200) primary key,
	seen_at timestamp(3) with time zone not null
);

create index visitor_seen on visitor (seen_at);
