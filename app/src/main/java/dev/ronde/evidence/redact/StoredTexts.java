package dev.ronde.evidence.redact;

/**
 * Texts of a table that may hold what was read from outside, for the nightly scan.
 *
 * @param name what places in it begin with
 * @param sql returns columns {@code id} (a UUID), {@code asset_ref}, {@code check_id}, {@code place} and {@code said}, ordered by
 *     {@code id}; {@code said} is a text or a JSON document. Takes {@code :after} and {@code :last}, between which ids lie, the last
 *     included, {@code :limit}, and of a table that is rewritten {@code :since}, after which rows were written by the clock of the product, not by
 *     the times they tell of; a row may come in several lines, then all of them belong into one answer
 * @param rewritten whether rows change after they were inserted: such a table is looked at by when its rows were written, any other one by
 *     id
 * @param page rows that are read at once
 */
public record StoredTexts(String name, String sql, boolean rewritten, int page) {}
