-- The last visit of each visitor, to the day. Rows are written only if the conversations of
-- absent visitors are to be deleted.

create table visitor (
	id varchar(200) primary key,
	seen_at timestamp(3) with time zone not null
);

create index visitor_seen on visitor (seen_at);
