package dev.gatun.formats.tensors;

/** What the numbers of a tensor of a file are, named by kind and bits. */
public enum NumberType {
    /** 32 bits, floating. */
    FLOAT32(4),
    /** 64 bits, floating. */
    FLOAT64(8),
    /** 16 bits, floating, with 10 bits after the point. */
    FLOAT16(2),
    /** 16 bits, floating: the upper half of a float32. */
    BFLOAT16(2),
    /** 8 bits, with a sign. */
    INT8(1),
    /** 16 bits, with a sign. */
    INT16(2),
    /** 32 bits, with a sign. */
    INT32(4),
    /** 64 bits, with a sign. */
    INT64(8),
    /** 8 bits, none below zero. */
    UINT8(1),
    /** 16 bits, none below zero. */
    UINT16(2),
    /** 32 bits, none below zero. */
    UINT32(4),
    /** 64 bits, none below zero. */
    UINT64(8),
    /** True or false. */
    BOOL(1);

    private final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /**
     * The size of one number.
     *
     * @return in bytes, as files have it
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Whether the numbers have a fraction.
     *
     * @return true for the four floating types
     */
    public boolean isFloating() {
        return ordinal() <= BFLOAT16.ordinal();
    }

    /**
     * Whether the numbers are whole.
     *
     * @return true for the eight types of whole numbers, false for {@link #BOOL}
     */
    public boolean isWhole() {
        return !isFloating() && this != BOOL;
    }

    /**
     * Whether the numbers are whole and none is below zero.
     *
     * @return true for the four unsigned types
     */
    public boolean isUnsigned() {
        return isWhole() && ordinal() >= UINT8.ordinal();
    }
}
