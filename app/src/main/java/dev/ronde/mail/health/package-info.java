/** Whether mail to an address arrives, by what mail servers report; and who said they are away. */
@NullMarked
package dev.ronde.mail.health;

import org.jspecify.annotations.NullMarked;
