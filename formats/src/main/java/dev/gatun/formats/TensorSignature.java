package dev.gatun.formats;

/** Tells one tensor of ONNX's, as its test data are, by its first bytes: sizes, then a type of numbers. */
final class TensorSignature {

    private static final int SIZE = 0x08;
    private static final int TYPE = 0x10;
    /** The last type of numbers that ONNX has. */
    private static final int MOST_TYPE = 23;

    private TensorSignature() {}

    static boolean matches(byte[] start) {
        int at = 0;
        while (at < start.length && start[at] == SIZE) {
            at++;
            while (at < start.length && start[at] < 0) {
                at++; // A number goes on as long as its upper bit is set.
            }
            at++;
        }
        return at + 1 < start.length && start[at] == TYPE && start[at + 1] > 0 && start[at + 1] <= MOST_TYPE;
    }
}
