-- Where the file of a resume lies, only where its candidate wanted it kept. The row is there before the file
-- and goes after it, so that no file is unknown; it goes with its resume.
--
-- stored_as is the name in the store for files. It begins with the id of whoever handed the file in, also after
-- the row has moved to an account.

create table public.resume_files (
  id uuid primary key,
  user_id uuid not null,
  resume_id uuid not null,
  kind text not null,
  size integer not null check (size <= 10485760),
  fingerprint text not null,
  stored_as text not null unique,
  kept_at timestamptz not null,
  foreign key (resume_id, user_id) references public.resumes (id, user_id) on delete cascade
);
create index resume_files_by_user on public.resume_files (user_id, resume_id);

alter table public.resume_files enable row level security;
alter table public.resume_files force row level security;

create policy own_rows on public.resume_files to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy find_files on public.resume_files for select to app_maintenance using (true);

revoke all on public.resume_files from public, anon, authenticated, service_role;
grant select, insert, delete on public.resume_files to authenticated;
grant select (user_id, stored_as) on public.resume_files to app_maintenance;
