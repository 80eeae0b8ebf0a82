package dev.gatun.formats.tensors;

/** What can be wrong with an .npy file, in the order in which it is looked for. */
public enum NpyProblem {
    /** Missing, a folder, not allowed, or the disk failed. */
    UNREADABLE,
    /** Shorter than the shortest file. */
    TOO_SHORT,
    /** Does not begin with {@code \x93NUMPY}. */
    WRONG_MAGIC,
    /** A version other than 1.0, 2.0 and 3.0. */
    UNKNOWN_VERSION,
    /** The header is longer than 10,000 bytes. */
    HEADER_TOO_LARGE,
    /** The header is said to end behind the end of the file. */
    HEADER_OUTSIDE_FILE,
    /** The header is not the text of a Python dictionary of descr, fortran_order and shape. */
    BAD_HEADER,
    /** An array of Python objects, which only Python can read. */
    OBJECT_ARRAY,
    /** Elements that are not read as numbers: strings, dates, complex numbers, records. */
    UNSUPPORTED_TYPE,
    /** The product of the sizes does not fit 63 bits. */
    SIZE_OVERFLOW,
    /** The file ends before its numbers do. */
    TRUNCATED,
    /** Bytes behind the numbers. */
    TRAILING_BYTES,
    /** The file is fine, but whole numbers of 32 bits were asked for, and it holds others. */
    NOT_WHOLE,
    /** The file is fine, but does not fit a Java array. */
    TOO_LARGE_FOR_HEAP,
    /** The file was shortened by another process while it was read. */
    CHANGED_WHILE_OPEN
}
