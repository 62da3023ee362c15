/**
 * Files that people add to a review as evidence: looked at by their first bytes, kept under their SHA-256 beside the record that
 * names them, and handed out only as attachments. What can run, or hides what it holds, is refused.
 */
@NullMarked
package dev.ronde.review.file;

import org.jspecify.annotations.NullMarked;
