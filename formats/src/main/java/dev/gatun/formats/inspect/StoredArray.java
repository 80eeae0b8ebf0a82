package dev.gatun.formats.inspect;

/**
 * An array as a file has it.
 *
 * @param name     as written
 * @param type     of its numbers, as the file calls it
 * @param shape    as text, for a size may be unknown
 * @param elements how many numbers; -1 if that is unknown
 */
public record StoredArray(String name, String type, String shape, long elements) {

    /** Stands for a number that is not known. */
    public static final long UNKNOWN = -1;
}
