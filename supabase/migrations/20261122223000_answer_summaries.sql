-- The answers of an interview in short, apart from its large row: read for all interviews at once.
-- Interviews that are there already get theirs with their next change.

create table public.answer_summaries (
  interview_id uuid primary key,
  user_id uuid not null,
  answers json not null,
  foreign key (interview_id, user_id) references public.interviews (id, user_id) on delete cascade
);
create index answer_summaries_by_user on public.answer_summaries (user_id);

alter table public.answer_summaries enable row level security;
alter table public.answer_summaries force row level security;

create policy own_rows on public.answer_summaries to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.answer_summaries from public, anon, authenticated, service_role;
grant select, insert, delete on public.answer_summaries to authenticated;
