-- Sound of spoken answers, only where a candidate wanted it stored. Their ids are the browser's, so that
-- two candidates may have the same one. They go with their interview; nobody deletes one by itself.

create table public.recordings (
  id uuid not null,
  user_id uuid not null,
  interview_id uuid not null,
  kind text not null,
  content bytea not null,
  primary key (id, user_id),
  foreign key (interview_id, user_id) references public.interviews (id, user_id) on delete cascade
);

alter table public.recordings enable row level security;
alter table public.recordings force row level security;

create policy own_rows on public.recordings to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.recordings from public, anon, authenticated, service_role;
grant select, insert on public.recordings to authenticated;

create or replace function app.schema_version() returns integer
  language sql immutable set search_path = ''
  as 'select 3';
