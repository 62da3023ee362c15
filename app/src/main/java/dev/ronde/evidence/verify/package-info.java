/**
 * Verification of an export without database, settings or network, by {@code Verify.java}, which shares nothing with the product and lies in
 * every bundle. The product adds what the auditor's copy cannot know: which texts this version makes from the records.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.verify;
