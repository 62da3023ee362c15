/** Whether mail to an address arrives, by what mail servers report; and who said they are away. */
@org.jspecify.annotations.NullMarked
package dev.ronde.mail.health;
