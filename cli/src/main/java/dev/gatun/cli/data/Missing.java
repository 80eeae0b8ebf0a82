package dev.gatun.cli.data;

/** What is done about cells without a value. */
public enum Missing {
    /** Refuse the table and say where the first one is. */
    FAIL,
    /** Leave out every window that touches a row with one; rows are never joined across a gap. */
    DROP,
    /** Fill with the straight line between the neighbours, and with the nearest value at the ends. */
    INTERPOLATE;

    /** As the option is written. */
    public String keyword() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
