-- The set-up list asks at each look whether a check stands at that its target may not be probed; most checks have no reason.
create index check_state_reason on check_state (reason, asset_id);
