-- The assets an agent's token may push snapshots for. A token without rows pushes for every asset, as all did before.
create table token_asset (
    token_id uuid not null references api_token (id),
    asset_id uuid not null references asset (id),
    primary key (token_id, asset_id)
);
create index token_asset_asset on token_asset (asset_id);

-- Probing is a role of its own. A token that has asked for probes was made for a probe agent and goes on as one.
update api_token set role = 'PROBER', version = version + 1
 where role = 'AGENT' and actor_ref in (select agent_ref from probe_agent);
