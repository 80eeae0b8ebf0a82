package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.ElementTypes;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.tensors.NumberType;
import java.util.List;

/** From one type of numbers to another. */
public final class Casting {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Cast").with("to", "saturate", "round_mode")
                    .checked((node, constants) -> ElementTypes.of(node.whole("to", 0), "what it makes"))
                    .makes(call -> cast(call.input(0), ElementTypes.of(call.node().whole("to", 0), "what it makes"))),
            Operator.of("CastLike").from(15).inputs(2).with("saturate", "round_mode")
                    .makes(call -> cast(call.input(0), call.input(1).type())));

    private Casting() {}

    /** @return the array itself if it has the type */
    public static NumberArray cast(NumberArray array, NumberType type) {
        if (array.type() == type) {
            return array;
        }
        if (array.type().isWhole() && type.isWhole()) {
            long[] longs = array.longs().clone();
            for (int i = 0; i < longs.length; i++) {
                longs[i] = fitted(type, longs[i]);
            }
            return NumberArray.longs(type, array.shape(), longs);
        }
        if (array.type() == NumberType.INT64 && type == NumberType.FLOAT32) {
            float[] floats = new float[array.count()]; // By way of a double a large one would be rounded twice.
            for (int i = 0; i < floats.length; i++) {
                floats[i] = array.longs()[i];
            }
            return NumberArray.floats(array.shape(), floats);
        }
        return Storage.rounded(type, array.shape(), Storage.doubles(array));
    }

    /**
     * A floating number cut towards zero, in a type's bits. What 32 or 64 bits do not hold, NaN as well, is their least number,
     * as processors of the x86 family have it and ONNX Runtime on them.
     */
    static long whole(NumberType type, double number) {
        boolean isWide = type == NumberType.INT64 || type == NumberType.UINT32 || type == NumberType.UINT64;
        double beyond = isWide ? 0x1p63 : 0x1p31;
        if (type == NumberType.UINT64 && number >= 0x1p63) {
            return number >= 0x1p64 ? -1L : (long) (number - 0x1p63) ^ Long.MIN_VALUE;
        }
        boolean fits = number > -beyond - 1 && number < beyond;
        return fitted(type, fits ? (long) number : isWide ? Long.MIN_VALUE : Integer.MIN_VALUE);
    }

    /** A whole number in a type's bits: what goes beyond them is cut off. */
    static long fitted(NumberType type, long number) {
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

    /** The least number of a type of whole ones, in its bits. */
    static long least(NumberType type) {
        return type.isUnsigned() ? 0 : -1L << bits(type) - 1;
    }

    /** The largest number of a type of whole ones, in its bits. */
    static long most(NumberType type) {
        return type.isUnsigned() ? -1L >>> Long.SIZE - bits(type) : ~least(type);
    }

    private static int bits(NumberType type) {
        return switch (type) {
            case INT8, UINT8 -> Byte.SIZE;
            case INT16, UINT16 -> Short.SIZE;
            case INT32, UINT32 -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }
}
