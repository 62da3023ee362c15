-- What the sweeps and lists of reviews begin with: those that nobody has ended, by what comes next. The two indexes they replace held
-- every review there ever was, so that each look grew with the years.
create index review_waiting on review (attested_at, missed_at, cancelled_at, opened_at, opens_at);
create index review_closing on review (attested_at, missed_at, cancelled_at, missed_from);
create index review_missed_at on review (missed_at, missed_from);
drop index review_opens;
drop index review_missed;
