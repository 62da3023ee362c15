-- What a witness answered: its signature line. Kind witness; the target is its name, the status confirmed or failed.
alter table ledger_anchor add column cosignature varchar(400);
create index ledger_anchor_target on ledger_anchor (kind, target, tree_size);
