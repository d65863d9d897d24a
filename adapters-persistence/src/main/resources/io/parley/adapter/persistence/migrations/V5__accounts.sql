-- What ends when a password is changed, whose turn a conversation is, and which secrets are encrypted.

alter table users add column password_version integer not null default 0;
comment on column users.password_version is 'How often the password was changed. Access tokens name it, and end with it.';

alter table conversations add column turn uuid;
alter table conversations add column turn_until timestamptz;
comment on column conversations.turn is 'The question that is being answered; others wait until it has ended, or its time is over.';

alter table instance_secrets add column encrypted boolean not null default false;
comment on column instance_secrets.encrypted is 'Whether the value is AES-GCM under the installation''s key. Plain ones are encrypted at the next start with a key.';
