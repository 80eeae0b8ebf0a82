package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;

/** Arrays in which numbers lie: made, filled, and made into values of a type. */
final class Storage {

    /** A file of a few bytes may ask for any shape. */
    private static final int SHARE_OF_HEAP = 4;

    private Storage() {}

    /** @throws IllegalArgumentException if the heap has no room for as many numbers */
    static int count(int... shape) {
        int count = NumberArray.count(shape);
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / Long.BYTES;
        if (count > most) {
            throw new IllegalArgumentException("it makes a tensor of shape " + Arrays.toString(shape) + ", " + count
                    + " numbers, expected at most " + most + " in this JVM; give it more memory with -Xmx");
        }
        return count;
    }

    /** An array that holds numbers of a type, all zero. */
    static Object of(NumberType type, int count) {
        return switch (type) {
            case FLOAT32, FLOAT16, BFLOAT16 -> new float[count];
            case FLOAT64 -> new double[count];
            case BOOL -> new boolean[count];
            default -> new long[count];
        };
    }

    /** An array with its shape. */
    static NumberArray value(NumberType type, int[] shape, Object numbers) {
        return switch (numbers) {
            case float[] floats -> NumberArray.floats(type, shape, floats);
            case double[] doubles -> NumberArray.doubles(shape, doubles);
            case boolean[] booleans -> NumberArray.booleans(shape, booleans);
            default -> NumberArray.longs(type, shape, (long[]) numbers);
        };
    }

    /** Numbers as doubles: exact, beside whole numbers above 2^53. */
    static double[] doubles(NumberArray array) {
        if (array.numbers() instanceof double[] doubles) {
            return doubles;
        }
        double[] copy = new double[array.count()];
        if (array.numbers() instanceof float[] floats) {
            for (int i = 0; i < copy.length; i++) {
                copy[i] = floats[i];
            }
            return copy;
        }
        for (int i = 0; i < copy.length; i++) {
            copy[i] = array.number(i);
        }
        return copy;
    }

    /** Doubles rounded once to a floating type, or cut to a whole one. */
    static NumberArray rounded(NumberType type, int[] shape, double... numbers) {
        switch (type) {
            case FLOAT64 -> {
                return NumberArray.doubles(shape, numbers);
            }
            case FLOAT32, FLOAT16, BFLOAT16 -> {
                float[] floats = new float[numbers.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) numbers[i];
                }
                if (type != NumberType.FLOAT32) {
                    return fitted(type, shape, floats);
                }
                return NumberArray.floats(type, shape, floats);
            }
            case BOOL -> {
                boolean[] booleans = new boolean[numbers.length];
                for (int i = 0; i < booleans.length; i++) {
                    booleans[i] = numbers[i] != 0;
                }
                return NumberArray.booleans(shape, booleans);
            }
            default -> {
                long[] longs = new long[numbers.length];
                for (int i = 0; i < longs.length; i++) {
                    longs[i] = Casting.whole(type, numbers[i]);
                }
                return NumberArray.longs(type, shape, longs);
            }
        }
    }

    /** Numbers that were computed in the arrays of a type, rounded or cut to it; in place. */
    static NumberArray fitted(NumberType type, int[] shape, Object numbers) {
        if (type == NumberType.FLOAT16 || type == NumberType.BFLOAT16) {
            float[] floats = (float[]) numbers;
            for (int i = 0; i < floats.length; i++) {
                floats[i] = rounded(type, floats[i]);
            }
        } else if (numbers instanceof long[] longs) {
            for (int i = 0; i < longs.length; i++) {
                longs[i] = Casting.fitted(type, longs[i]);
            }
        }
        return value(type, shape, numbers);
    }

    /** A number that float32, float16 or bfloat16 has. */
    static float rounded(NumberType type, double number) {
        float single = (float) number;
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16(single));
            case BFLOAT16 -> upperHalf(single);
            default -> single;
        };
    }

    /** To the nearest, ties to even. */
    private static float upperHalf(float single) {
        if (Float.isNaN(single)) {
            return single;
        }
        int bits = Float.floatToRawIntBits(single);
        return Float.intBitsToFloat((bits + 0x7FFF + (bits >>> 16 & 1)) & 0xFFFF_0000);
    }

    /**
     * Numbers of an array in another order.
     *
     * @param shape of what comes out
     * @param from  for each number of it, which one of the array it is; below zero for the filling
     * @param fill  a number of the array's type for those, or null if there are none
     */
    static NumberArray picked(NumberArray array, int[] shape, int[] from, NumberArray fill) {
        Object target = of(array.type(), from.length);
        switch (array.numbers()) {
            case float[] source -> {
                float other = fill == null ? 0 : fill.floats()[0];
                for (int i = 0; i < from.length; i++) {
                    ((float[]) target)[i] = from[i] < 0 ? other : source[from[i]];
                }
            }
            case double[] source -> {
                double other = fill == null ? 0 : fill.doubles()[0];
                for (int i = 0; i < from.length; i++) {
                    ((double[]) target)[i] = from[i] < 0 ? other : source[from[i]];
                }
            }
            case boolean[] source -> {
                boolean other = fill != null && fill.booleans()[0];
                for (int i = 0; i < from.length; i++) {
                    ((boolean[]) target)[i] = from[i] < 0 ? other : source[from[i]];
                }
            }
            default -> {
                long other = fill == null ? 0 : fill.longs()[0];
                for (int i = 0; i < from.length; i++) {
                    ((long[]) target)[i] = from[i] < 0 ? other : array.longs()[from[i]];
                }
            }
        }
        return value(array.type(), shape, target);
    }

    static NumberArray picked(NumberArray array, int[] shape, int[] from) {
        return picked(array, shape, from, null);
    }

    /** @throws IllegalArgumentException if two values that must be of one type are not */
    static void requireSameType(NumberArray first, NumberArray other) {
        if (first.type() != other.type()) {
            throw new IllegalArgumentException("its inputs are " + first + " and " + other
                    + ", expected two of one type; put a Cast before one of them");
        }
    }
}
