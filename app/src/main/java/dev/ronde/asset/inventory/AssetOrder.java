package dev.ronde.asset.inventory;

/** The order of a list of assets; each is a keyset over one unique column. */
public enum AssetOrder {
    /** Newest first, as every list of the API. */
    NEWEST,
    /** By ref, as people look things up. */
    REF
}
