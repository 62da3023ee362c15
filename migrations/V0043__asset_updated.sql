-- What changed lately is looked at every minute; the whole inventory once a day.
create index asset_updated on asset (updated_at);
