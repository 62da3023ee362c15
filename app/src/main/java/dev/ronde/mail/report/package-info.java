/**
 * The report of each month: who gets it, the job that makes its bundle, and the mail that brings its figures, its PDF and the link.
 * The facts are the people named and the months done; who may still have it is looked up each time.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.mail.report;
