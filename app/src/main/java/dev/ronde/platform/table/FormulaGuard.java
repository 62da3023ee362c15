package dev.ronde.platform.table;

/**
 * Keeps spreadsheets from running a cell as a formula: a cell that starts with {@code = + - @}, TAB or CR is written with a leading
 * apostrophe (contract "CSV"; OWASP "CSV Injection"), and read without it, so that an export imports unchanged.
 */
public final class FormulaGuard {
    private FormulaGuard() {}

    public static String given(String cell) {
        return formula(cell, 0) ? "'" + cell : cell;
    }

    public static String taken(String cell) {
        return cell.startsWith("'") && formula(cell, 1) ? cell.substring(1) : cell;
    }

    /** Apostrophes before the sign belong to it, so that removing the guard restores the exact text. */
    private static boolean formula(String cell, int from) {
        int start = from;
        while (start < cell.length() && cell.charAt(start) == '\'') {
            start++;
        }
        return start < cell.length() && "=+-@\t\r".indexOf(cell.charAt(start)) >= 0;
    }
}
