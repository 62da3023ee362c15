/**
 * The handles that stand in mailed links: signed names of grants, which are rows that say who may do what until when.
 * Nothing here knows what a grant is for; the rooms above decide what a valid handle opens.
 */
@org.jspecify.annotations.NullMarked
package dev.ronde.mail.handle;
