package dev.ronde.evidence.redact;

import java.math.BigInteger;
import java.util.Locale;

/** The check digits that tell a number somebody was given from a number that merely looks like it. */
final class Checksums {
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private Checksums() {}

    /** Payment card number (ISO/IEC 7812-1): 13 to 19 digits of a card scheme with a right Luhn digit. */
    static boolean card(String text) {
        String digits = digits(text);
        if (digits.length() < 13 || digits.length() > 19 || digits.charAt(0) < '2' || digits.charAt(0) > '6') {
            return false;
        }
        int sum = 0;
        boolean twice = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            int weighed = twice ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
            twice = !twice;
        }
        return sum % 10 == 0 && digits.chars().distinct().count() > 1;
    }

    /** Bank account number (ISO 13616): the rearranged number is 1 modulo 97. */
    static boolean iban(String text) {
        String joined = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (joined.length() < 15 || joined.length() > 34) {
            return false;
        }
        StringBuilder number = new StringBuilder();
        for (char c : (joined.substring(4) + joined.substring(0, 4)).toCharArray()) {
            number.append(Character.digit(c, 36));
        }
        return new BigInteger(number.toString()).mod(NINETY_SEVEN).intValue() == 1;
    }

    /** French social security number: the last two digits are 97 minus the rest modulo 97 (Corsica counts as 19 and 18). */
    static boolean nir(String text) {
        String joined = text.replaceAll("[ .-]", "").toUpperCase(Locale.ROOT);
        String number = joined.replace("2A", "19").replace("2B", "18");
        if (!number.matches("[0-9]{15}")) {
            return false;
        }
        long key = Long.parseLong(number.substring(13));
        return 97 - Long.parseLong(number.substring(0, 13)) % 97 == key;
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
        return digits.toString();
    }
}
