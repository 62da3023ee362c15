/**
 * The request list between an auditor and those who answer: what is asked, answered and closed. It keeps nothing beside the records, and the
 * state of a request is what its last record says.
 */
@NullMarked
package dev.ronde.evidence.request;

import org.jspecify.annotations.NullMarked;
