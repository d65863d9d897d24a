-- Receipts that say per store and index what was removed and how that is known, and that outlive bot, user and tenant.

alter table erasures
  drop constraint erasures_tenant_id_fkey,
  alter column owner_id drop not null,
  alter column bot_id drop not null,
  add column kind text check (kind in ('document', 'bot', 'account')),
  add column state text not null default 'pending' check (state in ('pending', 'removed', 'verified')),
  add column removed_at timestamptz,
  add column revisit_at timestamptz,
  add column verified_at timestamptz,
  add column key_hash char(64);
comment on table erasures is 'Receipts of erasures. They outlive what was erased and hold nothing of it but ids.';
comment on column erasures.owner_id is 'Whose receipt it is; absent once the account is erased.';
comment on column erasures.state is 'pending: invisible; removed: gone from every store and read back; verified: read back again later.';
comment on column erasures.revisit_at is 'When everything is read back once more.';
comment on column erasures.key_hash is 'SHA-256 of the key that opens the receipt of an account.';

create table erasure_removals (
  erasure_id    uuid not null references erasures on delete cascade,
  visit         smallint not null check (visit in (1, 2)),
  store         text not null check (
    store in ('vectors', 'words', 'answers', 'repeated_answers', 'blobs', 'rows', 'account')),
  index_id      uuid not null default '00000000-0000-0000-0000-000000000000',
  tenant_id     uuid not null,
  generation_id uuid,
  count         bigint not null,
  evidence      text not null check (evidence in ('pending', 'read_back', 'accepted', 'not_seen')),
  position      bigint,
  at            timestamptz,
  retained      text not null default '',
  primary key (erasure_id, visit, store, index_id)
);
comment on table erasure_removals is 'What an erasure removed from one store or index, and how that is known.';
comment on column erasure_removals.visit is '1 removes, 2 looks for what came late.';
comment on column erasure_removals.index_id is 'Which follower of the log; zeros for a store that is no index.';
comment on column erasure_removals.position is 'How far the index has durably read the log.';
comment on column erasure_removals.retained is 'What may still be kept of it, separated by commas.';

-- Bots that were erased before kept what they were called until now.
update bots set name = '', description = null, welcome_message = '', system_prompt = null, configuration = '{}'
where tombstoned_at is not null;

-- Erasures that were carried out before get their second visit now.
update erasures set kind = case when source_id is null then 'bot' else 'document' end,
  state = case when completed_at is null then 'pending' else 'removed' end,
  removed_at = completed_at, revisit_at = completed_at;
insert into erasure_removals (erasure_id, visit, store, tenant_id, count, evidence, at)
select id, 1, 'blobs', tenant_id, coalesce((removed ->> 'blobs')::bigint, 0), 'accepted', completed_at
from erasures where completed_at is not null;
alter table erasures drop column completed_at, drop column removed, alter column kind set not null;

alter table jobs alter column bot_id drop not null;
comment on column jobs.bot_id is 'Absent for work on a whole account.';
create index jobs_erasure on jobs (erasure_id) where erasure_id is not null;

insert into job_owners (owner_id, tenant_id)
select distinct owner_id, tenant_id from erasures where state = 'removed' on conflict do nothing;
insert into jobs (id, kind, tenant_id, owner_id, bot_id, source_id, erasure_id, state, not_before)
select gen_random_uuid(), case when source_id is null then 'erase_bot' else 'erase_source' end, tenant_id,
  owner_id, bot_id, source_id, id, 'queued', removed_at
from erasures where state = 'removed';

-- A conversation outlives its bot, and the log outlives them all, as a citation outlives what it cites.
alter table conversations drop constraint conversations_bot_id_fkey;
alter table change_log drop constraint change_log_tenant_id_fkey;

create index idempotency_keys_tenant on idempotency_keys (tenant_id);
create index bots_tombstoned on bots (owner_id, id) where tombstoned_at is not null;

alter table users add column closed_at timestamptz;
comment on column users.closed_at is 'When its owner deleted the account; a job removes the row.';
