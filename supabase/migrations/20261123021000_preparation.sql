-- What candidates prepare for: a job description and the day of the interview, each their own.

create table public.preparations (
  id uuid not null,
  user_id uuid not null references public.users (id) on delete cascade,
  preparation json not null,
  interview_on date not null,
  primary key (id, user_id)
);
create index preparations_by_user on public.preparations (user_id, interview_on);
create index responses_by_user on public.responses (user_id, submitted_at);

alter table public.preparations enable row level security;
alter table public.preparations force row level security;

create policy own_rows on public.preparations to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.preparations from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.preparations to authenticated;
