package dev.gatun.memory;

import java.util.Locale;

/** What the numbers of a tensor are. */
public enum DataType {
    /** IEEE 754 numbers of 32 bits: what layers compute with. */
    FLOAT32,
    /** Whole numbers of 32 bits with a sign: token ids, classes. */
    INT32;

    /**
     * The size of one number.
     *
     * @return bytes
     */
    public int bytes() {
        return Float.BYTES;
    }

    /** NumPy's and Keras's name: {@code float32}, {@code int32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
