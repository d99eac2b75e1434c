-- What a candidate was asked in real interviews.

create table public.real_questions (
  user_id uuid not null references public.users (id) on delete cascade,
  id text not null,
  text text not null,
  noted_at timestamptz not null,
  primary key (user_id, id)
);

alter table public.real_questions enable row level security;
alter table public.real_questions force row level security;

create policy own_rows on public.real_questions to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.real_questions from public, anon, authenticated, service_role;
grant select, insert, delete on public.real_questions to authenticated;
