-- The list of reviews that are not open yet, in its order: without opened_at in front of the due date it read every open one first.
create index review_scheduled on review (attested_at, missed_at, cancelled_at, opened_at, due_on, review_number);
