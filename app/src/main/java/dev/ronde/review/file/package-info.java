/**
 * Files that people add to reviews as evidence. Their content is kept with the records of the ledger; here is what they are called,
 * whose they are, and who may have them.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.review.file;
