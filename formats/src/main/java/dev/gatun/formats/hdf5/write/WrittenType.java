package dev.gatun.formats.hdf5.write;

/** What the numbers of a dataset are, and how HDF5 says it: little-endian, as NumPy's arrays are on common machines. */
public enum WrittenType {
    /** IEEE 754, 32 bits. */
    FLOAT32(Float.BYTES, new int[] {0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0}),
    /** Whole numbers with a sign, 32 bits. */
    INT32(Integer.BYTES, new int[] {0x10, 0x08, 0, 0, 4, 0, 0, 0, 0, 0, 32, 0}),
    /** Whole numbers with a sign, 64 bits. */
    INT64(Long.BYTES, new int[] {0x10, 0x08, 0, 0, 8, 0, 0, 0, 0, 0, 64, 0});

    private final int bytes;
    private final int[] message;

    WrittenType(int bytes, int[] message) {
        this.bytes = bytes;
        this.message = message;
    }

    /** {@return bytes of one number} */
    public int bytes() {
        return bytes;
    }

    /** The datatype message: class and version, bits of the class, size, then where sign, exponent and mantissa stand. */
    byte[] message() {
        byte[] said = new byte[message.length];
        for (int i = 0; i < said.length; i++) {
            said[i] = (byte) message[i];
        }
        return said;
    }
}
