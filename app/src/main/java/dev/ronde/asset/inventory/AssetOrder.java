package dev.ronde.asset.inventory;

/** The order of a list of assets; each is a keyset over one unique column. */
public enum AssetOrder {
    NEWEST,
    REF
}
