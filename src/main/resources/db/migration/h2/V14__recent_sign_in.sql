-- When the person last proved who they are: by the password, or at the provider. Null: nobody knows.
alter table account_session add column confirmed_at timestamp(3) with time zone;
