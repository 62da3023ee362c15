-- What the lists of reviews begin with: those that nobody has ended, in the order of the list, and the few that were cancelled.
create index review_unfinished on review (attested_at, missed_at, cancelled_at, due_on, review_number);
create index review_cancelled on review (cancelled_at, due_on);
