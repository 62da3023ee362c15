/**
 * The request list between an auditor and those who answer: what is asked, answered and closed. It keeps nothing beside the records, and the
 * state of a request is what its last record says.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.evidence.request;
