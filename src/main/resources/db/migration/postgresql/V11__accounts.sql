-- The people who sign in. What belongs to an account has the owner 'account:' and its id.

create table account (
	id uuid primary key,
	name varchar(60) not null,
	-- The name in the form in which names are compared.
	login varchar(200) not null,
	-- Null: this account has no password.
	password varchar(300),
	role varchar(10) not null,
	disabled boolean not null,
	created_at timestamp(3) with time zone not null,
	constraint account_login unique (login)
);

create index account_name on account (name, id);

-- Who an account is elsewhere. An account without a password is known only by this.
create table account_identity (
	issuer varchar(400) not null,
	subject varchar(400) not null,
	account_id uuid not null references account on delete cascade,
	primary key (issuer, subject)
);

-- Tokens are stored as hashes, so that a copy of the database lets nobody in.
create table account_session (
	id uuid primary key,
	token_hash varchar(43) not null,
	account_id uuid not null references account on delete cascade,
	device varchar(200) not null,
	created_at timestamp(3) with time zone not null,
	used_at timestamp(3) with time zone not null,
	expires_at timestamp(3) with time zone not null,
	constraint account_session_token unique (token_hash)
);

create index account_session_account on account_session (account_id);

-- Links that work once: to the first account, to a new account, to a new password.
create table account_link (
	token_hash varchar(43) primary key,
	purpose varchar(12) not null,
	-- The role of the new account; null for a new password.
	role varchar(10),
	-- Whose password; null for a new account.
	account_id uuid references account on delete cascade,
	expires_at timestamp(3) with time zone not null
);

create table access_key (
	id uuid primary key,
	token_hash varchar(43) not null,
	account_id uuid not null references account on delete cascade,
	name varchar(100) not null,
	scopes varchar(40) not null,
	created_at timestamp(3) with time zone not null,
	used_at timestamp(3) with time zone,
	expires_at timestamp(3) with time zone not null,
	constraint access_key_token unique (token_hash)
);

create index access_key_account on access_key (account_id);
