package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * One number to one, or two to one. Floats are computed as doubles and rounded once, which gives the float nearest to the right
 * result of adding, multiplying, dividing and roots, as computing in floats would.
 */
final class ByElement {

    private ByElement() {}

    static NumberArray map(NumberArray array, DoubleUnaryOperator function) {
        if (!array.type().isFloating()) {
            throw new IllegalArgumentException("its input is " + array + ", expected floating numbers");
        }
        return mapAny(array, function);
    }

    /** Of an operator that whole numbers have as well: of those it is computed in float32 and cut. */
    static NumberArray mapAny(NumberArray array, DoubleUnaryOperator function) {
        boolean isFloating = array.type().isFloating();
        double[] made = new double[Storage.count(array.shape())];
        for (int i = 0; i < made.length; i++) {
            double number = function.applyAsDouble(array.number(i));
            made[i] = isFloating ? number : (float) number;
        }
        return Storage.rounded(array.type(), array.shape(), made);
    }

    /** Of an operator that whole numbers have as well. */
    static NumberArray map(NumberArray array, DoubleUnaryOperator function, LongUnaryOperator ofWhole) {
        if (!array.type().isWhole()) {
            return map(array, function);
        }
        long[] longs = array.longs();
        long[] made = new long[longs.length];
        for (int i = 0; i < made.length; i++) {
            made[i] = Casting.fitted(array.type(), ofWhole.applyAsLong(longs[i]));
        }
        return NumberArray.longs(array.type(), array.shape(), made);
    }

    static NumberArray combine(
            NumberArray a, NumberArray b, DoubleBinaryOperator function, LongBinaryOperator ofWhole) {
        Storage.requireSameType(a, b);
        Pair pair = Pair.of(a, b);
        if (a.type().isWhole()) {
            long[] made = new long[pair.count];
            long[] left = a.longs();
            long[] right = b.longs();
            for (int i = 0; i < made.length; i++) {
                made[i] = Casting.fitted(a.type(), ofWhole.applyAsLong(left[pair.a(i)], right[pair.b(i)]));
            }
            return NumberArray.longs(a.type(), pair.shape, made);
        }
        if (!a.type().isFloating()) {
            throw new IllegalArgumentException("its inputs are " + a + " and " + b + ", expected numbers");
        }
        return Storage.rounded(a.type(), pair.shape, pair.doubles(a, b, function));
    }

    /** What becomes of two numbers that are told apart by an order or by being equal. */
    interface Relation {
        boolean holds(double a, double b);
    }

    static NumberArray compare(NumberArray a, NumberArray b, Relation relation) {
        Storage.requireSameType(a, b);
        Pair pair = Pair.of(a, b);
        boolean[] made = new boolean[pair.count];
        for (int i = 0; i < made.length; i++) {
            made[i] = a.type().isWhole()
                    ? relation.holds(order(a, b, pair, i), 0)
                    : relation.holds(a.number(pair.a(i)), b.number(pair.b(i)));
        }
        return NumberArray.booleans(pair.shape, made);
    }

    /** Below, at or above 0, since doubles do not hold all whole numbers. */
    private static int order(NumberArray a, NumberArray b, Pair pair, int i) {
        long left = a.longs()[pair.a(i)];
        long right = b.longs()[pair.b(i)];
        return a.type().isUnsigned() ? Long.compareUnsigned(left, right) : Long.compare(left, right);
    }

    /** Two tensors whose shapes meet. */
    static final class Pair {
        final int[] shape;
        final int count;
        private final int[] ofA;
        private final int[] ofB;

        private Pair(int[] shape, int[] ofA, int[] ofB) {
            this.shape = shape;
            this.count = Storage.count(shape);
            this.ofA = ofA;
            this.ofB = ofB;
        }

        static Pair of(NumberArray a, NumberArray b) {
            int[] shape = Broadcast.shape(a.shape(), b.shape());
            return new Pair(shape, indices(a, shape), indices(b, shape));
        }

        private static int[] indices(NumberArray array, int[] shape) {
            return Arrays.equals(array.shape(), shape) ? null : Broadcast.indices(array, shape);
        }

        int a(int index) {
            return ofA == null ? index : ofA[index];
        }

        int b(int index) {
            return ofB == null ? index : ofB[index];
        }

        double[] doubles(NumberArray a, NumberArray b, DoubleBinaryOperator function) {
            double[] made = new double[count];
            for (int i = 0; i < made.length; i++) {
                made[i] = function.applyAsDouble(a.number(a(i)), b.number(b(i)));
            }
            return made;
        }
    }
}
