-- The assets an agent's token may push snapshots for. A token without rows pushes for every asset, as all did before.
create table token_asset (
    token_id uuid not null references api_token (id),
    asset_id uuid not null references asset (id),
    primary key (token_id, asset_id)
);
create index token_asset_asset on token_asset (asset_id);
