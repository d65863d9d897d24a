-- The truth that every other store is rebuilt from. Each table that holds something of a tenant carries tenant_id.
-- Table and column comments become docs/data-model.md.

create table tenants (
  id         uuid primary key,
  created_at timestamptz not null
);
comment on table tenants is 'An organisation, or one person alone.';

create table users (
  id                   uuid primary key,
  tenant_id            uuid not null references tenants,
  username             varchar(50),
  email                varchar(255),
  first_name           varchar(50),
  last_name            varchar(50),
  password_hash        text,
  is_staff             boolean not null default false,
  is_active            boolean not null default true,
  is_verified          boolean not null default false,
  date_joined          timestamptz not null,
  last_login           timestamptz,
  subscription_status  varchar(50) not null default 'free',
  subscription_plan_id uuid
);
comment on table users is 'A user of one tenant. The same person in two organisations is two users.';
comment on column users.password_hash is 'Only local accounts have one.';
-- Outside identities may share names and addresses with local accounts: these never link anybody.
create unique index users_local_username on users (lower(username)) where password_hash is not null;
create unique index users_local_email on users (lower(email)) where password_hash is not null;

create table identities (
  issuer    text not null,
  subject   text not null,
  tenant_id uuid not null references tenants,
  user_id   uuid not null references users,
  primary key (issuer, subject, tenant_id)
);
comment on table identities is 'Who an outside issuer says a user is. The token''s organisation picks the tenant.';

create table refresh_tokens (
  hash       char(64) primary key,
  tenant_id  uuid not null references tenants,
  user_id    uuid not null references users,
  family     uuid not null,
  expires_at timestamptz not null,
  spent_at   timestamptz,
  revoked_at timestamptz
);
comment on table refresh_tokens is 'Refresh tokens by SHA-256. Reuse of a spent one revokes its family.';
create index refresh_tokens_family on refresh_tokens (family);
create index refresh_tokens_user on refresh_tokens (user_id);

create table instance_secrets (
  name        text primary key,
  value       text not null,
  created_at  timestamptz not null default now(),
  consumed_at timestamptz
);
comment on table instance_secrets is 'What an installation makes for itself once: signing keys, the set-up code.';
comment on column instance_secrets.consumed_at is 'When a one-time secret was used up. It stays, so that it is not made again.';

create table bots (
  id              uuid primary key,
  tenant_id       uuid not null references tenants,
  owner_id        uuid not null references users,
  name            varchar(100) not null,
  description     varchar(500),
  welcome_message varchar(200) not null,
  model_type      text,
  system_prompt   text,
  temperature     double precision not null,
  is_public       boolean not null,
  is_clone        boolean not null,
  configuration   jsonb not null,
  status          text not null check (status in ('active', 'inactive', 'training', 'error')),
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  tombstoned_at   timestamptz
);
comment on table bots is 'What answers from its own knowledge. A tombstoned bot is invisible at once and erased by a job.';
create unique index bots_clone on bots (owner_id) where is_clone and tombstoned_at is null;
create index bots_owner on bots (owner_id, created_at desc, id);

create table sources (
  id              uuid primary key,
  tenant_id       uuid not null references tenants,
  bot_id          uuid not null references bots,
  type            text not null check (type in ('document', 'insight', 'chapter')),
  slug            text,
  last_version    integer not null,
  newest_version  integer not null,
  serving_version integer,
  created_at      timestamptz not null,
  tombstoned_at   timestamptz
);
comment on table sources is 'A document, an insight or a chapter. It answers with the chunks of its serving version.';
comment on column sources.last_version is 'The highest number given out; numbers are never reused.';
comment on column sources.newest_version is 'The highest version that was stored: what its owner sees.';
comment on column sources.slug is 'The name of a chapter within its bot.';
create index sources_bot on sources (bot_id, created_at desc, id) where tombstoned_at is null;
create unique index sources_slug on sources (bot_id, slug) where slug is not null and tombstoned_at is null;

create table source_versions (
  source_id     uuid not null references sources,
  version       integer not null check (version >= 1),
  tenant_id     uuid not null references tenants,
  bot_id        uuid not null references bots,
  name          varchar(255) not null,
  content_type  text not null,
  size          bigint not null,
  sha256        char(64) not null,
  blob_owner_id uuid not null,
  metadata      jsonb not null,
  language      varchar(8),
  title         text,
  status        text not null check (status in ('pending', 'processing', 'complete', 'error')),
  step          text not null check (step in ('stored', 'extracted', 'split', 'embedded', 'indexed')),
  step_done     integer not null default 0,
  step_total    integer not null default 0,
  page_count    integer,
  chunk_count   integer not null default 0,
  log_position  bigint,
  error_message text,
  uploaded_at   timestamptz not null,
  processed_at  timestamptz,
  primary key (source_id, version)
);
comment on table source_versions is 'What was uploaded, and how far it has been taken in.';
comment on column source_versions.step is 'The last checkpoint passed; each has its product in this database.';
comment on column source_versions.log_position is 'The log entry that announced the version''s chunks.';
comment on column source_versions.blob_owner_id is 'The user under whose id the bytes are kept.';
create index source_versions_checksum on source_versions (bot_id, sha256);
create index source_versions_waiting on source_versions (log_position) where step = 'embedded';

create table pages (
  source_id    uuid not null,
  version      integer not null,
  number       integer not null check (number >= 1),
  tenant_id    uuid not null references tenants,
  label        text,
  text         text not null,
  blocks       jsonb not null,
  start_offset integer not null,
  primary key (source_id, version, number),
  foreign key (source_id, version) references source_versions
);
comment on table pages is 'The text of each page, slide, sheet or section, as it was extracted.';
comment on column pages.start_offset is 'Where the page starts in the source''s text, in UTF-16 units.';

create table chunks (
  id           uuid primary key,
  tenant_id    uuid not null references tenants,
  bot_id       uuid not null references bots,
  source_id    uuid not null,
  version      integer not null,
  ordinal      integer not null check (ordinal >= 0),
  page         integer not null,
  start_offset integer not null,
  end_offset   integer not null,
  context      text,
  content      text not null,
  unique (source_id, version, ordinal),
  foreign key (source_id, version) references source_versions
);
comment on table chunks is 'What is embedded, found and cited. Ids are UUIDv5 of source, version and ordinal.';
comment on column chunks.start_offset is 'In the source''s text, in UTF-16 units.';
comment on column chunks.context is 'Title and headings above; embedded and searched, never quoted.';

create table embedding_models (
  id        integer generated always as identity primary key,
  provider  text not null,
  name      text not null,
  dimension integer not null check (dimension between 1 and 4096),
  unique (provider, name, dimension)
);
comment on table embedding_models is 'What makes two embeddings comparable.';

create table embeddings (
  chunk_id  uuid not null references chunks on delete cascade,
  model_id  integer not null references embedding_models,
  tenant_id uuid not null references tenants,
  vector    bytea not null,
  primary key (chunk_id, model_id)
);
alter table embeddings alter column vector set storage external;
comment on table embeddings is 'Each chunk''s vector under each model, so that a new store or a rebuild pays no model twice.';
comment on column embeddings.vector is 'IEEE 754 floats, little-endian.';

create table generations (
  id         uuid primary key,
  model_id   integer not null references embedding_models,
  store      text not null,
  settings   jsonb not null,
  state      text not null check (state in ('building', 'serving', 'retired')),
  created_at timestamptz not null
);
comment on table generations is 'One index of all chunks under one embedding model and one store. Exactly one serves.';
create unique index generations_serving on generations (state) where state = 'serving';

create table change_log_head (
  only_row boolean primary key default true check (only_row),
  position bigint not null
);
insert into change_log_head (position) values (0);
comment on table change_log_head is 'The last position of the log. Its row lock makes the order of positions the order of commits.';

create table change_log (
  position   bigint primary key,
  id         uuid not null unique,
  change     text not null check (change in ('version_added', 'version_removed', 'source_removed')),
  tenant_id  uuid not null references tenants,
  bot_id     uuid not null,
  source_id  uuid not null,
  version    integer,
  created_at timestamptz not null default now(),
  check ((change = 'source_removed') = (version is null))
);
comment on table change_log is 'Every change of what is searchable, in commit order. Each index follows it.';
create index change_log_source on change_log (source_id);

create table followers (
  id       uuid primary key,
  name     text not null,
  serving  boolean not null,
  position bigint not null,
  entry_id uuid,
  seen_at  timestamptz not null
);
comment on table followers is 'How far each index has followed the log, durably.';

create table jobs (
  id               uuid primary key,
  kind             text not null,
  tenant_id        uuid not null references tenants,
  owner_id         uuid not null,
  bot_id           uuid not null,
  source_id        uuid,
  version          integer,
  erasure_id       uuid,
  state            text not null check (state in ('queued', 'running', 'failed', 'cancelled')),
  not_before       timestamptz not null,
  attempt          integer not null default 0,
  worker           text,
  lease_token      uuid,
  lease_expires_at timestamptz,
  error            text,
  sequence         bigint generated always as identity,
  created_at       timestamptz not null default now(),
  ended_at         timestamptz
);
comment on table jobs is 'Queued work. A job that was done is removed; one that failed is kept with its cause.';
create index jobs_ready on jobs (owner_id, not_before, sequence) where state = 'queued';
create index jobs_running on jobs (lease_expires_at) where state = 'running';
create index jobs_version on jobs (source_id, version);

create sequence job_turns;

create table job_owners (
  owner_id  uuid primary key,
  tenant_id uuid not null references tenants,
  turn      bigint not null default nextval('job_turns')
);
comment on table job_owners is 'Whose turn it is: jobs are taken by owners in turn.';
comment on column job_owners.turn is 'The lowest goes first; a claim sends its owner to the end.';

create table conversations (
  id            uuid primary key,
  tenant_id     uuid not null references tenants,
  asker_id      uuid not null references users,
  bot_id        uuid not null references bots,
  title         varchar(200) not null,
  metadata      jsonb not null,
  message_count integer not null default 0,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
comment on table conversations is 'One user''s talk with one bot. The tenant is the asker''s.';
create index conversations_asker on conversations (asker_id, bot_id, created_at desc, id);
create index conversations_bot on conversations (bot_id);

create table messages (
  id                uuid primary key,
  tenant_id         uuid not null references tenants,
  conversation_id   uuid not null references conversations on delete cascade,
  ordinal           integer not null,
  role              text not null check (role in ('user', 'assistant')),
  content           text not null,
  blanked           boolean not null default false,
  prompt_tokens     integer,
  completion_tokens integer,
  response_time_ms  integer,
  rating            smallint check (rating in (-1, 1)),
  rating_comment    text,
  created_at        timestamptz not null,
  unique (conversation_id, ordinal)
);
comment on table messages is 'What was said. Quotes are not kept here but read from the chunks when shown.';
comment on column messages.blanked is 'The content was removed because a source that it cites was erased.';

create table citations (
  message_id  uuid not null references messages on delete cascade,
  index       integer not null,
  tenant_id   uuid not null references tenants,
  chunk_id    uuid not null,
  source_id   uuid not null,
  quote_start integer not null,
  quote_end   integer not null,
  score       double precision not null,
  primary key (message_id, index)
);
comment on table citations is 'Which words of which chunk a message cites. No foreign key: a citation outlives what it cites.';
create index citations_source on citations (source_id);

create table erasures (
  id           uuid primary key,
  tenant_id    uuid not null references tenants,
  owner_id     uuid not null,
  bot_id       uuid not null,
  source_id    uuid,
  started_at   timestamptz not null,
  completed_at timestamptz,
  removed      jsonb
);
comment on table erasures is 'Receipts of erasures; they outlive the rows. Without a source it was the whole bot.';

create table idempotency_keys (
  user_id      uuid not null,
  key          varchar(255) not null,
  tenant_id    uuid not null references tenants,
  fingerprint  text not null,
  claimed_at   timestamptz not null,
  expires_at   timestamptz not null,
  status       integer,
  content_type text,
  body         text,
  primary key (user_id, key)
);
comment on table idempotency_keys is 'Answers kept for 24 hours for requests that are made again.';
create index idempotency_keys_expiry on idempotency_keys (expires_at);
