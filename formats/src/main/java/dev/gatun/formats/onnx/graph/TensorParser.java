package dev.gatun.formats.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.NumberType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Numbers of a message, checked against the shape before memory is taken for them. */
final class TensorParser {

    private final ExternalNumbers external;

    TensorParser(ExternalNumbers external) {
        this.external = external;
    }

    /** @throws IllegalArgumentException if it is not sound or its numbers are of a type that Gatun does not have */
    NumberArray numbers(TensorProto tensor, String named) {
        String of = "the tensor " + FormatException.quote(named);
        NumberType type = ElementTypes.of(tensor.getDataType(), of);
        int[] shape = shape(tensor.getDimsList(), of);
        int count = NumberArray.count(shape);
        if (tensor.hasSegment()) {
            throw new IllegalArgumentException(of + " is a segment of another, which Gatun does not put together");
        }
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return raw(type, shape, external.bytes(tensor, of, (long) count * type.bytes()));
        }
        if (tensor.hasRawData()) {
            ByteString bytes = tensor.getRawData();
            requireCount(of, shape, (long) count * type.bytes(), bytes.size(), "bytes");
            return raw(type, shape, bytes.asReadOnlyByteBuffer());
        }
        return typed(tensor, of, type, shape, count);
    }

    private static int[] shape(List<Long> dims, String of) {
        int[] shape = new int[dims.size()];
        for (int axis = 0; axis < shape.length; axis++) {
            long size = dims.get(axis);
            if (size < 0 || size > NumberArray.MOST_NUMBERS) {
                throw new IllegalArgumentException(of + " has the shape " + dims + ", expected sizes from 0 to "
                        + NumberArray.MOST_NUMBERS);
            }
            shape[axis] = (int) size;
        }
        return shape;
    }

    private static void requireCount(String of, int[] shape, long expected, long got, String what) {
        if (expected != got) {
            throw new IllegalArgumentException(
                    of + " of shape " + java.util.Arrays.toString(shape) + " has " + got + " "
                            + what + ", expected " + expected + "; write the file again");
        }
    }

    private static NumberArray typed(TensorProto tensor, String of, NumberType type, int[] shape, int count) {
        int found = switch (type) {
            case FLOAT32 -> tensor.getFloatDataCount();
            case FLOAT64 -> tensor.getDoubleDataCount();
            case INT64 -> tensor.getInt64DataCount();
            case UINT32, UINT64 -> tensor.getUint64DataCount();
            default -> tensor.getInt32DataCount();
        };
        requireCount(of, shape, count, found, "numbers");
        return switch (type) {
            case FLOAT32 -> {
                float[] floats = new float[count];
                for (int i = 0; i < count; i++) {
                    floats[i] = tensor.getFloatData(i);
                }
                yield NumberArray.floats(shape, floats);
            }
            case FLOAT64 -> {
                double[] doubles = new double[count];
                for (int i = 0; i < count; i++) {
                    doubles[i] = tensor.getDoubleData(i);
                }
                yield NumberArray.doubles(shape, doubles);
            }
            case FLOAT16, BFLOAT16 -> {
                float[] floats = new float[count];
                for (int i = 0; i < count; i++) {
                    floats[i] = half(type, (short) tensor.getInt32Data(i));
                }
                yield NumberArray.floats(type, shape, floats);
            }
            case BOOL -> {
                boolean[] booleans = new boolean[count];
                for (int i = 0; i < count; i++) {
                    booleans[i] = tensor.getInt32Data(i) != 0;
                }
                yield NumberArray.booleans(shape, booleans);
            }
            case INT64 -> longs(type, shape, count, tensor::getInt64Data);
            case UINT32, UINT64 -> longs(type, shape, count, tensor::getUint64Data);
            default -> longs(type, shape, count, tensor::getInt32Data);
        };
    }

    private static NumberArray longs(NumberType type, int[] shape, int count, IntToLongFunction number) {
        long[] longs = new long[count];
        for (int i = 0; i < count; i++) {
            longs[i] = fitted(type, number.applyAsLong(i));
        }
        return NumberArray.longs(type, shape, longs);
    }

    /** A whole number in a type's bits: what goes beyond them is cut off, as a cast does. */
    public static long fitted(NumberType type, long number) {
        return switch (type) {
            case INT8 -> (byte) number;
            case INT16 -> (short) number;
            case INT32 -> (int) number;
            case UINT8 -> number & 0xFF;
            case UINT16 -> number & 0xFFFF;
            case UINT32 -> number & 0xFFFF_FFFFL;
            default -> number;
        };
    }

    private static float half(NumberType type, short bits) {
        return type == NumberType.FLOAT16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
    }

    private static NumberArray raw(NumberType type, int[] shape, ByteBuffer unordered) {
        ByteBuffer bytes = unordered.order(ByteOrder.LITTLE_ENDIAN);
        int count = bytes.remaining() / type.bytes();
        switch (type) {
            case FLOAT32 -> {
                float[] floats = new float[count];
                bytes.asFloatBuffer().get(floats);
                return NumberArray.floats(shape, floats);
            }
            case FLOAT64 -> {
                double[] doubles = new double[count];
                bytes.asDoubleBuffer().get(doubles);
                return NumberArray.doubles(shape, doubles);
            }
            case FLOAT16, BFLOAT16 -> {
                float[] floats = new float[count];
                for (int i = 0; i < count; i++) {
                    floats[i] = half(type, bytes.getShort());
                }
                return NumberArray.floats(type, shape, floats);
            }
            case BOOL -> {
                boolean[] booleans = new boolean[count];
                for (int i = 0; i < count; i++) {
                    booleans[i] = bytes.get() != 0;
                }
                return NumberArray.booleans(shape, booleans);
            }
            default -> {
                return longs(type, shape, count, i -> switch (type.bytes()) {
                    case 1 -> bytes.get();
                    case 2 -> bytes.getShort();
                    case 4 -> bytes.getInt();
                    default -> bytes.getLong();
                });
            }
        }
    }
}
