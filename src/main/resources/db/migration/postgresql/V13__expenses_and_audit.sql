-- What the calls of models cost. A row is written in the transaction that ends the answer. Later only its
-- owner changes, when conversations change theirs or are deleted with their account.

create table expense (
	id uuid primary key,
	owner varchar(200) not null,
	model varchar(400) not null,
	-- The day in UTC.
	spent_on date not null,
	spent_at timestamp(3) with time zone not null,
	prompt_tokens bigint not null,
	completion_tokens bigint not null,
	-- US dollars.
	cost numeric(24, 12) not null,
	-- REPORTED by the service, PRICED by its list, or ASSUMED because its list has no price.
	basis varchar(10) not null
);

create index expense_owner on expense (owner, spent_on);

create index expense_day on expense (spent_on);

-- What one visitor may spend, in US dollars. Null: what the settings say.
create table budget (
	owner varchar(200) primary key,
	per_day numeric(24, 12),
	per_month numeric(24, 12)
);

-- Who signed in, and what admins did. Names as they were then, because accounts are renamed and deleted.
create table audit_event (
	id uuid primary key,
	happened_at timestamp(3) with time zone not null,
	action varchar(30) not null,
	actor varchar(60) not null,
	subject varchar(60) not null,
	detail varchar(200) not null
);

create index audit_event_time on audit_event (happened_at, id);
