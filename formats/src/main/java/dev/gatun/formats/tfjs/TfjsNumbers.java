package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the numbers of one weight lie in a file, and what they stand for: {@code scale * number + min} where the converter was told
 * to make them smaller.
 *
 * @param dtype  of the bytes
 * @param scale  1 for plain numbers
 * @param min    0 for plain numbers
 * @param isQuantized whether they were made smaller
 */
record TfjsNumbers(String dtype, double scale, double min, boolean isQuantized) {

    static TfjsNumbers of(Path file, String name, Map<?, ?> weight) throws FormatException {
        TfjsNumbers numbers = weight.get("quantization") instanceof Map<?, ?> quantization
                ? new TfjsNumbers(String.valueOf(quantization.get("dtype")), number(quantization.get("scale"), 1),
                        number(quantization.get("min"), 0), true)
                : new TfjsNumbers(String.valueOf(weight.get("dtype")), 1, 0, false);
        boolean isWhole = numbers.isQuantized && !numbers.dtype.startsWith("float");
        if (isWhole && weight.get("quantization") instanceof Map<?, ?> quantization
                && !(quantization.get("scale") instanceof Number && quantization.get("min") instanceof Number)) {
            throw new FormatException(file, "has weight " + FormatException.quote(name)
                    + " quantized to " + FormatException.quote(numbers.dtype)
                    + " without scale and min; convert the model again");
        }
        if (numbers.bytes() == 0) {
            throw new FormatException(file, "has weight " + FormatException.quote(name) + " as "
                    + FormatException.quote(numbers.dtype)
                    + "; supported are float32, float16, int32, uint8, uint16 and"
                    + " bool");
        }
        return numbers;
    }

    private static double number(Object value, double otherwise) {
        return value instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** Of one number; 0 for a type that is not known. */
    int bytes() {
        return switch (dtype) {
            case "float32", "int32" -> Integer.BYTES;
            case "float16", "uint16" -> Short.BYTES;
            case "uint8", "bool" -> 1;
            default -> 0;
        };
    }

    float[] floats(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.length / bytes()];
        if (dtype.equals("float32")) {
            in.asFloatBuffer().get(floats);
            return floats;
        }
        for (int i = 0; i < floats.length; i++) {
            floats[i] = switch (dtype) {
                case "float16" -> Float.float16ToFloat(in.getShort());
                case "int32" -> in.getInt();
                case "uint16" -> (float) (scale * Short.toUnsignedInt(in.getShort()) + min);
                default -> (float) (scale * Byte.toUnsignedInt(in.get()) + min);
            };
        }
        return floats;
    }
}
