package dev.gatun.formats.onnx.graph;

import dev.gatun.formats.tensors.NumberType;

/** The numbers by which ONNX files call types of numbers: {@code TensorProto.DataType}. */
public final class ElementTypes {

    private static final NumberType[] BY_NUMBER = {null, NumberType.FLOAT32, NumberType.UINT8, NumberType.INT8,
        NumberType.UINT16, NumberType.INT16, NumberType.INT32, NumberType.INT64, null, NumberType.BOOL,
        NumberType.FLOAT16, NumberType.FLOAT64, NumberType.UINT32, NumberType.UINT64, null, null,
        NumberType.BFLOAT16};
    private static final int STRING = 8;

    private ElementTypes() {}

    /**
     * @param number as a file has it
     * @param of     whose numbers they are, for the message
     * @throws IllegalArgumentException if Gatun does not have the type: texts, complex numbers, less than 8 bits
     */
    public static NumberType of(long number, String of) {
        NumberType type = known(number);
        if (type == null) {
            throw new IllegalArgumentException(of + " holds " + (number == STRING
                    ? "strings"
                    : "numbers of ONNX's type " + number) + ", expected float32, float64, float16, bfloat16, whole"
                    + " numbers of 8 to 64 bits or booleans; change it in the program that writes the model");
        }
        return type;
    }

    /** @return null if Gatun does not have the type */
    static NumberType known(long number) {
        return number < 0 || number >= BY_NUMBER.length ? null : BY_NUMBER[(int) number];
    }

    public static int number(NumberType type) {
        for (int number = 0; number < BY_NUMBER.length; number++) {
            if (BY_NUMBER[number] == type) {
                return number;
            }
        }
        throw new IllegalArgumentException("ONNX has no numbers of type " + type);
    }
}
