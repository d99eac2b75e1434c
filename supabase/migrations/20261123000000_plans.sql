-- The plan of an interview, apart from its row: it is large, and the row is written at each turn.
-- Interviews that are there already get theirs with their next change; until then it is read where it was.

create table public.plans (
  interview_id uuid primary key,
  user_id uuid not null,
  plan json not null,
  foreign key (interview_id, user_id) references public.interviews (id, user_id) on delete cascade
);

alter table public.plans enable row level security;
alter table public.plans force row level security;

create policy own_rows on public.plans to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.plans from public, anon, authenticated, service_role;
grant select, insert, update on public.plans to authenticated;
