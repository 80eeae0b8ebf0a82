package dev.gatun.layers.onnx;

/** What the numbers of an ONNX value are. */
public enum OnnxType {
    /** float32. */
    FLOAT(1),
    /** int32. */
    INT32(6),
    /** int64: sizes and axes. */
    INT64(7),
    /** True or false: masks. */
    BOOL(9);

    private final int number;

    OnnxType(int number) {
        this.number = number;
    }

    /**
     * The number of the type in ONNX's {@code TensorProto.DataType}.
     *
     * @return what files and the operator Cast call it
     */
    public int number() {
        return number;
    }
}
