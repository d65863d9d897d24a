-- How much waits for each owner, and how long a running step still takes.

alter table job_owners add column waiting integer not null default 0;
comment on column job_owners.waiting is 'Documents of the owner that wait to be taken in, or are, counted as their jobs come and go.';
update job_owners o set waiting =
  (select count(*) from jobs j where j.owner_id = o.owner_id and j.kind = 'ingest' and j.state in ('queued', 'running'));

-- Jobs end in many places; counted here, the number cannot drift from them.
create function count_waiting() returns trigger language plpgsql as $$
declare
  was integer := 0;
  now_is integer := 0;
begin
  if tg_op <> 'INSERT' then
    was := (old.kind = 'ingest' and old.state in ('queued', 'running'))::integer;
  end if;
  if tg_op <> 'DELETE' then
    now_is := (new.kind = 'ingest' and new.state in ('queued', 'running'))::integer;
  end if;
  if was <> now_is then
    update job_owners set waiting = waiting + now_is - was
    where owner_id = case when tg_op = 'DELETE' then old.owner_id else new.owner_id end;
  end if;
  return null;
end $$;
create trigger jobs_waiting after insert or delete or update of state on jobs
  for each row execute function count_waiting();

alter table source_versions add column step_remaining integer;
comment on column source_versions.step_remaining is 'Seconds that the running step still takes at the rate of late; absent while nobody can tell.';
