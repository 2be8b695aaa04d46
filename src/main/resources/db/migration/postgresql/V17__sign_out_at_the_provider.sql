-- The hash of the provider's id of the session by which this one began. Null: there is none, or nobody knows it.
alter table account_session add column provider_session varchar(43);

-- The ID token, encrypted with the token of the session, for the sign-out at the provider. Null: there is none.
alter table account_session add column id_token varchar(4096);
