-- A problem that nobody decided is found among all reviews that ever were.
create index review_problem on review (problem_at);
